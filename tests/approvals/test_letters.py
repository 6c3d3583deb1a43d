"""Letters to departments: sent, answered by account and on paper, or asked of nobody."""

from datetime import timedelta

import pytest

from approvals.actions.decisions import Answer, decide
from approvals.actions.letter_delays import remind_department
from approvals.actions.letter_replies import Reply, answer_letter, confirm_reply, discard_entry, enter_reply
from approvals.enums import Phase
from approvals.errors import AnswerNotOffered, NotEntitled, OwnCase, ReasonMissing
from approvals.letter_errors import (
    AskedAlready,
    EntryWaits,
    FindingMissing,
    LetterClosed,
    NobodyToAsk,
    NothingEntered,
    NotOnTheLetter,
    SecondPersonNeeded,
)
from approvals.models import Decision, InboxRow, Letter, Seat, Stage
from audit.models import Entry
from notifications.models import Notice
from tests import factories as make
from tests.approvals.rebuilt import differences
from tests.approvals.test_statements import statements
from tests.cases import fresh
from tests.letters import asked_case, asked_cases, departments, in_force, item_of, lines, officer_of, read_on, sent

NOTHING = Reply()
LATER = make.NOW + timedelta(days=30)


# Sending


def test_one_letter_a_department_lists_people_from_any_cases(office):
    departments("南岭省高级人民法院")
    cases = asked_cases(office, 2)
    letters = sent(office, cases)
    assert [letter.department.name for letter in letters] == ["南岭省公安厅", "南岭省高级人民法院"]
    assert [list(lines(letter)) for letter in letters] == [["丁若0", "蒲若1"]] * 2
    assert len({letter.number for letter in letters}) == 2
    assert "函〔2026〕1号" in letters[0].number
    assert letters[0].counted["count"] == 10
    told = Notice.objects.filter(recipient=office.deng, kind="letter_sent")
    assert [notice.link for notice in told] == [f"/letters/{letters[0].token}/"]


def test_the_same_click_sends_nothing_twice_and_another_is_told(office):
    cases = asked_cases(office, 1)
    seats = list(Seat.objects.filter(stage__case__in=cases, state="open").values_list("pk", flat=True))
    first = sent(office, cases)
    from tests.letters import ASKS, send

    again = {"seat_pks": seats, "asks": ASKS, "working_days": 10, "by": office.han, "at": make.NOW}
    assert send(**again, key="send") == first
    with pytest.raises(AskedAlready):
        send(**again, key="other")
    with pytest.raises(NobodyToAsk):
        send(**again | {"seat_pks": []}, key="none")
    assert Letter.objects.count() == 1


@pytest.mark.parametrize("who", ["lin", "wu", "shi", "deng", "an"])
def test_only_the_office_of_the_body_sends(office, who):
    cases = asked_cases(office, 1)
    with pytest.raises(NotEntitled):
        sent(office, cases, by=getattr(office, who))


def test_nobody_handles_a_letter_about_himself(office):
    case = asked_case(office, "丁素秋")
    make.assign(case.subject.account, "organizer", office.province)
    with pytest.raises(OwnCase):
        sent(office, [case], by=case.subject.account)
    (letter,) = sent(office, [case])
    with pytest.raises(OwnCase):
        remind_department(letter_pk=letter.pk, by=case.subject.account, at=make.NOW)
    assert not Letter.objects.visible_to(case.subject.account, on=make.TODAY).exists()


# Answering by account


def test_the_department_answers_and_the_case_goes_on(office):
    case = asked_case(office, "丁素秋")
    (letter,) = sent(office, [case])
    assert fresh(case).phase == Phase.IN_PROCESS
    answer_letter(letter_pk=letter.pk, reply=NOTHING, by=office.deng, at=make.NOW, key="k")
    assert fresh(case).state == "done"
    decision = Decision.objects.get(seat__letter_item__letter=letter)
    assert (decision.verb, decision.on_behalf_of, decision.by, decision.entered_by) == (
        "answer", "南岭省公安厅", office.deng, None,
    )  # fmt: skip
    letter.refresh_from_db()
    assert (letter.state, lines(letter)) == ("closed", {"丁素秋": "no_finding"})
    assert differences(fresh(case)) == []
    assert Notice.objects.filter(recipient=office.han, kind="letter_answered").count() == 1


def test_the_step_waits_for_every_department(office):
    (court,) = departments("南岭省高级人民法院")
    case = asked_case(office, "丁素秋")
    police_letter, court_letter = sent(office, [case])
    answer_letter(letter_pk=police_letter.pk, reply=NOTHING, by=office.deng, at=make.NOW, key="k")
    assert fresh(case).step == "letters"
    judge = officer_of(court, "方法官")
    answer_letter(letter_pk=court_letter.pk, reply=NOTHING, by=judge, at=make.NOW, key="k")
    assert fresh(case).state == "done"


def test_a_double_click_answers_once_and_a_later_answer_is_told(office):
    case = asked_case(office, "丁素秋")
    (letter,) = sent(office, [case])
    for _ in range(2):
        answer_letter(letter_pk=letter.pk, reply=NOTHING, by=office.deng, at=make.NOW, key="k")
    with pytest.raises(LetterClosed):
        answer_letter(letter_pk=letter.pk, reply=NOTHING, by=office.deng, at=make.NOW, key="other")
    assert Decision.objects.filter(seat__letter_item__letter=letter).count() == 1


def test_another_department_sees_and_answers_nothing(office):
    (court,) = departments("南岭省高级人民法院")
    judge = officer_of(court, "方法官")
    case = asked_case(office, "丁素秋")
    police_letter, court_letter = sent(office, [case])
    assert list(Letter.objects.visible_to(judge, on=make.TODAY)) == [court_letter]
    with pytest.raises(NotEntitled):
        answer_letter(letter_pk=police_letter.pk, reply=NOTHING, by=judge, at=make.NOW, key="k")


def test_a_finding_is_sealed_and_asks_the_deciders_for_a_reason(office):
    in_force_full = "2024年一件民事案件，已调解结案。"
    case = asked_case(office, "汤问渠")
    (letter,) = sent(office, [case])
    reply = Reply({item_of(letter, case).pk: in_force_full})
    answer_letter(letter_pk=letter.pk, reply=reply, by=office.deng, at=make.NOW, key="k")
    item = item_of(letter, case)
    assert item.answer == "finding"
    assert in_force_full not in str(item.finding)
    assert read_on(case, "letters") == [("南岭省公安厅", in_force_full, False)]
    assert not any(in_force_full in entry.body for entry in Entry.objects.all())
    assert not Decision.objects.filter(reason__contains="民事").exists()


def test_a_finding_is_read_at_later_steps_and_not_at_those_before(office):
    in_force(office, full=True)
    case = asked_case(office, "汤问渠")
    (letter,) = sent(office, [case])
    reply = Reply({item_of(letter, case).pk: "2024年一件民事案件。"})
    answer_letter(letter_pk=letter.pk, reply=reply, by=office.deng, at=make.NOW, key="k")
    steps = list(Stage.objects.filter(case=case).order_by("pk").values_list("step", flat=True))
    after = steps.index("letters")
    assert 0 < after < len(steps) - 1
    assert [len(read_on(case, step)) for step in steps] == [0] * after + [1] * (len(steps) - after)


def test_an_exception_needs_words_and_somebody_on_the_list(office):
    case = asked_case(office, "丁素秋")
    (letter,) = sent(office, [case])
    for reply, refusal in [
        (Reply({item_of(letter, case).pk: "  "}), FindingMissing),
        (Reply({999_999: "有"}), NotOnTheLetter),
        (Reply({}, [item_of(letter, case).pk]), NotOnTheLetter),
    ]:
        with pytest.raises(refusal):
            answer_letter(letter_pk=letter.pk, reply=reply, by=office.deng, at=make.NOW, key="k")
    assert fresh(case).step == "letters"


# On paper


def test_a_stamped_reply_is_typed_in_by_one_and_checked_by_another(office):
    case = asked_case(office, "丁素秋")
    (letter,) = sent(office, [case])
    for _ in range(2):
        enter_reply(letter_pk=letter.pk, reply=NOTHING, by=office.han, at=make.NOW, key="e")
    assert fresh(case).step == "letters"
    with pytest.raises(SecondPersonNeeded):
        confirm_reply(letter_pk=letter.pk, by=office.han, at=make.NOW, key="c")
    with pytest.raises(EntryWaits):
        enter_reply(letter_pk=letter.pk, reply=NOTHING, by=office.clerk, at=make.NOW, key="other")
    for _ in range(2):
        confirm_reply(letter_pk=letter.pk, by=office.clerk, at=make.NOW, key="c")
    decision = Decision.objects.get(seat__letter_item__letter=letter)
    assert (decision.by, decision.entered_by, decision.on_behalf_of) == (office.clerk, office.han, "南岭省公安厅")
    assert fresh(case).state == "done"
    assert differences(fresh(case)) == []


def test_a_wrong_entry_is_thrown_away_with_a_reason(office):
    case = asked_case(office, "丁素秋")
    (letter,) = sent(office, [case])
    with pytest.raises(NothingEntered):
        confirm_reply(letter_pk=letter.pk, by=office.clerk, at=make.NOW, key="c")
    with pytest.raises(NothingEntered):
        discard_entry(letter_pk=letter.pk, reason="看错一行", by=office.clerk, at=make.NOW)
    enter_reply(letter_pk=letter.pk, reply=NOTHING, by=office.han, at=make.NOW, key="e")
    with pytest.raises(ReasonMissing):
        discard_entry(letter_pk=letter.pk, reason=" ", by=office.clerk, at=make.NOW)
    discard_entry(letter_pk=letter.pk, reason="看错一行", by=office.clerk, at=make.NOW)
    letter.refresh_from_db()
    assert (letter.state, lines(letter)) == ("sent", {"丁素秋": ""})
    enter_reply(letter_pk=letter.pk, reply=NOTHING, by=office.clerk, at=make.NOW, key="again")
    confirm_reply(letter_pk=letter.pk, by=office.han, at=make.NOW, key="c")
    assert fresh(case).state == "done"


def test_the_departments_own_answer_goes_before_what_was_typed_in(office):
    case = asked_case(office, "丁素秋")
    (letter,) = sent(office, [case])
    enter_reply(letter_pk=letter.pk, reply=NOTHING, by=office.han, at=make.NOW, key="e")
    reply = Reply({item_of(letter, case).pk: "有一起行政处罚。"})
    answer_letter(letter_pk=letter.pk, reply=reply, by=office.deng, at=make.NOW, key="k")
    with pytest.raises(LetterClosed):
        confirm_reply(letter_pk=letter.pk, by=office.clerk, at=make.NOW, key="c")
    assert lines(letter) == {"丁素秋": "finding"}


def test_forty_seven_names_are_answered_by_one_sentence(office):
    small, large = asked_cases(office, 2), asked_cases(office, 47)
    (two,), (many,) = sent(office, small, key="a"), sent(office, large, key="b")
    excepted = {item_of(many, case).pk: "有情况说明" for case in large[:2]}
    enter_reply(letter_pk=many.pk, reply=Reply(excepted), by=office.han, at=make.NOW, key="e")
    enter_reply(letter_pk=two.pk, reply=NOTHING, by=office.han, at=make.NOW, key="e2")
    departments("南岭省税务局")  # asked only about people who come later
    few = statements(lambda: confirm_reply(letter_pk=two.pk, by=office.clerk, at=make.NOW, key="c2"))
    all_of_them = statements(lambda: confirm_reply(letter_pk=many.pk, by=office.clerk, at=make.NOW, key="c"))
    answers = list(lines(many).values())
    assert (answers.count("finding"), answers.count("no_finding")) == (2, 45)
    assert {fresh(case).state for case in large} == {"done"}
    assert [differences(fresh(case)) for case in large[:3]] == [[]] * 3
    print(f"\n{few} statements for 2 people, {all_of_them} for 47, {(all_of_them - few) / 45:.1f} a person")
    assert all_of_them - few <= 45 * (few / 2)  # each further person costs no more than the first ones


# Nobody to ask


def test_where_no_department_is_named_the_office_says_why_the_case_goes_on(cast):
    in_force(cast)
    case = asked_case(cast, "丁素秋")
    seat = Seat.objects.get(stage__case=case, state="open")
    row = InboxRow.objects.get(seat=seat)
    assert (seat.department, row.account, row.red_findings) == (None, cast.han, 1)
    with pytest.raises(AnswerNotOffered):
        decide(seat_pk=seat.pk, answer=Answer("answer"), by=cast.han, at=make.NOW, key="k")
    with pytest.raises(ReasonMissing):
        decide(seat_pk=seat.pk, answer=Answer("waive"), by=cast.han, at=make.NOW, key="k")
    decide(seat_pk=seat.pk, answer=Answer("waive", "本级没有联审单位"), by=cast.han, at=make.NOW, key="k")
    assert fresh(case).state == "done"
    assert Stage.objects.get(case=case, step="letters").outcome == "done"
    assert differences(fresh(case)) == []
