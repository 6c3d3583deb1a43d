"""Refusals: unheard nobody, weighed by findings, looked at once more by other people."""

from datetime import date

import pytest

from approvals.actions.cases import withdraw_case
from approvals.errors import NotEntitled, OtherPeople, ReasonMissing
from approvals.models import InboxRow, Stage
from approvals.preview import stations_after
from organizations.models import Account, Post
from tests import factories as make
from tests.appointment_review.candidate import FIELDS, fill_in, hand_over_files
from tests.appointment_review.investigating import plan_of, without_letters
from tests.appointment_review.tracks import days, refused_by_the_county
from tests.approvals.rebuilt import differences
from tests.approvals.test_decisions import holders, steps
from tests.cases import INTENT, case_at, fresh, full_policy_document, new_case, publish, say
from tests.elections import election_at
from workflows.appointment_review.actions.forms import hand_in
from workflows.appointment_review.actions.investigation_team import declare_free, set_up_teams
from workflows.appointment_review.actions.opening import (
    ask_for_review,
    open_assignment,
)
from workflows.appointment_review.candidate_queries import current_materials, reviewers_see_files, submitted_versions
from workflows.appointment_review.errors import (
    AgreeBlocked,
    NotAfterRejection,
    ReviewAlreadyAsked,
    ReviewTooLate,
)
from workflows.appointment_review.form_fields import CONSENT_TEXT
from workflows.appointment_review.models import Finding
from workflows.appointment_review.notice_texts import facts_of_case
from workflows.appointment_review.queries import current_findings

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


def test_what_barred_the_person_bars_in_the_review_too_and_a_notice_is_put_up_again(cast):
    publish(full_policy_document(), by=cast.an)
    make.assign(cast.he, "organizer", cast.county)
    case = refused_by_the_county(cast)
    finding = Finding.objects.create(case=case, code="not_full_member", level="blocking", found_at=make.NOW)
    review = ask_for_review(case_pk=case.pk, grounds="材料未被充分考虑。", by=cast.shen, at=days(3))
    say(review, cast.he, "agree", at=days(3))
    with pytest.raises(AgreeBlocked):
        say(review, cast.he, "agree", at=days(3))
    assert current_findings(fresh(review)).get() == finding
    ahead = list(stations_after(fresh(review), review.stages.get(outcome=""), on=make.TODAY))
    assert [station.node.name for station in ahead[:-1]][-3:] == ["deliberation", "publication", "notice"]


def refuse_at_the_county(case, account, cast) -> None:
    """Bring what was handed in up to the county, which refuses after hearing the person."""
    for who in (cast.lin, cast.lin, cast.gao):
        say(case, who, "agree")
    for who, verb in ((cast.lin, "refuse"), (account, "hand_in"), (cast.feng, "agree")):
        say(case, who, verb)


def test_a_review_reads_the_form_and_the_materials_of_the_refused_case(cast, policy):
    case = new_case(cast)
    fill_in(case, cast.shen)
    hand_over_files(case, cast.shen)
    hand_in(case_pk=case.pk, by=cast.shen, at=make.NOW, key="k", consent_text=CONSENT_TEXT)
    refuse_at_the_county(case, cast.shen, cast)
    review = ask_for_review(case_pk=case.pk, grounds="材料未被充分考虑。", by=cast.shen, at=make.NOW)
    assert submitted_versions(review) == submitted_versions(case) != []
    assert current_materials(review) == current_materials(case) != {}
    assert facts_of_case(review) == facts_of_case(case)
    assert facts_of_case(review)["employer"] == FIELDS["posts"]["current_post"]


def test_the_team_of_a_review_reads_the_files_of_the_refused_case(cast):
    publish(without_letters(), by=cast.an)
    make.assign(cast.he, "organizer", cast.county)
    case = refused_by_the_county(cast)
    review = ask_for_review(case_pk=case.pk, grounds="材料未被充分考虑。", by=cast.shen, at=make.NOW)
    for who in (cast.he, cast.he, cast.gao, cast.he, cast.zhou):
        say(review, who, "agree")
    assert fresh(review).step == "investigation"
    one, other = (make.account(name, username=login) for name, login in (("外单位甲", "one"), ("外单位乙", "other")))
    set_up_teams(cases=[review.pk], plan=plan_of(one, other), by=cast.han, at=make.NOW)
    assert not reviewers_see_files(one, case, on=make.TODAY)
    declare_free(case_pk=review.pk, by=one, at=make.NOW)
    assert [reviewers_see_files(one, seen, on=make.TODAY) for seen in (case, review)] == [True, True]
    assert not reviewers_see_files(other, case, on=make.TODAY)


def test_the_office_withdraws_no_review(cast, policy, client):
    case = refused_by_the_county(cast)
    client.force_login(cast.lin)
    review = ask_for_review(case_pk=case.pk, grounds="材料未被充分考虑。", by=cast.shen, at=days(3))
    address = f"/matters/case/{review.number}/withdraw/"
    assert address not in client.get(f"/matters/{review.matter.number}/").content.decode()
    assert [client.get(address).status_code, client.post(address, {"reason": "撤回"}).status_code] == [404, 404]
    assert fresh(review).state == "open"


def test_who_was_refused_before_an_election_is_named_again_and_not_reviewed(cast, election_policies):
    own, lines = election_at(cast, "vetting")
    case = lines["沈若溪"].case
    account = Account.objects.get(person=case.subject)
    say(case, account, "hand_in")
    refuse_at_the_county(case, account, cast)
    with pytest.raises(NotAfterRejection):
        ask_for_review(case_pk=case.pk, grounds="材料未被充分考虑。", by=account, at=days(3))


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
