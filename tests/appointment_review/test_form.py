"""What the registration form has to hold, example by example."""

import pytest

from tests.appointment_review.candidate import SPOUSE, document, on
from tests.factories import TODAY
from workflows.appointment_review.form_fields import ETHNICITIES, empty_document, sections
from workflows.appointment_review.rules.documents import (
    Change,
    NoSuchField,
    Overtaken,
    Page,
    changes,
    next_version,
    typed,
)
from workflows.appointment_review.rules.form import Known, anniversary, problems


def codes(made, *, today=TODAY, known=None):
    return [(found.section, found.field, found.code) for found in problems(made, today=today, known=known)]


def test_a_form_with_everything_has_no_problem():
    assert codes(document()) == []


def test_the_form_has_eight_parts_and_knows_56_ethnic_names():
    names = [section.name for section in sections(today=TODAY)]
    assert names == ["basics", "membership", "education", "posts", "resume", "record", "family", "pledge"]
    assert len(ETHNICITIES) == 56


def test_an_empty_form_misses_every_required_field():
    found = codes(empty_document(today=TODAY))
    assert ("basics", "name", "missing") in found
    assert ("resume", "rows", "no_rows") in found
    assert ("family", "rows", "no_family") in found
    assert ("pledge", "no_concurrent", "concurrent_missing") in found
    assert [field for _, field, code in found if code == "not_confirmed"] == ["truth", "no_bar", "consent"]
    optional = {"birth_place", "health", "strengths", "email", "on_job_school", "professional_title", "post_given_up"}
    assert optional.isdisjoint(field for _, field, _ in found)


@pytest.mark.parametrize(
    ("section", "field", "value", "code"),
    [
        ("basics", "name", "沈1若溪", "name_shape"),
        ("basics", "name", "沈", "name_shape"),
        ("basics", "ethnicity", "火星族", "missing"),
        ("basics", "native_place", "南岭", "not_to_the_county"),
        ("basics", "born_on", "昨天", "day_unreadable"),
        ("basics", "work_began", "很早", "month_unreadable"),
        ("basics", "phone", "1380000", "phone_shape"),
        ("basics", "email", "shen@", "email_shape"),
        ("basics", "strengths", "长" * 101, "too_long"),
        ("basics", "political_status", "", "missing"),
        ("membership", "joined_on", "1985-03-09", "joined_before_birth"),
        ("membership", "full_member_on", "2006-05-03", "full_before_joined"),
        ("education", "full_time_school", "—", "missing"),
        ("posts", "keeps_post", "perhaps", "missing"),
        ("record", "appraisal_2024", "", "missing"),
        ("pledge", "crime", "", "missing"),
        ("pledge", "truth", False, "not_confirmed"),
    ],
)
def test_a_wrong_value_is_named_at_its_field(section, field, value, code):
    assert codes(document(**{section: {field: value}})) == [(section, field, code)]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [("born_on", "2027-01-01", "in_the_future"), ("work_began", "2001-02", "worked_too_young")],
)
def test_a_day_that_cannot_be_is_named_before_what_follows_from_it(field, value, code):
    assert codes(document(basics={field: value}))[0] == ("basics", field, code)


@pytest.mark.parametrize("name", ["阿卜杜拉·买买提", "欧阳若溪"])
def test_names_may_hold_a_dot(name):
    assert codes(document(basics={"name": name})) == []


def test_work_may_begin_in_the_month_of_the_sixteenth_birthday():
    assert codes(document(basics={"work_began": "2001-03"}, resume={"rows": [
        {"id": 1, "start": "2001-03", "end": "present", "unit": "海珠湾区邮电局", "post": "职工"}]})) == []  # fmt: skip


def test_birthday_and_sex_are_held_against_the_identity_number():
    known = Known(born_on=on("1985-03-10"), sex="male")
    assert codes(document(), known=known) == [("basics", "born_on", "born_differs"), ("basics", "sex", "sex_differs")]


def test_the_three_years_of_appraisal_follow_the_calendar():
    january = on("2027-01-01")
    assert codes(document(), today=january) == [("record", "appraisal_2026", "missing")]


def test_a_gap_is_named_with_its_months_and_a_reason_settles_it():
    made = document()
    made["resume"]["rows"][1]["end"] = "2020-12"
    (gap,) = problems(made, today=TODAY)
    assert (gap.code, gap.row, gap.facts) == ("gap", 2, {"months": 8, "from": "2021-01", "to": "2021-08"})
    made["resume"]["reasons"] = {"2021-01_2021-08": "在家照顾老人"}
    assert codes(made) == []
    made["resume"]["rows"][1]["end"] = "2020-11"
    assert [code for _, _, code in codes(made)] == ["gap"]


def test_the_resume_reaches_up_to_now():
    made = document()
    made["resume"]["rows"][2]["end"] = "2026-11"
    assert codes(made) == [("resume", "end", "not_to_the_present")]


def test_an_entry_that_ends_before_it_begins_is_named():
    made = document()
    made["resume"]["rows"].append({"id": 9, "start": "2015-03", "end": "2015-02", "unit": "夜校", "post": "学员"})
    assert codes(made) == [("resume", "end", "ends_before_start")]


def test_the_resume_does_not_begin_after_the_work():
    made = document()
    del made["resume"]["rows"][:2]
    assert ("resume", "start", "starts_after_work") in codes(made)


def test_family_without_a_unit_is_asked_for_and_none_is_an_answer():
    assert codes(document(family={"rows": [{"id": 4} | SPOUSE | {"birth": "1984-01", "unit": ""}]})) == [
        ("family", "unit", "missing")
    ]
    assert codes(document(family={"rows": [{"id": 4} | SPOUSE | {"birth": "1984-01", "unit": "无"}]})) == []


def test_concurrent_posts_are_listed_or_denied_but_not_both():
    row = {"id": 7, "unit": "海珠湾读书会", "post": "理事", "since": "2020-01"}
    assert codes(document(pledge={"no_concurrent": False})) == [("pledge", "no_concurrent", "concurrent_missing")]
    assert codes(document(pledge={"rows": [row]})) == [("pledge", "no_concurrent", "concurrent_both")]
    assert codes(document(pledge={"rows": [row], "no_concurrent": False})) == []


def test_an_anniversary_of_a_leap_day_is_full_on_the_first_of_march():
    assert anniversary(on("2008-02-29"), 18) == on("2026-03-01")
    assert anniversary(on("2008-02-29"), 16) == on("2024-02-29")


def test_typing_the_same_field_on_two_pages_is_noticed():
    first = typed(document(), {"native_place": "南岭省云州市"}, section="basics", page=Page("a", 0), today=TODAY)
    with pytest.raises(Overtaken):
        typed(first, {"native_place": "南岭省鹏城市"}, section="basics", page=Page("b", 0), today=TODAY)
    again = typed(first, {"native_place": "南岭省鹏城市"}, section="basics", page=Page("a", 0), today=TODAY)
    assert again["basics"]["native_place"] == "南岭省鹏城市"


def test_an_old_page_that_only_repeats_what_it_showed_overwrites_nothing():
    first = typed(document(), {"phone": "13900000002"}, section="basics", page=Page("a", 0), today=TODAY)
    second = typed(
        first, {"phone": "13800000001", "email": "s@example.com"}, section="basics", page=Page("b", 0), today=TODAY
    )
    assert (second["basics"]["phone"], second["basics"]["email"]) == ("13900000002", "s@example.com")


@pytest.mark.parametrize("address", ["identity", "name", "rows-99-unit", "rows-1-salary", "meta"])
def test_an_address_that_is_no_field_is_refused(address):
    section = "resume" if address.startswith("rows") else "basics"
    with pytest.raises(NoSuchField):
        typed(document(), {address: "x"}, section=section, page=Page("a", 0), today=TODAY)


def test_the_next_version_asks_for_the_confirmations_anew():
    after = next_version(document())
    assert [code for _, _, code in codes(after)] == ["not_confirmed"] * 3


def test_what_changed_between_two_versions_is_told_field_by_field():
    before, after = document(), document(basics={"phone": "13900000002"})
    after["resume"]["rows"][1]["end"] = "2020-12"
    after["resume"]["reasons"] = {"2021-01_2021-08": "进修"}
    after["family"]["rows"] = []
    assert changes(before, after, today=TODAY) == [
        Change("basics", "phone", None, "13800000001", "13900000002"),
        Change("resume", "end", 2, "2021-08", "2020-12"),
        Change("resume", "reason-2021-01_2021-08", None, "", "进修"),
        Change("family", "rows", 4, "spouse · 陆远 · 1984-01 · masses · 无", ""),
    ]
