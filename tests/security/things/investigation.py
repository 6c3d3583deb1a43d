"""What the probes of investigations name and send, and the teams of both sides at work."""

from datetime import date

from approvals.models import Case
from organizations.enums import Level
from tests import factories as make
from tests.appointment_review.investigating import (
    COUNTS,
    PARTS_WRITTEN,
    plan_of,
    talk_of,
    without_letters,
)
from tests.cases import INTENT, publish, say
from tests.factories import NOW
from tests.security.rows.investigation import ROWS
from workflows.appointment_review.actions.investigation_notice import announce, challenge_member
from workflows.appointment_review.actions.investigation_records import enter_tally, record_talk
from workflows.appointment_review.actions.investigation_report import save_report
from workflows.appointment_review.actions.investigation_team import declare_free, set_up_teams, step_back
from workflows.appointment_review.actions.opening import open_assignment
from workflows.appointment_review.investigation_models import Challenge, TalkRecord, TeamMember


def _number(side) -> dict:
    return {"number": side.inquiry.number}


def _second(case: Case) -> TeamMember:
    return TeamMember.objects.filter(investigation__case=case, left_at=None).order_by("-pk")[0]


TARGETS = {name: _number for name in ROWS if "investigation_" in name or name.endswith((":investigation", ":my_team"))}
TARGETS |= {
    "workflows:investigation_teams": lambda side: None,
    "workflows:investigation_announce": lambda side: {"number": side.inquiry_before.number},
    "workflows:investigation_declare": lambda side: {"number": side.inquiry_before.number},
    "workflows:investigation_replace": lambda side: {
        "number": side.inquiry_before.number, "member": _second(side.inquiry_before).pk,
    },
    "workflows:investigation_challenge": lambda side: _number(side) | {
        "pk": Challenge.objects.filter(member__investigation__case=side.inquiry).earliest("pk").pk
    },
    "workflows:investigation_talk": lambda side: _number(side) | {
        "pk": TalkRecord.objects.filter(investigation__case=side.inquiry).earliest("pk").pk
    },
    "workflows:investigation_paper": lambda side: _number(side) | {"kind": "preview"},
    "workflows:seat_recuse": lambda side: {"pk": side.seat("checking").pk},
    "workflows:seat_no_conflict": lambda side: {"pk": side.seat("checking").pk},
}  # fmt: skip
FORMS = {
    "workflows:investigation_declare": lambda side: {"answer": "free"},
    "workflows:investigation_replace": lambda side: {"account": side.official.username, "reason": "另有任务"},
    "workflows:investigation_challenge": lambda side: {"upheld": "0", "reason": "没有根据"},
    "workflows:investigation_talk_new": lambda side: {
        "kind": "typed", "talkee": "何苗", "relation": "colleague", "held_on": "2026-11-25", "place": "会议室",
        "text": "工作认真。", "confirmed": "on", "key": "k",
        "present": list(
            TeamMember.objects.filter(investigation__case=side.inquiry, left_at=None).values_list("pk", flat=True)
        ),
    },
    "workflows:investigation_talk_save": lambda side: {"text": "工作认真。"},
    "workflows:investigation_tally": lambda side: {
        "held_on": "2026-11-25", "issued": 3, "returned": 3, "valid": 3, "excellent": 3, "competent": 0,
        "basically_competent": 0, "not_competent": 0, "opinions_issued": 0, "opinions_returned": 0,
    },
    "workflows:investigation_report_edit": lambda side: {**PARTS_WRITTEN, "conclusion": "fit"},
    "workflows:investigation_sign": lambda side: {"version": "1"},
    "workflows:my_team": lambda side: {
        "member": TeamMember.objects.filter(investigation__case=side.inquiry, left_at=None).order_by("pk")[0].pk,
        "grounds": "曾有纠纷",
    },
    "workflows:seat_recuse": lambda side: {"reason": "有亲属关系"},
}  # fmt: skip


def build(world) -> None:
    """Bring two cases of each side to their investigation, and let teams work in the first."""
    world.people["investigator"] = make.account("考察员甲", username="investigator")
    world.people["former_investigator"] = make.account("前考察员", username="former_investigator")
    at_province = make.reviewer("省组织员", "organizer", world.cast.province)
    for name, manager in (("here", at_province), ("there", world.cast.mei)):
        side = world.side(name)
        first = world.people["investigator"] if name == "here" else make.account("考察员丙")
        team = [first, make.account(f"考察员乙{name}"), world.people["former_investigator"]]
        side.inquiry = at_investigation(world, side, "甲")
        side.inquiry_before = at_investigation(world, side, "乙")
        for case in (side.inquiry, side.inquiry_before):
            set_up_teams(cases=[case.pk], plan=plan_of(*team), by=manager, at=NOW)
            step_back(case_pk=case.pk, reason="有亲属关系", by=team[2], at=NOW)
        work(side.inquiry, manager, *team[:2])
    world.people["investigated"] = world.here.inquiry.subject.account


def work(case: Case, manager, first, second) -> None:
    """Publish the notice, declare, record, and let the candidate ask for another head."""
    announce(case_pk=case.pk, by=manager, at=NOW)
    for member in (first, second):
        declare_free(case_pk=case.pk, by=member, at=NOW)
    made = case.investigations.get()
    record_talk(case_pk=case.pk, talk=talk_of(made), by=second, at=NOW, key=f"talk-{case.pk}")
    enter_tally(case_pk=case.pk, counts=COUNTS, held_on=date(2026, 11, 25), opinions=(0, 0), by=second, at=NOW)
    save_report(case_pk=case.pk, parts=PARTS_WRITTEN, conclusion="fit", by=second, at=NOW)
    member = _second(case).pk
    account = case.subject.account
    challenge_member(case_pk=case.pk, member_pk=member, grounds="曾有纠纷", by=account, at=NOW)


def at_investigation(world, side, mark: str) -> Case:
    """Open a case at a new branch without letters, and bring it to its investigation."""
    here = side is world.here
    head = world.cast.general_branch if here else side.committee
    level = side.committee.level if here else Level.CITY
    branch = make.organization(f"{side.committee.name[:4]}{mark}考察党支部", under=head, level=level)
    publish(without_letters(), organization=branch, by=world.cast.an)
    person = make.person(f"{mark}{side.committee.name[:2]}")
    make.account(person.name, person=person)
    case = open_assignment(organization=branch, person=person, intent=INTENT, by=side.organizer, at=NOW)
    say(case, person.account, "hand_in")
    steps = [side.organizer, side.organizer]
    steps += [world.cast.gao, world.cast.lin, world.cast.zhou] if here else [side.approver]
    for who in steps:
        say(case, who, "agree")
    return Case.objects.select_related("subject__account").get(pk=case.pk)
