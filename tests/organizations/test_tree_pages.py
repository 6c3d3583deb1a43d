"""The Party tree on screen: found, read, changed by system administrators only."""

import pytest

from audit.models import Entry
from organizations.models import OrganizationMove, PartyOrganization
from tests import factories as make


@pytest.fixture
def as_(client):
    def enter(account):
        client.force_login(account)
        return client

    return enter


def test_an_organization_is_found_by_name_and_code_within_sight_only(cast, as_):
    found = as_(cast.lin).get("/organizations/", {"q": "志愿"})
    assert [row.name for row in found.context["page"].rows] == ["海珠湾区志愿服务联合会党总支"]
    assert as_(cast.lin).get("/organizations/", {"q": cast.branch.code}).context["page"].rows == [cast.branch]
    assert as_(cast.lin).get("/organizations/", {"q": "象棋"}).context["page"].rows == []
    assert as_(cast.lin).get(f"/organizations/{cast.city_branch.code}/").status_code == 404


def test_a_system_administrator_sets_the_letterhead_and_the_power_and_the_log_keeps_it(cast, as_):
    answer = as_(cast.xu).post(
        f"/organizations/{cast.county.code}/describe/",
        {"letterhead": "海社党", "phone": "0000-5550188", "can_approve": "on", "go_live_on": "2026-12-01"},
    )
    assert answer.status_code == 302
    county = PartyOrganization.objects.get(pk=cast.county.pk)
    assert (county.letterhead, county.phone, county.can_approve, str(county.go_live_on)) == (
        "海社党", "0000-5550188", True, "2026-12-01",
    )  # fmt: skip
    said = Entry.objects.get(verb="organization.described").facts
    assert (said["can_approve"], said["had_power"]) == (True, False)


def test_a_telephone_number_where_the_letterhead_belongs_is_said_and_what_was_typed_stays(cast, as_):
    typed = {"letterhead": "13800138000", "phone": "0000-5550188"}
    answer = as_(cast.xu).post(f"/organizations/{cast.county.code}/describe/", typed)
    assert (answer.status_code, 'value="0000-5550188"' in answer.content.decode()) == (400, True)
    assert PartyOrganization.objects.get(pk=cast.county.pk).phone == ""


def test_nobody_else_changes_an_organization(cast, as_):
    for account in (cast.lin, cast.zhou, cast.an, cast.jian):
        as_(account).post(f"/organizations/{cast.county.code}/describe/", {"letterhead": "海社党", "can_approve": "on"})
    assert PartyOrganization.objects.get(pk=cast.county.pk).can_approve is False


def test_a_move_keeps_the_earlier_superior_and_what_was_typed_when_it_is_refused(cast, as_):
    client = as_(cast.xu)
    url = f"/organizations/{cast.general_branch.code}/move/"
    refused = client.post(url, {"to": cast.branch.code, "reason": "隶属关系调整"})
    assert refused.status_code == 400
    assert "隶属关系调整" in refused.content.decode()
    assert client.post(url, {"to": cast.city.code, "reason": "隶属关系调整"}).status_code == 302
    moved = OrganizationMove.objects.get()
    assert (moved.from_code, moved.to_code) == (cast.county.code, cast.city.code)
    assert PartyOrganization.objects.get(pk=cast.branch.pk).path.startswith(
        PartyOrganization.objects.get(pk=cast.city.pk).path
    )


def test_what_lies_below_is_named_as_far_as_it_is_seen(cast, as_):
    alone = make.account("只看本级")
    make.assign(alone, "organizer", cast.county, scope="self")
    assert as_(cast.lin).get(f"/organizations/{cast.county.code}/").context["below_count"] == 1
    found = as_(alone).get(f"/organizations/{cast.county.code}/")
    assert (found.status_code, found.context["below_count"], list(found.context["below"])) == (200, 0, [])
