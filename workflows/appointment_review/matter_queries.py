"""What the office reads of its matters: the list, one matter, who has it and since when."""

from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from approvals.models import Case, Stage
from organizations.models import Account

ROWS = 50
FLOW = "appointment_review"
ELECTION = "election"
FLOWS = (FLOW, ELECTION)


def cases_seen(account: Account, *, on: date) -> QuerySet[Case]:
    """Give the cases of this flow an account may look into, with who has them and since when.

    Args:
        account: Who looks.
        on: The day at which roles have to hold.
    """
    open_stages = Stage.objects.filter(case=OuterRef("pk"), outcome="").order_by("-pk")
    seen = Case.objects.visible_to(account, on=on).filter(flow__in=FLOWS)
    return seen.select_related(
        "matter", "organization", "step_organization", "process", "proposal", "election__campaign"
    ).annotate(
        there_since=Subquery(open_stages.values("opened_at")[:1]), due_at=Subquery(open_stages.values("due_at")[:1])
    )


def narrowed(cases: QuerySet[Case], *, words: str = "", kind: str = "", state: str = "") -> QuerySet[Case]:
    """Keep the cases somebody looks for.

    Args:
        cases: As ``cases_seen`` gave them.
        words: Parts of names, pinyin, initials, organizations or numbers; all must be found.
        kind: A kind of matter.
        state: A state of a case.
    """
    for word in words.replace("\0", "").lower().split()[:6]:
        number = Q(number__icontains=word) | Q(matter__number__icontains=word)
        cases = cases.filter(Q(subject_search__contains=word) | Q(organization__search_key__contains=word) | number)
    if kind:
        cases = cases.filter(matter__kind=kind)
    if state:
        cases = cases.filter(state=state)
    return cases


def page_of_cases(cases: QuerySet[Case], *, before: int | None) -> tuple[list[Case], bool]:
    """Read one page, the latest first, and say whether more follow.

    Args:
        cases: The cases that are wanted.
        before: Key of the last case shown.
    """
    cases = cases if before is None else cases.filter(pk__lt=before)
    found = list(cases.order_by("-pk")[: ROWS + 1])
    return found[:ROWS], len(found) > ROWS


def case_of_matter(number: str, account: Account, *, on: date) -> Case:
    """Find the case of a matter, its own path where it has one, for somebody who may look into it.

    Raises:
        Http404: there is none, or it is none of their business.
    """
    found = cases_seen(account, on=on).filter(matter__number=number)
    case = (
        found.select_related("subject", "policy", "opened_by", "origin__matter").order_by("pk").first()
        if number
        else None
    )
    if case is None:
        raise Http404
    return case


def own_path(number: str, account: Account, *, on: date) -> Case:
    """Find the path of an election for somebody who may look into it.

    Raises:
        Http404: there is none, or it is none of their business.
    """
    found = cases_seen(account, on=on).filter(matter__number=number, flow=ELECTION)
    case = found.select_related("policy", "opened_by").first()
    if case is None:
        raise Http404
    return case
