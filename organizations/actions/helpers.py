"""Somebody who fills in for a candidate (代填); the candidate confirms the final text."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audit import log
from audit.errors import Refusal
from notifications.outbox import enqueue
from organizations.models import Account, Helper
from organizations.queries import is_candidate

MOST_HELPERS = 3


class HelperNotFound(Refusal):
    code = "helper_not_found"
    message = _("No single active account has this name, telephone or e-mail. Please ask for the account name.")


class HelperIsYourself(Refusal):
    code = "helper_is_yourself"
    message = _("You need no helper's right for your own form.")


class HelperNamedAlready(Refusal):
    code = "helper_named_already"
    message = _("{name} helps you already.")


class TooManyHelpers(Refusal):
    code = "too_many_helpers"
    message = _("At most {most} people can help at a time; end one first.")


class NotACandidate(Refusal):
    code = "not_a_candidate"
    message = _("Only somebody who hands in materials can name a helper.")


@transaction.atomic
def add_helper(*, candidate: Account, login: str, at: datetime) -> Helper:
    """Let somebody fill in for a candidate.

    Args:
        candidate: Who names the helper; acts for himself only.
        login: Account name, telephone or e-mail of the helper, exactly.
        at: Moment from which the helper may.

    Returns:
        The helper's row.

    Raises:
        NotACandidate, HelperNotFound, HelperIsYourself, HelperNamedAlready, TooManyHelpers: as they say.
    """
    if not is_candidate(candidate):
        raise NotACandidate
    Account.objects.select_for_update(no_key=True).get(pk=candidate.pk)
    helper = _only_one(login.strip())
    if helper.pk == candidate.pk:
        raise HelperIsYourself
    current = Helper.objects.filter(candidate=candidate, until_at=None)
    if current.filter(helper=helper).exists():
        raise HelperNamedAlready(name=helper.name)
    if current.count() >= MOST_HELPERS:
        raise TooManyHelpers(most=MOST_HELPERS)
    made = Helper.objects.create(candidate=candidate, helper=helper, from_at=at)
    _record("helper.named", made, by=candidate, at=at)
    enqueue("helper_asked", to=helper, key=f"helper:{made.pk}", at=at, link=reverse("organizations:helpers"))
    return made


@transaction.atomic
def end_helper(*, helper: Helper, by: Account, at: datetime) -> None:
    """End a helper's right; the candidate may, and the helper himself.

    Raises:
        HelperNotFound: it is over already, or belongs to somebody else.
    """
    if by.pk not in {helper.candidate_id, helper.helper_id}:
        raise HelperNotFound
    if not Helper.objects.filter(pk=helper.pk, until_at=None).update(until_at=at):
        raise HelperNotFound
    helper.until_at = at
    _record("helper.ended", helper, by=by, at=at)


def _only_one(login: str) -> Account:
    named = Q(username__iexact=login) | Q(phone=login) | Q(email__iexact=login)
    found = list(Account.objects.filter(named, is_active=True)[:2]) if login else []
    if len(found) != 1:
        raise HelperNotFound
    return found[0]


def _record(verb: str, row: Helper, *, by: Account, at: datetime) -> None:
    log.record(
        "grants",
        verb,
        by=by,
        at=at,
        subject=f"account:{row.candidate_id}",
        facts={"helper": row.helper_id, "helper_name": row.helper.name},
    )
