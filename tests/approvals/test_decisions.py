"""Deciding: the right people, once, with a reason, in the right order."""

import pytest

from approvals.actions.cases import withdraw_case
from approvals.actions.decisions import Answer, claim, decide, release
from approvals.errors import (
    AnswerNotOffered,
    CaseClosed,
    CaseRunning,
    CorrectionsMissing,
    FourEyes,
    NotEntitled,
    OwnCase,
    PersonReasonMissing,
    ReasonMissing,
    SeatClaimed,
    SeatTaken,
    TooManyReturns,
)
from approvals.models import Case, Correction, Decision, InboxRow, Stage
from organizations.models import Account, OrganizationGrant, Post, RoleAssignment
from tests import factories as make
from tests.cases import case_at, fresh, new_case, open_seat, policy_document, publish, say
from workflows.models import OfficialDocument


def steps(case: Case) -> list[tuple[str, str, str]]:
    return list(Stage.objects.filter(case=case).values_list("step", "organization_name", "outcome"))


def end_roles(*accounts: Account) -> None:
    RoleAssignment.objects.filter(account__in=accounts).update(until_on=make.TODAY)


def holders(case: Case) -> list[str]:
    return sorted(InboxRow.objects.filter(case=case).values_list("account__name", flat=True))


def test_a_case_climbs_from_the_general_branch_over_the_county_to_the_authority(cast, policy):
    case = case_at(cast, "province")
    say(case, cast.zhou, "agree")
    assert steps(case) == [
        ("materials", "海珠湾晨光社工服务中心党支部", "done"),
        ("completeness", "海珠湾区志愿服务联合会党总支", "agreed"),
        ("eligibility", "海珠湾区志愿服务联合会党总支", "agreed"),
        ("party_levels", "海珠湾区志愿服务联合会党总支", "agreed"),
        ("party_levels", "海珠湾区社会组织党委", "agreed"),
        ("party_levels", "南岭省社会组织综合党委", "agreed"),
    ]
    case = fresh(case)
    assert (case.state, case.phase, case.step) == ("done", "closed", "")
    post = Post.objects.get(organization=cast.branch, ended_on=None)
    assert (post.person, post.title, str(post.started_on), str(post.due_on)) == (
        cast.shen_person, "secretary", "2026-12-01", "2029-12-01",
    )  # fmt: skip
    document = OfficialDocument.objects.get(case=case)
    assert (document.issuer, post.document_number) == (cast.province, document.number)
    assert list(cast.shen_person.obligations.order_by("kind").values_list("kind", "due_on")) == [
        ("induction", make.TODAY.replace(year=2027, month=5, day=25)),
        ("talk", make.TODAY.replace(month=12, day=23)),
    ]


def test_a_province_level_branch_is_decided_one_level_up(cast, policy):
    case = new_case(cast, organization=cast.province_branch, by=cast.han)
    say(case, cast.shen, "hand_in")
    say(case, cast.han, "agree")
    say(case, cast.han, "agree")
    say(case, cast.qian, "agree")
    assert [place for step, place, _ in steps(case) if step == "party_levels"] == ["南岭省社会组织综合党委"]
    assert fresh(case).state == "done"


def test_every_holder_of_the_role_finds_the_item_and_the_first_decides(cast, policy):
    case = case_at(cast, "province")
    assert holders(case) == ["周正", "钱一帆"]
    seat = open_seat(case)
    say(case, cast.qian, "agree")
    with pytest.raises(SeatTaken) as refusal:
        decide(seat_pk=seat.pk, answer=Answer("agree"), by=cast.zhou, at=make.NOW, key="late")
    assert refusal.value.facts == {"who": "钱一帆", "when": "10:00"}
    assert holders(case) == []


def test_a_double_click_counts_once_and_gets_the_same_answer(cast, policy):
    case = case_at(cast, "eligibility")
    seat = open_seat(case)
    first = decide(seat_pk=seat.pk, answer=Answer("agree"), by=cast.lin, at=make.NOW, key="same")
    second = decide(seat_pk=seat.pk, answer=Answer("agree"), by=cast.lin, at=make.NOW, key="same")
    assert first == second
    assert Decision.objects.filter(seat=seat).count() == 1


def test_nobody_decides_elsewhere_or_on_himself(cast, policy):
    case = case_at(cast, "province")
    for stranger in (cast.wu, cast.mei, cast.he, cast.lin, cast.shen, cast.jian, cast.an, cast.xu):
        with pytest.raises(NotEntitled):
            say(case, stranger, "agree")
    make.assign(cast.shen, "approver", cast.province)
    with pytest.raises(OwnCase):
        say(case, cast.shen, "agree")


def test_a_deleted_grant_takes_the_seat_away_at_once(cast, policy):
    case = case_at(cast, "province")
    OrganizationGrant.objects.filter(user=cast.zhou, content_object=cast.province).delete()
    with pytest.raises(NotEntitled):
        say(case, cast.zhou, "agree")


def test_who_checked_the_conditions_does_not_also_decide(cast, policy):
    make.assign(cast.han, "approver", cast.province)
    case = new_case(cast, organization=cast.province_branch, by=cast.han)
    say(case, cast.shen, "hand_in")
    say(case, cast.han, "agree")
    say(case, cast.han, "agree")
    assert holders(case) == ["周正", "钱一帆"]
    with pytest.raises(FourEyes):
        say(case, cast.han, "agree")


def test_an_empty_stage_falls_to_the_superior_and_says_so(cast, policy):
    end_roles(cast.lin)
    case = new_case(cast, by=cast.han)
    say(case, cast.shen, "hand_in")
    assert holders(case) == ["韩启明"]
    assert InboxRow.objects.get(case=case).why["origin"] == "fallback"


def test_a_stage_nobody_can_fill_waits_with_a_red_mark(cast, policy):
    end_roles(cast.lin, cast.han)
    case = new_case(cast, by=cast.zhou)
    say(case, cast.shen, "hand_in")
    assert holders(case) == []
    assert open_seat(case).origin == "nobody"


def test_a_refusal_needs_a_reason_for_the_office_and_one_for_the_person(cast, policy):
    case = case_at(cast, "eligibility")
    with pytest.raises(ReasonMissing):
        say(case, cast.lin, "refuse", reason=" ")
    with pytest.raises(PersonReasonMissing):
        say(case, cast.lin, "refuse", reason_for_person="")
    assert Decision.objects.filter(seat__stage__step="eligibility").count() == 0


def test_a_return_lists_what_to_correct_and_stops_after_the_second_time(cast, policy):
    case = case_at(cast, "completeness")
    with pytest.raises(CorrectionsMissing):
        say(case, cast.lin, "return")
    for round_ in (1, 2):
        say(case, cast.lin, "return", corrections=[("pledge", f"承诺书第{round_}页没有签名")])
        assert fresh(case).phase == "correct"
        say(case, cast.shen, "hand_in")
    with pytest.raises(TooManyReturns):
        say(case, cast.lin, "return", corrections=[("pledge", "还是没有签名")])
    assert list(Correction.objects.values_list("text", flat=True)) == ["承诺书第1页没有签名", "承诺书第2页没有签名"]
    say(case, cast.lin, "agree")
    assert fresh(case).step == "eligibility"


def test_an_answer_that_a_step_does_not_offer_is_refused(cast, policy):
    with pytest.raises(AnswerNotOffered):
        say(case_at(cast, "materials"), cast.shen, "agree")


def test_a_refused_person_is_heard_before_the_refusal_stands(cast, policy):
    case = case_at(cast, "county")
    say(case, cast.lin, "refuse")
    assert (fresh(case).step, fresh(case).state) == ("reply", "open")
    say(case, cast.shen, "hand_in")
    assert fresh(case).step_organization == cast.county
    say(case, cast.feng, "agree", reason="听取说明后，原意见不变。")
    assert (fresh(case).state, fresh(case).phase) == ("rejected", "closed")


def test_after_hearing_the_person_the_refusing_body_may_think_again(cast, policy):
    case = case_at(cast, "county")
    say(case, cast.lin, "refuse")
    say(case, cast.shen, "hand_in")
    say(case, cast.feng, "return", reason="本人说明属实，重新研究。")
    case = fresh(case)
    assert (case.step, case.step_organization) == ("party_levels", cast.county)
    say(case, cast.lin, "agree")
    assert fresh(case).step_organization == cast.province


def test_a_withdrawn_case_leaves_every_inbox_and_can_be_opened_again(cast, policy):
    case = case_at(cast, "eligibility")
    withdraw_case(case_pk=case.pk, by=cast.shen, at=make.NOW, reason="本人放弃")
    assert (fresh(case).state, fresh(case).matter.state, holders(case)) == ("withdrawn", "withdrawn", [])
    assert steps(case)[-1][2] == "withdrawn"
    with pytest.raises(CaseClosed):
        withdraw_case(case_pk=case.pk, by=cast.shen, at=make.NOW, reason="再撤一次")
    assert new_case(cast).state == "open"


def test_nobody_is_vetted_twice_at_once(cast, policy):
    running = new_case(cast)
    with pytest.raises(CaseRunning) as refusal:
        new_case(cast, organization=cast.province_branch, by=cast.han)
    assert refusal.value.facts["number"] == running.number


def test_who_claims_an_item_keeps_the_others_off_until_it_is_released(cast, policy):
    case = case_at(cast, "province")
    seat = open_seat(case)
    claim(seat_pk=seat.pk, by=cast.zhou, at=make.NOW)
    with pytest.raises(SeatClaimed):
        say(case, cast.qian, "agree")
    with pytest.raises(NotEntitled):
        release(seat_pk=seat.pk, by=cast.qian, at=make.NOW)
    release(seat_pk=seat.pk, by=cast.zhou, at=make.NOW)
    say(case, cast.qian, "agree")
    assert fresh(case).state == "done"


def deciding(rule: str, **more) -> dict:
    document = policy_document()
    step = next(step for step in document["steps"] if step.get("level") == "deciding")
    step.update(rule=rule, **more)
    return document


def test_all_have_to_agree_where_the_policy_says_all(cast):
    publish(deciding("all"), by=cast.an)
    case = case_at(cast, "province")
    say(case, cast.zhou, "agree", holder=cast.zhou)
    assert (fresh(case).state, holders(case)) == ("open", ["钱一帆"])
    say(case, cast.qian, "agree", holder=cast.qian)
    assert fresh(case).state == "done"


def test_one_refusal_ends_a_stage_where_all_have_to_agree(cast):
    publish(deciding("all"), by=cast.an)
    case = case_at(cast, "province")
    say(case, cast.zhou, "refuse", holder=cast.zhou)
    assert (fresh(case).step, holders(case)) == ("reply", ["沈若溪"])


def test_the_roles_speak_in_their_order_where_the_policy_says_so(cast):
    publish(deciding("sequence", roles=["organizer", "approver"], four_eyes_with=[]), by=cast.an)
    case = case_at(cast, "province")
    assert holders(case) == ["韩启明"]
    say(case, cast.han, "agree")
    assert holders(case) == ["周正", "钱一帆"]
    say(case, cast.qian, "agree")
    assert fresh(case).state == "done"


def test_a_vote_is_over_as_soon_as_enough_have_agreed_or_no_longer_can(cast):
    publish(deciding("quorum", share=0.5, roles=["approver", "organizer"]), by=cast.an)
    case = case_at(cast, "province")
    assert Stage.objects.filter(case=case).latest("pk").needed == 2
    say(case, cast.zhou, "agree", holder=cast.zhou)
    assert fresh(case).state == "open"
    say(case, cast.han, "agree", holder=cast.han)
    assert (fresh(case).state, holders(case)) == ("done", [])
