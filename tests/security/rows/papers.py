"""Sheets, scans and batches: who gets what at their addresses, written by hand; read ``matrix.py`` first."""

from tests.security.rows import CASES, FILES, ORGANIZERS, STRANGERS

PRINTERS = f"{ORGANIZERS} approver approver_elsewhere general_branch_secretary"
# Prints for many what it sees: a liaison here who organizes elsewhere sees the cases here as well.
PRINTS_HERE = (
    "organizer/here own_case/here general_branch_secretary/here organizer_elsewhere/there approver_elsewhere/there "
    "approver two_places"
)
# A stack and a batch belong to one person.
OWNER = "organizer/here organizer_elsewhere/there"
# To whom the completeness check of this side was given when it was opened.
ASKED = "organizer/here organizer_elsewhere/there"

OWN_STACK = {"GET": {"login": STRANGERS, "ok": OWNER, "hidden": ORGANIZERS, "else": "refused"}}
ACTS_ON_OWN_STACK = {"POST": {"login": STRANGERS, "done": OWNER, "hidden": ORGANIZERS, "else": "refused"}}

ROWS = {
    "workflows:case_papers": {"GET": {"login": STRANGERS, "hidden": "own_case", "ok": CASES, "else": "hidden"}},
    "workflows:case_paper": {"GET": {"login": STRANGERS, "hidden": "own_case", "ok": CASES, "else": "hidden"}},
    "workflows:paper": {"GET": {"login": STRANGERS, "hidden": "own_case", "redirect": FILES, "else": "hidden"}},
    "workflows:paper_scan": {"GET": {"login": STRANGERS, "hidden": "own_case", "ok": FILES, "else": "hidden"}},
    "workflows:print_many": {
        "GET": {"login": STRANGERS, "ok": PRINTERS, "else": "refused"},
        "POST": {"login": STRANGERS, "done": PRINTS_HERE, "told": PRINTERS, "else": "refused"},
    },
    "workflows:stacks": {
        "GET": {"login": STRANGERS, "ok": ORGANIZERS, "else": "refused"},
        "POST": {"login": STRANGERS, "told": ORGANIZERS, "else": "refused"},  # the probe sends no file
    },
    "workflows:stack": OWN_STACK,
    "workflows:stack_page": OWN_STACK,
    "workflows:stack_sort": ACTS_ON_OWN_STACK,
    "workflows:stack_file": ACTS_ON_OWN_STACK,
    "workflows:stack_discard": ACTS_ON_OWN_STACK,
    "workflows:batch": {
        "GET": {"login": STRANGERS, "else": "ok"},
        "POST": {"login": STRANGERS, "done": ASKED, "else": "told"},
    },
    "workflows:batch_run": {"GET": {"login": STRANGERS, "ok": OWNER, "else": "hidden"}},
    "workflows:batch_go_on": {"POST": {"login": STRANGERS, "done": OWNER, "else": "hidden"}},
}
