"""Elections: who gets what at their addresses, written by hand; read ``matrix.py`` first."""

STRANGERS = "anonymous deactivated"
SEES_CASES = (
    "organizer/here own_case/here general_branch_secretary/here stepped_down/here organizer_elsewhere/there "
    "approver_elsewhere/there approver discipline_officer two_places"
)
ORGANIZES = "organizer/here own_case/here organizer_elsewhere/there two_places/there"
OPENS = f"{ORGANIZES} approver approver_elsewhere/there"
OPENERS = (
    "organizer own_case organizer_elsewhere ungranted two_places narrow_grant wide_grant one_place_only approver "
    "approver_elsewhere"
)

ROWS: dict[str, dict[str, dict[str, str]]] = {
    # Nobody acts for the branch here, so its step comes to the liaison officers and the organizer above.
    "workflows:election": {
        "GET": {"login": STRANGERS, "ok": SEES_CASES, "else": "hidden"},
        "POST": {"login": STRANGERS, "done": f"{ORGANIZES} stepped_down/here two_places/here", "else": "hidden"},
    },
    "workflows:election_paper": {"GET": {"login": STRANGERS, "ok": SEES_CASES, "else": "hidden"}},
    "workflows:elections_together": {
        "GET": {"login": STRANGERS, "ok": OPENERS, "else": "refused"},
        "POST": {"login": STRANGERS, "done": OPENS, "told": OPENERS, "else": "refused"},
    },
    "workflows:election_reminder": {
        "GET": {"login": STRANGERS, "ok": OPENS, "hidden": OPENERS, "else": "refused"},
    },
}
