"""Investigation by the verbs: the team, challenges, records, tally, report, signatures, and who is kept out later."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from approvals.errors import FourEyes, NotEntitled
from approvals.models import Seat
from organizations.enums import Role
from tests import factories as make
from tests.appointment_review.investigating import (
    COUNTS,
    PARTS_WRITTEN,
    at_investigation,
    clean,
    investigated,
    plan_of,
    records,
    set_up,
    talk_of,
    team_of,
    todo,
    without_letters,
)
from tests.cases import fresh, new_case, open_seat, publish, say
from tests.factories import NOW, TODAY
from workflows.appointment_review.actions.investigation_notice import announce
from workflows.appointment_review.actions.investigation_records import (
    confirm_tally,
    enter_tally,
    record_talk,
    save_talk_draft,
    talk_draft,
)
from workflows.appointment_review.actions.investigation_report import save_report, sign_report
from workflows.appointment_review.actions.investigation_team import (
    declare_free,
    set_up_teams,
    step_back,
)
from workflows.appointment_review.candidate_queries import reviewers_see_files
from workflows.appointment_review.errors import (
    AlreadyAnnounced,
    InvestigationOver,
    InvestigationUnsigned,
    NotOnTheTeam,
    NotReadyToSign,
    OnOwnTeam,
    ReportIncomplete,
    SecondPerson,
    TalkIncomplete,
    TalkNotConfirmed,
    TallyMissing,
    TallyWrong,
    TeamIncomplete,
    TeamThere,
    TwoPresent,
    WindowBackwards,
)
from workflows.appointment_review.investigation_models import Report, ReportSignature, TalkRecord, TeamMember
from workflows.appointment_review.rules.investigation import Counts


@pytest.fixture
def team(cast):
    return team_of(cast)


@pytest.fixture
def case(cast):
    """Give Shen's case at its investigation."""
    return at_investigation(cast)


def test_two_people_look_into_a_case_and_the_last_signature_hands_it_in(cast, case, team):
    made = set_up(cast, case, team.tao, team.bai)
    assert (todo(team.tao), todo(team.bai)) == (["investigation"], ["investigation"])
    records(case, made, team.tao, team.bai)
    assert sign_report(case_pk=case.pk, version=1, by=team.tao, at=NOW) is False
    assert fresh(case).step == "investigation"
    assert sign_report(case_pk=case.pk, version=1, by=team.bai, at=NOW) is True
    assert (fresh(case).step, todo(team.tao), todo(cast.han)) == ("deliberation", [], ["deliberation"])
    assert clean(case)


def test_nobody_hands_it_in_without_signatures(cast, case):
    with pytest.raises(InvestigationUnsigned):
        say(case, cast.han, "hand_in")


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        (lambda cast, team: {"accounts": [team.tao]}, TeamIncomplete),
        (lambda cast, team: {"accounts": [team.tao, team.tao]}, TeamIncomplete),
        (lambda cast, team: {"head": None}, TeamIncomplete),
        (lambda cast, team: {"head": team.yan}, TeamIncomplete),
        (lambda cast, team: {"accounts": [team.tao, cast.shen]}, OnOwnTeam),
        (lambda cast, team: {"until_on": TODAY.replace(day=1)}, WindowBackwards),
    ],
)
def test_a_team_that_is_not_in_order_is_refused(cast, case, team, changes, refusal):
    with pytest.raises(refusal):
        set_up_teams(cases=[case.pk], plan=plan_of(team.tao, team.bai, **changes(cast, team)), by=cast.han, at=NOW)
    assert TeamMember.objects.count() == 0


def test_only_who_looks_after_the_step_sets_up_a_team_and_only_once(cast, case, team):
    for stranger in (cast.zhou, cast.lin, cast.mei, team.tao):
        with pytest.raises(NotEntitled):
            set_up_teams(cases=[case.pk], plan=plan_of(team.tao, team.bai), by=stranger, at=NOW)
    set_up(cast, case, team.tao, team.bai)
    with pytest.raises(TeamThere):
        set_up_teams(cases=[case.pk], plan=plan_of(team.tao, team.bai), by=cast.han, at=NOW)
    with pytest.raises(AlreadyAnnounced):
        announce(case_pk=case.pk, by=cast.han, at=NOW)


def test_one_team_for_many_cases_or_for_none(cast, case, team):
    publish(without_letters(), organization=cast.county, by=cast.an)
    person = make.person("卢月明")
    make.account("卢月明", username="lu", person=person)
    other = case_at_province_branch(cast, person)
    made = set_up_teams(cases=[other.pk, case.pk], plan=plan_of(team.tao, team.bai), by=cast.han, at=NOW)
    assert [one.case_id for one in made] == sorted([case.pk, other.pk])
    assert todo(team.tao) == ["investigation", "investigation"]


def case_at_province_branch(cast, person):
    case = new_case(cast, organization=cast.province_branch, person=person, by=cast.han)
    say(case, person.account, "hand_in")
    for who in (cast.han, cast.han, cast.zhou):
        say(case, who, "agree")
    return fresh(case)


def test_the_team_reads_files_for_the_time_of_the_work(cast, case, team):
    outsider = make.account("外单位同志", username="outsider")
    set_up_teams(cases=[case.pk], plan=plan_of(team.tao, outsider), by=cast.han, at=NOW)
    assert not reviewers_see_files(outsider, case, on=TODAY)  # not before the declaration
    declare_free(case_pk=case.pk, by=outsider, at=NOW)
    assert reviewers_see_files(outsider, case, on=TODAY)
    step_back(case_pk=case.pk, reason="与被考察人有亲属关系", by=outsider, at=NOW)
    assert not reviewers_see_files(outsider, case, on=TODAY)
    assert clean(case)


def test_nobody_works_before_declaring(cast, case, team):
    made = set_up_teams(cases=[case.pk], plan=plan_of(team.tao, team.bai), by=cast.han, at=NOW)[0]
    for outsider in (team.tao, team.yan, cast.han):
        with pytest.raises(NotOnTheTeam):
            record_talk(case_pk=case.pk, talk=talk_of(made), by=outsider, at=NOW, key="k")


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"present": []}, TwoPresent),
        ({"confirmed": False}, TalkNotConfirmed),
        ({"talkee": " "}, TalkIncomplete),
        ({"pages": None}, TalkIncomplete),
        ({"keeper": ""}, TalkIncomplete),
        ({"kind": "typed"}, TalkIncomplete),
    ],
)
def test_a_talk_record_is_whole(cast, case, team, changes, refusal):
    made = set_up(cast, case, team.tao, team.bai)
    with pytest.raises(refusal):
        record_talk(case_pk=case.pk, talk=talk_of(made, **changes), by=team.tao, at=NOW, key="k")


def test_a_second_click_keeps_one_record_and_a_draft_goes_with_it(cast, case, team):
    made = set_up(cast, case, team.tao, team.bai)
    member = made.members.select_related("investigation__case__subject").get(account=team.tao)
    save_talk_draft(case_pk=case.pk, fields={"text": "刚开始谈"}, by=team.tao, at=NOW)
    save_talk_draft(case_pk=case.pk, fields={"place": "会议室"}, by=team.tao, at=NOW)
    assert talk_draft(member)[0] == {"text": "刚开始谈", "place": "会议室"}
    for _ in range(2):
        record_talk(case_pk=case.pk, talk=talk_of(made), by=team.tao, at=NOW, key="once")
    assert (TalkRecord.objects.count(), talk_draft(member)) == (1, ({}, None))


@pytest.mark.parametrize(
    "counts",
    [Counts(28, 29, 28, (15, 10, 2, 1)), Counts(30, 27, 28, (15, 10, 2, 1)), Counts(30, 29, 28, (15, 10, 2, 2))],
)
def test_papers_that_do_not_add_up_are_refused(cast, case, team, counts):
    set_up(cast, case, team.tao, team.bai)
    with pytest.raises(TallyWrong):
        enter_tally(case_pk=case.pk, counts=counts, held_on=TODAY, opinions=(0, 0), by=team.tao, at=NOW)


def test_papers_are_entered_by_one_and_confirmed_by_another(cast, case, team):
    set_up(cast, case, team.tao, team.bai)
    with pytest.raises(TallyMissing):
        confirm_tally(case_pk=case.pk, by=team.bai, at=NOW)
    enter_tally(case_pk=case.pk, counts=COUNTS, held_on=TODAY, opinions=(0, 0), by=team.tao, at=NOW)
    with pytest.raises(SecondPerson):
        confirm_tally(case_pk=case.pk, by=team.tao, at=NOW)
    confirm_tally(case_pk=case.pk, by=team.bai, at=NOW)
    enter_tally(case_pk=case.pk, counts=COUNTS, held_on=TODAY, opinions=(0, 0), by=team.bai, at=NOW)
    with pytest.raises(SecondPerson):  # entered anew: confirmed anew
        confirm_tally(case_pk=case.pk, by=team.bai, at=NOW)


def test_other_numbers_under_a_signed_report_are_signed_anew(cast, case, team):
    made = set_up(cast, case, team.tao, team.bai, team.yan)
    records(case, made, team.tao, team.bai)
    sign_report(case_pk=case.pk, version=1, by=team.tao, at=NOW)
    entered = {"case_pk": case.pk, "held_on": date(2026, 11, 25), "opinions": (10, 9), "by": team.bai, "at": NOW}
    enter_tally(**entered, counts=COUNTS)
    assert Report.objects.get().version == 1  # the same numbers
    enter_tally(**entered, counts=Counts(issued=30, returned=29, valid=28, grades=(5, 7, 8, 8)))
    confirm_tally(case_pk=case.pk, by=team.yan, at=NOW)
    with pytest.raises(NotReadyToSign):
        sign_report(case_pk=case.pk, version=1, by=team.bai, at=NOW)
    last = [sign_report(case_pk=case.pk, version=2, by=one, at=NOW) for one in (team.bai, team.yan, team.tao)]
    assert last == [False, False, True]


def test_what_all_others_signed_is_handed_in_when_the_last_one_leaves(cast, case, team, client):
    made = set_up(cast, case, team.tao, team.bai, team.yan)
    records(case, made, team.tao, team.bai)
    for one in (team.tao, team.bai):
        sign_report(case_pk=case.pk, version=1, by=one, at=NOW)
    client.force_login(team.tao)
    address = f"/matters/case/{case.number}/investigation/"
    assert "提交报告" not in client.get(address).content.decode()
    step_back(case_pk=case.pk, reason="刚知道是亲戚", by=team.yan, at=NOW)
    assert "提交报告" in client.get(address).content.decode()
    client.post(f"{address}sign", {"version": 1})
    assert fresh(case).step == "deliberation"
    assert ReportSignature.objects.count() == 2
    assert clean(case)


def test_somebody_ticked_and_typed_is_on_the_team_once(cast, case, team, client):
    client.force_login(cast.han)
    typed = {"members": ["tao", "bai"], "others": "tao bai", "head": "", "from_on": "2026-11-25",
             "until_on": "2026-11-26", "people": "12", "contact": "韩启明"}  # fmt: skip
    assert client.post("/matters/investigations/", typed | {"case": [case.number]}).status_code == 302
    assert sorted(TeamMember.objects.values_list("account__username", flat=True)) == ["bai", "tao"]


def test_no_report_without_weaknesses_and_a_new_version_is_signed_anew(cast, case, team):
    made = set_up(cast, case, team.tao, team.bai)
    with pytest.raises(ReportIncomplete):
        save_report(case_pk=case.pk, parts=PARTS_WRITTEN | {"weaknesses": ""}, conclusion="fit", by=team.tao, at=NOW)
    records(case, made, team.tao, team.bai)
    sign_report(case_pk=case.pk, version=1, by=team.tao, at=NOW)
    save_report(case_pk=case.pk, parts=PARTS_WRITTEN, conclusion="reserved", by=team.bai, at=NOW)
    with pytest.raises(NotReadyToSign):
        sign_report(case_pk=case.pk, version=1, by=team.bai, at=NOW)
    assert not sign_report(case_pk=case.pk, version=2, by=team.bai, at=NOW)
    assert sign_report(case_pk=case.pk, version=2, by=team.tao, at=NOW)
    with pytest.raises(InvestigationOver):
        sign_report(case_pk=case.pk, version=2, by=team.tao, at=NOW)


def test_a_team_of_one_does_not_sign(cast, case, team):
    made = set_up(cast, case, team.tao, team.bai)
    records(case, made, team.tao, team.bai)
    step_back(case_pk=case.pk, reason="刚知道是亲戚", by=team.bai, at=NOW)
    with pytest.raises(TeamIncomplete):
        sign_report(case_pk=case.pk, version=1, by=team.tao, at=NOW)


def test_a_signature_is_never_changed(cast, case, team):
    investigated(cast, case, team.tao, team.bai)
    for change in (lambda rows: rows.update(name="别人"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(ReportSignature.objects.all())
    assert ReportSignature.objects.count() == 2


def test_who_investigated_has_no_vote_on_the_case(cast, case, team):
    make.assign(team.bai, Role.ORGANIZER, cast.province)
    investigated(cast, case, team.tao, team.bai)
    assert (todo(team.bai), todo(cast.han)) == ([], ["deliberation"])
    with pytest.raises(FourEyes):
        say(case, team.bai, "return", reason="请补充", goes_to="investigation")
    assert clean(case)


@pytest.mark.parametrize(("who", "reads"), [("han", True), ("shi", True), ("lin", False)])
def test_what_was_found_is_read_by_the_body_that_decides_not_by_who_spoke_below(cast, case, team, client, who, reads):
    investigated(cast, case, team.tao, team.bai)
    client.force_login(getattr(cast, who))
    page = client.get(f"/seats/{open_seat(case).pk}/")
    assert (page.status_code, 'id="inquiry-title"' in page.content.decode()) == (200, reads)


def test_a_returned_investigation_is_done_anew_by_a_new_team(cast, case, team):
    investigated(cast, case, team.tao, team.bai)
    say(case, cast.han, "return", reason="请再谈几个人", goes_to="investigation")
    assert fresh(case).step == "investigation"
    investigated(cast, case, team.yan, team.tao)
    assert (fresh(case).step, Seat.objects.filter(stage__case=case, holder=team.tao).count()) == ("deliberation", 2)
    assert clean(case)
