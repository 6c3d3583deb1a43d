"""The pages that belong to no room."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import translation

from config import views
from tests import factories as make

SOURCE = "https://source.example/kaoping"


@pytest.fixture(autouse=True)
def _addresses(settings):
    settings.SOURCE_ADDRESS = SOURCE
    settings.HELP_NUMBER = "0000-5550132"


@pytest.fixture
def kind_client() -> Client:
    """A browser that sees the error page instead of the exception."""
    return Client(raise_request_exception=False)


def words(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("address", ["/accounts/login/", "/privacy/", "/accounts/signup/", "/nothing-here/"])
def test_every_page_says_where_its_source_is_without_signing_in(db, client, address):
    assert f'href="{SOURCE}"' in words(client.get(address))


@pytest.mark.parametrize(
    ("view", "status", "sentence"),
    [
        ("bad_request", 400, "看不懂这个网址"),
        ("forbidden", 403, "这一页由别人办理"),
        ("not_found", 404, "这里没有您要看的内容"),
        ("csrf_failed", 403, "这一页打开太久了"),
        ("server_error", 500, "没有办成，不是您的原因"),
    ],
)
def test_a_refusal_is_kind_says_what_to_do_and_names_the_source(rf, view, status, sentence):
    request = rf.get("/somewhere/")
    request.user = AnonymousUser()
    with translation.override("zh-hans"):
        response = getattr(views, view)(request)
    assert response.status_code == status
    assert sentence in words(response)
    assert f'href="{SOURCE}"' in words(response)
    assert 'href="tel:0000-5550132"' in words(response)
    assert 'class="btn btn-primary"' in words(response)


def test_an_expired_form_is_answered_kindly(db):
    response = Client(enforce_csrf_checks=True).post("/language/", {"language": "en"})
    assert response.status_code == 403
    assert "您填的内容还在" in words(response)


def test_a_breakdown_shows_no_person_and_asks_the_database_nothing(rf, django_assert_num_queries, db):
    request = rf.get("/")
    request.user = make.account("何处安")
    with django_assert_num_queries(0):
        assert "何处安" not in words(views.server_error(request))


def test_strangers_are_sent_to_the_door(db, client):
    assert client.get("/")["Location"] == reverse("account_login")


def test_whoever_is_signed_in_is_named_at_the_top(cast, client):
    client.force_login(cast.zhou)
    text = words(client.get("/privacy/"))
    assert cast.zhou.name in text
    assert str(cast.province) in text


def test_the_language_switches_and_stays(cast, client):
    client.force_login(cast.zhou)
    answer = client.post("/language/", {"language": "en", "next": "/privacy/"})
    assert answer["Location"] == "/privacy/"
    page = words(client.get("/privacy/"))
    assert '<html lang="en">' in page
    assert "How personal data is used" in page
    cast.zhou.refresh_from_db()
    assert cast.zhou.language == "en"


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:x"])
def test_the_language_switch_leads_nowhere_else(db, client, elsewhere):
    assert client.post("/language/", {"language": "en", "next": elsewhere})["Location"] == "/"


def test_the_language_is_not_switched_by_a_link(db, client):
    assert client.get("/language/?language=en").status_code == 405


def test_health_is_told_in_one_word(db, client):
    assert client.get("/healthz").content == b"ok\n"
    assert client.get("/readyz").content == b"ready\n"


def test_nobody_can_sign_up(db, client):
    page = words(client.get("/accounts/signup/"))
    assert "账号由组织开通" in page
    assert "<input" not in page.split("<main")[1].split("</main>")[0]


def test_the_door_does_not_say_which_half_was_wrong(cast, client):
    known = words(client.post("/accounts/login/", {"login": cast.zhou.username, "password": "wrong-wrong-wrong"}))
    unknown = words(client.post("/accounts/login/", {"login": "nobody", "password": "wrong-wrong-wrong"}))
    door = 'id="door"'
    assert known.split("error-summary")[1].split(door)[0] == unknown.split("error-summary")[1].split(door)[0]
    assert "本系统是非涉密系统" in known


@pytest.mark.parametrize(
    "address", ["/accounts/password/change/", "/accounts/2fa/", "/accounts/sessions/", "/accounts/logout/"]
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_of_ones_own_account_stand_in_our_frame(cast, client, address, language):
    client.force_login(cast.zhou)
    client.cookies["language"] = language
    response = client.get(address, follow=True)
    assert response.status_code == 200
    assert 'class="topbar"' in words(response)
    assert words(response).count("<h1>") == 1
