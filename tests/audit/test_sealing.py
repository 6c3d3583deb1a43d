"""Seals: what opens, and what never does."""

import base64

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from audit.sealing import (
    SealBroken,
    blind_index,
    new_wrapped_key,
    open_key,
    seal,
    seal_bytes,
    unseal,
    unseal_bytes,
)

OLD = base64.urlsafe_b64encode(b"o" * 32).decode()
NEW = base64.urlsafe_b64encode(b"n" * 32).decode()


@given(st.text())
def test_a_sealed_text_opens_to_itself(plain):
    assert unseal(seal(plain, context="person.phone"), context="person.phone") == plain


@given(st.binary(max_size=2000))
def test_sealed_bytes_open_to_themselves(plain):
    assert unseal_bytes(seal_bytes(plain, context="file.body"), context="file.body") == plain


@given(st.text(max_size=30), st.data())
def test_a_text_with_any_changed_bit_does_not_open(plain, data):
    sealed = bytearray(seal(plain, context="person.phone").encode())
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= 1 << data.draw(st.integers(0, 6))
    with pytest.raises(SealBroken):
        unseal(sealed.decode("ascii"), context="person.phone")


@given(st.binary(max_size=60), st.data())
def test_bytes_with_any_changed_bit_do_not_open(plain, data):
    sealed = bytearray(seal_bytes(plain, context="file.body"))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(SealBroken):
        unseal_bytes(bytes(sealed), context="file.body")


@given(st.text(max_size=40))
def test_text_that_was_never_sealed_does_not_open(text):
    with pytest.raises(SealBroken):
        unseal(text, context="person.phone")


@given(st.data())
def test_a_text_that_lost_its_end_does_not_open(data):
    sealed = seal("南岭省云州市", context="person.address")
    kept = data.draw(st.integers(0, len(sealed) - 1))
    with pytest.raises(SealBroken):
        unseal(sealed[:kept], context="person.address")


def test_a_value_moved_to_another_column_does_not_open():
    with pytest.raises(SealBroken):
        unseal(seal("secret", context="person.phone"), context="person.address")


def test_no_nonce_is_used_twice_in_ten_thousand_seals():
    boxes = [base64.b64decode(seal("same", context="c").split("|")[2]) for _ in range(10_000)]
    assert len({box[:12] for box in boxes}) == 10_000


def test_a_value_under_a_persons_key_opens_with_that_key_only():
    one, other = (open_key(new_wrapped_key("person.key"), "person.key") for _ in range(2))
    sealed = seal("why", key=one, context="c")
    assert unseal(sealed, key=one, context="c") == "why"
    for key in (other, None):
        with pytest.raises(SealBroken):
            unseal(sealed, key=key, context="c")


def test_a_destroyed_key_opens_nothing():
    with pytest.raises(SealBroken):
        open_key("", "person.key")


def test_what_an_older_key_sealed_opens_as_long_as_the_keyring_has_that_key():
    with override_settings(FIELD_KEYS=OLD):
        sealed = seal("why", context="c")
    with override_settings(FIELD_KEYS=f"{NEW},{OLD}"):
        assert unseal(sealed, context="c") == "why"
        newer = seal("why", context="c")
    with override_settings(FIELD_KEYS=NEW):
        assert unseal(newer, context="c") == "why"
        with pytest.raises(SealBroken):
            unseal(sealed, context="c")


def test_equal_values_meet_in_the_blind_index_and_purposes_never_do():
    assert blind_index("11010119900307803x ", "identity") == blind_index("１1010119900307803X", "identity")
    assert blind_index("110101199003078038", "identity") != blind_index("110101199003078038", "phone")
    with override_settings(BLIND_INDEX_KEY="another"):
        other = blind_index("110101199003078038", "identity")
    assert other != blind_index("110101199003078038", "identity")
