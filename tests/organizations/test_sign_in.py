"""Signing in: who can, how wrong attempts count, how sessions end."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.urls import reverse

from audit.models import Entry
from organizations.actions import deactivate_account, reset_second_factor
from organizations.actions.accounts import OwnAccount
from organizations.actions.shared import NotYourDuty
from organizations.actions.sign_in import unlock_sign_in
from organizations.models import Account
from organizations.passwords import CommonWordsValidator, RoleLengthValidator, what_is_left
from tests import factories as make
from tests.factories import PASSWORD

LOGIN = "/accounts/login/"


def sign_in(client, login, password=PASSWORD, **more):
    return client.post(LOGIN, {"login": login, "password": password}, **more)


def entered(client):
    return "_auth_user_id" in client.session


def verbs():
    return list(Entry.objects.filter(stream="sign_in").order_by("seq").values_list("verb", flat=True))


@pytest.mark.parametrize("login", ["lin", "LIN", "13800000000", "lin@example.com", "Lin@Example.com"])
def test_account_name_telephone_and_e_mail_open_the_same_door(cast, client, login):
    Account.objects.filter(pk=cast.lin.pk).update(phone="13800000000")
    sign_in(client, login)
    assert client.session["_auth_user_id"] == str(cast.lin.pk)
    assert verbs() == ["sign_in.succeeded"]


def test_a_telephone_that_two_people_share_opens_no_door(cast, client):
    Account.objects.filter(pk__in=[cast.lin.pk, cast.zhou.pk]).update(phone="13800000000")
    sign_in(client, "13800000000")
    assert not entered(client)


def test_unknown_wrong_and_deactivated_read_the_same(cast, client, at):
    Account.objects.filter(pk=cast.zhou.pk).update(is_active=False, deactivated_at=at)

    def told(login, password=PASSWORD):
        form = sign_in(client, login, password).context["form"]
        return form.errors.as_text()

    assert told("nobody") == told("lin", "wrong") == told("zhou") != ""
    assert not entered(client)


def test_five_wrong_passwords_lock_for_a_quarter_of_an_hour_whatever_the_cache_says(cast, client, at, time_machine):
    time_machine.move_to(at, tick=False)
    for _wrong in range(5):
        sign_in(client, "lin", "wrong")
    cache.clear()
    sign_in(client, "lin")
    assert not entered(client)
    assert verbs() == ["sign_in.failed"] * 5 + ["sign_in.locked"]
    time_machine.move_to(at + timedelta(minutes=14, seconds=59), tick=False)
    sign_in(client, "lin@example.com")
    assert not entered(client)
    time_machine.move_to(at + timedelta(minutes=15), tick=False)
    sign_in(client, "lin")
    assert entered(client)


def test_four_wrong_passwords_and_a_right_one_start_anew(cast, client, at, time_machine):
    time_machine.move_to(at, tick=False)
    for _round in range(2):
        for _wrong in range(4):
            sign_in(client, "lin", "wrong")
        sign_in(client, "lin")
        assert entered(client)
        client.logout()


def test_wrong_passwords_far_apart_do_not_lock(cast, client, at, time_machine):
    for number in range(6):
        time_machine.move_to(at + timedelta(minutes=5 * number), tick=False)
        sign_in(client, "lin", "wrong")
    sign_in(client, "lin")
    assert entered(client)


def test_a_lock_of_one_account_does_not_lock_another(cast, client, at, time_machine):
    time_machine.move_to(at, tick=False)
    for _wrong in range(5):
        sign_in(client, "lin", "wrong")
    sign_in(client, "zhou")
    assert entered(client)


def test_an_address_that_tries_many_accounts_has_to_wait(cast, client, at, time_machine):
    time_machine.move_to(at, tick=False)
    for number in range(20):
        sign_in(client, f"nobody{number}", "wrong")
    sign_in(client, "lin")
    assert not entered(client)
    sign_in(client, "lin", REMOTE_ADDR="10.0.0.9")
    assert entered(client)


def test_the_system_administrator_unlocks_with_a_reason(cast, client, at, time_machine):
    time_machine.move_to(at, tick=False)
    for _wrong in range(5):
        sign_in(client, "lin", "wrong")
    with pytest.raises(NotYourDuty):
        unlock_sign_in(account=cast.lin, by=cast.an, at=at, reason="忘了")
    unlock_sign_in(account=cast.lin, by=cast.xu, at=at, reason="本人来电核实")
    sign_in(client, "lin")
    assert entered(client)


def test_a_session_ends_after_half_an_hour_without_a_request(cast, client, at, time_machine):
    time_machine.move_to(at, tick=False)
    client.force_login(cast.lin)
    time_machine.move_to(at + timedelta(minutes=30), tick=False)
    assert client.get(reverse("organizations:helpers")).status_code == 200
    time_machine.move_to(at + timedelta(minutes=60, seconds=1), tick=False)
    answer = client.get(reverse("organizations:helpers"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(LOGIN)
    assert not entered(client)


def test_a_session_ends_after_twelve_hours_however_busy(cast, client, at, time_machine):
    time_machine.move_to(at, tick=False)
    client.force_login(cast.lin)
    for quarter in range(1, 49):
        time_machine.move_to(at + timedelta(minutes=15 * quarter), tick=False)
        assert client.get(reverse("organizations:helpers")).status_code == 200
    time_machine.move_to(at + timedelta(hours=12, seconds=1), tick=False)
    assert client.get(reverse("organizations:helpers")).status_code == 302


def test_the_sixth_device_signs_the_first_one_out(cast, client, client_factory):
    devices = [client_factory() for _device in range(6)]
    for device in devices:
        sign_in(device, "lin")
    assert UserSession.objects.filter(user=cast.lin).count() == 5
    answers = [device.get(reverse("organizations:helpers")).status_code for device in devices]
    assert answers == [302, 200, 200, 200, 200, 200]


@pytest.fixture
def client_factory():
    """Give fresh browsers."""
    from django.test import Client

    return Client


def test_a_deactivated_account_is_out_at_its_next_request(cast, client, at):
    client.force_login(cast.lin)
    deactivate_account(account=cast.lin, by=cast.xu, at=at, reason="离职")
    assert client.get(reverse("organizations:helpers")).status_code == 302
    sign_in(client, "lin")
    assert client.get(reverse("organizations:helpers")).status_code == 302


def test_signed_in_pages_are_kept_by_no_cache(cast, client):
    client.force_login(cast.lin)
    assert client.get(reverse("organizations:helpers"))["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("who", "sent_away"),
    [("lin", True), ("zhou", True), ("deng", True), ("an", True), ("jian", True), ("chen", False), ("shen", False)],
)
def test_reviewers_and_administrators_set_up_a_second_factor_first(cast, client, settings, who, sent_away):
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(getattr(cast, who))
    answer = client.get(reverse("organizations:helpers"))
    assert (answer.status_code == 302 and answer["Location"] == "/accounts/2fa/") is sent_away


def test_with_a_second_factor_the_way_is_open_and_its_secret_is_sealed(cast, client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    TOTP.activate(cast.lin, "JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in str(Authenticator.objects.values().get())
    client.force_login(cast.lin)
    assert client.get(reverse("organizations:helpers")).status_code == 200
    client.logout()
    answer = sign_in(client, "lin")
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert not entered(client)


def test_a_lost_second_factor_is_reset_by_the_security_administrator_and_never_by_oneself(cast, at):
    for account in (cast.lin, cast.an):
        TOTP.activate(account, "JBSWY3DPEHPK3PXP")
    with pytest.raises(NotYourDuty):
        reset_second_factor(account=cast.lin, by=cast.xu, at=at, reason="手机丢失")
    with pytest.raises(OwnAccount):
        reset_second_factor(account=cast.an, by=cast.an, at=at, reason="手机丢失")
    reset_second_factor(account=cast.lin, by=cast.an, at=at, reason="手机丢失，已当面核实")
    assert list(Authenticator.objects.values_list("user__username", flat=True)) == ["an"]


def test_a_new_password_ends_the_other_sessions(cast, client, client_factory):
    other = client_factory()
    sign_in(client, "lin")
    sign_in(other, "lin")
    fresh = "nine herons cross the lotus pond"
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh})
    assert Account.objects.get(pk=cast.lin.pk).check_password(fresh)
    assert other.get(reverse("organizations:helpers")).status_code == 302


@pytest.mark.parametrize(
    "password",
    [
        "woaizhongguo2026", "kaoping@20261123", "zhangwei19850309", "qwertyuiop123456", "password12345!",
        "dangjian@123456", "aaaaaaaaaaaaaaa", "lin-2026-lin-2026", "111122223333", "Admin@2026Admin@2026",
    ],
)  # fmt: skip
def test_passwords_of_common_parts_are_refused(password):
    with pytest.raises(ValidationError):
        CommonWordsValidator().validate(password, Account(username="lin"))


@pytest.mark.parametrize(
    "password", ["seven herons cross the lotus pond", "小桥流水人家古道西风瘦马", "k7$Rq!vZ2mXc9w"]
)
def test_passwords_of_ones_own_are_taken(password):
    CommonWordsValidator().validate(password, Account(username="lin"))
    assert len(what_is_left(password)) >= 6


def test_administrators_need_fifteen_characters_and_everybody_twelve(cast):
    for account, password, taken in [
        (cast.he, "k7$Rq!vZ2mX", False),
        (cast.he, "k7$Rq!vZ2mXc", True),
        (cast.an, "k7$Rq!vZ2mXc9w", False),
        (cast.an, "k7$Rq!vZ2mXc9wT", True),
    ]:
        refused = False
        try:
            RoleLengthValidator().validate(password, account)
        except ValidationError:
            refused = True
        assert refused is not taken, (account.username, password)


def test_the_language_of_the_account_is_spoken_until_the_device_chooses_one(cast, client):
    Account.objects.filter(pk=cast.lin.pk).update(language="en")
    client.force_login(cast.lin)
    assert client.get(reverse("organizations:helpers"))["Content-Language"] == "en"
    client.cookies["language"] = "zh-hans"
    assert client.get(reverse("organizations:helpers"))["Content-Language"] == "zh-hans"


def test_an_account_is_opened_without_a_password(cast, client, at):
    from organizations.actions import open_account

    made = open_account(username="newcomer", name="新来", by=cast.xu, at=at)
    assert not made.has_usable_password()
    assert make.account("旧人").has_usable_password()
