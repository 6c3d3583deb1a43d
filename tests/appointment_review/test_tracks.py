"""Every way a case can take besides the straight one: removal, acting, extension, review, and who is missing."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from approvals.actions.cases import withdraw_case
from approvals.actions.decisions import claim
from approvals.actions.inbox import open_seats
from approvals.actions.upkeep import close_due_stages, mend_inbox, unfilled_seats
from approvals.errors import CaseRunning, FourEyes, NotEntitled, OtherPeople, ReasonMissing, TooManyReturns
from approvals.models import Case, InboxRow, Stage
from notifications.models import Notice, Outbox
from organizations.actions.accounts import deactivate_account, open_account, reactivate_account
from organizations.actions.posts import NothingToExtend
from organizations.models import Account, PartyOrganization, Post, RoleAssignment, TermExtension
from tests import factories as make
from tests.approvals.rebuilt import differences
from tests.approvals.test_decisions import deciding, end_roles, holders, steps
from tests.cases import INTENT, case_at, fresh, new_case, open_seat, policy_document, publish, say
from workflows.appointment_review.actions.opening import (
    ask_for_review,
    open_acting,
    open_assignment,
    open_extension,
    open_removal,
)
from workflows.appointment_review.errors import (
    ActingTooLong,
    AgreeBlocked,
    ExtensionTooLong,
    NoSuchPost,
    NotAfterRejection,
    OrganizationClosed,
    PostAlreadyFilled,
    ReviewAlreadyAsked,
    ReviewTooLate,
    TermEndsTooEarly,
    TermOverBeforeDecision,
)
from workflows.appointment_review.models import Finding, OfficialDocument

REASON = "因工作需要，经研究提出。"


def days(count: int) -> datetime:
    return make.NOW + timedelta(days=count)


def serving(cast, *, due_on: date | None = date(2026, 12, 1)) -> Post:
    """Make Shen the serving secretary of her branch."""
    return make.post(cast.shen_person, cast.branch, due_on=due_on)


def climb(case: Case, cast, *, at: datetime = make.NOW) -> Case:
    for who in (cast.gao, cast.lin, cast.zhou):
        say(case, who, "agree", at=at)
    return fresh(case)


def refused_by_the_county(cast) -> Case:
    case = case_at(cast, "county")
    say(case, cast.lin, "refuse")
    say(case, cast.shen, "hand_in")
    say(case, cast.feng, "agree")
    return fresh(case)


# Removal


def test_whoever_is_removed_is_heard_first_and_leaves_the_post_vacant(cast, policy):
    post = serving(cast)
    case = open_removal(post=post, reason=REASON, by=cast.lin, at=make.NOW)
    assert (fresh(case).step, holders(case)) == ("hearing", ["沈若溪"])
    say(case, cast.shen, "hand_in")
    assert climb(case, cast).state == "done"
    post.refresh_from_db()
    assert (post.ended_on, post.end) == (make.TODAY, "removed")
    assert not Post.objects.filter(organization=cast.branch, ended_on=None).exists()
    assert OfficialDocument.objects.get(case=case).kind == "removal"
    assert cast.shen_person.obligations.count() == 0
    assert differences(fresh(case)) == []


def test_a_hearing_nobody_uses_ends_by_itself(cast, policy):
    case = open_removal(post=serving(cast), reason=REASON, by=cast.lin, at=make.NOW)
    hearing = Stage.objects.get(case=case, step="hearing")
    assert close_due_stages(hearing.closes_at) == 1
    assert fresh(case).step == "party_levels"
    assert holders(case) == ["高远"]


def test_a_removal_that_is_refused_leaves_the_post_as_it_was(cast, policy):
    post = serving(cast)
    case = open_removal(post=post, reason=REASON, by=cast.lin, at=make.NOW)
    say(case, cast.shen, "hand_in")
    say(case, cast.gao, "refuse")
    post.refresh_from_db()
    assert (fresh(case).state, post.ended_on) == ("rejected", None)


def test_a_post_that_was_ended_is_neither_ended_again_nor_extended(cast, policy):
    post = make.post(cast.shen_person, cast.branch, ended_on=date(2026, 1, 1), end="resigned", due_on=date(2026, 12, 1))
    with pytest.raises(NoSuchPost):
        open_removal(post=post, reason=REASON, by=cast.lin, at=make.NOW)
    with pytest.raises(NoSuchPost):
        open_extension(post=post, until_on=date(2027, 1, 1), reason=REASON, by=cast.lin, at=make.NOW)
    assert Case.objects.count() == 0


# Acting secretary


def acting(cast, until_on: date, *, at: datetime = make.NOW) -> Case:
    return open_acting(
        organization=cast.branch, person=cast.shen_person, until_on=until_on, reason=REASON, by=cast.lin, at=at
    )


def test_an_acting_secretary_is_recorded_as_acting_and_leaves_when_a_secretary_comes(cast, policy):
    case = acting(cast, date(2027, 3, 1))
    say(case, cast.lin, "agree")
    assert climb(case, cast).state == "done"
    post = Post.objects.get(organization=cast.branch, ended_on=None)
    assert (post.source, post.started_on, post.due_on, post.is_first) == (
        "acting", make.TODAY, date(2027, 3, 1), False,
    )  # fmt: skip
    assert cast.shen_person.obligations.count() == 0
    case = case_at(cast, "province")
    say(case, cast.zhou, "agree")
    post.refresh_from_db()
    assert (post.ended_on, post.end) == (date(2026, 12, 1), "term_over")
    assert Post.objects.get(organization=cast.branch, ended_on=None).source == "assigned"


def test_acting_is_for_half_a_year_at_most(cast, policy):
    with pytest.raises(ActingTooLong) as refusal:
        acting(cast, date(2027, 5, 26))
    assert refusal.value.facts["latest"] == date(2027, 5, 25)
    assert acting(cast, date(2027, 5, 25)).state == "open"


def test_acting_ends_after_it_begins(cast, policy):
    with pytest.raises(TermEndsTooEarly):
        acting(cast, make.TODAY)


def test_nobody_acts_beside_a_secretary_unless_a_removal_is_under_way(cast, policy):
    post = make.post(cast.ma_person, cast.branch, due_on=date(2026, 12, 1))
    with pytest.raises(PostAlreadyFilled):
        acting(cast, date(2027, 3, 1))
    open_removal(post=post, reason=REASON, by=cast.lin, at=make.NOW)
    assert acting(cast, date(2027, 3, 1)).state == "open"


def test_a_term_that_ran_out_while_it_was_decided_is_not_recorded(cast, policy):
    case = acting(cast, make.TODAY + timedelta(days=5))
    say(case, cast.lin, "agree")
    for who in (cast.gao, cast.lin):
        say(case, who, "agree")
    with pytest.raises(TermOverBeforeDecision):
        say(case, cast.zhou, "agree", at=days(5))
    assert fresh(case).state == "open"
    assert differences(fresh(case)) == []


# Extension


def extension(post: Post, cast, until_on: date) -> Case:
    return open_extension(post=post, until_on=until_on, reason=REASON, by=cast.lin, at=make.NOW)


def test_an_extension_moves_the_end_of_the_term_and_keeps_the_old_one(cast, policy):
    post = serving(cast)
    case = extension(post, cast, date(2027, 6, 1))
    assert climb(case, cast).state == "done"
    kept = TermExtension.objects.get(post=post)
    post.refresh_from_db()
    assert (kept.was_due_on, kept.until_on, post.due_on) == (date(2026, 12, 1), date(2027, 6, 1), date(2027, 6, 1))
    assert (kept.case_number, kept.document_number) == (case.number, OfficialDocument.objects.get(case=case).number)


def test_a_term_is_extended_by_a_year_in_all_not_by_a_year_each_time(cast, policy):
    post = serving(cast)
    with pytest.raises(ExtensionTooLong):
        extension(post, cast, date(2027, 12, 2))
    climb(extension(post, cast, date(2027, 6, 1)), cast)
    post.refresh_from_db()
    with pytest.raises(ExtensionTooLong) as refusal:
        extension(post, cast, date(2028, 5, 1))
    assert refusal.value.facts["latest"] == date(2027, 12, 1)
    assert extension(post, cast, date(2027, 12, 1)).state == "open"


@pytest.mark.parametrize("due_on", [None, date(2026, 12, 1)])
def test_only_a_known_term_is_extended_and_to_a_later_day(cast, policy, due_on):
    with pytest.raises(NothingToExtend):
        extension(serving(cast, due_on=due_on), cast, date(2026, 12, 1))


# Review by other people


def test_a_review_goes_to_people_who_had_no_part_in_the_refusal(cast, policy):
    make.assign(cast.he, "organizer", cast.county)
    case = refused_by_the_county(cast)
    review = ask_for_review(case_pk=case.pk, grounds="材料未被充分考虑。", by=cast.shen, at=days(3))
    assert (review.origin, review.track, fresh(review).step_organization) == (case, "review", cast.county)
    assert holders(review) == ["何苗"]
    for had_a_part in (cast.lin, cast.feng):
        with pytest.raises(OtherPeople):
            say(review, had_a_part, "agree", at=days(3))


def test_a_refusal_that_is_overturned_leads_over_every_step_to_the_post(cast, policy):
    make.assign(cast.he, "organizer", cast.county)
    case = refused_by_the_county(cast)
    review = ask_for_review(case_pk=case.pk, grounds="材料未被充分考虑。", by=cast.shen, at=days(3))
    say(review, cast.he, "agree", at=days(3))
    assert fresh(review).step == "eligibility"
    assert holders(review) == ["何苗"]
    say(review, cast.he, "agree", at=days(3))
    say(review, cast.gao, "agree", at=days(3))
    assert holders(review) == ["何苗"]
    with pytest.raises(OtherPeople):
        say(review, cast.lin, "agree", at=days(3))
    say(review, cast.he, "agree", at=days(3))
    say(review, cast.zhou, "agree", at=days(3))
    assert (fresh(review).state, fresh(case).state) == ("done", "rejected")
    assert Post.objects.get(organization=cast.branch, ended_on=None).person == cast.shen_person


def test_a_refusal_that_is_upheld_ends_the_review(cast, policy):
    case = refused_by_the_county(cast)
    review = ask_for_review(case_pk=case.pk, grounds="材料未被充分考虑。", by=cast.shen, at=days(3))
    assert holders(review) == ["周正", "钱一帆", "韩启明"]
    say(review, cast.zhou, "refuse", at=days(3))
    assert fresh(review).state == "rejected"
    with pytest.raises(NotAfterRejection):
        ask_for_review(case_pk=review.pk, grounds="再次申请。", by=cast.shen, at=days(4))


def test_a_review_is_asked_for_by_the_person_once_and_in_time(cast, policy):
    case = refused_by_the_county(cast)
    for other in (cast.lin, cast.ma, cast.he):
        with pytest.raises(NotEntitled):
            ask_for_review(case_pk=case.pk, grounds="代为申请。", by=other, at=days(1))
    with pytest.raises(ReviewTooLate) as refusal:
        ask_for_review(case_pk=case.pk, grounds="材料未被充分考虑。", by=cast.shen, at=days(31))
    assert refusal.value.facts["until"] == date(2026, 12, 23)
    review = ask_for_review(case_pk=case.pk, grounds="材料未被充分考虑。", by=cast.shen, at=days(30))
    with pytest.raises(ReviewAlreadyAsked) as refusal:
        ask_for_review(case_pk=case.pk, grounds="材料未被充分考虑。", by=cast.shen, at=days(30))
    assert refusal.value.facts["number"] == review.number


@pytest.mark.parametrize("step", ["materials", "county"])
def test_only_a_refused_case_is_reviewed(cast, policy, step):
    with pytest.raises(NotAfterRejection):
        ask_for_review(case_pk=case_at(cast, step).pk, grounds="尚未决定。", by=cast.shen, at=make.NOW)


def test_whoever_is_nominated_again_comes_from_the_refused_case(cast, policy):
    refused = refused_by_the_county(cast)
    again = open_assignment(
        organization=cast.branch, person=cast.shen_person, intent=INTENT, by=cast.lin, at=days(60), origin=refused
    )
    assert (again.origin, again.track, list(refused.followers.all())) == (refused, "assignment", [again])
    say(again, cast.shen, "hand_in", at=days(60))
    say(again, cast.lin, "agree", at=days(60))
    assert fresh(again).step == "eligibility"


# Refusals and findings


@pytest.mark.parametrize(
    ("step", "refuser", "confirmer"),
    [
        ("completeness", "lin", "gao"),
        ("eligibility", "lin", "gao"),
        ("general_branch", "gao", "gao"),
        ("county", "lin", "feng"),
        ("province", "qian", "zhou"),
    ],
)
def test_nobody_is_refused_unheard_at_any_step(cast, policy, step, refuser, confirmer):
    case = case_at(cast, step)
    where = fresh(case).step_organization
    say(case, getattr(cast, refuser), "refuse")
    assert (fresh(case).step, holders(case)) == ("reply", ["沈若溪"])
    say(case, cast.shen, "hand_in")
    at_confirmation = fresh(case)
    assert at_confirmation.step == "confirmation"
    assert at_confirmation.step_organization == where
    say(case, getattr(cast, confirmer), "agree")
    assert fresh(case).state == "rejected"
    assert differences(fresh(case)) == []


@pytest.mark.parametrize(("step", "who"), [("eligibility", "lin"), ("general_branch", "gao"), ("province", "zhou")])
def test_a_finding_that_excludes_agreeing_refuses_it_at_every_deciding_step(cast, policy, step, who):
    case = case_at(cast, step)
    Finding.objects.create(case=case, code="sentenced", level="blocking", found_at=make.NOW)
    with pytest.raises(AgreeBlocked):
        say(case, getattr(cast, who), "agree", reason="仍建议同意。")
    say(case, getattr(cast, who), "refuse")
    assert fresh(case).step == "reply"


def test_a_finding_may_ask_for_a_reason_and_is_marked_in_the_inbox(cast, policy):
    case = case_at(cast, "completeness")
    Finding.objects.create(case=case, code="membership_short", level="reason", found_at=make.NOW)
    Finding.objects.create(case=case, code="no_management", level="note", found_at=make.NOW)
    say(case, cast.lin, "agree")
    assert InboxRow.objects.get(case=case).red_findings == 1
    with pytest.raises(ReasonMissing):
        say(case, cast.lin, "agree", reason="  ")
    say(case, cast.lin, "agree", reason="差九天满一年，表现突出。")
    assert fresh(case).step == "party_levels"


@pytest.mark.parametrize("step", ["materials", "completeness", "eligibility", "general_branch", "county", "province"])
def test_a_case_is_withdrawn_at_any_step_and_leaves_nothing_open(cast, policy, step):
    case = case_at(cast, step)
    withdraw_case(case_pk=case.pk, by=cast.lin, at=make.NOW, reason="本人申请撤回")
    assert (fresh(case).state, holders(case)) == ("withdrawn", [])
    assert not Stage.objects.filter(case=case, outcome="").exists()
    assert differences(fresh(case)) == []


def test_a_case_is_withdrawn_while_the_person_is_heard(cast, policy):
    case = case_at(cast, "county")
    say(case, cast.lin, "refuse")
    withdraw_case(case_pk=case.pk, by=cast.shen, at=make.NOW, reason="本人申请撤回")
    assert [outcome for _, _, outcome in steps(case)][-1] == "withdrawn"


# People who cannot be reached


def test_a_person_without_an_account_is_waited_for_and_found_when_there_is_one(cast, policy):
    somebody = make.person("顾南")
    case = new_case(cast, person=somebody)
    assert (holders(case), open_seat(case).origin) == ([], "nobody")
    assert [seat.stage.case for seat in unfilled_seats()] == [case]
    account = open_account(username="gunan", name="顾南", by=cast.lin, at=make.NOW, person=somebody)
    assert (holders(case), open_seat(case).holder) == (["顾南"], account)
    assert list(unfilled_seats()) == []
    assert Notice.objects.filter(recipient=account, kind="work_asked", thread=case.number).count() == 1
    assert differences(fresh(case)) == []
    say(Case.objects.get(pk=case.pk), account, "hand_in")
    assert fresh(case).step == "completeness"


def test_an_account_that_came_another_way_is_found_by_the_daily_check(cast, policy):
    somebody = make.person("顾南")
    case = new_case(cast, person=somebody)
    account = make.account("顾南", person=somebody)
    mend_inbox(open_seats(), at=make.NOW)
    assert open_seat(case).holder == account
    drift = mend_inbox(open_seats(), at=make.NOW, repair=False)
    assert (drift.missing, drift.extra) == ([], [])


def test_a_deactivated_candidate_is_waited_for_and_found_again(cast, policy):
    case = new_case(cast)
    deactivate_account(account=cast.shen, by=None, at=make.NOW, reason="长期未用")
    assert holders(case) == []
    assert [seat.stage.case for seat in unfilled_seats()] == [case]
    reactivate_account(account=cast.shen, by=None, at=make.NOW, reason="本人申请恢复")
    assert holders(case) == ["沈若溪"]
    say(case, cast.shen, "hand_in")
    assert differences(fresh(case)) == []


def test_a_case_opened_while_the_candidate_is_deactivated_finds_the_person_later(cast, policy):
    deactivate_account(account=cast.shen, by=None, at=make.NOW, reason="长期未用")
    case = new_case(cast)
    assert (holders(case), open_seat(case).origin) == ([], "nobody")
    cast.shen.refresh_from_db()
    reactivate_account(account=cast.shen, by=None, at=make.NOW, reason="本人申请恢复")
    assert (holders(case), open_seat(case).holder) == (["沈若溪"], cast.shen)


def test_a_candidate_without_an_address_is_told_inside_only(cast, policy):
    Account.objects.filter(pk=cast.shen.pk).update(email="")
    case = new_case(cast)
    assert Notice.objects.filter(recipient=cast.shen, thread=case.number).count() == 1
    assert not Outbox.objects.filter(recipient=cast.shen).exists()


# Who opens, and where


def test_only_an_organizer_or_approver_above_opens_a_case(cast, policy):
    make.assign(cast.he, "organizer", cast.branch)
    for other in (cast.he, cast.mei, cast.wu, cast.gao, cast.chen, cast.jian, cast.an, cast.xu, cast.shi, cast.deng):
        with pytest.raises(NotEntitled):
            new_case(cast, by=other)
    assert Case.objects.count() == 0
    for opener in (cast.lin, cast.han, cast.zhou):
        case = new_case(cast, by=opener)
        withdraw_case(case_pk=case.pk, by=opener, at=make.NOW, reason="试开")


def test_a_role_for_one_place_alone_does_not_open_cases_below_it(cast, policy):
    make.assign(cast.he, "organizer", cast.general_branch, scope="self")
    with pytest.raises(NotEntitled):
        new_case(cast, by=cast.he)


def test_nobody_takes_a_post_in_an_organization_that_was_closed(cast, policy):
    PartyOrganization.objects.filter(pk=cast.branch.pk).update(valid_until=make.TODAY)
    cast.branch.refresh_from_db()
    with pytest.raises(OrganizationClosed):
        new_case(cast)
    with pytest.raises(OrganizationClosed):
        acting(cast, date(2027, 3, 1))


def test_nobody_is_vetted_twice_at_once_even_by_a_review(cast, policy):
    case = refused_by_the_county(cast)
    review = ask_for_review(case_pk=case.pk, grounds="材料未被充分考虑。", by=cast.shen, at=days(1))
    with pytest.raises(CaseRunning) as refusal:
        new_case(cast, organization=cast.province_branch, by=cast.han, at=days(1))
    assert refusal.value.facts["number"] == review.number


def test_a_removal_here_and_an_assignment_there_go_on_side_by_side(cast, policy):
    post = make.post(cast.shen_person, cast.province_branch, due_on=date(2027, 1, 1))
    removal = open_removal(post=post, reason=REASON, by=cast.han, at=make.NOW)
    assert (new_case(cast).state, fresh(removal).state) == ("open", "open")


def test_a_term_ends_after_it_begins(cast, policy):
    with pytest.raises(TermEndsTooEarly):
        open_assignment(
            organization=cast.branch, person=cast.shen_person, by=cast.lin, at=make.NOW,
            intent=replace(INTENT, until_on=INTENT.from_on),
        )  # fmt: skip


def test_a_branch_with_a_secretary_whose_term_goes_on_gets_no_second_one(cast, policy):
    make.post(cast.ma_person, cast.branch, due_on=date(2026, 12, 2))
    with pytest.raises(PostAlreadyFilled):
        new_case(cast)
    Post.objects.filter(organization=cast.branch).update(due_on=date(2026, 12, 1))
    assert new_case(cast).state == "open"


def test_of_two_candidates_for_one_post_only_the_first_gets_it(cast, policy):
    second = new_case(cast, person=cast.ma_person)
    first = case_at(cast, "province")
    say(first, cast.zhou, "agree")
    say(second, cast.ma, "hand_in")
    for who in (cast.lin, cast.lin, cast.gao, cast.lin):
        say(second, who, "agree")
    with pytest.raises(PostAlreadyFilled) as refusal:
        say(second, cast.zhou, "agree")
    assert refusal.value.facts["name"] == "沈若溪"
    assert Post.objects.get(organization=cast.branch, ended_on=None).person == cast.shen_person


def test_nobody_takes_office_before_the_approval(cast, policy):
    case = case_at(cast, "province")
    say(case, cast.zhou, "agree", at=days(30))
    post = Post.objects.get(organization=cast.branch, ended_on=None)
    assert post.started_on == date(2026, 12, 23)
    assert OfficialDocument.objects.get(case=case).facts["from_on"] == "2026-12-23"


def test_a_committee_is_led_for_five_years_and_a_branch_for_three(cast, policy):
    for place, last_day in ((cast.county, date(2031, 12, 1)), (cast.province_branch, date(2029, 12, 1))):
        person = make.person(f"{place.code}书记")
        account = make.account("候选人", person=person)
        case = open_assignment(
            organization=place, person=person, intent=replace(INTENT, until_on=None), by=cast.han, at=make.NOW
        )
        say(case, account, "hand_in")
        for who in (cast.han, cast.han, cast.zhou):
            say(case, who, "agree")
        assert Post.objects.get(organization=place, ended_on=None).due_on == last_day


# What changes under way


def test_an_open_case_keeps_the_policy_it_was_opened_under(cast, policy):
    case = case_at(cast, "county")
    publish(deciding("all"), by=cast.an)
    say(case, cast.lin, "agree")
    assert Stage.objects.filter(case=case).latest("pk").rule == "any"
    assert fresh(case).policy == policy


def test_a_branch_that_moves_under_way_is_weighed_by_everybody_above_its_new_place(cast, policy):
    case = case_at(cast, "county")
    other_county = make.organization("鹏城区社会组织党委", under=cast.city, kind="social_committee")
    fang = make.reviewer("方岚", "organizer", other_county)
    branch, new_superior = (PartyOrganization.objects.get(pk=place.pk) for place in (cast.branch, other_county))
    PartyOrganization.objects.move(branch, new_superior, "last-child")
    say(case, cast.lin, "agree")
    assert (fresh(case).step_organization, holders(case)) == (other_county, ["方岚"])
    say(case, fang, "agree")
    assert fresh(case).step_organization == cast.city
    say(case, cast.wu, "agree")
    assert fresh(case).state == "done"
    assert OfficialDocument.objects.get(case=case).issuer == cast.city


def test_a_closed_superior_is_passed_over_and_the_reason_is_kept(cast, policy):
    case = case_at(cast, "general_branch")
    PartyOrganization.objects.filter(pk=cast.county.pk).update(valid_until=make.TODAY)
    say(case, cast.gao, "agree")
    stage = Stage.objects.filter(case=case).latest("pk")
    assert (stage.organization, stage.why["level"]["skipped"]) == (cast.province, [cast.county.code])


def test_a_role_that_ran_out_since_the_stage_opened_decides_nothing(cast, policy):
    case = case_at(cast, "province")
    RoleAssignment.objects.filter(account=cast.zhou).update(until_on=make.TODAY + timedelta(days=1))
    with pytest.raises(NotEntitled):
        say(case, cast.zhou, "agree", at=days(1))
    say(case, cast.qian, "agree", at=days(1))


def test_an_item_claimed_by_somebody_who_lost_the_role_is_free_again(cast, policy):
    case = case_at(cast, "province")
    claim(seat_pk=open_seat(case).pk, by=cast.zhou, at=make.NOW)
    end_roles(cast.zhou)
    say(case, cast.qian, "agree")
    assert fresh(case).state == "done"


def test_who_takes_over_the_seats_of_two_colleagues_has_one_voice(cast):
    publish(deciding("all"), by=cast.an)
    case = case_at(cast, "province")
    make.assign(cast.he, "approver", cast.province)
    end_roles(cast.zhou, cast.qian)
    mend_inbox(open_seats(), at=make.NOW)
    say(case, cast.he, "agree")
    assert (fresh(case).state, holders(case)) == ("open", [])
    with pytest.raises(FourEyes):
        say(case, cast.he, "agree")


def test_the_policy_counts_every_return_to_the_person_whoever_returns(cast):
    document = policy_document()
    document["parameters"]["returns_allowed"] = 1
    publish(document, by=cast.an)
    case = case_at(cast, "completeness")
    say(case, cast.lin, "return", corrections=[("photo", "照片不清楚")])
    say(case, cast.shen, "hand_in")
    say(case, cast.lin, "agree")
    with pytest.raises(TooManyReturns):
        say(case, cast.lin, "return", corrections=[("photo", "照片还是不清楚")])
