"""Filling in, handing in, correcting: who may, what is frozen, what follows."""

from datetime import timedelta

import pytest

from approvals.enums import Outcome, Phase, Verb
from approvals.errors import NotEntitled
from approvals.models import Decision, InboxRow, Stage
from audit.models import Entry
from organizations.actions.helpers import add_helper
from tests.appointment_review.candidate import FIELDS, PAGE, document, fill_in, hand_over_files
from tests.cases import fresh, new_case, policy, say  # noqa: F401
from tests.factories import NOW, TODAY
from workflows.appointment_review.actions.forms import (
    FormOvertaken,
    OnlyTheCandidate,
    add_row,
    hand_in,
    mark_corrected,
    remove_row,
    save_fields,
)
from workflows.appointment_review.actions.replies import ReplyEmpty, draft_of_reply, hand_in_reply, save_reply
from workflows.appointment_review.candidate_queries import (
    changes_between,
    corrections_of,
    current_form,
    document_of,
    refusal_told,
    seat_of_candidate,
    submitted_versions,
)
from workflows.appointment_review.errors import FormIncomplete, NotHandedIn
from workflows.appointment_review.form_fields import CONSENT_TEXT
from workflows.appointment_review.models import Finding, FormVersion, Reply
from workflows.appointment_review.rules.documents import Page

LATER = NOW + timedelta(days=1)


@pytest.fixture
def case(cast, policy):  # noqa: F811
    return new_case(cast)


def ready(case, by, **sections):
    fill_in(case, by, **sections)
    hand_over_files(case, by)


def handed_in(case, by, *, key="click", at=NOW):
    return hand_in(case_pk=case.pk, by=by, at=at, key=key, consent_text=CONSENT_TEXT)


def test_the_form_starts_with_what_the_ledger_knows(case):
    form = current_form(case, today=TODAY)
    assert form.version is None
    assert (form.document["basics"]["name"], form.document["basics"]["born_on"]) == ("沈若溪", "1985-03-09")


def test_what_is_typed_is_sealed_under_the_persons_key(cast, case):
    fill_in(case, cast.shen)
    (draft,) = FormVersion.objects.all()
    assert "沈若溪" not in draft.sealed
    assert draft.sealed.startswith("v1|")
    assert document_of(case.subject, draft)["membership"]["joined_on"] == "2006-05-04"


def test_handing_in_freezes_the_form_and_the_office_has_it(cast, case):
    ready(case, cast.shen)
    decision = handed_in(case, cast.shen)
    (version,) = FormVersion.objects.all()
    assert (version.submitted_at, version.confirmed_by, version.consent_text) == (NOW, cast.shen, CONSENT_TEXT)
    assert (decision.verb, fresh(case).step, fresh(case).phase) == (Verb.HAND_IN, "completeness", Phase.IN_PROCESS)
    assert list(Finding.objects.values_list("code", flat=True)) == []
    verbs = Entry.objects.filter(stream=f"case:{case.number}").order_by("seq").values_list("verb", flat=True)
    assert list(verbs)[-5:-2] == ["form.handed_in", "findings.made", "seat.hand_in"]


def test_a_second_press_with_the_same_key_changes_nothing(cast, case):
    ready(case, cast.shen)
    first = handed_in(case, cast.shen)
    assert handed_in(case, cast.shen) == first
    assert (Decision.objects.count(), FormVersion.objects.count()) == (1, 1)


def test_an_incomplete_form_is_refused_and_nothing_changes(cast, case):
    fill_in(case, cast.shen)
    hand_over_files(case, cast.shen, kinds=("photo",))
    with pytest.raises(FormIncomplete) as refusal:
        handed_in(case, cast.shen)
    assert refusal.value.facts == {"count": 7}
    assert (fresh(case).step, Decision.objects.count(), Finding.objects.count()) == ("materials", 0, 0)


def test_another_consent_than_the_one_shown_is_refused(cast, case):
    ready(case, cast.shen)
    with pytest.raises(FormIncomplete):
        hand_in(case_pk=case.pk, by=cast.shen, at=NOW, key="k", consent_text="2020-01")


def test_who_keeps_a_post_elsewhere_brings_the_employers_consent(cast, case):
    ready(case, cast.shen, posts={"keeps_post": "yes"})
    with pytest.raises(FormIncomplete):
        handed_in(case, cast.shen)
    hand_over_files(case, cast.shen, kinds=("employer_consent",))
    assert handed_in(case, cast.shen).verb == Verb.HAND_IN


def test_findings_are_stored_with_the_version_and_redden_the_inbox(cast, case):
    ready(case, cast.shen, membership={"joined_on": "2024-12-20", "full_member_on": "2025-12-20"})
    handed_in(case, cast.shen)
    (finding,) = Finding.objects.all()
    assert (finding.code, finding.level, finding.facts["months"]) == ("membership_short", "reason", 11)
    assert list(InboxRow.objects.values_list("red_findings", flat=True).distinct()) == [1]


def test_a_helper_fills_in_but_only_the_candidate_hands_in(cast, case):
    add_helper(candidate=cast.shen, login="he", at=NOW)
    for name in ("basics", "membership"):
        save_fields(case_pk=case.pk, section=name, values=FIELDS[name], page=PAGE, by=cast.he, at=NOW)
    with pytest.raises(OnlyTheCandidate):
        save_fields(case_pk=case.pk, section="pledge", values={"truth": "on"}, page=PAGE, by=cast.he, at=NOW)
    with pytest.raises(OnlyTheCandidate):
        handed_in(case, cast.he)
    assert FormVersion.objects.get().saved_by == cast.he


@pytest.mark.parametrize("name", ["he", "lin", "wu", "ma"])
def test_nobody_else_writes_into_the_form(cast, case, name):
    with pytest.raises(NotEntitled):
        save_fields(
            case_pk=case.pk, section="basics", values={"email": "a@b.cn"}, page=PAGE, by=getattr(cast, name), at=NOW
        )


def test_two_pages_do_not_overwrite_each_other(cast, case):
    save = {"case_pk": case.pk, "section": "basics", "by": cast.shen, "at": NOW}
    save_fields(values={"native_place": "南岭省云州市"}, page=Page("a", 0), **save)
    with pytest.raises(FormOvertaken):
        save_fields(values={"native_place": "南岭省鹏城市"}, page=Page("b", 0), **save)
    save_fields(values={"email": "shen@example.com"}, page=Page("b", 0), **save)
    basics = current_form(case, today=TODAY).document["basics"]
    assert (basics["native_place"], basics["email"]) == ("南岭省云州市", "shen@example.com")


def test_a_row_that_is_gone_cannot_be_typed_into(cast, case):
    row = add_row(case_pk=case.pk, section="family", by=cast.shen, at=NOW)
    remove_row(case_pk=case.pk, section="family", row=row, by=cast.shen, at=NOW)
    with pytest.raises(FormOvertaken):
        save_fields(
            case_pk=case.pk, section="family", values={f"rows-{row}-name": "陆远"}, page=PAGE, by=cast.shen, at=NOW
        )


def test_once_handed_in_nothing_can_be_typed(cast, case):
    ready(case, cast.shen)
    handed_in(case, cast.shen)
    with pytest.raises(NotHandedIn):
        save_fields(case_pk=case.pk, section="basics", values={"email": "a@b.cn"}, page=PAGE, by=cast.shen, at=NOW)


def test_a_return_starts_the_next_version_and_tells_what_changed(cast, case):
    ready(case, cast.shen)
    handed_in(case, cast.shen)
    say(
        fresh(case),
        cast.lin,
        "return",
        at=LATER,
        corrections=[("form:basics", "电话打不通"), ("material:pledge", "没有签名")],
    )
    case = fresh(case)
    corrections = corrections_of(case)
    assert [(one.target, one.text) for one in corrections] == [
        ("form:basics", "电话打不通"),
        ("material:pledge", "没有签名"),
    ]
    mark_corrected(correction_pk=corrections[0].pk, case_pk=case.pk, done=True, by=cast.shen, at=LATER)
    assert [one.done_at for one in corrections_of(case)] == [LATER, None]

    save = {"case_pk": case.pk, "page": PAGE, "by": cast.shen, "at": LATER}
    save_fields(section="basics", values={"phone": "13900000002"}, **save)
    with pytest.raises(FormIncomplete) as refusal:
        handed_in(case, cast.shen, key="second", at=LATER)
    assert refusal.value.facts == {"count": 3}  # the three confirmations are given anew
    save_fields(section="pledge", values={"truth": "on", "no_bar": "on", "consent": "on"}, **save)
    handed_in(case, cast.shen, key="second", at=LATER)

    second, first = submitted_versions(case)
    assert (second.version, first.version) == (2, 1)
    assert document_of(case.subject, first) == document_of(case.subject, FormVersion.objects.get(version=1))
    assert document_of(case.subject, first)["basics"]["phone"] == "13800000001"
    assert [(one.field, one.before, one.after) for one in changes_between(first, second)] == [
        ("phone", "13800000001", "13900000002")
    ]


def test_the_person_is_heard_before_a_refusal_stands(cast, case):
    ready(case, cast.shen)
    handed_in(case, cast.shen)
    say(fresh(case), cast.lin, "refuse", reason="内部原因", reason_for_person="材料与事实不符。", at=LATER)
    case = fresh(case)
    assert (case.step, refusal_told(case).reason_for_person) == ("reply", "材料与事实不符。")
    save_reply(case_pk=case.pk, text="半句", by=cast.shen, at=LATER)
    assert draft_of_reply(seat_of_candidate(case), cast.shen) == ("半句", LATER)
    with pytest.raises(ReplyEmpty):
        hand_in_reply(case_pk=case.pk, text="  ", by=cast.shen, at=LATER, key="r")
    with pytest.raises(NotEntitled):
        hand_in_reply(case_pk=case.pk, text="我来说", by=cast.he, at=LATER, key="r")
    hand_in_reply(case_pk=case.pk, text="原件可以当面核对。", by=cast.shen, at=LATER, key="r")
    hand_in_reply(case_pk=case.pk, text="原件可以当面核对。", by=cast.shen, at=LATER, key="r")
    (reply,) = Reply.objects.all()
    assert "原件" not in reply.sealed
    assert fresh(case).step == "confirmation"
    assert Stage.objects.get(step="reply").outcome == Outcome.DONE


def test_before_a_refusal_is_told_its_reason_stays_hidden(cast, case):
    assert refusal_told(case) is None


def test_a_stored_form_can_be_shown_again(cast, case):
    ready(case, cast.shen)
    stored = current_form(case, today=TODAY).document
    expected = document()
    for name in ("basics", "membership", "education", "posts", "record"):
        assert {key: stored[name][key] for key in expected[name]} == expected[name]
