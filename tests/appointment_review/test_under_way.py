"""What happens to a case under way: who is missing, who opens and where, what changes meanwhile."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from approvals.actions.cases import withdraw_case
from approvals.actions.decisions import claim
from approvals.actions.inbox import open_seats
from approvals.actions.upkeep import mend_inbox, unfilled_seats
from approvals.errors import CaseRunning, FourEyes, NotEntitled, TooManyReturns
from approvals.models import Case, Stage
from notifications.models import Notice, Outbox
from organizations.actions.accounts import deactivate_account, open_account, reactivate_account
from organizations.actions.shared import OrganizationClosed
from organizations.models import Account, PartyOrganization, Post, RoleAssignment
from tests import factories as make
from tests.appointment_review.tracks import REASON, acting, days, refused_by_the_county
from tests.approvals.rebuilt import differences
from tests.approvals.test_decisions import deciding, end_roles, holders
from tests.cases import INTENT, case_at, fresh, new_case, open_seat, policy_document, publish, say
from workflows.appointment_review.actions.opening import (
    ask_for_review,
    open_assignment,
    open_removal,
)
from workflows.appointment_review.errors import (
    PostAlreadyFilled,
    TermEndsTooEarly,
)
from workflows.appointment_review.models import OfficialDocument

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
