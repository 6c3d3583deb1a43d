"""Writing down whom to tell what."""

import pytest
from django.db import transaction

from notifications import bell
from notifications.messages import UnknownKind
from notifications.models import Notice, Outbox
from notifications.outbox import enqueue
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_the_same_key_tells_the_same_person_once(lin, at):
    for _time in range(3):
        enqueue("seat_opened", to=lin, key="seat:1", at=at, link="/inbox/", thread="考〔2026〕1号")
    assert list(Notice.objects.values_list("recipient", "key", "title", "link", "thread")) == [
        (lin.pk, "seat:1", "您有 1 件待办", "/inbox/", "考〔2026〕1号")
    ]
    assert list(Outbox.objects.values_list("key", "channel", "state")) == [(f"email:{lin.pk}:seat:1", "email", "new")]


def test_each_is_told_in_the_own_language(lin, grace, at):
    enqueue("seat_opened", to=[lin.pk, grace], key="seat:1", at=at)
    assert list(Notice.objects.order_by("recipient").values_list("recipient", "body")) == [
        (lin.pk, "有一件事项已转到您这里，请您提出意见。请登录，在“我的待办”中办理。"),
        (grace.pk, "A matter has come to you for your opinion. Please sign in and open it in your to-do list."),
    ]


def test_no_letter_without_an_address_and_nothing_for_the_deactivated(lin, at):
    silent = make.account("高远", username="gao", email="")
    gone = make.account("陈默", username="chen", email="chen@example.com", is_active=False, deactivated_at=at)
    assert enqueue("seat_opened", to=[lin, silent, gone], key="seat:1", at=at) == 2
    assert list(Notice.objects.order_by("recipient").values_list("recipient", flat=True)) == [lin.pk, silent.pk]
    assert list(Outbox.objects.values_list("recipient", flat=True)) == [lin.pk]


def test_an_invitation_travels_by_letter_only(lin, at):
    enqueue("invitation", to=lin, key="invitation:1", at=at, facts={"sealed_code": "…", "days": 7})
    assert not Notice.objects.exists()
    assert Outbox.objects.get().facts == {"sealed_code": "…", "days": 7}


def test_many_are_told_in_as_many_statements_as_one(lin, at, django_assert_num_queries):
    crowd = [make.account(f"何{n}", username=f"he{n}", email=f"he{n}@example.com") for n in range(30)]
    enqueue("seat_opened", to=crowd[0], key="seat:0", at=at)  # the calendar is read once a while
    with django_assert_num_queries(3):  # accounts that were read are not read again; their wishes are
        enqueue("seat_opened", to=lin, key="seat:1", at=at)
    with django_assert_num_queries(3):
        enqueue("seat_opened", to=crowd, key="seat:2", at=at)
    with django_assert_num_queries(4):
        enqueue("seat_opened", to=[lin.pk, *(one.pk for one in crowd)], key="seat:3", at=at)
    assert Outbox.objects.count() == 63


@pytest.mark.parametrize("link", ["https://example.com/", "//example.com", "/\\example.com", "inbox/"])
def test_a_link_out_of_the_system_is_a_mistake(lin, at, link):
    with pytest.raises(ValueError, match="not a path of ours"):
        enqueue("seat_opened", to=lin, key="seat:1", at=at, link=link)
    assert not Notice.objects.exists()


def test_an_unknown_kind_is_a_mistake(lin, at):
    with pytest.raises(UnknownKind):
        enqueue("no_such_kind", to=lin, key="x", at=at)


@pytest.mark.django_db(transaction=True)
def test_an_act_that_fails_tells_nothing_and_rings_no_bell(lin, at):
    bell.rung.clear()
    with transaction.atomic():
        enqueue("seat_opened", to=lin, key="seat:1", at=at)
        transaction.set_rollback(True)
    assert not Notice.objects.exists()
    assert not Outbox.objects.exists()
    assert not bell.rung.is_set()


@pytest.mark.django_db(transaction=True)
def test_the_bell_rings_after_the_commit(lin, at, settings):
    settings.REDIS_URL = ""
    bell.rung.clear()
    with transaction.atomic():
        enqueue("seat_opened", to=lin, key="seat:1", at=at)
        assert not bell.rung.is_set()
    assert bell.rung.is_set()
