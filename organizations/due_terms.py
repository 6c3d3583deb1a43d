"""Reminding of terms that end and of what a new secretary owes: whom, and by which moment.

Only what comes due after an organization went live and after the row was written is told: a ledger full of expired
terms is a list to work off, not a flood of letters.
"""

from datetime import date, datetime, timedelta

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from notifications.reminding import Rows, Rung, register_subject
from organizations.enums import ObligationKind, Role, Title
from organizations.going_live import live_when
from organizations.models import Obligation, Post
from organizations.reminding import last_rungs, reminding_day, superiors_of, with_moment
from organizations.rules.terms import STEPS
from organizations.term_board import REMINDED, WITH_TERM

# Days from the due day. Before the end of a term: the opinion of 2018-07-12; after it: common practice.
TERM_BEFORE = tuple(-days for days in STEPS)
TERM_AFTER = tuple(range(1, 365, 30))
TERM_ABOVE = (30, 90, 180)
OWED_BEFORE = (-7, 0)
OWED_AFTER = (1, 8, 15, 29, 57)
OWED_ABOVE = (15, 57)
LOOK_BACK = timedelta(days=365)
NOBODY = Value(0)


def register_subjects() -> None:
    """Let every sweep remind of terms and obligations."""
    register_subject(
        REMINDED,
        Rung("term_due", lambda at: _of_people(_terms(at, TERM_BEFORE), at)),
        Rung("term_overdue", lambda at: _of_people(_terms(at, TERM_AFTER), at)),
        Rung("term_late_below", terms_late),
    )
    register_subject(
        "obligation",
        Rung("obligation_due", lambda at: _of_debtors(_owed(at, OWED_BEFORE))),
        Rung("obligation_overdue", lambda at: _of_debtors(_owed(at, OWED_AFTER))),
        Rung("talk_owed", talks_owed),
    )


def terms_late(at: datetime) -> Rows | QuerySet:
    """Find the organizers above the terms that have been over for a month or longer."""
    late = _terms(at, TERM_ABOVE).values_list(
        "organization", "organization", "told_at", Value(""), Value("/terms/"), Coalesce("person__account", NOBODY)
    )
    return superiors_of(late, roles=[Role.ORGANIZER], on=reminding_day(at))


def talks_owed(at: datetime) -> Rows | QuerySet:
    """Find the organizers who still have to hold a talk: a week before, on the day, and when it is late."""
    owed = _owed(at, (*OWED_BEFORE, *OWED_ABOVE)).filter(kind=ObligationKind.TALK)
    late = owed.values_list(
        "organization", "pk", "told_at", "case_number", Value("/terms/"), Coalesce("person__account", NOBODY)
    )
    return superiors_of(late, roles=[Role.TALK_ORGANIZER, Role.ORGANIZER], on=reminding_day(at))


def _terms(at: datetime, rungs: tuple[int, ...]) -> QuerySet[Post]:
    """Keep the running terms whose reminder has come."""
    day = reminding_day(at)
    held = Post.objects.filter(
        live_when("due_on"), _within(day, rungs), title=Title.SECRETARY, ended_on=None, organization__kind__in=WITH_TERM
    )
    return _come(held.exclude(source="acting"), rungs, day).filter(told_at__gt=F("recorded_at"))


def _owed(at: datetime, rungs: tuple[int, ...]) -> QuerySet[Obligation]:
    """Keep what is still owed and whose reminder has come."""
    day = reminding_day(at)
    still = Obligation.objects.filter(live_when("due_on"), _within(day, rungs), done_on=None, waived_on=None)
    still = still.filter(Q(organization__valid_until=None) | Q(organization__valid_until__gt=day))
    return _come(still, rungs, day).filter(told_at__gt=F("opened_on"))


def _come(rows: QuerySet, rungs: tuple[int, ...], day: date) -> QuerySet:
    rows = rows.order_by()
    moments = last_rungs(rows.values_list("due_on", flat=True).distinct(), rungs, on=day)
    return with_moment(rows, [(Q(due_on=due_on), moment) for due_on, moment in moments.items()])


def _within(day: date, rungs: tuple[int, ...]) -> Q:
    """Keep what lies between the first and the last of these reminders; the days before go to the rungs before it."""
    first = day - timedelta(days=min(rungs))
    if max(rungs) <= 0:
        return Q(due_on__gte=day, due_on__lte=first)
    return Q(due_on__gte=day - LOOK_BACK, due_on__lte=first)


def _of_people(terms: QuerySet[Post], at: datetime) -> QuerySet:
    """Turn terms into whom to tell: the secretary, and the liaison officers and guides of the organization."""
    columns, on = ("organization", "told_at", Value(""), Value("/")), reminding_day(at)
    own = terms.filter(person__account__is_active=True).values_list("person__account", *columns)
    helping = terms.filter(
        Q(organization__assignments__until_on=None) | Q(organization__assignments__until_on__gt=on),
        organization__assignments__role__in=(Role.LIAISON, Role.GUIDE),
        organization__assignments__from_on__lte=on,
        organization__assignments__account__is_active=True,
    )
    return own.union(helping.values_list("organization__assignments__account", *columns))


def _of_debtors(owed: QuerySet[Obligation]) -> QuerySet:
    return owed.filter(person__account__is_active=True).values_list(
        "person__account", "pk", "told_at", "case_number", Value("/")
    )
