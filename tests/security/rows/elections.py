"""Elections: who gets what at their addresses, written by hand; read ``matrix.py`` first."""

from tests.security.rows import CASES, OPENERS, OPENS, ORGANIZES, STRANGERS

ROWS: dict[str, dict[str, dict[str, str]]] = {
    # Nobody acts for the branch here, so its step comes to the liaison officers and the organizer above.
    "workflows:election": {
        "GET": {"login": STRANGERS, "ok": CASES, "else": "hidden"},
        "POST": {"login": STRANGERS, "done": f"{ORGANIZES} stepped_down/here two_places/here", "else": "hidden"},
    },
    "workflows:election_paper": {"GET": {"login": STRANGERS, "ok": CASES, "else": "hidden"}},
    "workflows:elections_together": {
        "GET": {"login": STRANGERS, "ok": OPENERS, "else": "refused"},
        "POST": {"login": STRANGERS, "done": OPENS, "told": OPENERS, "else": "refused"},
    },
    "workflows:election_reminder": {
        "GET": {"login": STRANGERS, "ok": OPENS, "hidden": OPENERS, "else": "refused"},
    },
}
