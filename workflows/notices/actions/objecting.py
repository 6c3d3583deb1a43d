"""Taking an objection into the store, without a trace of where it came from."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.timezone import localdate

from organizations.calendar import due_after
from organizations.models import Account
from workflows.notices import box
from workflows.notices.enums import Way
from workflows.notices.errors import ObjectionsClosed
from workflows.notices.models import NoticePerson, Objection
from workflows.notices.rules import MOST_A_NOTICE, TRIAGE_WORKING_DAYS, code_digest


@dataclass(frozen=True)
class Said:
    """What goes into the box.

    Attributes:
        text: The objection.
        name, contact: Who objects and how to answer; both empty when that stays unsaid.
        account, login: The account it was sent from, where the person wanted that.
        way: One of ``Way``.
        entered_by: Name of the officer who typed a letter in.
    """

    text: str
    name: str = ""
    contact: str = ""
    account: int | None = None
    login: str = ""
    way: str = Way.PAGE
    entered_by: str = ""


@transaction.atomic
def object_to(*, person: NoticePerson, said: Said, code: str, at: datetime) -> None:
    """Close an objection into its box; neither log nor message nor moment tells of it.

    Args:
        person: Whom it is about.
        said: What goes into the box.
        code: Drawn with the form; sent twice, it is taken once.
        at: The moment; only the day by which it is looked at is kept.

    Raises:
        ObjectionsClosed: no key is set up, or the page was flooded.
    """
    taken = Objection.objects.filter(about__notice=person.notice_id).count()
    if not box.takes_objections() or (taken >= MOST_A_NOTICE and said.way != Way.LETTER):
        raise ObjectionsClosed
    key = uuid4()
    inside = asdict(said) | {"code": code, "received_on": str(localdate(at))}
    Objection.objects.bulk_create(
        [
            Objection(
                id=key,
                about=person,
                box=box.close(inside, context=context_of(key)),
                code_digest=code_digest(code),
                due_on=localdate(due_after(at, TRIAGE_WORKING_DAYS)[0]),
            )
        ],
        ignore_conflicts=True,
    )


def said_by(account: Account | None, *, text: str, named: bool, name: str = "", contact: str = "") -> Said:
    """Put together what goes into the box; an account is named only where its owner wants that."""
    if not named:
        return Said(text=text)
    if account is None:
        return Said(text=text, name=name, contact=contact)
    return Said(
        text=text,
        name=account.name,
        contact=contact,
        account=account.pk,
        login=account.username,
        way=Way.ACCOUNT,
    )


def context_of(key: UUID) -> str:
    """Name where a box lives."""
    return f"objection:{key}"
