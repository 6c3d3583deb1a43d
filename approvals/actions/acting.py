"""The one door to a case: lock it, act, then chain the entries and write the messages, all in one transaction.

Order of locks: case (several in ascending order), then seat, stage, task, chain, outbox (docs/adr/0003-locks.md).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from viewflow.workflow.context import Context

from approvals.models import Case, Stage
from audit import log
from notifications import outbox
from organizations.models import Account


@dataclass
class Acting:
    """One act on one case: who, when, and what has to be written at its end.

    Attributes:
        case: The locked case.
        by: Who acts, or None for the system itself.
        at: The moment, timezone-aware.
        sender: Who sends the case on, as text for the next inbox.
        review_on: Day before which a step that was just deferred is not taken up again.
        log_end: Number and hash of the last entry of the case, where they were read under the lock.
    """

    case: Case
    by: Account | None
    at: datetime
    entries: list[log.Draft] = field(default_factory=list)
    letters: list[dict[str, object]] = field(default_factory=list)
    changes: dict[str, object] = field(default_factory=dict)
    sender: str = ""
    review_on: date | None = None
    log_end: tuple[int, str] | None = None

    def log(
        self,
        verb: str,
        *,
        stage: Stage | None = None,
        step: tuple[str, str] = ("", ""),
        facts: dict | None = None,
        sealed: dict | None = None,
    ) -> None:
        """Remember an entry for the chain of this case.

        Args:
            verb: Past fact, such as ``seat.agreed``.
            stage: The stage it happened in, if any.
            step: Name and title of the step, where there is no stage.
            facts: Plain values that identify nobody.
            sealed: Values already sealed under the person's key.
        """
        self.entries.append(
            log.Draft(
                verb=verb,
                at=self.at,
                actor_id=self.by.pk if self.by else None,
                actor_name=self.by.name if self.by else "",
                subject=self.case.number,
                step=stage.step if stage else step[0],
                step_title=stage.step_title if stage else str(step[1]),
                facts=facts or {},
                sealed=sealed or {},
            )
        )

    def tell(self, kind: str, *, to: object, key: str, **message: object) -> None:
        """Remember a message; it is written with the act and sent after the commit.

        Args:
            kind: Kind of message, as registered in ``notifications.messages``.
            to: One account or several.
            key: What makes the message unique.
            message: Further arguments of ``notifications.outbox.enqueue``.
        """
        self.letters.append({"kind": kind, "to": to, "key": key, "thread": self.case.number, **message})

    def change(self, **columns: object) -> None:
        """Set columns of the case; they are written once, at the end of the act."""
        self.changes.update(columns)
        for name, value in columns.items():
            setattr(self.case, name, value)

    def finish(self) -> None:
        """Write the case, chain the entries and write the messages."""
        if self.changes:
            Case.objects.filter(pk=self.case.pk).update(**self.changes)
        if self.entries:
            log.append(stream_of(self.case), self.entries, locked=True, end=self.log_end)
        for letter in self.letters:
            outbox.enqueue(letter.pop("kind"), at=self.at, **letter)


def stream_of(case: Case) -> str:
    """Name the audit stream of a case."""
    return f"case:{case.number}"


def lock_case(pk: int | None = None, **lookup: object) -> Case:
    """Lock one case until the transaction ends, and the path of its matter before it, which may go on with it.

    Args:
        pk: Key of the case.
        lookup: What finds it otherwise, such as ``stages__seats``.

    Returns:
        The case with its person, organization and process, as they stand under the lock.
    """
    asked = Case.objects.filter(**(lookup or {"pk": pk}))
    of_its_matter = Case.objects.filter(subject=None, matter__in=asked.values("matter"))
    # A union, because an OR of two subqueries reads every case there is (PostgreSQL, EXPLAIN).
    both = asked.order_by().values("pk").union(of_its_matter.order_by().values("pk"))
    found = (
        Case.objects.select_for_update(no_key=True, of=("self",))
        .select_related("process", "subject__account", "organization", "policy", "matter")
        .annotate(asked=Exists(asked.filter(pk=OuterRef("pk"))))
        .filter(pk__in=both)
        .order_by("pk")
    )
    case = next((one for one in found if one.asked), None)
    if case is None:
        raise Case.DoesNotExist
    return case


@contextmanager
def acting_on(case_pk: int | None = None, *, by: Account | None, at: datetime, **lookup: object) -> Iterator[Acting]:
    """Open the door to a case.

    Args:
        case_pk: Key of the case.
        lookup: What finds it otherwise, as in ``lock_case``.
        by: Who acts, or None for the system itself.
        at: The moment of acting, timezone-aware.

    Yields:
        The act; what it remembers is written when the block ends well.
    """
    with transaction.atomic():
        act = Acting(case=lock_case(case_pk, **lookup), by=by, at=at)
        with Context(act=act):
            yield act
        act.finish()
        act.case.process.flow_class.went_on(act)
