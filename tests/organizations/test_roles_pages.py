"""The pages of roles, accounts, people and helpers: who enters, what is shown, what they cost."""

import pytest
from django.urls import reverse

from organizations.enums import Role
from organizations.models import Account, RoleAssignment
from tests import factories as make

NUMBER = "110101199003078515"


def url(name, *args):
    return reverse(f"organizations:{name}", args=args)


PAGES = ["access", "people", "grants", "grant", "accounts", "helpers"]
# Who gets a page (200) and who is refused (403), by hand.
ENTERS = {
    "lin": {"access", "people", "helpers"},
    "zhou": {"people", "helpers"},
    "shen": {"people", "helpers"},
    "he": {"people", "helpers"},
    "xu": {"access", "people", "helpers", "accounts"},
    "an": {"people", "helpers", "grants", "grant"},
    "jian": {"people", "helpers"},
}


@pytest.mark.parametrize("who", ENTERS)
def test_each_page_opens_for_those_whose_duty_it_is(cast, client, who):
    client.force_login(getattr(cast, who))
    answers = {name: client.get(url(name)).status_code for name in PAGES}
    assert answers == {name: 200 if name in ENTERS[who] else 403 for name in PAGES}


def test_strangers_are_sent_to_the_door(cast, client):
    for name in PAGES:
        assert client.get(url(name))["Location"].startswith("/accounts/login/")


def test_people_elsewhere_are_neither_listed_nor_opened(cast, client):
    make.post(cast.shen_person, cast.branch)
    client.force_login(cast.wu)
    assert "沈若溪" not in client.get(url("people")).content.decode()
    assert "马启文" in client.get(url("people")).content.decode()
    assert client.get(url("person", cast.shen_person.pk)).status_code == 404
    assert client.post(url("reveal_identity", cast.shen_person.pk), {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("words", ["若溪", "海珠湾晨光"])
def test_people_are_found_by_name_and_organization(cast, client, words):
    make.post(cast.shen_person, cast.branch)
    make.post(make.person("别人"), cast.general_branch)
    client.force_login(cast.lin)
    page = client.get(url("people"), {"q": words}).content.decode()
    assert "沈若溪" in page
    assert "别人" not in page


def test_a_number_is_masked_until_a_reason_is_given(cast, client):
    person = make.person("高爱民", number=NUMBER)
    make.post(person, cast.branch)
    client.force_login(cast.lin)
    page = client.get(url("person", person.pk)).content.decode()
    assert "1****************5" in page
    assert NUMBER not in page
    assert NUMBER not in client.post(url("reveal_identity", person.pk), {"reason": ""}).content.decode()
    assert NUMBER in client.post(url("reveal_identity", person.pk), {"reason": "核对任职表"}).content.decode()


def test_a_role_is_looked_at_before_it_is_given(cast, client):
    client.force_login(cast.an)
    asked = {"account": "he", "role": "organizer", "place": cast.county.code, "scope": "subtree"}
    asked |= {"from_on": "2026-11-23", "reason": "分工调整"}
    looked = client.post(url("grant"), asked)
    assert looked.status_code == 200
    assert looked.context["preview"]["gives"] != []
    assert not RoleAssignment.objects.filter(account=cast.he).exists()
    assert client.post(url("grant"), {**asked, "seen": "1"}).status_code == 302
    assert list(RoleAssignment.objects.filter(account=cast.he).values_list("role", "granted_by__username")) == [
        ("organizer", "an")
    ]


def test_a_role_for_oneself_is_refused_on_the_page(cast, client):
    client.force_login(cast.an)
    asked = {"account": "an", "role": "liaison", "place": cast.branch.code, "scope": "self", "seen": "1"}
    answer = client.post(url("grant"), {**asked, "from_on": "2026-11-23", "reason": "x"})
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()


def test_a_role_is_taken_back_on_its_page(cast, client):
    client.force_login(cast.an)
    assignment = cast.lin.assignments.get()
    assert client.get(url("revoke", assignment.pk)).status_code == 200
    assert client.post(url("revoke", assignment.pk), {"reason": ""}).status_code == 200
    assert client.post(url("revoke", assignment.pk), {"reason": "调离"}).status_code == 302
    client.force_login(Account.objects.get(pk=cast.lin.pk))
    assert client.get(url("access")).status_code == 403


def test_the_roles_can_be_filtered(cast, client):
    client.force_login(cast.an)

    def found(**asked):
        page = client.get(url("grants"), asked).context["page"]
        return [row.account.username for row in page.rows]

    assert found(role="auditor") == ["jian"]
    assert found(q="林") == ["lin"]
    assert found(state="coming") == []
    assert len(found(state="holds")) == 14
    assert client.get(url("grants"), {"after": "bm90LWEta2V5"}).status_code == 200


def test_an_account_is_closed_opened_and_unlocked_with_reasons(cast, client):
    client.force_login(cast.xu)
    assert client.get(url("account", cast.lin.pk)).status_code == 200
    assert client.post(url("change_account", cast.lin.pk, "deactivate"), {"reason": ""}).status_code == 400
    client.post(url("change_account", cast.lin.pk, "deactivate"), {"reason": "离职"})
    assert not Account.objects.get(pk=cast.lin.pk).is_active
    client.post(url("change_account", cast.lin.pk, "reactivate"), {"reason": "返聘"})
    assert Account.objects.get(pk=cast.lin.pk).is_active
    assert client.post(url("change_account", cast.lin.pk, "unlock"), {"reason": "来电"}).status_code == 302
    assert client.post(url("change_account", cast.lin.pk, "erase"), {"reason": "x"}).status_code == 404
    assert client.post(url("change_account", cast.xu.pk, "deactivate"), {"reason": "x"}).status_code == 400


def test_an_administrator_of_a_county_does_not_reach_accounts_elsewhere(cast, client):
    near = make.reviewer("县管", Role.SYSTEM_ADMINISTRATOR, cast.county)
    client.force_login(near)
    assert client.get(url("account", cast.wu.pk)).status_code == 404
    assert client.post(url("change_account", cast.wu.pk, "deactivate"), {"reason": "x"}).status_code == 404


def test_helpers_are_named_and_ended_on_their_page(cast, client):
    client.force_login(cast.shen)
    assert client.post(url("helpers"), {"login": "nobody"}).status_code == 200
    assert client.post(url("helpers"), {"login": "he"}).status_code == 302
    row = cast.shen.helpers.get()
    client.force_login(cast.lin)
    assert client.post(url("end_helper", row.pk)).status_code == 404
    client.force_login(cast.he)
    assert "沈若溪" in client.get(url("helpers")).content.decode()
    assert client.post(url("end_helper", row.pk)).status_code == 302


def test_a_lost_second_factor_has_a_page(cast, client):
    client.force_login(cast.an)
    assert client.get(url("reset_second_factor", cast.lin.pk)).status_code == 200
    assert client.post(url("reset_second_factor", cast.lin.pk), {"reason": "手机丢失"}).status_code == 302


@pytest.mark.queries
@pytest.mark.parametrize(("who", "name"), [("han", "people"), ("an", "grants"), ("xu", "accounts"), ("xu", "access")])
def test_lists_cost_the_same_with_1_3_and_300_rows(cast, client, who, name, django_assert_max_num_queries):
    client.force_login(getattr(cast, who))
    client.get(url(name))
    costs = []
    for more in (1, 2, 297):
        for number in range(more):
            person = make.person(f"人{more}-{number}")
            make.post(person, cast.branch, title="member")
            holder = make.account(f"人{more}-{number}", person=person, password=None, activated_at=None)
            make.assign(holder, Role.LIAISON, cast.branch, scope="self", on=None)
        with django_assert_max_num_queries(20) as spent:
            assert client.get(url(name)).status_code == 200
        costs.append(len(spent))
    assert costs[0] == costs[1] == costs[2]


def test_a_long_list_goes_on_where_it_stopped(cast, client):
    for number in range(120):
        make.post(make.person(f"人{number:03d}"), cast.branch, title="member")
    client.force_login(cast.han)
    names, address = [], url("people")
    while address:
        page = client.get(address).context["page"]
        names += [person.name for person in page.rows]
        address = url("people") + page.more if page.more else ""
    assert names == ["人" + f"{number:03d}" for number in range(120)] + ["马启文"]
