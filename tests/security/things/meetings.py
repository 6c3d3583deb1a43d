"""What the probes of meetings name and send: one meeting of each state on each side."""

from datetime import timedelta

from approvals.actions.meeting_closing import confirm_meeting, hand_over
from approvals.actions.meetings import Belongs, record_attendance
from approvals.models import AgendaItem, Meeting, Stage
from organizations.enums import Role
from tests import factories as make
from tests.appointment_review.candidate import picture
from tests.factories import NOW
from workflows.meetings.actions import attach_minutes, plan


def item(side) -> AgendaItem:
    """Give the item of a side that is about the case being decided there."""
    return AgendaItem.objects.get(meeting=side.meetings["held"])


def _number(state: str):
    return lambda side: {"number": side.meetings[state].number}


def _item(side) -> dict[str, object]:
    return {"number": side.meetings["held"].number, "pk": item(side).pk}


TARGETS = {
    **{f"workflows:{name}": _number("held") for name in ("meeting", "meeting_agenda", "meeting_attend")},
    **{f"workflows:{name}": _number("held") for name in ("meeting_desk", "meeting_table")},
    **{f"workflows:{name}": _item for name in ("meeting_result", "meeting_recuse", "meeting_draft")},
    "workflows:meeting_over": _number("empty"),
    "workflows:meeting_off": _number("empty"),
    "workflows:meeting_confirm": _number("entered"),
    "workflows:meeting_paper": lambda side: _number("held")(side) | {"kind": "summary", "form": "print"},
    "workflows:meeting_scan": _number("confirmed"),
}
FORMS = {
    "workflows:meeting_new": lambda side: {
        "organization": side.committee.pk, "title": "", "held_on": "2026-12-01", "held_from": "15:00",
        "place": "501 室", "members": "闻人岳，书记", "chair": "闻人岳",
    },
    "workflows:meeting_agenda": lambda side: {"act": f"off-{item(side).pk}"},
    "workflows:meeting_attend": lambda side: {
        "present": list(side.meetings["held"].members.values_list("pk", flat=True))
    },
    "workflows:meeting_off": lambda side: {"reason": "到会人数不足"},
    "workflows:meeting_result": lambda side: {"result": "agree", "agree": "2", "edition": "0", "proposed": "2-0-0"},
    "workflows:meeting_recuse": lambda side: {"member": side.meetings["held"].members.last().pk, "out": "1"},
    "workflows:meeting_draft": lambda side: {"reason": "先听支部说明"},
    "workflows:meeting_table": lambda side: {"rest": "agree", f"edition-{item(side).pk}": "0"},
    "workflows:meeting_confirm": lambda side: {"act": "confirm"},
    "workflows:meeting_scan": lambda side: {"file": picture()},
}  # fmt: skip


def build(side) -> dict[str, Meeting]:
    """Make a meeting of each state under one committee; the county decides nothing, yet an item stands there."""
    recorder = make.reviewer(f"{side.committee.name[:2]}记录人", Role.ORGANIZER, side.committee)
    chair = make.reviewer(f"{side.committee.name[:2]}审批人", Role.APPROVER, side.committee)
    made = {name: _meeting(side, name, recorder) for name in ("held", "empty", "entered", "confirmed")}
    stage = Stage.objects.get(case=side.deciding, outcome="")
    AgendaItem.objects.create(meeting=made["held"], place=1, case=side.deciding, stage=stage)
    for name in ("entered", "confirmed"):
        hand_over(meeting_pk=made[name].pk, by=recorder, at=NOW)
    confirm_meeting(meeting_pk=made["confirmed"].pk, by=chair, at=NOW)
    attach_minutes(meeting_pk=made["confirmed"].pk, upload=picture(), by=recorder, at=NOW)
    return made


def _meeting(side, name: str, recorder) -> Meeting:
    members = [Belongs(f"{name}甲", "书记", is_chair=True), Belongs(f"{name}乙", "委员")]
    held_at = NOW + timedelta(minutes=Meeting.objects.filter(organization=side.committee).count())
    meeting = plan(
        organization=side.committee, title="", held_at=held_at, place="501 室", members=members, by=recorder, at=NOW
    )
    present = list(meeting.members.values_list("pk", flat=True))
    return record_attendance(meeting_pk=meeting.pk, present=present, by=recorder, at=NOW)
