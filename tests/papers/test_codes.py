"""The code on a sheet: every slip of one or two characters and every swap is noticed."""

import itertools
import random

from workflows.shared.paper_codes import ALPHABET, LENGTH, in_picture, is_code, new_code, read_code, shown, with_checks

DRAWN = ["22222222", "ZZZZZZZZ", "A2B3C4D5", "K9M7P5R3"]


def test_a_drawn_code_is_a_code_and_no_two_are_alike():
    codes = {new_code() for _ in range(300)}
    assert len(codes) == 300
    assert all(is_code(code) and len(code) == LENGTH for code in codes)


def test_every_wrong_character_is_noticed():
    for drawn in DRAWN:
        code = with_checks(drawn)
        for place, sign in itertools.product(range(LENGTH), ALPHABET):
            slip = code[:place] + sign + code[place + 1 :]
            assert is_code(slip) == (slip == code)


def test_every_two_wrong_characters_are_noticed():
    code = with_checks(DRAWN[2])
    for first, second in itertools.combinations(range(LENGTH), 2):
        for one, other in itertools.product(ALPHABET, repeat=2):
            if one == code[first] or other == code[second]:
                continue
            slip = list(code)
            slip[first], slip[second] = one, other
            assert not is_code("".join(slip))


def test_two_characters_that_changed_places_are_noticed():
    for drawn in DRAWN:
        code = with_checks(drawn)
        for first, second in itertools.combinations(range(LENGTH), 2):
            swapped = list(code)
            swapped[first], swapped[second] = swapped[second], swapped[first]
            assert is_code("".join(swapped)) == (code[first] == code[second])


def test_a_lost_or_added_character_is_noticed():
    code = with_checks(DRAWN[3])
    for place in range(LENGTH):
        assert not is_code(code[:place] + code[place + 1 :])
        assert not is_code(code[:place] + "A" + code[place:])


def test_most_codes_moved_by_one_place_are_noticed():
    drawn = random.Random(7)
    codes = [with_checks("".join(drawn.choice(ALPHABET) for _ in range(8))) for _ in range(2000)]
    passed = sum(is_code(code[1:] + drawn.choice(ALPHABET)) for code in codes)
    assert passed < 10


def test_a_code_is_read_as_people_and_picture_codes_write_it():
    code = with_checks(DRAWN[3])
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    apart = f" {code[:3]} {code[3:]} "
    for text in (code, code.lower(), shown(code), apart, wide, in_picture(code), f"{code[:5]}–{code[5:]}"):
        assert read_code(text) == code


def test_what_is_no_code_is_not_read():
    for text in ("", "KP:", "https://kaoping.example/check/abc/", "O0I1L-AAAAA", "12345678901"):
        assert read_code(text) == ""
