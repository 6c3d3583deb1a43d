"""What the discipline officer does with an objection; every act is in the store's own journal and nowhere else."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from approvals.errors import NotEntitled
from organizations.models import Account
from workflows.notices import box
from workflows.notices.actions import journal
from workflows.notices.actions.objecting import context_of
from workflows.notices.enums import Finding, Standing
from workflows.notices.errors import AlreadySettled, ReviewDayWrong, WordsMissing
from workflows.notices.models import Objection
from workflows.notices.queries import objections_for
from workflows.notices.rules import FINDING_DAYS

# From where each finding is reached.
FROM = {
    Finding.DISMISSED: [Standing.RECEIVED],
    Finding.NO_INFLUENCE: [Standing.ACCEPTED],
    Finding.INFLUENCES: [Standing.ACCEPTED],
    Finding.SUSPENDS: [Standing.ACCEPTED],
}


@transaction.atomic
def read(*, pk: UUID, by: Account, at: datetime) -> dict[str, object]:
    """Open an objection; who read it stands in the journal.

    Returns:
        What is in the box.

    Raises:
        NotEntitled: not an objection this account deals with.
        box.NoKey, box.BoxBroken: it cannot be opened.
    """
    objection = _locked(pk, by, at)
    inside = box.open_box(objection.box, context=context_of(pk))
    _write("read", pk, by, at)
    return inside


@transaction.atomic
def accept(*, pk: UUID, by: Account, at: datetime) -> None:
    """Take an objection up; the person is not cleared before its finding.

    Raises:
        NotEntitled, AlreadySettled: as they say.

    Source: Regulations on Petitions, art. 34, by analogy: sixty days for the finding.
    """
    objection = _locked(pk, by, at)
    if objection.standing != Standing.RECEIVED:
        raise AlreadySettled
    due_on = localdate(at) + timedelta(days=FINDING_DAYS)
    Objection.objects.filter(pk=pk).update(standing=Standing.ACCEPTED, due_on=due_on)
    _write("accepted", pk, by, at)


@transaction.atomic
def conclude(
    *, pk: UUID, finding: str, grounds: str, answer: str, by: Account, at: datetime, review_on: date | None = None
) -> None:
    """Write the finding: dismissed at once, or after verifying what it means for the appointment.

    Args:
        pk: Key of the objection.
        finding: One of ``Finding``; a suspension keeps the objection open until a day.
        grounds: What was found, for the journal only.
        answer: What whoever objected reads with the code.
        by, at: Who concludes, and when.
        review_on: For a suspension, the day on which it is looked at again.

    Raises:
        NotEntitled, AlreadySettled, WordsMissing, ReviewDayWrong: as they say.
        box.NoKey: the code inside cannot be read here, so no answer can be sealed for it.
    """
    objection = _locked(pk, by, at)
    if objection.standing not in FROM[Finding(finding)]:
        raise AlreadySettled
    if not grounds.strip() or not answer.strip():
        raise WordsMissing
    suspended = finding == Finding.SUSPENDS
    if suspended and (review_on is None or review_on <= localdate(at)):
        raise ReviewDayWrong
    code = str(box.open_box(objection.box, context=context_of(pk))["code"])
    Objection.objects.filter(pk=pk).update(
        standing=Standing.ACCEPTED if suspended else Standing.SETTLED,
        finding=finding,
        due_on=review_on if suspended else objection.due_on,
        answer=box.seal_for_code({"answer": answer.strip()}, code=code, context=context_of(pk)),
    )
    _write("concluded", pk, by, at, finding=finding, grounds=grounds.strip(), answer=answer.strip())


def _locked(pk: UUID, by: Account, at: datetime) -> Objection:
    if not objections_for(by, on=localdate(at)).filter(pk=pk).exists():
        raise NotEntitled
    asked = Objection.objects.select_for_update().filter(pk=pk)
    # Whoever waited for the daily round waited for a row that is gone; the same objection stands there anew.
    found = asked.first() or asked.all().first()
    if found is None:
        raise NotEntitled
    return found


def _write(verb: str, pk: UUID, by: Account, at: datetime, **more: str) -> None:
    journal.write({"verb": verb, "objection": str(pk), "by": by.pk, "name": by.name, "at": at.isoformat()} | more)
