"""What a browser sent is read without trust."""

import pytest
from django.test import RequestFactory

from organizations.typed import LONGEST_KEY, click_key, number_in, numbers_in


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7),
        ("007", 7),
        ("9" * 18, 999_999_999_999_999_999),
        ("9" * 19, None),
        ("9" * 5000, None),
        ("", None),
        ("-1", None),
        ("1.5", None),
        ("²", None),
        (" 7", None),
    ],
)
def test_a_number_is_short_and_has_digits_only(text, number):
    assert number_in(text) == number


def test_what_is_no_key_is_left_out():
    assert numbers_in(["3", "x", "", "1", "9" * 30]) == [3, 1]


def test_the_key_of_a_click_is_cut_and_drawn_where_it_is_missing():
    post = RequestFactory().post
    assert click_key(post("/", {"key": "k" * 80})) == "k" * LONGEST_KEY
    drawn = {click_key(post("/", {})) for _ in range(3)}
    assert [len(key) for key in drawn] == [32, 32, 32]
