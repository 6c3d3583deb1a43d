"""Brings a case to its investigation and through it by the real verbs; other stories borrow ``investigated``."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import count

from approvals.actions.inbox import open_seats
from approvals.actions.upkeep import mend_inbox
from approvals.models import Case, InboxRow
from organizations.enums import Role
from organizations.models import Account
from tests import factories as make
from tests.approvals.rebuilt import differences
from tests.cases import case_at, fresh, full_policy_document, publish, say
from tests.cast import Cast
from tests.factories import NOW
from workflows.appointment_review.actions.investigation_notice import announce
from workflows.appointment_review.actions.investigation_records import Talk, confirm_tally, enter_tally, record_talk
from workflows.appointment_review.actions.investigation_report import save_report, sign_report
from workflows.appointment_review.actions.investigation_team import Plan, declare_free, set_up_teams
from workflows.appointment_review.investigation_models import Investigation
from workflows.appointment_review.rules.investigation import PARTS, Counts

COUNTS = Counts(issued=30, returned=29, valid=28, grades=(15, 10, 2, 1))
PARTS_WRITTEN = dict.fromkeys(PARTS, "理想信念坚定，工作认真负责。") | {"weaknesses": "与会员单位联系还不够经常。"}
_record = count(1)


@dataclass
class Team:
    """Two who go, and one who may take a place."""

    tao: Account
    bai: Account
    yan: Account


def todo(account: Account) -> list[str]:
    """List the steps that wait for somebody."""
    return list(InboxRow.objects.filter(account=account, kind="todo").values_list("step", flat=True))


def clean(case: Case) -> bool:
    """Say whether the inboxes are as a fresh look would fill them, and the log rebuilds the case."""
    drift = mend_inbox(open_seats(), at=NOW, repair=False)
    return (drift.missing, drift.extra, differences(fresh(case))) == ([], [], [])


def team_of(cast: Cast) -> Team:
    """Make three committee members of the province who hold nothing else."""
    return Team(
        *(
            make.reviewer(name, Role.COMMITTEE_MEMBER, cast.province, username=login)
            for name, login in (("陶立", "tao"), ("柏松", "bai"), ("严华", "yan"))
        )
    )


def without_letters() -> dict:
    """Give the whole policy, except that no department is asked."""
    document = full_policy_document()
    for step in document["steps"]:
        if step["step"] == "letters":
            step["tracks"] = []
    return document


def to_investigation(cast: Cast, case: Case, *, at: datetime = NOW) -> Case:
    """Bring a case that waits at the county or the province to its investigation."""
    if fresh(case).step_organization == cast.county:
        say(case, cast.lin, "agree", at=at)
    say(case, cast.zhou, "agree", at=at)
    return fresh(case)


def at_investigation(cast: Cast) -> Case:
    """Give Shen's case at its investigation, under a policy that asks no department."""
    publish(without_letters(), by=cast.an)
    return to_investigation(cast, case_at(cast, "county"))


def plan_of(*accounts: Account, **changes) -> Plan:
    """Plan a visit of two days."""
    facts = {
        "accounts": accounts,
        "head": accounts[0],
        "from_on": date(2026, 11, 25),
        "until_on": date(2026, 11, 26),
        "contact": "韩启明 020-55500100",
        "people": 12,
    }
    return Plan(**facts | changes)


def set_up(cast: Cast, case: Case, *accounts: Account, at: datetime = NOW) -> Investigation:
    """Let Han set the team up, publish the notice, and everybody declare."""
    made = set_up_teams(cases=[case.pk], plan=plan_of(*accounts), by=cast.han, at=at)[0]
    announce(case_pk=case.pk, by=cast.han, at=at)
    for account in accounts:
        declare_free(case_pk=case.pk, by=account, at=at)
    return made


def talk_of(made: Investigation, **changes) -> Talk:
    """Write a talk kept on paper, with everybody on the team."""
    facts = {
        "kind": "paper",
        "held_on": date(2026, 11, 25),
        "place": "社工服务中心会议室",
        "talkee": "何苗",
        "relation": "colleague",
        "text": "",
        "present": list(made.members.values_list("pk", flat=True)),
        "confirmed": True,
        "keeper": "陶立",
        "pages": 3,
    }
    return Talk(**facts | changes)


def records(case: Case, made: Investigation, one: Account, other: Account, *, at: datetime = NOW) -> None:
    """Let the two record a talk, enter and confirm the papers, and write the report."""
    record_talk(case_pk=case.pk, talk=talk_of(made), by=one, at=at, key=f"talk-{next(_record)}")
    enter_tally(case_pk=case.pk, counts=COUNTS, held_on=date(2026, 11, 25), opinions=(10, 9), by=one, at=at)
    confirm_tally(case_pk=case.pk, by=other, at=at)
    save_report(case_pk=case.pk, parts=PARTS_WRITTEN, conclusion="fit", by=one, at=at)


def investigated(cast: Cast, case: Case, *accounts: Account, at: datetime = NOW) -> Case:
    """Take a case that waits at its investigation through it, by two people of the province; it waits for the meeting.

    Args:
        cast: The cast.
        case: A case at its investigation, whose authority is the province.
        accounts: Who goes; two new committee members when nobody is named.
        at: The moment of all of it.
    """
    if not accounts:
        names = (f"考察员{next(_record)}" for _ in range(2))
        accounts = tuple(make.reviewer(name, Role.COMMITTEE_MEMBER, cast.province) for name in names)
    made = set_up(cast, case, *accounts, at=at)
    records(case, made, *accounts[:2], at=at)
    for account in accounts:
        sign_report(case_pk=case.pk, version=1, by=account, at=at)
    return fresh(case)
