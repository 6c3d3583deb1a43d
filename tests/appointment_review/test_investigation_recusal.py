"""Who is on a team and who is not: challenged, stepped back, barred; and what that means for the rest of the case."""

import pytest

from approvals.actions.recusing import recuse
from approvals.concerned import has_stepped_back
from approvals.errors import AskedByName, NotEntitled, ReasonMissing
from approvals.models import Seat
from organizations.enums import Role
from organizations.models import Helper
from tests import factories as make
from tests.appointment_review.investigating import (
    at_investigation,
    clean,
    plan_of,
    records,
    set_up,
    team_of,
    todo,
)
from tests.cases import open_seat
from tests.factories import NOW
from workflows.appointment_review.actions.investigation_notice import announce, challenge_member, decide_challenge
from workflows.appointment_review.actions.investigation_report import sign_report
from workflows.appointment_review.actions.investigation_team import (
    declare_free,
    replace_member,
    set_up_teams,
    step_back,
)
from workflows.appointment_review.errors import (
    ChallengeForOthers,
    ChallengeKnown,
    GroundsMissing,
    NotForATeam,
    NothingToChallenge,
    NotOnTheTeam,
    NotReadyToSign,
    OnOwnTeam,
    WasOnTheTeam,
)
from workflows.appointment_review.investigation_models import Challenge, TeamMember
from workflows.appointment_review.investigation_queries import manages


@pytest.fixture
def team(cast):
    return team_of(cast)


@pytest.fixture
def case(cast):
    """Give Shen's case at its investigation."""
    return at_investigation(cast)


def test_a_challenge_is_upheld_by_somebody_else_and_the_place_filled(cast, case, team):
    made = set_up(cast, case, team.tao, team.bai)
    tao = made.members.get(account=team.tao)
    challenge = challenge_member(case_pk=case.pk, member_pk=tao.pk, grounds="曾有经济纠纷", by=cast.shen, at=NOW)
    with pytest.raises(ChallengeKnown):
        challenge_member(case_pk=case.pk, member_pk=tao.pk, grounds="再说一次", by=cast.shen, at=NOW)
    decided = {"challenge_pk": challenge.pk, "upheld": True, "reason": "情况属实", "at": NOW}
    for other in (team.tao, team.bai, cast.han, cast.shen):
        with pytest.raises(ChallengeForOthers):
            decide_challenge(**decided, replacement=team.yan, by=other)
    with pytest.raises(GroundsMissing):
        decide_challenge(**decided | {"reason": " "}, replacement=team.yan, by=cast.zhou)
    decide_challenge(**decided, replacement=team.yan, by=cast.zhou)
    with pytest.raises(NothingToChallenge):
        decide_challenge(**decided, replacement=None, by=cast.qian)
    tao.refresh_from_db()
    yan = made.members.get(account=team.yan)
    assert (tao.left_why, yan.is_head, todo(team.tao), todo(team.yan)) == ("challenged", True, [], ["investigation"])
    with pytest.raises(NotOnTheTeam):
        declare_free(case_pk=case.pk, by=team.tao, at=NOW)
    declare_free(case_pk=case.pk, by=team.yan, at=NOW)
    records(case, made, team.yan, team.bai)
    sign_report(case_pk=case.pk, version=1, by=team.bai, at=NOW)
    assert sign_report(case_pk=case.pk, version=1, by=team.yan, at=NOW)
    assert clean(case)


def test_an_open_challenge_keeps_the_report_from_being_signed_and_a_dismissed_one_does_not(cast, case, team):
    made = set_up(cast, case, team.tao, team.bai)
    records(case, made, team.tao, team.bai)
    bai = made.members.get(account=team.bai)
    challenge = challenge_member(case_pk=case.pk, member_pk=bai.pk, grounds="有过节", by=cast.shen, at=NOW)
    with pytest.raises(NotReadyToSign):
        sign_report(case_pk=case.pk, version=1, by=team.tao, at=NOW)
    decide_challenge(challenge_pk=challenge.pk, upheld=False, reason="没有根据", replacement=None, by=cast.zhou, at=NOW)
    sign_report(case_pk=case.pk, version=1, by=team.tao, at=NOW)
    assert (Challenge.objects.get().upheld, bai.left_at) == (False, None)


def test_who_may_challenge_what(cast, case, team):
    made = set_up_teams(cases=[case.pk], plan=plan_of(team.tao, team.bai), by=cast.han, at=NOW)[0]
    member = made.members.first().pk
    ask = {"case_pk": case.pk, "member_pk": member, "at": NOW}
    with pytest.raises(NothingToChallenge):  # not announced
        challenge_member(**ask, grounds="有过节", by=cast.shen)
    announce(case_pk=case.pk, by=cast.han, at=NOW)
    with pytest.raises(NotEntitled):
        challenge_member(**ask, grounds="有过节", by=cast.ma)
    with pytest.raises(GroundsMissing):
        challenge_member(**ask, grounds="  ", by=cast.shen)


def test_a_member_may_step_back_and_the_office_may_replace(cast, case, team):
    made = set_up_teams(cases=[case.pk], plan=plan_of(team.tao, team.bai), by=cast.han, at=NOW)[0]
    with pytest.raises(ReasonMissing):
        step_back(case_pk=case.pk, reason=" ", by=team.tao, at=NOW)
    step_back(case_pk=case.pk, reason="是其表兄", by=team.tao, at=NOW)
    tao, bai = made.members.order_by("pk")
    put = {"case_pk": case.pk, "by": cast.han, "at": NOW}
    with pytest.raises(WasOnTheTeam):
        replace_member(**put, member_pk=tao.pk, replacement=team.bai, reason="")
    with pytest.raises(OnOwnTeam):
        replace_member(**put, member_pk=tao.pk, replacement=cast.shen, reason="")
    replace_member(**put, member_pk=tao.pk, replacement=team.yan, reason="")
    replace_member(**put, member_pk=bai.pk, replacement=cast.feng, reason="另有任务")
    assert [one.account.name for one in made.members.filter(left_at=None)] == ["严华", "冯立"]
    assert made.members.get(is_head=True, left_at=None).account == team.yan
    assert clean(case)


def test_who_stepped_back_from_the_case_is_on_no_team(cast, case, team):
    other = make.reviewer("另一组织员", Role.ORGANIZER, cast.province)
    recuse(seat_pk=open_seat(case).pk, reason="是其妹夫", hints=[], by=cast.han, at=NOW)
    with pytest.raises(NotForATeam, match="韩启明"):
        set_up_teams(cases=[case.pk], plan=plan_of(team.tao, cast.han), by=other, at=NOW)
    assert not TeamMember.objects.exists()


def test_who_steps_back_from_a_team_does_nothing_more_in_the_case(cast, case, team):
    set_up(cast, case, team.tao, cast.han)
    own_seat = Seat.objects.get(stage__case=case, state="open", holder=None)
    with pytest.raises(AskedByName):
        recuse(seat_pk=own_seat.pk, reason="是其表兄", hints=[], by=cast.han, at=NOW)
    assert (manages(cast.han, own_seat.stage, at=NOW), todo(cast.han)) == (True, ["investigation"] * 2)
    step_back(case_pk=case.pk, reason="是其表兄", by=cast.han, at=NOW)
    assert (manages(cast.han, own_seat.stage, at=NOW), todo(cast.han)) == (False, [])
    assert has_stepped_back(cast.han, case.pk)
    own_seat.refresh_from_db()
    assert own_seat.origin == "nobody"  # Han was the only organizer there: the office sees it
    assert clean(case)


def test_an_upheld_challenge_keeps_somebody_from_every_later_step(cast, case, team):
    make.assign(cast.zhou, "organizer", cast.province)
    made = set_up(cast, case, cast.zhou, team.bai)
    member = made.members.get(account=cast.zhou).pk
    challenge = challenge_member(case_pk=case.pk, member_pk=member, grounds="曾有经济纠纷", by=cast.shen, at=NOW)
    decide_challenge(challenge_pk=challenge.pk, upheld=True, reason="属实", replacement=team.yan, by=cast.qian, at=NOW)
    assert has_stepped_back(cast.zhou, case.pk)
    assert not has_stepped_back(cast.qian, case.pk)
    assert (todo(cast.zhou), todo(cast.han)) == ([], ["investigation"])
    assert clean(case)


@pytest.mark.parametrize("barred", ["auditor", "helper"])
def test_administrators_and_helpers_are_on_no_team(cast, case, team, barred):
    if barred == "auditor":
        other = cast.jian
    else:
        other = make.account("代填人")
        Helper.objects.create(candidate=case.account, helper=other, from_at=NOW)
    with pytest.raises(NotForATeam):
        set_up(cast, case, team.tao, other)
    made = set_up(cast, case, team.tao, team.bai)
    member = made.members.get(account=team.bai)
    with pytest.raises(NotForATeam):
        replace_member(case_pk=case.pk, member_pk=member.pk, replacement=other, reason="换人", by=cast.han, at=NOW)
    assert not TeamMember.objects.filter(account=other).exists()


def test_nobody_learns_by_replacing_who_has_an_account(cast, case, team, client):
    made = set_up(cast, case, team.tao, team.bai)
    declare_free(case_pk=case.pk, by=team.bai, at=NOW)
    client.force_login(team.bai)
    address = f"/matters/case/{case.number}/investigation/members/{made.members.get(account=team.tao).pk}/replace"
    answers = [client.post(address, {"account": name, "reason": "换"}) for name in ("mei", "nobody-at-all")]
    assert [(one.status_code, type(one.context["refusal"])) for one in answers] == [(422, NotEntitled)] * 2
