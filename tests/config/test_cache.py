"""While Redis is away pages answer and limits hold."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse

from organizations.models import Account
from tests import factories as make

pytestmark = pytest.mark.django_db
NOBODY = "redis://127.0.0.1:9/0"


@pytest.fixture
def away(settings, db):
    """Point the cache at a Redis that nobody runs; the table is there, as ``serve`` makes it."""
    call_command("createcachetable", "shared_cache", verbosity=0)
    settings.CACHES = {"default": {"BACKEND": "config.cache.SurvivingCache", "LOCATION": NOBODY}}


def test_the_table_answers_while_redis_is_away(away):
    cache.set("a", 1, 60)
    assert cache.add("a", 2) is False
    assert cache.incr("a") == 2
    cache.set_many({"b": 3})
    assert cache.get_many(["a", "b"]) == {"a": 2, "b": 3}
    assert (cache.has_key("b"), cache.touch("b", 60), cache.delete("b"), cache.get("b")) == (True, True, True, None)
    cache.delete_many(["a"])
    cache.clear()
    assert cache.get("a", "nothing") == "nothing"


def test_people_sign_in_and_read_while_redis_is_away(away, client, lin_account):
    wrong = client.post(reverse("account_login"), {"login": "lin", "password": "wrong"})
    right = client.post(reverse("account_login"), {"login": "lin", "password": make.PASSWORD})
    assert (wrong.status_code, right.status_code) == (200, 302)
    client.force_login(lin_account)
    assert client.get(reverse("notifications:notices")).status_code == 200


@pytest.fixture
def lin_account() -> Account:
    return make.account("林秋", username="lin")
