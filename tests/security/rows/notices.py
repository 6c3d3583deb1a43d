"""Public notices and objections: who gets what at their addresses, written by hand; read ``matrix.py`` first.

On each side one case waits for its notice and two stand on one; the seats lie with the authority: here the province,
there the city, whose notices fall to the discipline officer of the province because it has none of its own.
"""

from tests.security.rows import STRANGERS

OFFICE = "one_place_only/here organizer_elsewhere/there two_places/there"
OFFICER = {"GET": {"login": STRANGERS, "ok": "discipline_officer", "else": "refused"}}
# Bodies whose cases one may look into: here only those of the province itself.
SEES_BODY = f"{OFFICE} approver discipline_officer approver_elsewhere/there"
READS_NOTICE = {"GET": {"login": STRANGERS, "ok": SEES_BODY, "else": "hidden"}}

ROWS = {
    "workflows:open_notice": {"GET": {"else": "ok"}, "POST": {"else": "done"}},
    "workflows:objection_outcome": {"GET": {"else": "ok"}, "POST": {"else": "told"}},
    "workflows:objections": OFFICER,
    "workflows:objection_letter": OFFICER
    | {"POST": {"login": STRANGERS, "done": "discipline_officer", "else": "refused"}},
    "workflows:objection": OFFICER | {"POST": {"login": STRANGERS, "done": "discipline_officer", "else": "refused"}},
    "workflows:notice_end": {
        "GET": {"login": STRANGERS, "ok": "discipline_officer", "else": "hidden"},
        "POST": {"login": STRANGERS, "done": "discipline_officer", "else": "hidden"},
    },
    "workflows:publication": {
        "GET": {"login": STRANGERS, "ok": OFFICE, "else": "hidden"},
        "POST": {"login": STRANGERS, "done": OFFICE, "else": "hidden"},
    },
    "workflows:public_notice": READS_NOTICE,
    "workflows:notice_sheet": READS_NOTICE,
    "workflows:board_photo": READS_NOTICE,
    "workflows:notice_photo": {
        "POST": {
            "login": STRANGERS,
            "done": OFFICE,
            "told": SEES_BODY,
            "else": "hidden",
        }
    },
}
