"""Tells the term board how far the posts of an organization have come in this flow."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals.enums import CaseState
from approvals.models import Case
from approvals.wording import titled
from organizations.models import Account
from organizations.term_board import Step
from workflows.appointment_review.enums import Track
from workflows.appointment_review.matter_queries import FLOW, FLOWS

WORDS = {
    Track.ASSIGNMENT: gettext_lazy("{name} is being reviewed"),
    Track.REVIEW: gettext_lazy("{name} is being reviewed again"),
    Track.REMOVAL: gettext_lazy("The removal of {name} is being decided"),
    Track.ACTING: gettext_lazy("{name} is proposed to act"),
    Track.EXTENSION: gettext_lazy("An extension is being decided"),
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
    # Of an election the matter's own path is told, not the people in it.
    under_way = seen.filter(flow__in=FLOWS, state=CaseState.OPEN).exclude(track=Track.ELECTION, flow=FLOW)
    under_way = under_way.select_related("matter", "process")
    return {
        case.organization_id: Step(_words(case), reverse("workflows:matter", args=[case.matter.number]))
        for case in under_way.order_by("opened_at")
    }


def _words(case: Case) -> str:
    if case.is_of_matter:
        return _("Election: {step}").format(step=titled(case, case.step, ""))
    return str(WORDS[Track(case.track)]).format(name=case.subject_name)
