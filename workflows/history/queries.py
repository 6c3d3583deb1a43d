"""Everything the history pages read."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import QueryDict
from viewflow.workflow.models import Task

from approvals.enums import CaseState, RowKind
from approvals.models import Case, InboxRow, Stage
from audit.models import Entry
from audit.queries import READ_VERBS
from notifications.models import Notice
from organizations.models import Account
from workflows.appointment_review.election_queries import stands_in
from workflows.registry import FLOWS

UNMASKED = "identity.revealed"
CHECKED = "case.checked"
EXPORTED = "case.exported"
PRINTED = "case.printed"
LOOKS = (*READ_VERBS, "form.read", "investigation.read", "document.downloaded", UNMASKED)
WORDS = 6


@dataclass(frozen=True)
class Asked:
    """What somebody looks for among the cases.

    Attributes:
        q: Words of a number, name, pinyin or organization.
        state, step, track: Keep one of each; empty for all.
        late: Keep those whose open step is late.
    """

    q: str = ""
    state: str = ""
    step: str = ""
    track: str = ""
    late: bool = False

    @classmethod
    def of(cls, data: QueryDict) -> "Asked":
        """Read the filters of an address; what is not known is left out."""
        texts = {name: data.get(name, "").replace("\0", "")[:80] for name in ("q", "state", "step", "track")}
        if texts["state"] not in CaseState.values:
            texts["state"] = ""
        return cls(**texts, late=data.get("late") == "1")


def cases_seen(account: Account, asked: Asked, *, at: datetime, on: date) -> QuerySet[Case]:
    """Give the cases whose history an account may read, with who holds each now, newest first.

    Args:
        account: Who looks.
        asked: The filters.
        at: The moment by which a step is late.
        on: The day at which the viewer's role has to hold.
    """
    found = Case.objects.with_history_for(account, on=on)
    for word in asked.q.lower().split()[:WORDS]:
        found = found.filter(
            Q(number__icontains=word)
            | Q(subject_name__contains=word)
            | Q(subject_search__contains=word)
            | Q(organization__name__contains=word)
            | Q(organization__search_key__contains=word)
        )
    exact = {name: getattr(asked, name) for name in ("state", "step", "track") if getattr(asked, name)}
    if asked.late:
        found = found.filter(Exists(Stage.objects.filter(case=OuterRef("pk"), outcome="", due_at__lt=at)))
    found = found.filter(**exact).select_related("organization", "process", "matter", *_beside())
    return found.prefetch_related(_open(), _holders())


def case_seen(account: Account, number: str, *, on: date) -> Case | None:
    """Find one case whose history an account may read, with what its page shows beside it.

    Whoever stands for election reads nothing of the record of that election.
    """
    found = Case.objects.with_history_for(account, on=on).filter(number=number)
    beside = ("organization", "process", "policy__organization", "subject", "matter", *_beside())
    case = found.select_related(*beside).prefetch_related(_open(), _holders()).first()
    return None if case and stands_in(case, account) else case


def entries_about_case(case: Case) -> list[Entry]:
    """List all entries about a case: its own stream, looks and exports, numbers shown while it was open."""
    if case.is_of_matter:
        about = Q(subject__in=[case.number, case.matter.number])
    else:
        unmasked = Q(stream="unmask", subject=f"person:{case.subject_id}", at__gte=case.opened_at)
        if case.closed_at:
            unmasked &= Q(at__lte=case.closed_at)
        about = Q(subject=case.number) | unmasked
    return list(Entry.objects.filter(about).order_by("at", "stream", "seq"))


def paths_beside(case: Case, account: Account, *, on: date) -> list[Case]:
    """List the other paths of the same matter whose history an account may read: the matter's own first, then people's.

    Args:
        case: One path of the matter.
        account: Who looks.
        on: The day at which the viewer's role has to hold.
    """
    beside = Case.objects.with_history_for(account, on=on).filter(matter=case.matter_id).exclude(pk=case.pk)
    found = beside.select_related("process", "matter", "organization", *_beside())
    return sorted(found, key=lambda other: (not other.is_of_matter, other.pk))


def notices_about(case: Case) -> list[Notice]:
    """List who was told something about a case, first to last."""
    return list(Notice.objects.filter(thread=case.number).select_related("recipient").order_by("created_at", "pk"))


def stages_with_place(case: Case) -> list[Stage]:
    """List the stages of a case with their organizations, first to last."""
    return list(Stage.objects.filter(case=case).select_related("organization").order_by("pk"))


def tasks_of(case: Case) -> list[Task]:
    """List the Viewflow tasks of a case, first to last."""
    return list(case.process.task_set.order_by("pk"))


def _beside() -> set[str]:
    """Name the rows beside a case that the flows read to say what it is about."""
    return {name for flow in FLOWS.values() for name in flow.beside}


def _open() -> Prefetch:
    return Prefetch("stages", queryset=Stage.objects.filter(outcome="").order_by("pk"), to_attr="open_stages")


def _holders() -> Prefetch:
    rows = InboxRow.objects.filter(kind=RowKind.TODO).select_related("account").order_by("pk")
    return Prefetch("rows", queryset=rows, to_attr="todo_rows")
