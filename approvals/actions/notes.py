"""Half-typed opinions, and remarks among reviewers."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from approvals.actions.acting import acting_on
from approvals.actions.cases import sealed_for
from approvals.concerned import has_stepped_back
from approvals.enums import CaseState
from approvals.errors import CaseClosed, NotEntitled
from approvals.models import Comment, Draft, Seat, Stage
from audit.errors import Refusal
from organizations.models import Account

LONGEST = 2000
LONGEST_DRAFT = 4000


class CommentEmpty(Refusal):
    """Nothing was written."""

    code = "comment_empty"
    message = _("Please write your remark first.")


class CommentTooLong(Refusal):
    """Too much was written."""

    code = "comment_too_long"
    message = _("A remark has at most {longest} characters; you have written {count}.")


def draft_of(seat: Seat, account: Account) -> Draft | None:
    """Give what an account has half typed on a seat."""
    return Draft.objects.filter(seat=seat, account=account).first()


def save_draft(*, seat: Seat, account: Account, fields: Mapping[str, str], at: datetime) -> Draft:
    """Keep what somebody has half typed on a seat; fields that are not named stay as they were.

    Args:
        seat: A seat the account may speak on; the caller has checked that.
        account: Who types.
        fields: Texts by field.
        at: The moment.
    """
    kept = {name: value[:LONGEST_DRAFT] for name, value in fields.items()}
    draft = draft_of(seat, account)
    if draft is not None:
        kept = {**draft.fields, **kept}
    return Draft.objects.update_or_create(seat=seat, account=account, defaults={"fields": kept, "saved_at": at})[0]


def forget_drafts(seat_pk: int, account: Account) -> None:
    """Throw away what somebody had half typed, once it was said."""
    Draft.objects.filter(seat=seat_pk, account=account).delete()


def comment(*, case_pk: int, stage_pk: int, text: str, by: Account, at: datetime) -> Comment:
    """Leave a remark for the other reviewers of a case; the person concerned never sees it.

    Args:
        case_pk: The running case; the caller has checked that ``by`` may see it.
        stage_pk: The stage it is said in.
        text: At most 2,000 characters.
        by, at: Who says it, and when.

    Returns:
        The remark.

    Raises:
        CaseClosed, CommentEmpty, CommentTooLong: as they say.
        NotEntitled: the account stepped back from the case.
    """
    text = text.strip()
    if not text:
        raise CommentEmpty
    if len(text) > LONGEST:
        raise CommentTooLong(longest=LONGEST, count=len(text))
    with acting_on(case_pk, by=by, at=at) as act:
        if act.case.state != CaseState.OPEN:
            raise CaseClosed(number=act.case.number)
        if has_stepped_back(by, act.case.pk):
            raise NotEntitled
        stage = Stage.objects.get(pk=stage_pk, case=act.case)
        act.log(
            "case.commented", stage=stage, facts={"visit": stage.visit}, sealed=sealed_for(act.case, {"text": text})
        )
        return Comment.objects.create(case=act.case, stage=stage, by=by, by_name=by.name, at=at, text=text)
