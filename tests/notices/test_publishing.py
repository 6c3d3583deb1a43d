"""Putting a notice up: the days, the permitted facts, the batch, the proof, and the end."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.timezone import localdate

from approvals.errors import NotEntitled, PolicyInvalid
from approvals.models import Decision, Stage
from audit.models import Entry
from organizations.calendar import due_after
from organizations.models import Account
from tests import factories as make
from tests.appointment_review.candidate import picture
from tests.cases import fresh, publish, say
from tests.factories import NOW
from tests.notices.notices import (
    AFTER,
    CONTACT,
    case_at_publication,
    cleared,
    notice_policy,
    on_notice,
    put_up_for,
)
from workflows.appointment_review.notice_texts import facts_of_case
from workflows.notices.actions.confirming import closes_by_itself
from workflows.notices.actions.publishing import add_photo, put_up, take_down
from workflows.notices.errors import BoardPhotoMissing, NoticeRunning
from workflows.notices.models import NoticePerson, PublicNotice
from workflows.notices.queries import people_on, shown_now
from workflows.notices.rules import PERMITTED, permitted

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("put_up_at", "days", "last"),
    [
        ((2026, 11, 23, 10), 5, "2026-11-30"),  # Monday to Monday: the day itself does not count
        ((2026, 11, 27, 23), 5, "2026-12-04"),  # Friday, late
        ((2026, 11, 28, 10), 5, "2026-12-04"),  # Saturday: the first day is Monday
        ((2026, 9, 28, 9), 5, "2026-10-10"),  # before the National Day, and the 10th is worked although a Saturday
        ((2026, 9, 28, 9), 7, "2026-10-13"),
        ((2026, 2, 13, 9), 5, "2026-02-27"),  # the 14th is a worked Saturday, then the Spring Festival
    ],
)
def test_a_notice_stands_for_full_working_days(db, put_up_at, days, last):
    ends_at, counted = due_after(datetime(*put_up_at, tzinfo=ZONE), days)
    assert (str(localdate(ends_at)), counted["count"]) == (last, days)


def test_one_act_puts_up_many_and_opens_each_notice_step(cast):
    publish(notice_policy(), by=cast.an)
    fan = make.person("范知行")
    make.account("范知行", username="fan", person=fan)
    branch = make.organization("海珠湾朗读者协会党支部", under=cast.general_branch)
    cases = [case_at_publication(cast), case_at_publication(cast, person=fan, organization=branch)]
    notice = put_up_for(cast, *cases)
    assert [person.facts["name"] for person in people_on(notice)] == ["沈若溪", "范知行"]
    assert [(fresh(case).step, fresh(case).phase) for case in cases] == [("notice", "notice")] * 2
    assert {str(localdate(notice.ends_at)), notice.counted["count"], notice.contact} == {"2026-11-30", 5, CONTACT}
    stages = Stage.objects.filter(step="notice", outcome="").values_list("noticed__notice", flat=True)
    assert list(stages) == [notice.pk] * 2
    told = [entry.facts for entry in Entry.objects.filter(verb="notice.published")]
    assert [(facts["people"], facts["day"]) for facts in told] == [(2, "2026-11-30")] * 2


def test_the_same_click_puts_up_once(cast):
    publish(notice_policy(), by=cast.an)
    case = case_at_publication(cast)
    facts = {"people": [(case.pk, {"name": "沈若溪"})], "mode": "unlisted", "working_days": 5, "contact": CONTACT}
    first = put_up(**facts, by=cast.han, at=NOW, key="one")
    assert put_up(**facts, by=cast.han, at=NOW, key="one") == first
    assert Decision.objects.filter(seat__stage__step="publication").count() == 1


@pytest.mark.parametrize("who", ["lin", "zhou", "shi", "mei", "shen"])
def test_only_the_office_of_the_authority_puts_up(cast, who):
    publish(notice_policy(), by=cast.an)
    case = case_at_publication(cast)
    with pytest.raises(NotEntitled):
        put_up(
            people=[(case.pk, {})], mode="unlisted", working_days=5, contact=CONTACT, by=getattr(cast, who), at=NOW,
            key="k",
        )  # fmt: skip
    assert (fresh(case).step, PublicNotice.objects.count()) == ("publication", 0)


def test_only_permitted_facts_are_kept(cast):
    known = dict.fromkeys(PERMITTED, "x") | {
        "phone": "1",
        "identity": "2",
        "family": "3",
        "health": "4",
        "born_on": "5",
    }
    assert set(permitted(known)) == set(PERMITTED)
    case = on_notice(cast, form=True)
    person = case.noticed.get()
    assert facts_of_case(case) == people_on(person.notice)[0].facts == {
        "name": "沈若溪", "sex": "女", "birth_month": "1985年3月", "ethnicity": "汉族",
        "native_place": "南岭省海珠湾区",
        "political_status": "中共党员", "education": "大学本科、学士", "employer": "海珠湾晨光社工服务中心副主任",
        "organization": "海珠湾晨光社工服务中心党支部", "post": "书记",
    }  # fmt: skip
    assert "沈若溪" not in person.sealed


def test_nobody_is_cleared_before_the_end(cast):
    case = on_notice(cast)
    end = case.noticed.get().notice.ends_at
    for at in (NOW, end):
        with pytest.raises(NoticeRunning):
            cleared(case, cast.shi, at=at)
    cleared(case, cast.shi, at=end + timedelta(seconds=1))
    assert fresh(case).state == "done"


def test_a_board_in_the_unit_is_proved_by_a_photo(cast):
    case = on_notice(cast, mode="unit")
    person = case.noticed.get()
    with pytest.raises(BoardPhotoMissing):
        cleared(case, cast.shi)
    with pytest.raises(NotEntitled):
        add_photo(notice=person.notice, people=[person.pk], upload=picture(), by=cast.shi, at=NOW)
    file = add_photo(notice=person.notice, people=[person.pk], upload=picture(), by=cast.han, at=NOW)
    with pytest.raises(NotEntitled):
        add_photo(notice=person.notice, people=[person.pk], upload=picture(), by=cast.han, at=NOW)
    assert NoticePerson.objects.get().photo == file
    cleared(case, cast.shi)
    assert fresh(case).state == "done"


def test_a_notice_is_gone_at_its_end_and_the_candidate_is_in_process_again(cast):
    case = on_notice(cast)
    notice, expected = case.noticed.get().notice, case.expected_on
    assert shown_now(notice.token, at=notice.ends_at) == notice
    assert shown_now(notice.token, at=notice.ends_at + timedelta(seconds=1)) is None
    assert take_down(notice.ends_at) == 0
    assert (take_down(AFTER), take_down(AFTER)) == (1, 0)
    now = fresh(case)
    assert (now.phase, now.phase_since, now.expected_on) == ("in_process", notice.ends_at, expected)
    assert shown_now(notice.token, at=NOW) is None


def test_who_leaves_the_step_leaves_the_page(cast):
    case = on_notice(cast)
    notice = case.noticed.get().notice
    say(case, cast.shi, "change", reason="出生年月写错。")
    assert fresh(case).step == "publication"
    assert shown_now(notice.token, at=NOW) is None
    again = put_up_for(cast, case, at=NOW + timedelta(days=1))
    assert shown_now(again.token, at=NOW + timedelta(days=2)) == again
    assert str(localdate(again.ends_at)) == "2026-12-01"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda document: document["parameters"].update(notice_working_days=4), "notice_working_days"),
        (lambda document: document.pop("choices"), "choices: notice_mode"),
        (lambda document: document["choices"].update(notice_mode="billboard"), "choices: notice_mode"),
        (lambda document: document["choices"].update(other="unit"), "choices: other"),
        (lambda document: document["choices"].update(notice_mode="none"), "publication: tracks"),
    ],
)
def test_a_policy_says_where_and_how_long(cast, change, said):
    document = notice_policy()
    change(document)
    with pytest.raises(PolicyInvalid) as refusal:
        publish(document, by=cast.an)
    assert said in str(refusal.value)


def test_a_policy_without_notices_says_so_in_its_steps(cast):
    document = notice_policy("none")
    for step in document["steps"]:
        if step["step"] in ("publication", "notice"):
            step["tracks"] = []
    policy = publish(document, by=cast.an)
    assert (policy.choices["notice_mode"], "notice_mode" in policy.numbers) == ("none", False)


def test_nobody_proves_the_own_notice(cast, now):
    case = on_notice(cast, mode="unit")
    person = NoticePerson.objects.get(case=case)
    Account.objects.filter(person=case.subject).update(person=None)
    Account.objects.filter(pk=cast.han.pk).update(person=case.subject)
    with pytest.raises(NotEntitled):
        add_photo(
            notice=person.notice, people=[person.pk], upload=picture(), by=Account.objects.get(pk=cast.han.pk), at=NOW
        )
    person.refresh_from_db()
    assert person.photo is None


def test_a_notice_on_the_board_does_not_end_by_itself_without_its_photo(cast, now):
    case = on_notice(cast, mode="unit")
    person = NoticePerson.objects.get(case=case)
    over = person.notice.ends_at + timedelta(minutes=1)
    assert not closes_by_itself(case=case, step="notice", at=over)
    add_photo(notice=person.notice, people=[person.pk], upload=picture(), by=cast.han, at=NOW)
    assert closes_by_itself(case=case, step="notice", at=over)
    assert not closes_by_itself(case=case, step="notice", at=person.notice.ends_at)
