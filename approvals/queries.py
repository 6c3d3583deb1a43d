"""Everything that reads data of this room."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.db.models import Q

from approvals.enums import CaseState
from approvals.errors import NoAuthority, NoPolicy
from approvals.models import Case, Matter, Policy, PolicyStep, Stage
from approvals.rules.levels import Body, Level, levels_above
from organizations.enums import OrganizationKind
from organizations.models import PartyOrganization

# Who answers for a region where the line of superiors ends without approval power.
_OF_REGION = (
    OrganizationKind.TERRITORY_COMMITTEE,
    OrganizationKind.SOCIAL_COMMITTEE,
    OrganizationKind.COMPREHENSIVE_COMMITTEE,
)


def policy_in_force(flow: str, organization: PartyOrganization, *, on: date) -> Policy:
    """Find the policy that holds for an organization on a day: its own, else the nearest superior's, else the default.

    Args:
        flow: Name of the flow.
        organization: The organization concerned.
        on: The day.

    Returns:
        The policy.

    Raises:
        NoPolicy: none is in force.
    """
    paths = [organization.path, *organization.superior_paths()]
    found = (
        Policy.objects.filter(flow=flow, valid_from__lte=on)
        .exclude(valid_until__lte=on)
        .filter(organization__path__in=paths)
        .select_related("organization")
    )
    nearest = max(found, key=lambda policy: (policy.organization.depth, policy.version), default=None)
    if nearest is None:
        default = Policy.objects.filter(flow=flow, organization=None, valid_from__lte=on).exclude(valid_until__lte=on)
        nearest = default.order_by("-version").first()
    if nearest is None:
        raise NoPolicy(organization=organization.name)
    return nearest


@lru_cache(maxsize=512)
def policy_steps(policy_pk: int) -> dict[tuple[str, str], PolicyStep]:
    """Give the steps of a published policy by name and level; published steps never change, so they are kept."""
    return {(step.step, step.level): step for step in PolicyStep.objects.filter(policy=policy_pk)}


def levels_for(organization: PartyOrganization, *, on: date) -> list[Level]:
    """List the bodies that speak on a post in an organization.

    Args:
        organization: Where the post is.
        on: The day at which bodies have to exist.

    Returns:
        The levels, the authority last.

    Raises:
        NoAuthority: nobody above has approval power.
    """
    return [level for level, _ in bodies_for(organization, on=on)]


def bodies_for(
    organization: PartyOrganization, *, on: date, known: Iterable[PartyOrganization] = ()
) -> list[tuple[Level, PartyOrganization]]:
    """List the levels as ``levels_for`` does, each with its organization; bodies already read are ``known``."""
    above = superiors_of(organization, known)
    levels = levels_above([body_of(superior, on) for superior in above])
    if not levels:
        beside = _bottom_line(organization)
        levels = levels_above(
            [body_of(superior, on) for superior in above], bottom_line=[body_of(body, on) for body in beside]
        )
        above += beside
    if not levels:
        raise NoAuthority(organization=organization.name)
    by_code = {body.code: body for body in above}
    return [(level, by_code[level.code]) for level in levels]


def superiors_of(organization: PartyOrganization, known: Iterable[PartyOrganization] = ()) -> list[PartyOrganization]:
    """List the bodies above an organization, the nearest first; read only when one of them is not ``known``."""
    found = {body.path: body for body in known}
    paths = sorted(organization.superior_paths(), reverse=True)
    if all(path in found for path in paths):
        return [found[path] for path in paths]
    return list(PartyOrganization.objects.filter(path__in=paths).order_by("-path"))


def body_of(organization: PartyOrganization, on: date) -> Body:
    """Tell the resolver what it has to know of an organization."""
    still_open = organization.valid_until is None or organization.valid_until > on
    return Body(organization.code, organization.kind, organization.can_approve, still_open)


def _bottom_line(organization: PartyOrganization) -> list[PartyOrganization]:
    """List the bodies with approval power beside the line, in their order (docs/appointment_review.md, who decides).

    Those under the organization never decide on its own posts. Without a region only the register names anybody.
    """
    served = organization.social_organizations.order_by()
    named = set(served.values_list("supervisor__party_body", "registry__party_body"))
    supervisors, registries = ({pair[side] for pair in named} - {None} for side in (0, 1))
    asked = Q(pk__in=supervisors | registries)
    if organization.region_code:
        asked |= Q(region_code=organization.region_code, kind__in=_OF_REGION)
    bodies = PartyOrganization.objects.filter(asked, can_approve=True).exclude(path__startswith=organization.path)

    def rung(body: PartyOrganization) -> tuple[int, str]:
        if body.pk in supervisors:
            place = 0 if body.kind == OrganizationKind.INDUSTRY_COMMITTEE else 1
        elif body.kind == OrganizationKind.TERRITORY_COMMITTEE:
            place = 2
        else:
            place = 3 if body.pk in registries else 4
        return place, body.path

    return sorted(bodies, key=rung)


def something_open_at(organization: PartyOrganization) -> bool:
    """Say whether a matter or case of an organization is open, or a step of another one waits there."""
    return (
        Matter.objects.filter(organization=organization, state=CaseState.OPEN).exists()
        or Case.objects.filter(organization=organization, state=CaseState.OPEN).exists()
        or Stage.objects.filter(organization=organization, outcome="", case__state=CaseState.OPEN).exists()
    )


def stages_of(case: Case) -> list[Stage]:
    """Give all stages of a case in the order they were opened."""
    return list(Stage.objects.filter(case=case).select_related("organization").order_by("pk"))
