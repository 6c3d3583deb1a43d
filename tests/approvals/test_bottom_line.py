"""Who decides where no superior has approval power."""

import pytest

from approvals.errors import NoAuthority
from approvals.queries import levels_for
from organizations.enums import AuthorityKind, OrganizationKind
from organizations.models import Authority, PartyOrganization
from tests import factories as make

pytestmark = pytest.mark.django_db
REGION = "990777"


@pytest.fixture
def root():
    """Give the committee of a county that forwards only, with nobody above."""
    return make.organization("甲县社会组织党委", kind=OrganizationKind.SOCIAL_COMMITTEE, region_code=REGION)


def body(name: str, kind: str, *, under: PartyOrganization | None = None, region_code: str = "") -> PartyOrganization:
    return make.organization(name, kind=kind, under=under, region_code=region_code, can_approve=True)


def deciding(organization: PartyOrganization) -> str:
    last = levels_for(organization, on=make.TODAY)[-1]
    return PartyOrganization.objects.get(code=last.code, can_approve=True).name


def test_nobody_under_a_committee_decides_on_its_own_secretary(root):
    below = body("甲县城东综合党委", OrganizationKind.COMPREHENSIVE_COMMITTEE, under=root, region_code=REGION)
    PartyOrganization.objects.filter(pk=root.pk).update(can_approve=True)
    with pytest.raises(NoAuthority):
        levels_for(root, on=make.TODAY)
    beside = body("甲县综合党委", OrganizationKind.COMPREHENSIVE_COMMITTEE, region_code=REGION)
    assert deciding(root) == beside.name
    assert deciding(below) == root.name


def test_bodies_without_a_region_are_no_neighbours():
    branch = make.organization("无区划党支部", region_code="")
    body("无区划综合党委", OrganizationKind.COMPREHENSIVE_COMMITTEE)
    with pytest.raises(NoAuthority):
        levels_for(branch, on=make.TODAY)


def test_the_rungs_are_asked_in_the_order_of_the_regulations(root):
    branch = make.organization("甲县茶艺协会党支部", under=root, region_code=REGION)
    social = make.social_organization("甲县茶艺协会", branch=branch)
    body("甲县综合党委", OrganizationKind.COMPREHENSIVE_COMMITTEE, region_code=REGION)
    assert deciding(branch) == "甲县综合党委"
    social.registry.party_body = body("登记机关社会组织党委", OrganizationKind.SOCIAL_COMMITTEE)
    social.registry.save()
    assert deciding(branch) == "登记机关社会组织党委"
    body("甲县城东街道党工委", OrganizationKind.TERRITORY_COMMITTEE, region_code=REGION)
    assert deciding(branch) == "甲县城东街道党工委"
    social.supervisor = Authority.objects.create(
        name="甲县商务局",
        kind=AuthorityKind.SUPERVISOR,
        party_body=body("甲县商务局机关党委", OrganizationKind.SUPERVISOR_COMMITTEE),
    )
    social.save()
    assert deciding(branch) == "甲县商务局机关党委"
    other = Authority.objects.create(
        name="甲县茶业局",
        kind=AuthorityKind.SUPERVISOR,
        party_body=body("甲县茶业行业党委", OrganizationKind.INDUSTRY_COMMITTEE),
    )
    make.social_organization("甲县茶商会", branch=branch, supervisor=other)
    assert deciding(branch) == "甲县茶业行业党委"


def test_a_body_without_approval_power_beside_the_line_is_passed_over(root):
    branch = make.organization("甲县棋社党支部", under=root, region_code=REGION)
    body("甲县综合党委", OrganizationKind.COMPREHENSIVE_COMMITTEE, region_code=REGION)
    weak = body("甲县城西街道党工委", OrganizationKind.TERRITORY_COMMITTEE, region_code=REGION)
    PartyOrganization.objects.filter(pk=weak.pk).update(can_approve=False)
    assert deciding(branch) == "甲县综合党委"
