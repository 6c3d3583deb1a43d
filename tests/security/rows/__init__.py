"""The askers, the groups of them that rows name, and the shapes that many rows share; imports nothing of ours."""

STRANGERS = "anonymous deactivated"
ASKERS = (
    "anonymous deactivated candidate candidate_other helper organizer organizer_elsewhere approver approver_elsewhere "
    "general_branch_secretary liaison discipline_officer department_officer system_administrator "
    "system_administrator_elsewhere security_administrator security_administrator_elsewhere auditor auditor_elsewhere "
    "expired future ungranted unassigned stepped_down two_places narrow_grant wide_grant one_place_only own_case "
    "former_helper "
    "expired_auditor expired_system_administrator investigator former_investigator investigated"
)
# Roles that reach the object, by what docs/permissions.md says a role gives.
CASES = (
    "organizer/here own_case/here general_branch_secretary/here stepped_down/here organizer_elsewhere/there "
    "approver_elsewhere/there "
    "approver discipline_officer two_places"
)
FILES = (
    "organizer/here own_case/here general_branch_secretary/here organizer_elsewhere/there approver_elsewhere/there "
    "approver discipline_officer two_places/there"
)
SEE = CASES + (
    " system_administrator security_administrator auditor system_administrator_elsewhere/there "
    "security_administrator_elsewhere/there auditor_elsewhere/there"
)
ORGANIZES = "organizer/here own_case/here organizer_elsewhere/there two_places/there"
# A role and any grant at the very place of the seat entitle to speak there, however far they reach.
AT_THE_PLACE = "narrow_grant/here wide_grant/here"
OPENS = f"{ORGANIZES} approver approver_elsewhere/there"
# Some role of this kind is held today at some place, which opens the door of a list, not what is in it.
ORGANIZERS = "organizer own_case organizer_elsewhere ungranted two_places narrow_grant wide_grant one_place_only"
OPENERS = ORGANIZERS + " approver approver_elsewhere"
REVIEWERS = OPENERS + " general_branch_secretary liaison discipline_officer stepped_down"
SYSTEM = "system_administrator system_administrator_elsewhere"
SECURITY = "security_administrator security_administrator_elsewhere"
AUDITORS = "auditor auditor_elsewhere"

# Shapes that many rows share.
EVERYBODY = {"GET": {"else": "ok"}}
SIGNED_IN = {"GET": {"login": STRANGERS, "else": "ok"}}
FORM_OF_ONES_OWN = {"GET": {"login": STRANGERS, "else": "ok"}, "POST": {"login": STRANGERS, "else": "told"}}
ON_WITH_IT = {"GET": {"login": STRANGERS, "else": "redirect"}, "POST": {"login": STRANGERS, "else": "told"}}
NOTHING_SET_UP = {"GET": {"login": STRANGERS, "else": "hidden"}, "POST": {"login": STRANGERS, "else": "hidden"}}
CANDIDATE_READS = {"GET": {"login": STRANGERS, "ok": "candidate/here", "else": "hidden"}}
CANDIDATE_WRITES = {
    "GET": {"login": STRANGERS, "ok": "candidate/here", "else": "hidden"},
    "POST": {"login": STRANGERS, "done": "candidate/here", "else": "hidden"},
}
FILLED_IN_TOGETHER = {
    "GET": {"login": STRANGERS, "ok": "candidate/here helper/here", "else": "hidden"},
    "POST": {"login": STRANGERS, "done": "candidate/here helper/here", "else": "hidden"},
}
SYSTEM_READS = {"GET": {"login": STRANGERS, "ok": SYSTEM, "else": "refused"}}
ROOT_SYSTEM_READS = {"GET": {"login": STRANGERS, "ok": "system_administrator", "else": "refused"}}
OWN_IMPORT = {"GET": {"login": STRANGERS, "ok": "system_administrator/here", "else": "refused"}}
SECURITY_READS = {"GET": {"login": STRANGERS, "ok": SECURITY, "else": "refused"}}
ROOT_AUDITOR_READS = {"GET": {"login": STRANGERS, "ok": "auditor", "else": "refused"}}
ROOT_AUDITOR_ACTS = {"POST": {"login": STRANGERS, "done": "auditor", "else": "refused"}}
AUDITOR_READS_CASE = {
    "GET": {
        "login": STRANGERS,
        "ok": "auditor auditor_elsewhere/there",
        "hidden": "auditor_elsewhere/here",
        "else": "refused",
    }
}
AUDITOR_ACTS_ON_CASE = {
    "POST": {
        "login": STRANGERS,
        "done": "auditor auditor_elsewhere/there",
        "hidden": "auditor_elsewhere/here",
        "else": "refused",
    }
}
ADMINISTRATORS_READ = {"GET": {"login": STRANGERS, "ok": f"{SYSTEM} {SECURITY} {AUDITORS}", "else": "refused"}}
POLICY_READERS = f"{REVIEWERS} {SECURITY} {AUDITORS}"
# A policy holds for those under it: whoever works below an organization may read its policy, however low he stands.
POLICY_OF_ONE_PLACE = {
    "GET": {
        "login": STRANGERS,
        "ok": f"{CASES} liaison/here security_administrator security_administrator_elsewhere/there auditor "
        "auditor_elsewhere/there",
        "hidden": POLICY_READERS,
        "else": "refused",
    }
}
# What is given is named in the form, what is taken back or reset stands in the address.
SECURITY_GIVES_WITHIN_REACH = {
    "GET": {"login": STRANGERS, "ok": SECURITY, "else": "refused"},
    "POST": {
        "login": STRANGERS,
        "done": "security_administrator security_administrator_elsewhere/there",
        "told": "security_administrator_elsewhere/here",
        "else": "refused",
    },
}
SECURITY_ACTS_WITHIN_REACH = {
    "GET": {
        "login": STRANGERS,
        "ok": "security_administrator security_administrator_elsewhere/there",
        "hidden": "security_administrator_elsewhere/here",
        "else": "refused",
    },
    "POST": {
        "login": STRANGERS,
        "done": "security_administrator security_administrator_elsewhere/there",
        "hidden": "security_administrator_elsewhere/here",
        "else": "refused",
    },
}
# The seat is one of the organizers of the committee; a role and a grant there entitle.
SPOKEN_AT_THE_SEAT = {
    "POST": {
        "login": STRANGERS,
        "done": f"{ORGANIZES} {AT_THE_PLACE}",
        "told": "general_branch_secretary/here stepped_down/here two_places/here approver approver_elsewhere/there "
        "discipline_officer",
        "else": "hidden",
    }
}
