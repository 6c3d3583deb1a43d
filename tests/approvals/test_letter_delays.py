"""Letters that are late: reminded, given more time, waived by the chair, put off; silence is never consent."""

from datetime import date, timedelta

import pytest

from approvals.actions.letter_delays import close_without_reply, extend_letter, hold_person, remind_department
from approvals.actions.letter_replies import Reply, answer_letter, discard_entry, enter_reply
from approvals.actions.upkeep import close_due_stages
from approvals.errors import NotEntitled, ReasonMissing
from approvals.letter_errors import DayTooEarly, NotLateYet
from approvals.models import LetterExtension, Stage
from audit.models import Entry
from notifications.models import Notice
from organizations.calendar import end_of_day
from tests import factories as make
from tests.approvals.rebuilt import differences
from tests.cases import fresh
from tests.letters import asked_case, asked_cases, item_of, lines, read_on, sent

NOTHING = Reply()
LATER = make.NOW + timedelta(days=30)


def test_a_late_department_is_reminded_extended_and_at_last_waived_by_the_chair(office):
    case = asked_case(office, "丁素秋")
    (letter,) = sent(office, [case])
    for _ in range(2):
        remind_department(letter_pk=letter.pk, by=office.han, at=LATER)
    assert Notice.objects.filter(recipient=office.deng, kind="letter_reminded").count() == 1
    given = {"working_days": 3, "reason": "正在核查", "by": office.han, "at": LATER, "key": "x"}
    assert extend_letter(letter_pk=letter.pk, **given) == extend_letter(letter_pk=letter.pk, **given)
    extension = LetterExtension.objects.get()
    letter.refresh_from_db()
    assert (extension.due_at, letter.counted["count"]) == (letter.due_at, 3)
    waived = {"reason": "电话确认无情况，书面回函在途", "by": office.chair, "key": "w"}
    with pytest.raises(NotLateYet):
        close_without_reply(letter_pk=letter.pk, at=LATER, **waived)
    after = letter.due_at + timedelta(days=1)
    with pytest.raises(NotEntitled):
        close_without_reply(letter_pk=letter.pk, at=after, **waived | {"by": office.han})
    with pytest.raises(ReasonMissing):
        close_without_reply(letter_pk=letter.pk, at=after, **waived | {"reason": ""})
    assert fresh(case).step == "letters"
    for _ in range(2):
        close_without_reply(letter_pk=letter.pk, at=after, **waived)
    assert fresh(case).state == "done"
    assert read_on(case, "letters") == [("南岭省公安厅", "", True)]
    assert differences(fresh(case)) == []
    assert Entry.objects.filter(verb="letter.reminded").count() == 1


def test_an_extension_needs_a_reason_and_a_day(office):
    case = asked_case(office, "丁素秋")
    (letter,) = sent(office, [case])
    for given, refusal in [
        ({"working_days": 0, "reason": "核查"}, DayTooEarly),
        ({"working_days": 2, "reason": ""}, ReasonMissing),
    ]:
        with pytest.raises(refusal):
            extend_letter(letter_pk=letter.pk, by=office.han, at=make.NOW, key="x", **given)


def test_why_a_letter_got_more_time_is_sealed_in_each_record(office):
    cases = asked_cases(office, 2)
    (letter,) = sent(office, cases)
    words = "丁若0正在接受核查"
    extend_letter(letter_pk=letter.pk, working_days=3, reason=words, by=office.han, at=make.NOW, key="x")
    entries = list(Entry.objects.filter(verb="letter.extended"))
    assert [bool(one.sealed) for one in entries] == [True, True]
    assert not any(words in f"{one.facts}{one.sealed}" for one in entries)


def test_silence_is_never_consent(office):
    case = asked_case(office, "丁素秋")
    sent(office, [case])
    assert close_due_stages(LATER + timedelta(days=300)) == 0
    assert fresh(case).step == "letters"


def test_a_telephone_wait_leaves_the_seat_open_until_its_day(office):
    cases = asked_cases(office, 2)
    (letter,) = sent(office, cases)
    item = item_of(letter, cases[0])
    held = {
        "letter_pk": letter.pk,
        "item_pk": item.pk,
        "words": "邓平川来电，案件未结",
        "by": office.han,
        "at": make.NOW,
    }
    with pytest.raises(DayTooEarly):
        hold_person(**held, review_on=make.TODAY)
    for _ in range(2):
        hold_person(**held, review_on=date(2027, 1, 20))
    assert Entry.objects.filter(verb="letter.held").count() == 1
    answer_letter(letter_pk=letter.pk, reply=Reply({}, [item.pk]), by=office.deng, at=make.NOW, key="k")
    assert [fresh(case).state for case in cases] == ["open", "done"]
    letter.refresh_from_db()
    assert (letter.state, list(lines(letter).values())) == ("sent", ["wait", "no_finding"])
    with pytest.raises(NotLateYet):  # the letter is late, the person is not
        close_without_reply(
            letter_pk=letter.pk, reason="催不到", by=office.chair, at=end_of_day(date(2027, 1, 10)), key="w"
        )
    answer_letter(letter_pk=letter.pk, reply=NOTHING, by=office.deng, at=LATER, key="k2")
    assert fresh(cases[0]).state == "done"
    assert differences(fresh(cases[0])) == []


def limit_of(case) -> Stage:
    return Stage.objects.get(case=case, step="letters")


def test_more_time_and_a_wait_put_off_the_limit_of_the_step(office):
    cases = asked_cases(office, 2)
    (letter,) = sent(office, cases)
    given = {"working_days": 5, "reason": "正在核查", "by": office.han, "at": make.NOW, "key": "x"}
    until = extend_letter(letter_pk=letter.pk, **given).due_at
    letter.refresh_from_db()
    assert [(limit_of(case).due_at, limit_of(case).counted) for case in cases] == [(until, letter.counted)] * 2
    held = {"letter_pk": letter.pk, "item_pk": item_of(letter, cases[0]).pk, "words": "来电", "by": office.han}
    hold_person(**held, review_on=date(2027, 1, 20), at=make.NOW)
    assert [limit_of(case).due_at for case in cases] == [end_of_day(date(2027, 1, 20)), until]
    hold_person(**held, review_on=make.TODAY + timedelta(days=1), at=make.NOW)
    assert limit_of(cases[0]).due_at == end_of_day(date(2027, 1, 20))
    assert Entry.objects.filter(verb="stage.put_off").count() == 3
    assert [differences(fresh(case)) for case in cases] == [[], []]


@pytest.mark.parametrize("thrown_away", [True, False])
def test_what_was_typed_in_gives_way_to_the_wait_agreed_on_before(office, thrown_away):
    cases = asked_cases(office, 2)
    (letter,) = sent(office, cases)
    waiting, other = (item_of(letter, case) for case in cases)
    hold_person(
        letter_pk=letter.pk, item_pk=waiting.pk, review_on=date(2027, 1, 20), words="来电", by=office.clerk, at=make.NOW
    )
    enter_reply(letter_pk=letter.pk, reply=NOTHING, by=office.han, at=LATER, key="e")
    if thrown_away:
        discard_entry(letter_pk=letter.pk, reason="看错一行", by=office.clerk, at=LATER)
    else:
        answer_letter(letter_pk=letter.pk, reply=Reply({}, [waiting.pk]), by=office.deng, at=LATER, key="k")
    waiting.refresh_from_db()
    stands = (waiting.answer, waiting.review_on, waiting.entered_by, waiting.entered_at)
    assert stands == ("wait", date(2027, 1, 20), office.clerk, make.NOW)
    other.refresh_from_db()
    assert other.answer == ("" if thrown_away else "no_finding")
