"""Rows that the pages of an investigation show."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from approvals.models import Case
from audit.errors import Refusal
from organizations.models import Account
from workflows.appointment_review.inquiry_papers import text_of
from workflows.appointment_review.investigation_models import TalkRecord


class NobodyNamed(Refusal):
    """There is no such account."""

    code = "nobody_named"
    message = _("Nobody has the account “{name}”. Please choose somebody from the list.")


def person_named(name: str) -> Account:
    """Find an active account by its name.

    Raises:
        NobodyNamed: there is none.
    """
    account = Account.objects.filter(username=name.strip()[:60], is_active=True).first()
    if account is None:
        raise NobodyNamed(name=name.strip()[:60])
    return account


def talk_rows(case: Case, talks: Iterable[TalkRecord]) -> list[dict[str, object]]:
    """List talks with the opened name of who was talked to."""
    return [
        {
            "row": talk,
            "talkee": text_of(case, "talkee", talk.sealed_talkee),
            "present": "、".join(member.account.name for member in talk.present.all()),
        }
        for talk in talks
    ]
