"""Numbers, names and days as people type them."""

from datetime import date, datetime

import pytest

from organizations.rules.days import DayUnreadable, read_day, read_month
from organizations.rules.identity import IdentityFault, credit_code_fault, masked, read_identity, read_phone
from organizations.rules.names import name_keys, read_name, text_key
from organizations.rules.text import compact, escape_formula, is_nothing, looks_like_formula, tidy

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("number", "born_on", "sex"),
    [
        ("11010519491231002X", date(1949, 12, 31), "female"),
        (" １１０１０５１９４９１２３１００２ｘ ", date(1949, 12, 31), "female"),
        # Their counties are younger than they are; lists of counties refuse them.
        ("440106198010220018", date(1980, 10, 22), "male"),
        ("350102197503080027", date(1975, 3, 8), "female"),
        ("440306200002290013", date(2000, 2, 29), "male"),
    ],
)
def test_an_identity_number_says_birthday_and_sex(number, born_on, sex):
    number = number if number[-1] in "Xx xｘ " else number[:17] + _check(number[:17])
    found = read_identity(number, on=TODAY)
    assert (found.born_on, found.sex) == (born_on, sex)


def _check(first: str) -> str:
    """Compute the check sign a second way: the whole number must be 1 modulo 11."""
    weights = [2 ** (17 - place) % 11 for place in range(17)]
    rest = sum(weight * int(digit) for weight, digit in zip(weights, first, strict=True)) % 11
    return "X" if (1 - rest) % 11 == 10 else str((1 - rest) % 11)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("110105194912310021", "id_checksum"),
        ("110105491231002", "id_15_digits"),
        ("1101051949123100", "id_shape"),
        ("11010519491231002Y", "id_shape"),
        ("", "id_shape"),
        ("11010519490230002", "id_date"),
        ("11010520990101002", "id_date"),
        ("11010520261123002", "id_date"),
        ("99010119850309001", "id_province"),
    ],
)
def test_an_identity_number_that_cannot_be_right_is_refused(number, kind):
    number = number + _check(number) if len(number) == 17 else number
    with pytest.raises(IdentityFault) as refused:
        read_identity(number, on=TODAY)
    assert refused.value.kind == kind


def test_a_number_is_masked_between_its_ends():
    assert masked("440106198010220016") == "4****************6"


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("51440000MJK693201M", ""),
        ("52440300MJK6932012", ""),
        ("53110000MJK693201Y", ""),
        ("51440000MJK693201N", "uscc_checksum"),
        ("51440000MJK693202J", "uscc_checksum"),
        ("91440000MJK693201M", "uscc_checksum"),
        ("51440000MJK69320I", "uscc_shape"),
        ("51440000MJK69320IM", "uscc_shape"),
        ("", "uscc_shape"),
    ],
)
def test_a_credit_code_has_two_check_signs_and_a_prefix(code, fault):
    assert credit_code_fault(code) == fault


def test_a_credit_code_of_a_company_is_none_of_ours():
    from tests.organizations.ledgers import credit_code

    assert credit_code_fault(credit_code("91", "440000", "MJK69320")) == "uscc_prefix"
    assert credit_code("51", "440000", "MJK69320") == "51440000MJK693201M"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("13800138000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("138 0013 8000", "13800138000"),
        ("+86 138-0013-8000", "13800138000"),
        ("020-83300000", "020-83300000"),
        ("0755-83300000-801", "0755-83300000-801"),
        ("(020)83300000", "020-83300000"),
        ("12800138000", None),
        ("12345", None),
        ("1380013800", None),
        ("", None),
    ],
)
def test_a_telephone_number_is_mobile_or_landline(typed, number):
    assert read_phone(typed) == number


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        (datetime(2019, 7, 1, 0, 0), date(2019, 7, 1)),
        (date(2019, 7, 1), date(2019, 7, 1)),
        (43647, date(2019, 7, 1)),
        (43647.0, date(2019, 7, 1)),
        ("2019.07.01", date(2019, 7, 1)),
        ("2019年7月1日", date(2019, 7, 1)),
        ("2019-7-1", date(2019, 7, 1)),
        ("2019/7/1", date(2019, 7, 1)),
        ("２０１９．７．１", date(2019, 7, 1)),
        ("20190701", date(2019, 7, 1)),
        (20190701, date(2019, 7, 1)),
        ("2019-07-01 00:00:00", date(2019, 7, 1)),
        ("2015.3", date(2015, 3, 1)),
        ("201503", date(2015, 3, 1)),
        (2015.03, date(2015, 3, 1)),
        (201503.0, date(2015, 3, 1)),
        ("2015年3月", date(2015, 3, 1)),
        ("至今", None),
        (None, None),
        ("  ", None),
    ],
)
def test_a_day_is_read_in_every_usual_spelling(typed, day):
    assert read_day(typed) == day


def test_a_month_that_ends_something_means_its_last_day():
    assert read_day("2028年2月", last=True) == date(2028, 2, 29)
    assert read_month("2015年3月") == (2015, 3)
    assert read_month("至今") is None


@pytest.mark.parametrize(
    "typed", ["2019.13.01", "2019-02-30", "19.7.1", "去年春天", "2019年", "13", "201513", "0001-01-01", 1990.1, 12.5]
)
def test_text_that_names_no_day_is_refused(typed):
    with pytest.raises(DayUnreadable):
        read_day(typed)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("沈若溪", "沈若溪"),
        (" 沈 若　溪 ", "沈若溪"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("尼玛．扎西", "尼玛·扎西"),
        ("䶮㙍", "䶮㙍"),
        ("沈", None),
        ("·沈若", None),
        ("沈··若", None),
        ("Zhou", None),
        ("沈若溪1", None),
        ("沈" * 31, None),
    ],
)
def test_a_name_is_chinese_and_may_hold_middle_dots(typed, name):
    assert read_name(typed) == name


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("单雄信", "shanxiongxin", "sxx"),
        ("曾国安", "zengguoan", "zga"),
        ("仇小满", "qiuxiaoman", "qxm"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("解晓东", "xiexiaodong", "xxd"),
        ("重阳", "chongyang", "cy"),
        ("银行", "yinhang", "yh"),
    ],
)
def test_a_family_name_is_read_as_a_family_name(name, pinyin, initials):
    assert name_keys(name)[0] == f"{name} {initials} {pinyin}"


def test_names_sort_by_sound_and_tone():
    assert sorted(["马", "妈", "麻", "安"], key=lambda name: name_keys(name)[1]) == ["安", "妈", "麻", "马"]
    assert text_key("云州市棋院（3）") == "云州市棋院（3） yzsqy3 yunzhoushiqiyuan3"


def test_text_is_tidied_but_chinese_punctuation_stays():
    assert tidy(" 云州市　晨光\u200b联合会（五１１）\n") == "云州市晨光联合会（五11）"
    assert compact(" Ｂ０ ０１（甲）") == "B001(甲)"
    assert [is_nothing(text) for text in ("", " — ", "/", "0", "无")] == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ('=HYPERLINK("x")', True),
        (" =1+1", True),
        ("＝1+1", True),
        ("@SUM(A1)", True),
        ("+cmd|' /C calc'!A0", True),
        ("-cmd", True),
        ("+1+1", True),
        ("-3", False),
        ("—", False),
        ("-", False),
        ("2019-07-01", False),
        ("兼任", False),
    ],
)
def test_text_that_a_spreadsheet_would_run_is_recognized(text, runs):
    assert looks_like_formula(text) is runs


def test_text_for_a_workbook_is_made_harmless():
    assert [escape_formula(text) for text in ("=1", "+1", "-1", "@a", "兼任", "")] == [
        "'=1",
        "'+1",
        "'-1",
        "'@a",
        "兼任",
        "",
    ]
