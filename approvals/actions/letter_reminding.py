"""Reminding of letters: the department in good time, on the day and when it is late; then whoever wrote the letter.

A department has no lines in an inbox, so the letter itself is what is reminded of. Each of its open people has a day:
that of the letter, or a later one agreed on by telephone, on which the department is asked again. How many working days
before and after stands in the policy of each case, as for seats (``approvals.actions.reminding``).
"""

from datetime import datetime, timedelta

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.timezone import localdate

from approvals.actions.letters import OFFICE
from approvals.actions.reminding import policies_by
from approvals.enums import LetterAnswer, SeatState
from approvals.models import LetterItem
from approvals.rules.letters import last_day
from notifications.reminding import Rung
from organizations.calendar import end_of_day
from organizations.enums import Channel, Role
from organizations.going_live import live_when
from organizations.models import RoleAssignment
from organizations.reminding import ends_within, opening_of, reminding_day, repeats, with_moment

LINK = Concat(Value("/letters/"), "letter__token", Value("/"), output_field=CharField())
OFFICER = "letter__department__assignments"
Moments = list[tuple[Q, datetime]]


def soon(at: datetime) -> QuerySet:
    """Find the departments whose answer falls due within the days the policy names; who was asked today is left out."""
    day = reminding_day(at)
    rows, days = _unanswered().filter(letter__sent_at__lt=opening_of(day)), _days()
    first, moments = ends_within(0, on=day), []
    for ahead, policies in policies_by("remind_before_working_days").items():
        last = ends_within(ahead, on=day)
        within = [(asked, due) for asked, due in days if first < due <= last]
        moments += [(asked & Q(case__policy__in=policies), due) for asked, due in within]
    return _to_departments(with_moment(rows, moments), at)


def today(at: datetime) -> QuerySet:
    """Find the departments whose answer falls due today, or who are to be asked again today."""
    day = reminding_day(at)
    begin, end = ends_within(0, on=day - timedelta(days=1)), ends_within(0, on=day)
    moments = [(asked, due) for asked, due in _days() if max(at, begin) < due <= end]
    return _to_departments(with_moment(_unanswered(), moments), at)


def late(at: datetime) -> QuerySet:
    """Find the departments whose answer is late, again every few working days."""
    return _to_departments(_late(at), at)


def late_to_writer(at: datetime) -> QuerySet:
    """Find who wrote the letters that are late, on paper as well, and still works in an office."""
    working = RoleAssignment.objects.valid_on(localdate(at)).filter(role__in=OFFICE)
    return _told(_late(at).filter(letter__made_by__in=working.values("account")), "letter__made_by")


LETTER = (
    Rung("letter_due", soon),
    Rung("letter_due_today", today),
    Rung("letter_reminded", late),
    Rung("letter_late", late_to_writer),
)


def _unanswered() -> QuerySet[LetterItem]:
    """Keep the people about whom a department has said nothing yet; a stamped reply that is typed in has been given.

    Due before the go-live day of an organization is a backlog, not a reminder; the later of both days counts.
    """
    said_nothing = ("", LetterAnswer.WAIT)
    live = live_when("letter__due_at", at="case__organization") | live_when("review_on", at="case__organization")
    return LetterItem.objects.filter(live, seat__state=SeatState.OPEN, answer__in=said_nothing).order_by()


def _days() -> Moments:
    """Give the days there are among the open letters, each with the people it holds for."""
    moments = []
    for due_at, review_on in _unanswered().values_list("letter__due_at", "review_on").distinct():
        day = last_day(due_on=localdate(due_at), review_on=review_on)
        moment = end_of_day(day) if day > localdate(due_at) else due_at
        moments.append((Q(letter__due_at=due_at, review_on=review_on), moment))
    return moments


def _late(at: datetime) -> QuerySet[LetterItem]:
    day, days = reminding_day(at), _days()
    over = {due for _asked, due in days if due <= ends_within(0, on=day - timedelta(days=1))}
    moments = []
    for every, policies in policies_by("remind_again_working_days").items():
        again = repeats(over, every, on=day)
        moments += [(asked & Q(case__policy__in=policies), again[due]) for asked, due in days if due in again]
    return with_moment(_unanswered(), moments)


def _to_departments(rows: QuerySet[LetterItem], at: datetime) -> QuerySet:
    """Turn people in letters into the officers of the departments that answer by account; never about themselves."""
    officers = RoleAssignment.objects.valid_on(localdate(at)).filter(role=Role.DEPARTMENT_OFFICER)
    asked = rows.filter(letter__channel=Channel.ACCOUNT, **{f"{OFFICER}__in": officers})
    about = LetterItem.objects.filter(letter=OuterRef("letter"), case__subject__account=OuterRef("officer"))
    return _told(asked.annotate(officer=F(f"{OFFICER}__account")).filter(~Exists(about)), "officer")


def _told(rows: QuerySet[LetterItem], who: str) -> QuerySet:
    return rows.values_list(who, "letter_id", "told_at", "letter__number", LINK).distinct()
