"""Getting in, and who exists: who gets what at their addresses, written by hand; read ``matrix.py`` first."""

from tests.security.rows import (
    AUDITORS,
    CASES,
    ORGANIZERS,
    ORGANIZES,
    OWN_IMPORT,
    REVIEWERS,
    ROOT_SYSTEM_READS,
    SECURITY_ACTS_WITHIN_REACH,
    SECURITY_GIVES_WITHIN_REACH,
    SECURITY_READS,
    SEE,
    SIGNED_IN,
    STRANGERS,
    SYSTEM,
    SYSTEM_READS,
)

ROWS = {
    # Getting in
    "organizations:activate": {"GET": {"else": "ok"}, "POST": {"else": "told"}},
    "organizations:choose_password": {"GET": {"else": "redirect"}, "POST": {"else": "told"}},
    "organizations:activate_by_link": {"GET": {"else": "redirect"}},
    "organizations:access": {"GET": {"login": STRANGERS, "ok": f"{SYSTEM} {ORGANIZERS}", "else": "refused"}},
    "organizations:send_invitations": {
        "POST": {
            "login": STRANGERS,
            "done": f"system_administrator system_administrator_elsewhere/there {ORGANIZES}",
            "told": f"system_administrator_elsewhere/here {ORGANIZERS}",
            "else": "refused",
        }
    },
    "organizations:renew_access": {
        "POST": {
            "login": STRANGERS,
            "done": f"system_administrator system_administrator_elsewhere/there {ORGANIZES}",
            "told": f"system_administrator_elsewhere/here {ORGANIZERS}",
            "else": "refused",
        }
    },
    # Who exists
    "organizations:organizations": SIGNED_IN,
    "organizations:organization": {"GET": {"login": STRANGERS, "ok": SEE, "else": "hidden"}},
    "organizations:describe": {
        "POST": {
            "login": STRANGERS,
            "done": "system_administrator system_administrator_elsewhere/there",
            "told": f"{CASES} security_administrator auditor security_administrator_elsewhere/there "
            "auditor_elsewhere/there",
            "else": "hidden",
        }
    },
    "organizations:move": {
        "POST": {
            "login": STRANGERS,
            "done": "system_administrator system_administrator_elsewhere/there",
            "told": f"{CASES} security_administrator auditor security_administrator_elsewhere/there "
            "auditor_elsewhere/there",
            "else": "hidden",
        }
    },
    "organizations:close_organization": {
        "POST": {
            "login": STRANGERS,
            "done": "system_administrator system_administrator_elsewhere/there",
            # What closes is a general branch beside the one whose secretary sees no further than his own.
            "told": "organizer/here own_case/here stepped_down/here organizer_elsewhere/there approver_elsewhere/there "
            "approver discipline_officer two_places security_administrator auditor "
            "security_administrator_elsewhere/there auditor_elsewhere/there",
            "else": "hidden",
        }
    },
    "organizations:people": SIGNED_IN,
    "organizations:person": {"GET": {"login": STRANGERS, "ok": SEE, "else": "hidden"}},
    "organizations:reveal_identity": {
        "POST": {
            "login": STRANGERS,
            "done": f"{ORGANIZES} discipline_officer",
            "told": "general_branch_secretary/here stepped_down/here two_places/here approver approver_elsewhere/there "
            "system_administrator security_administrator auditor system_administrator_elsewhere/there "
            "security_administrator_elsewhere/there auditor_elsewhere/there",
            "else": "hidden",
        }
    },
    "organizations:grants": SECURITY_READS,
    "organizations:grant": SECURITY_GIVES_WITHIN_REACH,
    "organizations:revoke": SECURITY_ACTS_WITHIN_REACH,
    "organizations:reset_second_factor": SECURITY_ACTS_WITHIN_REACH,
    "organizations:accounts": SYSTEM_READS,
    "organizations:account": {
        "GET": {
            "login": STRANGERS,
            "ok": "system_administrator system_administrator_elsewhere/there",
            "hidden": "system_administrator_elsewhere/here",
            "else": "refused",
        }
    },
    "organizations:change_account": {
        "POST": {
            "login": STRANGERS,
            "done": "system_administrator system_administrator_elsewhere/there",
            "hidden": "system_administrator_elsewhere/here",
            "else": "refused",
        }
    },
    "organizations:helpers": {
        "GET": {"login": STRANGERS, "else": "ok"},
        "POST": {"login": STRANGERS, "done": "candidate candidate_other own_case investigated", "else": "told"},
    },
    "organizations:end_helper": {"POST": {"login": STRANGERS, "done": "candidate/here helper/here", "else": "hidden"}},
    "organizations:terms": {"GET": {"login": STRANGERS, "ok": f"{REVIEWERS} {AUDITORS}", "else": "refused"}},
    "organizations:export_terms": {"GET": {"login": STRANGERS, "ok": f"{REVIEWERS} {AUDITORS}", "else": "refused"}},
    "organizations:remind_terms": {
        "POST": {
            "login": STRANGERS,
            "done": "organizer own_case organizer_elsewhere two_places",
            "told": f"{REVIEWERS} {AUDITORS}",
            "else": "refused",
        }
    },
    "organizations:explain_term": {
        "GET": {
            "login": STRANGERS,
            "ok": f"{CASES} auditor auditor_elsewhere/there",
            "hidden": f"{REVIEWERS} {AUDITORS}",
            "else": "refused",
        },
        "POST": {
            "login": STRANGERS,
            "done": ORGANIZES,
            "told": "approver approver_elsewhere/there general_branch_secretary/here discipline_officer "
            "stepped_down/here two_places/here auditor auditor_elsewhere/there",
            "hidden": f"{REVIEWERS} {AUDITORS}",
            "else": "refused",
        },
    },
    "organizations:remind_term": {
        "POST": {
            "login": STRANGERS,
            "done": ORGANIZES,
            "told": "approver approver_elsewhere/there general_branch_secretary/here discipline_officer "
            "stepped_down/here two_places/here auditor auditor_elsewhere/there",
            "hidden": f"{REVIEWERS} {AUDITORS}",
            "else": "refused",
        }
    },
    "organizations:imports": {
        "GET": {"login": STRANGERS, "ok": "system_administrator", "else": "refused"},
        "POST": {"login": STRANGERS, "told": "system_administrator", "else": "refused"},
    },
    "organizations:ledger_template": ROOT_SYSTEM_READS,
    "organizations:import": OWN_IMPORT,
    "organizations:import_progress": OWN_IMPORT,
    "organizations:write_import": {
        "POST": {"login": STRANGERS, "done": "system_administrator/here", "else": "refused"},
    },
    "organizations:refused_rows": OWN_IMPORT,
    "organizations:calendar": SIGNED_IN,
    "organizations:calendar_day": {
        "GET": {"login": STRANGERS, "ok": "system_administrator", "else": "refused"},
        "POST": {"login": STRANGERS, "done": "system_administrator", "else": "refused"},
    },
}
