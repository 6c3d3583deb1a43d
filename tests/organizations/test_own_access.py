"""Passwords and second factors that people change themselves: each an entry, and no session elsewhere goes on."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client
from django.urls import reverse

from audit import log, verbs
from audit.models import Entry
from organizations.actions import reset_second_factor
from organizations.models import Account
from tests.factories import PASSWORD

FRESH = "nine herons cross the lotus pond"


def entries():
    return list(Entry.objects.filter(stream="grants").order_by("seq"))


def told():
    return [(entry.verb, entry.subject, entry.actor_id) for entry in entries()]


def signed_in(name="lin"):
    client = Client()
    client.post("/accounts/login/", {"login": name, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def is_in(client):
    return client.get(reverse("organizations:helpers")).status_code == 200


def totp_set_up(client):
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    return secret, client.post(reverse("mfa_activate_totp"), {"code": code})


def test_a_password_changed_by_its_owner_is_one_entry(cast):
    client = signed_in()
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": FRESH, "password2": FRESH})
    assert Account.objects.get(pk=cast.lin.pk).check_password(FRESH)
    assert told() == [("password.set", f"account:{cast.lin.pk}", cast.lin.pk)]
    assert FRESH not in entries()[0].body


def test_a_password_chosen_by_the_letter_is_one_entry_and_ends_what_is_open(cast):
    other, visitor = signed_in(), Client()
    visitor.post("/accounts/password/reset/", {"email": "lin@example.com"})
    link = re.search(r"/accounts/password/reset/key/\S+/", mail.outbox[0].body).group()
    form = visitor.get(link)["Location"]
    visitor.post(form, {"password1": FRESH, "password2": FRESH})
    assert Account.objects.get(pk=cast.lin.pk).check_password(FRESH)
    assert [verb for verb, _subject, _by in told()] == ["password.set"]
    assert not is_in(other)


def test_a_second_factor_set_up_is_an_entry_and_ends_the_sessions_elsewhere_only(cast):
    other, client = signed_in(), signed_in()
    secret, answer = totp_set_up(client)
    assert answer.status_code == 302
    assert [(entry.verb, entry.body.count(secret)) for entry in entries()] == [("second_factor.added", 0)] * 2
    assert sorted(kind for entry in entries() for kind in ("totp", "recovery_codes") if kind in entry.body) == [
        "recovery_codes", "totp",
    ]  # fmt: skip
    assert (is_in(client), is_in(other)) == (True, False)
    assert UserSession.objects.filter(user=cast.lin).count() == 1


def test_a_second_factor_taken_off_is_an_entry_and_ends_the_sessions_elsewhere_only(cast):
    client = signed_in()
    totp_set_up(client)
    other = Client()
    other.force_login(cast.lin)
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()
    assert [entry.verb for entry in entries()[2:]] == ["second_factor.removed"] * 2
    assert (is_in(client), is_in(other)) == (True, False)


def test_new_recovery_codes_are_entered_and_end_the_sessions_elsewhere(cast):
    client = signed_in()
    totp_set_up(client)
    other = Client()
    other.force_login(cast.lin)
    client.post(reverse("mfa_generate_recovery_codes"))
    assert [entry.verb for entry in entries()[2:]] == ["second_factor.removed", "second_factor.added"]
    assert (is_in(client), is_in(other)) == (True, False)


def test_a_second_factor_whose_entry_fails_is_not_there_either(cast, monkeypatch):
    client = signed_in()
    client.raise_request_exception = False
    monkeypatch.setattr(log, "record", broken)
    _secret, answer = totp_set_up(client)
    assert (answer.status_code, Authenticator.objects.exists()) == (500, False)


@pytest.mark.parametrize("kept", [True, False])
def test_a_key_is_kept_with_its_entry_or_not_at_all(cast, monkeypatch, kept):
    client = signed_in()
    client.raise_request_exception = False
    monkeypatch.setattr(AddWebAuthnForm, "clean", lambda form: form.cleaned_data)
    if not kept:
        monkeypatch.setattr(log, "record", broken)
    answer = client.post(reverse("mfa_add_webauthn"), {"name": "钥匙", "credential": '{"id": "made-up-key"}'})
    assert answer.status_code == (302 if kept else 500)
    assert Authenticator.objects.filter(type="webauthn").exists() is kept
    assert ("second_factor.added" in [entry.verb for entry in entries()]) is kept
    assert all("made-up-key" not in entry.body for entry in entries())


def test_the_reset_after_a_loss_stays_one_entry(cast, at):
    TOTP.activate(cast.lin, "JBSWY3DPEHPK3PXP")
    reset_second_factor(account=cast.lin, by=cast.an, at=at, reason="手机丢失，已当面核实")
    assert [entry.verb for entry in entries()] == ["second_factor.reset"]


@pytest.mark.parametrize("verb", ["password.set", "second_factor.added", "second_factor.removed"])
def test_the_verbs_have_names(verb):
    assert verbs.name_of(verb) != verb


def broken(*_given, **_more):
    raise RuntimeError("no entry")
