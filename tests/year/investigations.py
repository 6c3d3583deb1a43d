"""Investigations of a generated year: one team of two for everybody who waits, records, tally, report, signatures."""

from datetime import timedelta

from django.utils.timezone import localdate

from approvals.models import Case, Stage
from organizations.models import Account
from tests.appointment_review.investigating import COUNTS, PARTS_WRITTEN, talk_of
from tests.year.clock import Year
from workflows.appointment_review.actions.investigation_notice import announce, challenge_member, decide_challenge
from workflows.appointment_review.actions.investigation_records import confirm_tally, enter_tally, record_talk
from workflows.appointment_review.actions.investigation_report import save_report, sign_report
from workflows.appointment_review.actions.investigation_team import Plan, declare_free, set_up_teams
from workflows.appointment_review.investigation_models import Investigation

AT_ONCE = 12


def work(year: Year) -> None:
    """Send teams out, and let those who are back write their reports."""
    _report(year)
    waiting = Stage.objects.filter(step="investigation", outcome="", investigation=None).order_by("opened_at", "pk")
    cases = list(waiting.values_list("case", flat=True)[:AT_ONCE])
    if cases:
        _send_out(year, sorted(cases))


def _send_out(year: Year, cases: list[int]) -> None:
    one, other, third, _fourth = year.rng.sample(year.province.investigators, 4)
    today = localdate(year.at)
    plan = Plan(
        accounts=[one, other], head=one, from_on=today, until_on=today + timedelta(days=1),
        contact="韩启明 020-55500100", people=12,
    )  # fmt: skip
    for made in set_up_teams(cases=cases, plan=plan, by=year.province.recorder, at=year.at):
        announce(case_pk=made.case_id, by=year.province.recorder, at=year.at)
        for account in (one, other):
            declare_free(case_pk=made.case_id, by=account, at=year.at)
        year.done["teams"] += 1
        if year.rare(5):
            _challenge(year, made, third)


def _challenge(year: Year, made: Investigation, instead: Account) -> None:
    case = Case.objects.select_related("subject__account").get(pk=made.case_id)
    member = made.members.order_by("pk").last()
    made_of = challenge_member(
        case_pk=case.pk, member_pk=member.pk, grounds="曾有经济纠纷", by=case.account, at=year.at
    )
    upheld = year.chance(50)
    decide_challenge(
        challenge_pk=made_of.pk, upheld=upheld, reason="已核实", replacement=instead if upheld else None,
        by=year.province.chair, at=year.at,
    )  # fmt: skip
    if upheld:
        declare_free(case_pk=case.pk, by=instead, at=year.at)
    year.done["challenges upheld" if upheld else "challenges dismissed"] += 1


def _report(year: Year) -> None:
    back = Investigation.objects.filter(stage__outcome="", set_up_at__lt=year.at).select_related("case", "stage")
    for made in list(back.order_by("pk")):
        if year.chance(70):
            _one_report(year, made)


def _one_report(year: Year, made: Investigation) -> None:
    team = [one.account for one in made.members.filter(left_at=None).select_related("account").order_by("pk")]
    on = {"case_pk": made.case_id, "at": year.at}
    talk = talk_of(made, held_on=made.from_on, present=[one.pk for one in made.members.filter(left_at=None)])
    record_talk(**on, talk=talk, by=team[0], key=year.key())
    enter_tally(**on, counts=COUNTS, held_on=made.from_on, opinions=(10, 9), by=team[0])
    confirm_tally(**on, by=team[1])
    report = save_report(**on, parts=PARTS_WRITTEN, conclusion="fit", by=team[0])
    for account in team:
        sign_report(**on, version=report.version, by=account)
    year.done["reports of investigation"] += 1
