"""What is done on the term board: giving a reason for what is overdue, reminding."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from audit import log
from audit.errors import Refusal
from notifications.models import Reminder
from notifications.outbox import enqueue
from organizations.actions.shared import LONGEST_REASON, ReasonTooLong, day_of, demand_duty, demand_no_number
from organizations.calendar import end_of_day
from organizations.enums import Role, Title
from organizations.going_live import live_days
from organizations.models import Account, PartyOrganization, Post
from organizations.queries import assignments_valid
from organizations.telling import TERM_ENDING
from organizations.term_board import REMINDED

# The burden budget: nobody is reminded of the same thing more often (DESIGN, telling).
MOST_A_WEEK = 2
AT_ONCE = 200


class NoPostToExplain(Refusal):
    code = "no_post_to_explain"
    message = _("Nobody is secretary there; a reason belongs to a term.")


class NobodyToRemind(Refusal):
    code = "nobody_to_remind"
    message = _("There is nobody with an account there yet. Send an invitation first, or call the office.")


class RemindedEnough(Refusal):
    code = "reminded_enough"
    message = _("They were reminded today, or twice within seven days. Better call now.")


class NotLiveYet(Refusal):
    code = "not_live_yet"
    message = _("Nobody is reminded there before {day}, the go-live day. Better call now.")


@transaction.atomic
def explain_overdue(*, organization: PartyOrganization, reason: str, by: Account, at: datetime) -> None:
    """Keep why a term is overdue; an empty reason takes the old one away.

    Args:
        organization: Whose term.
        reason: In a few words, without personal numbers.
        by: An organizer of it or of a superior.
        at: Moment of the act.

    Raises:
        NotYourDuty, NoPostToExplain, ReasonTooLong, PersonalNumberInText: as they say.
    """
    demand_duty(by, [Role.ORGANIZER], at=at, organization=organization)
    reason = reason.strip()
    if len(reason) > LONGEST_REASON:
        raise ReasonTooLong(limit=LONGEST_REASON)
    demand_no_number(reason)
    held = Post.objects.held_on(day_of(at)).filter(organization=organization, title=Title.SECRETARY)
    if not held.exclude(source="acting").update(overdue_reason=reason):
        raise NoPostToExplain
    facts = {"organization": organization.code, "reason": reason}
    log.record("ledger", "term.explained", by=by, at=at, subject=f"organization:{organization.pk}", facts=facts)


@transaction.atomic
def remind_of_term(*, organization: PartyOrganization, by: Account, at: datetime) -> int:
    """Remind the secretary and the liaison officers of a branch that its term ends or is over.

    Args:
        organization: Whose term.
        by: An organizer of it or of a superior.
        at: Moment of the act.

    Returns:
        How many people were told.

    Raises:
        NotYourDuty, NotLiveYet, NobodyToRemind, RemindedEnough: as they say.
    """
    demand_duty(by, [Role.ORGANIZER], at=at, organization=organization)
    live_on = live_days([organization]).get(organization.pk)
    if live_on is not None and live_on > day_of(at):
        raise NotLiveYet(day=date_format(live_on))
    if organization.pk in _reminded([organization.pk], at, most=MOST_A_WEEK):
        raise RemindedEnough
    told = _remind([organization], by=by, at=at)
    if not told:
        raise NobodyToRemind
    return told[organization.pk]


@transaction.atomic
def remind_of_terms(*, organizations: Collection[PartyOrganization], by: Account, at: datetime) -> int:
    """Remind many branches at once, at most 200; who was reminded this week or is not live yet is left out.

    Args:
        organizations: Whose terms.
        by: An organizer of all of them.
        at: Moment of the act.

    Returns:
        How many organizations were reminded.

    Raises:
        NotYourDuty: one of them belongs to somebody else.
    """
    paths = _organizer_paths(by, at)
    strangers = [each for each in organizations if not each.path.startswith(paths)]
    if strangers:
        demand_duty(by, [Role.ORGANIZER], at=at, organization=strangers[0])
    reminded = _reminded([each.pk for each in organizations], at, most=1)
    days, today = live_days(organizations), day_of(at)
    live = [each for each in organizations if days.get(each.pk, today) <= today]
    return len(_remind([each for each in live if each.pk not in reminded][:AT_ONCE], by=by, at=at))


@transaction.atomic
def record_export(*, rows: int, which: str, under: str, by: Account, at: datetime) -> None:
    """Keep that somebody took the board out of the system.

    Args:
        rows: How many rows.
        which, under: Which part of the board, by counter and by code of the organization.
        by, at: Who, and when.
    """
    facts = {"rows": rows, "which": which, "under": under}
    log.record("exports", "terms.exported", by=by, at=at, facts=facts)


def _organizer_paths(by: Account, at: datetime) -> tuple[str, ...]:
    held = assignments_valid(day_of(at)).filter(account=by.pk, role=Role.ORGANIZER, scope="subtree")
    return tuple(held.values_list("organization__path", flat=True))


def _remind(organizations: Collection[PartyOrganization], *, by: Account, at: datetime) -> dict[int, int]:
    people = _people_of([each.pk for each in organizations], at)
    reminders = []
    for organization, accounts in sorted(people.items()):
        # One reminder a day: two clicks at once make the same key and the same row.
        enqueue(TERM_ENDING, to=accounts, key=f"term:{organization}:{day_of(at)}", at=at)
        reminders += [
            Reminder(
                subject_kind=REMINDED,
                subject_id=organization,
                recipient_id=account,
                kind=TERM_ENDING,
                due_at=end_of_day(day_of(at)),
                created_at=at,
            )
            for account in accounts
        ]
    Reminder.objects.bulk_create(reminders, batch_size=500, ignore_conflicts=True)
    if people:
        facts = {"organizations": sorted(each.code for each in organizations if each.pk in people)}
        log.record("ledger", "term.reminded", by=by, at=at, facts=facts)
    return {organization: len(accounts) for organization, accounts in people.items()}


def _reminded(organizations: Collection[int], at: datetime, *, most: int) -> set[int]:
    """Find who was reminded today, or this often within seven days."""
    recent = Reminder.objects.filter(
        subject_kind=REMINDED, subject_id__in=organizations, kind=TERM_ENDING, created_at__gt=at - timedelta(days=7)
    )
    days: defaultdict[int, set[date]] = defaultdict(set)
    for organization, created_at in recent.values_list("subject_id", "created_at"):
        days[organization].add(day_of(created_at))
    return {each for each, reminded in days.items() if len(reminded) >= most or day_of(at) in reminded}


def _people_of(organizations: Collection[int], at: datetime) -> dict[int, list[int]]:
    """Find whom to tell: whoever leads the branch, acting or not, its deputies, its liaison officers."""
    on = day_of(at)
    leaders = Post.objects.held_on(on).filter(
        Q(title=Title.SECRETARY) | Q(title=Title.DEPUTY),
        organization__in=organizations,
        person__account__is_active=True,
    )
    liaisons = assignments_valid(on).filter(role=Role.LIAISON, organization__in=organizations)
    pairs = {*leaders.values_list("organization", "person__account"), *liaisons.values_list("organization", "account")}
    people: defaultdict[int, list[int]] = defaultdict(list)
    for organization, account in sorted(pairs):
        people[organization].append(account)
    return dict(people)
