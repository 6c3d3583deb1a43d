"""Meetings for tests: cases that wait for one, a committee of nine, and the record entered and confirmed."""

from datetime import datetime, timedelta

from approvals.actions.meeting_closing import confirm_meeting, hand_over
from approvals.actions.meeting_results import Resolved, enter_result
from approvals.actions.meetings import Belongs, plan_meeting, put_on_agenda, record_attendance
from approvals.meeting_queries import ready_stages
from approvals.models import AgendaItem, Case, Meeting
from approvals.rules.meetings import Count
from organizations.models import Account
from tests import factories as make
from tests.cases import fresh, full_policy_document, new_case, publish, say
from tests.cast import Cast

SESSION = make.NOW + timedelta(hours=5)
LATER = SESSION + timedelta(hours=2)
NAMES = ["闻人岳", "韩启山", "顾清和", "周砚秋", "方怀谷", "宋以宁", "许静川", "钟望舒", "田守拙"]
COMMITTEE = [Belongs(name, "委员" if place else "书记", is_chair=not place) for place, name in enumerate(NAMES)]


def meeting_policy() -> dict:
    """Give a policy in which an assignment goes from the Party levels straight to the meeting."""
    document = full_policy_document()
    for step in document["steps"]:
        if step["step"] in ("letters", "investigation"):
            step["tracks"] = []
    return document


def publish_meetings(cast: Cast) -> None:
    """Put that policy in force."""
    publish(meeting_policy(), by=cast.an)


def to_deliberation(cast: Cast, name: str = "沈若溪", *, branch=None, person=None, at: datetime = make.NOW) -> Case:
    """Bring an assignment under the province to its meeting."""
    person = person or make.person(name)
    if not hasattr(person, "account"):
        make.account(name, person=person)
    branch = branch or make.organization(f"南岭省{name}读书会党支部", under=cast.province)
    case = new_case(cast, organization=branch, person=person, by=cast.han, at=at)
    for who, verb in ((person.account, "hand_in"), (cast.han, "agree"), (cast.han, "agree"), (cast.zhou, "agree")):
        say(case, who, verb, at=at)
    return fresh(case)


def many_at_deliberation(cast: Cast, count: int) -> list[Case]:
    """Bring several people to the meeting."""
    return [to_deliberation(cast, f"第{number}人") for number in range(1, count + 1)]


def planned(cast: Cast, *, number: str = "HY2026-00001", held_at: datetime = SESSION, title: str = "") -> Meeting:
    """Plan a meeting of the province's committee, which Han records."""
    return plan_meeting(
        organization=cast.province, number=number, title=title or "综合党委委员会会议（2026年第18次）", held_at=held_at,
        place="501 室", members=COMMITTEE, by=cast.han, at=make.NOW,
    )  # fmt: skip


def with_agenda(cast: Cast, cases: list[Case] | None = None, **facts: object) -> Meeting:
    """Plan a meeting with everything that is ready on its agenda, or with some cases."""
    meeting = planned(cast, **facts)
    ready = ready_stages(cast.province, on=meeting.held_at.date())
    if cases is not None:
        ready = ready.filter(case__in=cases)
    put_on_agenda(meeting_pk=meeting.pk, stage_pks=[stage.pk for stage in ready], by=cast.han, at=make.NOW)
    return meeting


def in_session(cast: Cast, cases: list[Case] | None = None, *, away: int = 1, **facts: object) -> Meeting:
    """Hold such a meeting; the last members of the list are away."""
    meeting = with_agenda(cast, cases, **facts)
    present = [member.pk for member in meeting.members.all()][: len(COMMITTEE) - away]
    return record_attendance(meeting_pk=meeting.pk, present=present, by=cast.han, at=SESSION)


def item_of(meeting: Meeting, case: Case) -> AgendaItem:
    """Find the item of a case."""
    return AgendaItem.objects.select_related("case__subject", "stage").get(meeting=meeting, case=case)


def enter(cast: Cast, item: AgendaItem, result: str = "agree", count: Count | None = None, *, by=None, **words):
    """Enter a result; eight in the room agree where nothing else is said."""
    if result == "refuse":
        words = {"reason": "条件尚不具备", "reason_for_person": "任职条件还不具备。"} | words
    if result == "defer":
        words = {"reason": "等待回函", "review_on": (SESSION + timedelta(days=14)).date()} | words
    usual = {"agree": Count(8), "refuse": Count(1, 6, 1), "defer": Count()}
    resolved = Resolved(result, count or usual[result], **words)
    edition = AgendaItem.objects.values_list("edition", flat=True).get(pk=item.pk)
    return enter_result(item_pk=item.pk, resolved=resolved, edition=edition, by=by or cast.han, at=SESSION)


def entered(cast: Cast, meeting: Meeting) -> Meeting:
    """Agree to every item that has no result and hand the record over."""
    for item in AgendaItem.objects.filter(meeting=meeting, result=""):
        enter(cast, item)
    return hand_over(meeting_pk=meeting.pk, by=cast.han, at=SESSION)


def confirm(cast: Cast, meeting: Meeting, by: Account | None = None) -> Meeting:
    """Let the chair confirm."""
    return confirm_meeting(meeting_pk=meeting.pk, by=by or cast.zhou, at=LATER)


def counted(item: AgendaItem) -> tuple[str, int | None, int | None, int | None]:
    """Say what was resolved with which count."""
    item.refresh_from_db()
    return item.result, item.agree, item.against, item.abstain
