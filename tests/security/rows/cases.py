"""Policies, cases, matters and histories: who gets what at their addresses, written by hand; read ``matrix.py``."""

from tests.security.rows import (
    ADMINISTRATORS_READ,
    AT_THE_PLACE,
    AUDITOR_ACTS_ON_CASE,
    AUDITOR_READS_CASE,
    AUDITORS,
    CANDIDATE_READS,
    CANDIDATE_WRITES,
    CASES,
    EVERYBODY,
    FILES,
    FILLED_IN_TOGETHER,
    OPENERS,
    OPENS,
    ORGANIZES,
    POLICY_OF_ONE_PLACE,
    POLICY_READERS,
    SECURITY_GIVES_WITHIN_REACH,
    SECURITY_READS,
    SIGNED_IN,
    SPOKEN_AT_THE_SEAT,
    STRANGERS,
)

ROWS = {
    # Policies: of one's own organization, of those above it and below it
    "approvals:policies": {"GET": {"login": STRANGERS, "ok": POLICY_READERS, "else": "refused"}},
    "approvals:policy": POLICY_OF_ONE_PLACE,
    "approvals:policy_yaml": POLICY_OF_ONE_PLACE,
    "approvals:new_policy": SECURITY_GIVES_WITHIN_REACH,
    # The person a case is about, and the helper
    "workflows:my": SIGNED_IN,
    "workflows:my_materials": SIGNED_IN,
    "workflows:my_case": CANDIDATE_READS,
    "workflows:my_form": {  # of a case in which the person is heard: nothing to fill in, and nobody helps with it
        "GET": {"login": STRANGERS, "redirect": "candidate/here", "else": "hidden"},
        "POST": {"login": STRANGERS, "told": "candidate/here", "else": "hidden"},
    },
    "workflows:my_form_save": {"POST": {"login": STRANGERS, "done": "candidate/here helper/here", "else": "hidden"}},
    "workflows:my_sheet": {"GET": {"login": STRANGERS, "ok": "candidate/here helper/here", "else": "hidden"}},
    "workflows:my_hand_in": {
        "GET": {"login": STRANGERS, "ok": "candidate/here helper/here", "else": "hidden"},
        "POST": {"login": STRANGERS, "told": "candidate/here helper/here", "else": "hidden"},
    },
    "workflows:my_case_materials": FILLED_IN_TOGETHER,
    "workflows:my_material_remove": {
        "POST": {"login": STRANGERS, "done": "candidate/here helper/here", "else": "hidden"}
    },
    "workflows:my_correction": {"POST": {"login": STRANGERS, "done": "candidate/here", "else": "hidden"}},
    "workflows:my_withdraw": CANDIDATE_WRITES,
    "workflows:my_reply": CANDIDATE_WRITES,
    "workflows:my_reply_save": {"POST": {"login": STRANGERS, "done": "candidate/here", "else": "hidden"}},
    "workflows:my_review": {  # the same person is being vetted again, so there is nothing to review just now
        "GET": {"login": STRANGERS, "ok": "candidate/here", "else": "hidden"},
        "POST": {"login": STRANGERS, "told": "candidate/here", "else": "hidden"},
    },
    "workflows:file": {"GET": {"login": STRANGERS, "ok": FILES, "else": "hidden"}},
    # Those who decide. The seat is one of the organizers of the committee; a role and a grant there entitle.
    "workflows:seat": {"GET": {"login": STRANGERS, "ok": f"{CASES} {AT_THE_PLACE}", "else": "hidden"}},
    "workflows:seat_decide": SPOKEN_AT_THE_SEAT,
    "workflows:seat_draft": SPOKEN_AT_THE_SEAT,
    "workflows:seat_claim": SPOKEN_AT_THE_SEAT,
    "workflows:seat_release": {"POST": {"login": STRANGERS, "told": f"{CASES} {AT_THE_PLACE}", "else": "hidden"}},
    "workflows:seat_comment": {"POST": {"login": STRANGERS, "done": f"{FILES} {AT_THE_PLACE}", "else": "hidden"}},
    "workflows:unfilled": SECURITY_READS,
    # Matters and their documents
    "workflows:matters": SIGNED_IN,
    "workflows:matter_kinds": {"GET": {"login": STRANGERS, "ok": OPENERS, "else": "refused"}},
    "workflows:matter_places": {"GET": {"login": STRANGERS, "ok": OPENERS, "else": "refused"}},
    "workflows:matter_new": {
        "GET": {"login": STRANGERS, "ok": OPENERS, "else": "refused"},
        "POST": {
            "login": STRANGERS,
            # The form names somebody the ledger does not know; only organizers enter new people.
            "done": ORGANIZES,
            "told": OPENERS,
            "else": "refused",
        },
    },
    "workflows:matter": {"GET": {"login": STRANGERS, "hidden": "own_case", "ok": CASES, "else": "hidden"}},
    "workflows:case_matter": {"GET": {"login": STRANGERS, "hidden": "own_case", "redirect": CASES, "else": "hidden"}},
    "workflows:matter_withdraw": {
        "GET": {"login": STRANGERS, "hidden": "own_case", "ok": OPENS, "else": "hidden"},
        "POST": {"login": STRANGERS, "hidden": "own_case", "done": OPENS, "else": "hidden"},
    },
    "workflows:case_code": {"POST": {"login": STRANGERS, "done": OPENS, "else": "hidden"}},
    "workflows:case_notice": {"GET": {"login": STRANGERS, "ok": CASES, "else": "hidden"}},
    "workflows:document": {"GET": {"login": STRANGERS, "ok": f"{CASES} candidate/here", "else": "hidden"}},
    "workflows:document_file": {"GET": {"login": STRANGERS, "ok": f"{CASES} candidate/here", "else": "hidden"}},
    "workflows:document_scan": {
        "POST": {
            "login": STRANGERS,
            "done": ORGANIZES,
            "told": "candidate/here general_branch_secretary/here stepped_down/here two_places/here approver "
            "approver_elsewhere/there discipline_officer",
            "else": "hidden",
        }
    },
    "workflows:check": EVERYBODY,
    # Histories
    "workflows:cases": {"GET": {"login": STRANGERS, "ok": AUDITORS, "else": "refused"}},
    "workflows:case_history": AUDITOR_READS_CASE,
    "workflows:case_chart": AUDITOR_READS_CASE,
    "workflows:case_check": AUDITOR_ACTS_ON_CASE,
    "workflows:case_export": AUDITOR_ACTS_ON_CASE,
    "workflows:case_dossier": AUDITOR_ACTS_ON_CASE,
    "workflows:flows": ADMINISTRATORS_READ,
    "workflows:flow": ADMINISTRATORS_READ,
    "workflows:flow_bpmn": ADMINISTRATORS_READ,
}
