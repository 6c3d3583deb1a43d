"""Reminding of stages: whoever has to speak, in good time, on the day and when it is late; then those above.

How many working days before and after stands in the policy of each case. The statements are those of
``notifications.reminding``, one per way of reminding, however many cases there are. What was due before the go-live day
of an organization is a backlog, not a reminder (docs/notifications.md).
"""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from approvals.actions.copying import copied_roles
from approvals.enums import RowKind
from approvals.models import InboxRow, Policy, Stage
from notifications.reminding import Rows, Rung
from organizations.enums import Role
from organizations.going_live import live_when
from organizations.reminding import (
    ends_within,
    late_since,
    opening_of,
    reminding_day,
    repeats,
    superiors_of,
    with_moment,
)

# What holds where a policy says nothing; DOMAIN of joint vetting: two days before, on the day, three days after.
USUALLY = {
    "remind_before_working_days": 2,
    "remind_again_working_days": 3,
    "superior_after_working_days": 5,
    "escalation_after_working_days": 10,
}
INBOX = Value("/inbox/")
DAY = timedelta(days=1)


def soon(at: datetime) -> QuerySet:
    """Find whose seats fall due within the days the policy names; who was asked today already is left out."""
    day, ahead = reminding_day(at), Q(pk=None)
    for days, policies in policies_by("remind_before_working_days").items():
        ahead |= Q(case__policy__in=policies, due_at__lte=ends_within(days, on=day))
    rows = _seats(at).filter(ahead, due_at__gt=ends_within(0, on=day), opened_at__lt=opening_of(day))
    return _told(rows, F("due_at"))


def today(at: datetime) -> QuerySet:
    """Find whose seats fall due today."""
    day = reminding_day(at)
    begin = ends_within(0, on=day - DAY)
    return _told(_seats(at).filter(due_at__gt=max(at, begin), due_at__lte=ends_within(0, on=day)), F("due_at"))


def late(at: datetime) -> QuerySet:
    """Find whose seats are late, again every few working days."""
    return _told(_repeated(at), F("told_at"))


def superior(at: datetime) -> QuerySet | Rows:
    """Find the organizers above the stages that are late for the days the policy names."""
    return _above(at, "superior_after_working_days", Role.ORGANIZER)


def escalation(at: datetime) -> QuerySet | Rows:
    """Find the committee secretaries above the stages that are late for still longer."""
    return _above(at, "escalation_after_working_days", Role.COMMITTEE_SECRETARY)


def copies_soon(at: datetime) -> QuerySet:
    """Find the liaison officers and guides of the branch whose person is reminded ahead, or else on the day."""
    day, ahead = reminding_day(at), Q(pk=None)
    for days, policies in policies_by("remind_before_working_days").items():
        ahead |= Q(case__policy__in=policies, due_at__lte=ends_within(days, on=day))
    ahead |= Q(due_at__lte=ends_within(0, on=day))
    return _copied(_seats(at).filter(ahead, due_at__gt=at, opened_at__lt=opening_of(day)), F("due_at"), at)


def copies_late(at: datetime) -> QuerySet:
    """Find the liaison officers and guides of the branch whose person is reminded that something is late."""
    return _copied(_repeated(at), F("told_at"), at)


SEAT = (Rung("seat_due", soon), Rung("seat_due_today", today), Rung("seat_overdue", late))
COPY = (Rung("copied_due", copies_soon), Rung("copied_overdue", copies_late))
STAGE = (Rung("late_below", superior), Rung("late_below_long", escalation))


def _above(at: datetime, name: str, role: Role) -> QuerySet | Rows:
    day, over = reminding_day(at), Q(pk=None)
    for days, policies in policies_by(name).items():
        over |= Q(case__policy__in=policies, due_at__lte=late_since(days, on=day))
    stages = Stage.objects.filter(over, _live(), outcome="").order_by()
    apart = Coalesce("case__subject__account", Value(0))
    columns = ("organization", "pk", "due_at", "case__number", Value("/matters/"), apart)
    return superiors_of(stages.values_list(*columns), roles=[role], on=localdate(at))


def _seats(at: datetime) -> QuerySet:
    on = localdate(at)
    holds = (Q(valid_from=None) | Q(valid_from__lte=on)) & (Q(valid_until=None) | Q(valid_until__gt=on))
    return InboxRow.objects.filter(holds & _live(), kind=RowKind.TODO).order_by()


def _live() -> Q:
    return live_when("due_at", at="case__organization")


def _repeated(at: datetime) -> QuerySet:
    """Keep the lines of what is late and whose repetition has come, with its moment."""
    day = reminding_day(at)
    over = _seats(at).filter(due_at__lte=ends_within(0, on=day - DAY))
    dues = list(over.values_list("due_at", flat=True).distinct())
    moments = [
        (Q(case__policy__in=policies, due_at=due_at), moment)
        for days, policies in policies_by("remind_again_working_days").items()
        for due_at, moment in repeats(dues, days, on=day).items()
    ]
    return with_moment(over, moments)


def _copied(rows: QuerySet, moment: F, at: datetime) -> QuerySet:
    """Turn lines of people about whom a case is into whom the policy of each copies at their organization."""
    on, named = localdate(at), Q(pk=None)
    for policy in Policy.objects.order_by("pk"):
        if roles := copied_roles(policy):
            named |= Q(case__policy=policy, case__organization__assignments__role__in=roles)
    held = "case__organization__assignments"
    rows = rows.filter(
        named,
        Q(**{f"{held}__until_on": None}) | Q(**{f"{held}__until_on__gt": on}),
        **{f"{held}__from_on__lte": on, f"{held}__account__is_active": True},
        account=F("case__subject__account"),
    )
    return rows.values_list(f"{held}__account", "seat_id", moment, "case_number", Value("/matters/"))


def _told(rows: QuerySet, moment: F) -> QuerySet:
    return rows.values_list("account_id", "seat_id", moment, "case_number", INBOX)


def policies_by(name: str) -> dict[int, list[int]]:
    """Group the policies by one of their numbers; zero says that nobody is reminded this way.

    Args:
        name: One of ``USUALLY``.

    Returns:
        Keys of policies by working days, 1 or more.
    """
    found = defaultdict(list)
    for policy, numbers in Policy.objects.order_by("pk").values_list("pk", "parameters"):
        found[numbers.get(name, USUALLY[name])].append(policy)
    found.pop(0, None)
    return dict(found)
