"""Meetings: who gets what at their addresses, written by hand; read ``matrix.py`` first."""

from tests.security.rows import ORGANIZES, STRANGERS

# A meeting is a thing of the committee itself: whoever sees only what is below it does not see it.
SEES = (
    "organizer/here own_case/here stepped_down/here organizer_elsewhere/there approver_elsewhere/there "
    "approver discipline_officer two_places"
)
RECORDS = ORGANIZES
# One of the items here is about somebody who also organizes here: that item is not shown to that person.
OTHERS = SEES.replace("own_case/here ", "")
PLANS = "organizer own_case organizer_elsewhere two_places narrow_grant wide_grant one_place_only"
PLANS_THERE = RECORDS + " narrow_grant/here wide_grant/here"

READ = {"GET": {"login": STRANGERS, "ok": SEES, "else": "hidden"}}
READ_WITH_ITEMS = {"GET": {"login": STRANGERS, "redirect": "own_case/here", "ok": SEES, "else": "hidden"}}
RECORD = {"POST": {"login": STRANGERS, "done": RECORDS, "told": SEES, "else": "hidden"}}
RECORD_ITEM = {"POST": {"login": STRANGERS, "hidden": "own_case/here", "done": RECORDS, "told": SEES, "else": "hidden"}}
ROWS = {
    "workflows:meetings": {"GET": {"login": STRANGERS, "else": "ok"}},
    "workflows:meeting_new": {
        "GET": {"login": STRANGERS, "ok": PLANS, "else": "refused"},
        "POST": {"login": STRANGERS, "done": PLANS_THERE, "else": "refused"},
    },
    "workflows:meeting": READ,
    "workflows:meeting_agenda": RECORD_ITEM,
    "workflows:meeting_attend": RECORD,
    "workflows:meeting_off": RECORD,
    "workflows:meeting_desk": READ_WITH_ITEMS,
    "workflows:meeting_result": RECORD_ITEM,
    "workflows:meeting_recuse": RECORD_ITEM,
    "workflows:meeting_draft": RECORD_ITEM,
    "workflows:meeting_table": READ_WITH_ITEMS
    | {"POST": {"login": STRANGERS, "done": RECORDS.replace("own_case/here ", ""), "told": SEES, "else": "hidden"}},
    "workflows:meeting_over": RECORD,
    "workflows:meeting_confirm": READ
    | {"POST": {"login": STRANGERS, "done": "approver_elsewhere/there", "told": SEES, "else": "hidden"}},
    "workflows:meeting_paper": {"GET": {"login": STRANGERS, "ok": OTHERS, "else": "hidden"}},
    "workflows:meeting_scan": READ | {"POST": {"login": STRANGERS, "told": SEES, "else": "hidden"}},
}
