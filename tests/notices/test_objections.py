"""Objections: closed for all but the key, triaged, found, answered; and what they do to the notice."""

from datetime import date, timedelta

import pytest

from approvals.actions.upkeep import close_due_stages
from approvals.errors import NotEntitled
from approvals.models import Recusal, Stage
from audit.models import Entry
from notifications.messages import words_of
from notifications.models import Notice, Outbox
from tests import factories as make
from tests.cases import fresh, publish, say
from tests.factories import NOW, TODAY
from tests.notices.notices import (
    AFTER,
    TEXT,
    case_at_publication,
    cleared,
    notice_policy,
    objected,
    on_notice,
    put_up_for,
)
from workflows.notices import box
from workflows.notices.actions import journal
from workflows.notices.actions.objecting import Said, context_of, object_to
from workflows.notices.actions.settling import accept, conclude, read
from workflows.notices.actions.upkeep import once_a_day
from workflows.notices.enums import Finding
from workflows.notices.errors import AlreadySettled, ObjectionsClosed, ReviewDayWrong, SomethingOpen, WordsMissing
from workflows.notices.models import Objection, ObjectionEntry
from workflows.notices.queries import objections_for, people_watched, waiting_for
from workflows.notices.rules import FINDING_DAYS, new_code, tidy_code

pytestmark = pytest.mark.django_db
WORDS = {"grounds": "已向茶室核实，无此事。", "answer": "经核实，所反映情况不属实。"}


def test_a_box_opens_only_with_the_key_and_in_its_place(settings):
    closed = box.close({"a": "甲"}, context="here")
    assert box.open_box(closed, context="here") == {"a": "甲"}
    assert len(box.close({"a": "甲" * 3000}, context="here")) == len(closed)
    for wrong in (closed[:-8] + "AAAAAAA=", closed.replace("o1|", "o2|", 1), "rubbish"):
        with pytest.raises(box.BoxBroken):
            box.open_box(wrong, context="here")
    with pytest.raises(box.BoxBroken):
        box.open_box(closed, context="there")
    old = settings.OBJECTION_KEY
    settings.OBJECTION_KEY, public = box.new_pair()
    with pytest.raises(box.BoxBroken):
        box.open_box(closed, context="here")
    settings.OBJECTION_KEY = f"{settings.OBJECTION_KEY},{old}"
    assert box.open_box(closed, context="here") == {"a": "甲"}
    newest = box.close({}, context="here")
    settings.OBJECTION_KEY, settings.OBJECTION_PUBLIC_KEY = "", public
    assert newest.split("|")[1] == box.close({}, context="here").split("|")[1]
    with pytest.raises(box.NoKey):
        box.open_box(newest, context="here")


def test_an_objection_blocks_until_it_is_dismissed(cast):
    case = on_notice(cast)
    objection, code = objected(case)
    assert (objection.due_on, objection.standing) == (date(2026, 11, 25), "received")
    with pytest.raises(SomethingOpen):
        cleared(case, cast.shi)
    conclude(pk=objection.pk, finding=Finding.DISMISSED, by=cast.shi, at=NOW, **WORDS)
    cleared(case, cast.shi)
    assert fresh(case).state == "done"
    objection.refresh_from_db()
    assert WORDS["answer"] not in objection.answer
    told = box.open_with_code(objection.answer, code=code, context=context_of(objection.pk))
    assert told == {"answer": WORDS["answer"]}
    with pytest.raises(box.BoxBroken):
        box.open_with_code(objection.answer, code=new_code(), context=context_of(objection.pk))


@pytest.mark.parametrize(
    ("finding", "goes_on"), [(Finding.NO_INFLUENCE, True), (Finding.INFLUENCES, False), (Finding.SUSPENDS, False)]
)
def test_an_accepted_one_blocks_until_its_finding(cast, finding, goes_on):
    case = on_notice(cast)
    objection, _code = objected(case)
    accept(pk=objection.pk, by=cast.shi, at=NOW)
    with pytest.raises(SomethingOpen):
        cleared(case, cast.shi)
    review_on = date(2027, 1, 15) if finding == Finding.SUSPENDS else None
    conclude(pk=objection.pk, finding=finding, by=cast.shi, at=NOW, review_on=review_on, **WORDS)
    if goes_on:
        cleared(case, cast.shi)
        assert fresh(case).state == "done"
        return
    with pytest.raises(SomethingOpen):
        cleared(case, cast.shi)
    say(case, cast.shi, "refuse", at=AFTER, reason="公示后未予确认。", reason_for_person="不具备任职条件。")
    assert fresh(case).step == "reply"


def test_what_stood_in_the_way_of_one_notice_does_not_bind_the_next(cast):
    case = on_notice(cast)
    objection, _code = objected(case)
    accept(pk=objection.pk, by=cast.shi, at=NOW)
    conclude(pk=objection.pk, finding=Finding.INFLUENCES, by=cast.shi, at=NOW, **WORDS)
    say(case, cast.shi, "change", reason="现任职务写错。")
    put_up_for(cast, case, at=NOW)
    cleared(case, cast.shi)
    assert fresh(case).state == "done"


def test_an_open_one_goes_with_the_person_to_the_new_notice(cast):
    case = on_notice(cast)
    objected(case)
    say(case, cast.shi, "change", reason="现任职务写错。")
    put_up_for(cast, case, at=NOW)
    with pytest.raises(SomethingOpen):
        cleared(case, cast.shi)


@pytest.mark.parametrize("open_one", [True, False])
def test_a_notice_that_closes_by_itself_waits_for_what_is_open(cast, open_one):
    document = notice_policy()
    next(step for step in document["steps"] if step["step"] == "notice")["closes_by_itself"] = True
    publish(document, by=cast.an)
    case = case_at_publication(cast)
    put_up_for(cast, case)
    if open_one:
        objected(case)
    closes_at = Stage.objects.get(case=case, outcome="").closes_at
    assert close_due_stages(NOW + timedelta(days=3)) == 0
    assert close_due_stages(closes_at + timedelta(minutes=1)) == (0 if open_one else 1)


def test_refusals_of_the_officer_are_told(cast):
    case = on_notice(cast)
    objection, _code = objected(case)
    common = {"pk": objection.pk, "by": cast.shi, "at": NOW}
    with pytest.raises(AlreadySettled):
        conclude(finding=Finding.INFLUENCES, **common, **WORDS)
    accept(**common)
    for refusal, act in (
        (AlreadySettled, lambda: accept(**common)),
        (AlreadySettled, lambda: conclude(finding=Finding.DISMISSED, **common, **WORDS)),
        (WordsMissing, lambda: conclude(finding=Finding.INFLUENCES, grounds=" ", answer="x", **common)),
        (ReviewDayWrong, lambda: conclude(finding=Finding.SUSPENDS, review_on=NOW.date(), **common, **WORDS)),
    ):
        with pytest.raises(refusal):
            act()


@pytest.mark.parametrize("who", ["han", "lin", "zhou", "wu", "shen", "jian", "an", "xu", "chen"])
def test_nobody_but_the_discipline_officer_touches_the_store(cast, who):
    objection, _code = objected(on_notice(cast))
    account = getattr(cast, who)
    assert list(objections_for(account, on=NOW.date())) == []
    for act in (read, accept):
        with pytest.raises(NotEntitled):
            act(pk=objection.pk, by=account, at=NOW)


def test_an_officer_never_reads_what_is_said_about_himself(cast):
    objection, _code = objected(on_notice(cast))
    cast.shi.person = cast.shen_person
    assert list(objections_for(cast.shi, on=NOW.date())) == []
    assert objection.pk


def test_the_same_form_sent_twice_is_taken_once(cast):
    case, code = on_notice(cast), new_code()
    for _ in range(2):
        object_to(person=case.noticed.get(), said=Said(TEXT), code=code, at=NOW)
    assert Objection.objects.count() == 1


def test_a_flooded_page_takes_no_more_and_letters_still_do(cast, monkeypatch):
    case = on_notice(cast)
    monkeypatch.setattr("workflows.notices.actions.objecting.MOST_A_NOTICE", 1)
    objected(case)
    with pytest.raises(ObjectionsClosed):
        objected(case)
    objected(case, way="letter")


def test_codes_are_read_as_people_write_them():
    code = new_code()
    assert tidy_code(f" {code[:4].lower()} {code[4:8]}-{code[8:]} ") == code
    assert tidy_code(code[:-1]) == tidy_code("") == ""


def test_acts_on_objections_stand_in_the_journal_of_the_store_and_nowhere_else(cast):
    case = on_notice(cast)
    objection, _code = objected(case)
    before, told = Entry.objects.count(), Outbox.objects.count() + Notice.objects.count()
    assert read(pk=objection.pk, by=cast.shi, at=NOW)["text"] == TEXT
    accept(pk=objection.pk, by=cast.shi, at=NOW)
    conclude(pk=objection.pk, finding=Finding.NO_INFLUENCE, by=cast.shi, at=NOW, **WORDS)
    assert (Entry.objects.count(), Outbox.objects.count() + Notice.objects.count()) == (before, told)
    opened = [box.open_box(entry.box, context=f"{journal.CONTEXT}:{entry.place}") for entry in entries()]
    assert [(entry["verb"], entry["by"]) for entry in opened] == [
        ("read", cast.shi.pk), ("accepted", cast.shi.pk), ("concluded", cast.shi.pk)
    ]  # fmt: skip
    assert journal.verify().holds


def entries():
    return ObjectionEntry.objects.order_by("place")


def test_what_is_taken_from_the_store_is_missed(cast):
    case = on_notice(cast)
    (one, _), (other, _) = objected(case), objected(case)
    assert once_a_day(NOW) == 1
    assert journal.verify() == journal.Verdict(1, [], [])
    Objection.objects.filter(pk=one.pk).delete()
    Objection.objects.filter(pk=other.pk).update(box=box.close({}, context=context_of(other.pk)))
    assert journal.verify().gone == sorted([str(one.pk), str(other.pk)])
    ObjectionEntry.objects.update(before="0" * 64)
    assert journal.verify().broken == [1]


def test_the_end_of_the_journal_is_logged_every_day_whether_anything_came_or_not(cast):
    on_notice(cast)
    days = [NOW + timedelta(days=n) for n in (0, 0, 1)]
    assert [once_a_day(at) for at in days] == [1, 0, 1]
    logged = [entry.facts["end"] for entry in Entry.objects.filter(stream="objections").order_by("seq")]
    assert logged == [entry.digest for entry in entries()]


def test_the_daily_round_writes_the_rows_anew(cast):
    case = on_notice(cast)
    objection, code = objected(case)
    once_a_day(NOW)
    assert box.open_box(Objection.objects.get(pk=objection.pk).box, context=context_of(objection.pk))["code"] == code


def heard(kind: str) -> list[tuple[str, str]]:
    return list(Notice.objects.filter(kind=kind).order_by("pk").values_list("recipient__username", "body"))


def words(kind: str, **facts: int) -> str:
    return words_of(kind, facts, language="zh-hans").text


def test_officers_are_told_in_counts_once_a_day_and_late_ones_as_late(cast):
    case = on_notice(cast)
    once_a_day(NOW)
    assert (heard("objections_waiting"), [who for who, _ in heard("notices_watched")]) == ([], ["shi"])
    objected(case, at=NOW)
    objected(case, at=NOW)
    assert Notice.objects.filter(kind__startswith="objections").count() == 0
    for days in (1, 2, 3):
        once_a_day(NOW + timedelta(days=days))
    assert heard("objections_waiting") == [("shi", words("objections_waiting", n=2))] * 2
    assert heard("objections_late") == [("shi", words("objections_late", n=2, late=2))]
    assert Outbox.objects.filter(kind__startswith="objections").count() == 0
    assert len(heard("notices_watched")) == 2


@pytest.mark.parametrize("suspended", [True, False])
def test_officers_are_told_again_when_the_day_of_a_taken_up_one_has_come(cast, suspended):
    objection, _code = objected(on_notice(cast))
    accept(pk=objection.pk, by=cast.shi, at=NOW)
    if suspended:
        review_on = TODAY + timedelta(days=100)
        conclude(pk=objection.pk, finding=Finding.SUSPENDS, by=cast.shi, at=NOW, review_on=review_on, **WORDS)
    days = 100 if suspended else FINDING_DAYS
    for n in (0, 1, days - 1):
        once_a_day(NOW + timedelta(days=n))
    assert Notice.objects.filter(kind__startswith="objections").count() == 0
    once_a_day(NOW + timedelta(days=days))
    assert heard("objections_waiting") == [("shi", words("objections_waiting", n=1))]
    assert waiting_for(cast.shi, on=TODAY + timedelta(days=days)).count() == 1
    once_a_day(NOW + timedelta(days=days + 1))
    assert heard("objections_late") == [("shi", words("objections_late", n=1, late=1))]


def test_without_a_key_the_round_rests_and_nothing_is_taken(cast, settings):
    case = on_notice(cast)
    settings.OBJECTION_KEY = settings.OBJECTION_PUBLIC_KEY = ""
    assert once_a_day(NOW) == 0
    with pytest.raises(ObjectionsClosed):
        objected(case)
    cleared(case, cast.shi)
    assert fresh(case).state == "done"


def test_an_officer_who_stepped_back_from_the_case_reads_no_objection_of_it(cast):
    case, person = on_notice(cast), make.person("何青")
    make.account(person.name, person=person)
    other = case_at_publication(cast, person=person)
    put_up_for(cast, other)
    mine, theirs = objected(case)[0], objected(other)[0]
    assert set(objections_for(cast.shi, on=TODAY)) == {mine, theirs}
    seat = case.stages.get(outcome="").seats.first()
    Recusal.objects.create(case=case, seat=seat, account=cast.shi, recused=True, at=NOW)
    assert set(objections_for(cast.shi, on=TODAY)) == {theirs}
    assert set(people_watched(cast.shi, on=TODAY).values_list("case", flat=True)) == {other.pk}
    with pytest.raises(NotEntitled):
        accept(pk=mine.pk, by=cast.shi, at=NOW)
