"""Everything that reads an election."""

from collections import Counter
from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet
from django.utils.timezone import localdate

from approvals.enums import CaseState, Outcome
from approvals.models import Case, Stage
from organizations.models import Account
from workflows.appointment_review.election_models import ElectionNominee, ElectionPlan, ElectionResult
from workflows.appointment_review.enums import CountOutcome, NomineeStanding
from workflows.appointment_review.rules.elections import OFFICERS, nomination_problems, window_end

OFF = (NomineeStanding.TAKEN_OFF,)


def nominees_of(plan: ElectionPlan) -> list[ElectionNominee]:
    """List everybody on the list of an election, those taken off left out."""
    named = ElectionNominee.objects.filter(plan=plan).exclude(standing__in=OFF)
    return list(
        named.select_related("person", "case__step_organization", "case__process")
        .order_by("pk")
        .prefetch_related("votes")
    )


def accounts_on_lists(cases: Collection[int]) -> list[tuple[int, int]]:
    """Pair elections, given by the keys of the matters' own paths, with the accounts of everybody on their lists."""
    return list(_on_lists(cases))


def kept_from_lists(cases: Collection[int]) -> list[tuple[int, int]]:
    """Pair elections likewise with whoever is on their lists, or stepped back from the case of somebody there."""
    named = ElectionNominee.objects.filter(plan__in=cases, case__recusals__recused=True).exclude(standing__in=OFF)
    return list(_on_lists(cases).union(named.order_by().values_list("plan", "case__recusals__account")))


def _on_lists(cases: Collection[int]) -> QuerySet:
    named = ElectionNominee.objects.filter(plan__in=cases, person__account__isnull=False).exclude(standing__in=OFF)
    return named.order_by().values_list("plan", "person__account")


def stands_in(case: Case, account: Account) -> bool:
    """Say whether a path is that of an election the account stands in: it reads nothing of what is said there."""
    return case.is_of_matter and (case.pk, account.pk) in accounts_on_lists([case.pk])


def in_the_running(nominee: ElectionNominee) -> bool:
    """Say whether somebody still stands: an open case, or none where none is needed and nobody refused."""
    if nominee.case is not None:
        return nominee.case.state == CaseState.OPEN
    return nominee.standing not in (NomineeStanding.REFUSED, NomineeStanding.TAKEN_OFF)


def ballot_of(plan: ElectionPlan) -> list[ElectionNominee]:
    """List the names on the ballot: everybody who may stand."""
    return [
        one
        for one in nominees_of(plan)
        if in_the_running(one) and (one.case.step == "ballot" if one.case else one.standing == NomineeStanding.AGREED)
    ]


def problems_of_list(plan: ElectionPlan) -> list[tuple[str, str, int]]:
    """Say where too few or too many stand, as ``nomination_problems`` does."""
    named = Counter(one.title for one in nominees_of(plan) if in_the_running(one))
    more = plan.case.policy.parameters["more_candidates_percent"]
    return nomination_problems(seats=plan.seats, named=named, more_percent=more)


def candidates_missing(own: Case) -> bool:
    """Say whether a seat of secretary or deputy has nobody left who stands for it."""
    plan = ElectionPlan.objects.filter(case=own).select_related("case__policy").first()
    return plan is not None and any(
        problem == "too_few" and title in OFFICERS for problem, title, _needed in problems_of_list(plan)
    )


def candidates_approved_on(own: Case) -> date | None:
    """Say when the candidates were approved last."""
    stages = Stage.objects.filter(case=own, step="second_approval", decides=True, outcome=Outcome.AGREED)
    last = stages.order_by("-pk").first()
    return localdate(last.closed_at) if last else None


def window_of(own: Case) -> tuple[date, date] | None:
    """Give the first and the last day on which the election may be held; None before the candidates are approved."""
    since = candidates_approved_on(own)
    days = own.policy.parameters["election_window_days"]
    return (since, window_end(approved_on=since, days=days)) if since else None


def last_result(plan: ElectionPlan) -> ElectionResult | None:
    """Give the election that was held, or the attempt that failed last."""
    return ElectionResult.objects.filter(plan=plan).order_by("-attempt").first()


def winners_of(plan: ElectionPlan) -> list[ElectionNominee]:
    """List who was elected in the election that was held and has not been refused since."""
    held = ElectionResult.objects.filter(plan=plan, outcome=CountOutcome.HELD).order_by("-attempt").first()
    won = ElectionNominee.objects.filter(votes__result=held, votes__elected=True) if held else ()
    found = won.select_related("person", "case").order_by("pk") if held else ()
    return [one for one in found if one.case is None or one.case.state in (CaseState.OPEN, CaseState.DONE)]
