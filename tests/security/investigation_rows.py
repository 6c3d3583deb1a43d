"""Investigation and recusal: who gets what at their addresses, and the cases they name; read ``matrix.py`` first.

``investigator`` is on the team here and holds no role at all; ``former_investigator`` was, until a challenge was upheld
for another reason; ``investigated`` is the candidate here. The authority here is the province, there the city.
"""

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
from workflows.appointment_review.actions.investigation_notice import announce, challenge_member
from workflows.appointment_review.actions.investigation_records import enter_tally, record_talk
from workflows.appointment_review.actions.investigation_report import save_report
from workflows.appointment_review.actions.investigation_team import declare_free, set_up_teams, step_back
from workflows.appointment_review.actions.opening import open_assignment
from workflows.appointment_review.investigation_models import Challenge, TalkRecord, TeamMember

STRANGERS = "anonymous deactivated"
FILES = (
    "organizer/here own_case/here general_branch_secretary/here organizer_elsewhere/there approver_elsewhere/there "
    "approver discipline_officer two_places/there"
)
# Whoever holds the role at the authority itself looks after the team, however far the role reaches.
LOOKS_AFTER = "one_place_only/here organizer_elsewhere/there two_places/there"
SEES = f"{FILES} {LOOKS_AFTER} investigator/here"
ORGANIZERS = "organizer own_case organizer_elsewhere ungranted two_places narrow_grant wide_grant one_place_only"
# A role and any grant at the very place of the seat entitle to speak there, however far they reach.
AT_THE_SEAT = (
    "organizer/here own_case/here organizer_elsewhere/there two_places/there narrow_grant/here wide_grant/here"
)


def done_by(who: str) -> dict:
    """Write the row of a button: some press it, everybody else who sees the page is told no."""
    return {"POST": {"login": STRANGERS, "done": who, "told": SEES, "else": "hidden"}}


OF_THE_TEAM = {"login": STRANGERS, "ok": "investigator/here", "else": "hidden"}
WRITTEN_BY_THE_TEAM = {"login": STRANGERS, "done": "investigator/here", "else": "hidden"}
FORM_OF_THE_TEAM = {"GET": OF_THE_TEAM, "POST": WRITTEN_BY_THE_TEAM}
ROWS = {
    "workflows:investigation_teams": {
        "GET": {"login": STRANGERS, "ok": ORGANIZERS, "else": "refused"},
        "POST": {"login": STRANGERS, "told": ORGANIZERS, "else": "refused"},
    },
    "workflows:investigation": {"GET": {"login": STRANGERS, "ok": SEES, "else": "hidden"}},
    "workflows:investigation_announce": done_by(LOOKS_AFTER),
    "workflows:investigation_declare": done_by("investigator/here"),
    "workflows:investigation_replace": done_by(LOOKS_AFTER),
    "workflows:investigation_challenge": done_by("approver/here approver_elsewhere/there"),
    "workflows:investigation_talk_new": FORM_OF_THE_TEAM,
    "workflows:investigation_talk_save": {"POST": WRITTEN_BY_THE_TEAM},
    "workflows:investigation_talk": {"GET": OF_THE_TEAM},
    "workflows:investigation_tally": FORM_OF_THE_TEAM,
    "workflows:investigation_tally_confirm": done_by("investigator/here"),
    "workflows:investigation_report": {"GET": OF_THE_TEAM},
    "workflows:investigation_report_edit": FORM_OF_THE_TEAM,
    "workflows:investigation_sign": {"POST": {"login": STRANGERS, "told": SEES, "else": "hidden"}},
    "workflows:investigation_files": {"GET": OF_THE_TEAM},
    "workflows:investigation_paper": {"GET": {"login": STRANGERS, "ok": SEES, "else": "hidden"}},
    "workflows:my_team": {
        "GET": {"login": STRANGERS, "ok": "investigated/here", "else": "hidden"},
        "POST": {"login": STRANGERS, "done": "investigated/here", "else": "hidden"},
    },
    "workflows:seat_recuse": {
        "GET": {"login": STRANGERS, "ok": AT_THE_SEAT, "else": "hidden"},
        "POST": {"login": STRANGERS, "done": AT_THE_SEAT, "else": "hidden"},
    },
    "workflows:seat_no_conflict": {"POST": {"login": STRANGERS, "done": AT_THE_SEAT, "else": "hidden"}},
}


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
        "pk": Challenge.objects.get(member__investigation__case=side.inquiry).pk
    },
    "workflows:investigation_talk": lambda side: _number(side) | {
        "pk": TalkRecord.objects.get(investigation__case=side.inquiry).pk
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
