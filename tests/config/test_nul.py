"""NUL in what a browser sends: PostgreSQL takes it in no value, so it reaches none."""

import pytest
from django.test import Client

from config.nul import NUL
from tests.cases import case_at, publish

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("signed_in", [True, False])
@pytest.mark.parametrize(
    "address", ["/announcements/{}/", "/letters/{}/", "/meetings/{}/", "/cases/{}/told/", "/my/{}/", "/nowhere/{}/"]
)
def test_an_address_with_it_is_like_any_wrong_one(cast, client, signed_in, address):
    if signed_in:
        client.force_login(cast.han)
    assert client.get(address.format("%00")).status_code == 404
    assert client.get(address.format("a%00b")).status_code == 404


def test_a_query_or_a_form_with_it_cannot_be_read(cast, client):
    publish(by=cast.an)
    case = case_at(cast, "completeness")
    client.force_login(cast.lin)
    seat = f"/seats/{case.stages.get(outcome='').seats.first().pk}/"
    for address in ("/inbox/?q=%00", "/people/?after=%00", "/?%00=1"):
        answer = client.get(address)
        assert (answer.status_code, "errors/400.html" in [each.name for each in answer.templates]) == (400, True)
    for typed in ({"key": NUL}, {"verb": "agree", "key": f"a{NUL}b"}, {f"a{NUL}": "b"}, {"key": ["a", NUL]}):
        assert client.post(seat, typed).status_code == 400


def test_a_form_for_everybody_with_it_cannot_be_read(cast):
    answer = Client().post("/announcements/outcome/", {"code": NUL})
    assert (answer.status_code, "errors/400.html" in [each.name for each in answer.templates]) == (400, True)


@pytest.mark.parametrize("address", ["/announcements/outcome/", "/accounts/login/"])
def test_a_cookie_with_it_is_none(client, settings, address):
    session = f'{settings.SESSION_COOKIE_NAME}="abcdefghijkl\\000"'
    assert client.get(address, headers={"cookie": session}).status_code == 200


def test_a_form_without_it_is_read(cast):
    assert Client().post("/announcements/outcome/", {"code": "ABCD"}).status_code == 422
