"""How two people look into somebody: the team, the talks, the papers of the appraisal, the report."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from approvals.models import Case
from config.demo import words
from config.demo.office import Office
from config.demo.office_stories import OWN_TEAM, Joint
from organizations.models import Account
from workflows.appointment_review.actions.investigation_notice import announce
from workflows.appointment_review.actions.investigation_records import Talk, confirm_tally, enter_tally, record_talk
from workflows.appointment_review.actions.investigation_report import save_report, sign_report
from workflows.appointment_review.actions.investigation_team import Plan, declare_free, set_up_teams
from workflows.appointment_review.enums import Conclusion, Relation, TalkKind
from workflows.appointment_review.investigation_models import Investigation
from workflows.appointment_review.rules.investigation import Counts

VISIT = timedelta(days=2)
PEOPLE_OF_THE_UNIT = 18
COUNTS = Counts(issued=16, returned=16, valid=15, grades=(10, 4, 1, 0))
OPINIONS = (4, 3)
TALKS = ((Relation.SELF, ""), (Relation.LEADER, "顾立群"), (Relation.COLLEAGUE, "何苗"))


def set_up(office: Office, joint: Joint, at: datetime) -> None:
    """Set the team up, show it to the candidates, and let its members declare."""
    cases, team, day = office.cases(joint), office.world.team, timezone.localdate(at)
    if joint.name == OWN_TEAM:
        team = (team[0], office.organizer)
    contact = f"{office.organizer.name}，{office.city.phone}"
    plan = Plan(team, team[0], day, day + VISIT, contact, PEOPLE_OF_THE_UNIT)
    set_up_teams(cases=[case.pk for case in cases], plan=plan, by=office.organizer, at=at)
    for case in cases:
        announce(case_pk=case.pk, by=office.organizer, at=at)
        for account in team:
            declare_free(case_pk=case.pk, by=account, at=at)


def talks(office: Office, joint: Joint, at: datetime) -> None:
    """Keep the records of three talks about each of them."""
    for case in office.cases(joint):
        for place, (relation, name) in enumerate(TALKS):
            _talk(case, relation, name or case.subject_name, words.TALKS[place], office.world.team[0], at)


def tally(office: Office, joint: Joint, at: datetime) -> None:
    """Enter the counted papers; they wait for the second person."""
    day = timezone.localdate(at)
    for case in office.cases(joint):
        enter_tally(case_pk=case.pk, counts=COUNTS, held_on=day, opinions=OPINIONS, by=office.world.team[0], at=at)


def second_person(office: Office, joint: Joint, at: datetime) -> None:
    """Confirm the counted papers and write the report."""
    for case in office.cases(joint):
        confirm_tally(case_pk=case.pk, by=office.world.team[1], at=at)
        save_report(case_pk=case.pk, parts=words.REPORT, conclusion=Conclusion.FIT, by=office.world.team[0], at=at)


def sign(office: Office, joint: Joint, at: datetime) -> None:
    """Let both sign; with the last signature the investigation is over."""
    for case in office.cases(joint):
        for account in office.world.team:
            sign_report(case_pk=case.pk, version=1, by=account, at=at)


def _talk(case: Case, relation: Relation, name: str, text: str, by: Account, at: datetime) -> None:
    found = Investigation.objects.get(case=case)
    present = list(found.members.values_list("pk", flat=True))
    day = timezone.localdate(at)
    talk = Talk(TalkKind.TYPED, day, words.TALK_ROOM, name, relation, text, present, confirmed=True)
    record_talk(case_pk=case.pk, talk=talk, by=by, at=at, key=f"demo:talk:{case.pk}:{relation}")


ACTS: Mapping[str, Callable[[Office, Joint, datetime], None]] = {
    "team": set_up,
    "talks": talks,
    "tally": tally,
    "confirm_tally": second_person,
    "sign": sign,
}
