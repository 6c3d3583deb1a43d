"""Investigation and recusal: who gets what at their addresses, written by hand; read ``matrix.py`` first.

``investigator`` is on the team here and holds no role at all; ``former_investigator`` was, until a challenge was upheld
for another reason; ``investigated`` is the candidate here. The authority here is the province, there the city.
"""

from tests.security.rows import AT_THE_PLACE, FILES, ORGANIZERS, ORGANIZES, STRANGERS

# Whoever holds the role at the authority itself looks after the team, however far the role reaches.
LOOKS_AFTER = "one_place_only/here organizer_elsewhere/there two_places/there"
SEES = f"{FILES} {LOOKS_AFTER} investigator/here"
# A role and any grant at the very place of the seat entitle to speak there, however far they reach.
AT_THE_SEAT = f"{ORGANIZES} {AT_THE_PLACE}"


def done_by(who: str) -> dict:
    """Write the row of a button: some press it, everybody else who sees the page is told no."""
    return {"POST": {"login": STRANGERS, "done": who, "told": SEES, "else": "hidden"}}


OF_THE_TEAM = {"login": STRANGERS, "ok": "investigator/here", "else": "hidden"}
WRITTEN_BY_THE_TEAM = {"login": STRANGERS, "done": "investigator/here", "else": "hidden"}
FORM_OF_THE_TEAM = {"GET": OF_THE_TEAM, "POST": WRITTEN_BY_THE_TEAM}
ROWS = {
    "workflows:investigation_teams": {
        "GET": {"login": STRANGERS, "ok": ORGANIZERS, "else": "refused"},
        "POST": {"login": STRANGERS, "told": ORGANIZERS, "else": "refused"},
    },
    "workflows:investigation": {"GET": {"login": STRANGERS, "ok": SEES, "else": "hidden"}},
    "workflows:investigation_announce": done_by(LOOKS_AFTER),
    "workflows:investigation_declare": done_by("investigator/here"),
    "workflows:investigation_replace": done_by(LOOKS_AFTER),
    "workflows:investigation_challenge": done_by("approver/here approver_elsewhere/there"),
    "workflows:investigation_talk_new": FORM_OF_THE_TEAM,
    "workflows:investigation_talk_save": {"POST": WRITTEN_BY_THE_TEAM},
    "workflows:investigation_talk": {"GET": OF_THE_TEAM},
    "workflows:investigation_tally": FORM_OF_THE_TEAM,
    "workflows:investigation_tally_confirm": done_by("investigator/here"),
    "workflows:investigation_report": {"GET": OF_THE_TEAM},
    "workflows:investigation_report_edit": FORM_OF_THE_TEAM,
    "workflows:investigation_sign": {"POST": {"login": STRANGERS, "told": SEES, "else": "hidden"}},
    "workflows:investigation_files": {"GET": OF_THE_TEAM},
    "workflows:investigation_paper": {"GET": {"login": STRANGERS, "ok": SEES, "else": "hidden"}},
    "workflows:my_team": {
        "GET": {"login": STRANGERS, "ok": "investigated/here", "else": "hidden"},
        "POST": {"login": STRANGERS, "done": "investigated/here", "else": "hidden"},
    },
    "workflows:seat_recuse": {
        "GET": {"login": STRANGERS, "ok": AT_THE_SEAT, "else": "hidden"},
        "POST": {"login": STRANGERS, "done": AT_THE_SEAT, "else": "hidden"},
    },
    "workflows:seat_no_conflict": {"POST": {"login": STRANGERS, "done": AT_THE_SEAT, "else": "hidden"}},
}
