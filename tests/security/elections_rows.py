"""Who gets what at the addresses of elections: written by hand from the design."""

from collections.abc import Callable

REASON = "本届支部任期将满，按期组织换届选举，健全支部班子。"
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
TARGETS: dict[str, Callable] = {
    "workflows:election": lambda side: {"number": side.election.matter.number},
    "workflows:election_paper": lambda side: {"number": side.election.matter.number, "paper": "request-1"},
    "workflows:election_reminder": lambda side: {"code": side.branch.code},
}
FORMS: dict[str, Callable] = {
    "workflows:election": lambda side: {
        "then": "ask", "secretaries": "1", "deputies": "0", "members": "0", "voters": "6", "planned_on": "2026-12-20",
        "reason": REASON, "key": "k",
    },
    "workflows:elections_together": lambda side: {
        "organization": side.elsewhere.code, "name": "集中换届", "request_by": "2026-12-01",
        "nominate_by": "2026-12-10", "planned_on": "2026-12-20", "reason": REASON,
    },
}  # fmt: skip
