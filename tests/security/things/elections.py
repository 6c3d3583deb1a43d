"""What the probes of elections name and send."""

from collections.abc import Callable

REASON = "本届支部任期将满，按期组织换届选举，健全支部班子。"
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
