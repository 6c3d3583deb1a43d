"""What the person says before a refusal or a removal stands."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from approvals.actions.acting import lock_case
from approvals.actions.decisions import Answer, decide
from approvals.enums import CaseState, Verb
from approvals.errors import NotEntitled
from approvals.models import Case, Decision, Draft, Seat
from audit.errors import Refusal
from organizations.identity import seal_for, unseal_for
from organizations.models import Account
from workflows.appointment_review.candidate_queries import HEARD_STEPS, seat_of_candidate
from workflows.appointment_review.errors import NotHandedIn
from workflows.appointment_review.models import Reply

REPLY_NAME = "reply"
LONGEST = 3000


class ReplyEmpty(Refusal):
    """Nothing was written."""

    code = "reply_empty"
    message = _("Please write what you want to say; if you have nothing to say, let the time run out.")


class ReplyTooLong(Refusal):
    """Too much was written."""

    code = "reply_too_long"
    message = _("Please write at most {longest} characters; you have written {count}.")


def save_reply(*, case_pk: int, text: str, by: Account, at: datetime) -> None:
    """Keep a half-written reply, sealed under the person's key.

    Raises:
        NotEntitled, NotHandedIn: it is not the person's own case, or nothing is asked of the person now.
    """
    with transaction.atomic():
        case, seat = _asked(case_pk, by)
        sealed = seal_for(case.subject, {REPLY_NAME: text[: LONGEST * 2]})
        Draft.objects.update_or_create(account=by, seat=seat, defaults={"fields": sealed, "saved_at": at})


def draft_of_reply(seat: Seat, account: Account) -> tuple[str, datetime | None]:
    """Open a half-written reply; empty when there is none."""
    draft = Draft.objects.filter(account=account, seat=seat).first()
    return (unseal_for(account.person, draft.fields)[REPLY_NAME], draft.saved_at) if draft else ("", None)


def hand_in_reply(*, case_pk: int, text: str, by: Account, at: datetime, key: str) -> Decision:
    """Hand in a reply; the case goes on at once.

    Args:
        case_pk: Key of the case.
        text: What the person says, at most 3,000 characters.
        by, at: The person concerned, and when.
        key: Idempotency key drawn with the page.

    Returns:
        The decision on the person's seat; the first one when the key is known.

    Raises:
        NotEntitled, NotHandedIn: it is not the person's own case, or nothing is asked of the person now.
        ReplyEmpty, ReplyTooLong: as they say.

    Source: Civil Servants Law, art. 95 by analogy; docs/regulations.md, right to be heard.
    """
    text = text.strip()
    with transaction.atomic():
        lock_case(case_pk)
        known = Decision.objects.filter(key=key, by=by).first()
        if known is not None:
            return known
        case, seat = _asked(case_pk, by)
        if not text:
            raise ReplyEmpty
        if len(text) > LONGEST:
            raise ReplyTooLong(longest=LONGEST, count=len(text))
        sealed = seal_for(case.subject, {REPLY_NAME: text})[REPLY_NAME]
        Reply.objects.create(case=case, stage=seat.stage, sealed=sealed, handed_in_at=at)
        Draft.objects.filter(seat=seat).delete()
        return decide(seat_pk=seat.pk, answer=Answer(verb=Verb.HAND_IN), by=by, at=at, key=key)


def _asked(case_pk: int, by: Account) -> tuple[Case, Seat]:
    case = lock_case(case_pk)
    if by.person_id is None or case.subject_id != by.person_id:
        raise NotEntitled
    seat = seat_of_candidate(case) if case.state == CaseState.OPEN and case.step in HEARD_STEPS else None
    if seat is None:
        raise NotHandedIn
    return case, seat
