"""Tells the term board how far the posts of an organization have come in this flow."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from approvals.enums import CaseState
from approvals.models import Case
from organizations.models import Account
from organizations.term_board import Step
from workflows.appointment_review.enums import Track

WORDS = {
    Track.ASSIGNMENT: _("{name} is being reviewed"),
    Track.REVIEW: _("{name} is being reviewed again"),
    Track.REMOVAL: _("The removal of {name} is being decided"),
    Track.ACTING: _("{name} is proposed to act"),
    Track.EXTENSION: _("An extension is being decided"),
}


def steps_of(organizations: Collection[int], account: Account) -> dict[int, Step]:
    """Say for each organization what is under way, as far as the account may see it.

    Args:
        organizations: Keys of organizations.
        account: Who looks.

    Returns:
        Steps by key of the organization, the newest case where there are several.
    """
    seen = Case.objects.visible_to(account, on=localdate()).filter(organization__in=organizations)
    under_way = seen.filter(flow="appointment_review", state=CaseState.OPEN).select_related("matter")
    return {
        case.organization_id: Step(_words(case), reverse("workflows:matter", args=[case.matter.number]))
        for case in under_way.order_by("opened_at")
    }


def _words(case: Case) -> str:
    return str(WORDS[Track(case.track)]).format(name=case.subject_name)
