"""Everything that reads an investigation: the team, who may see it, hints, what is still to do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from approvals.concerned import has_stepped_back, holder_stepped_back
from approvals.enums import SeatState
from approvals.models import Case, Recusal, Seat, Stage
from audit.sealing import SealBroken
from organizations.enums import ADMINISTRATORS, Role
from organizations.identity import unseal_for
from organizations.models import Account, Helper, OrganizationGrant, PartyOrganization, Post, RoleAssignment
from workflows.appointment_review.candidate_queries import document_of, submitted_versions
from workflows.appointment_review.investigation_models import (
    Challenge,
    Investigation,
    Report,
    ReportSignature,
    TalkRecord,
    Tally,
    TeamMember,
)
from workflows.appointment_review.rules.investigation import (
    GRADES,
    PARTS,
    Counts,
    Known,
    hints_of,
    parts_missing,
    unfinished,
)

STEP = "investigation"
DECIDERS = (Role.COMMITTEE_SECRETARY, Role.APPROVER)
MOST = 200


@dataclass
class Work:
    """An investigation with all that was written in it.

    Attributes:
        investigation: The row, with case and stage.
        members: On the team now, the head first.
        former: Who left it.
        talks: Records.
        tally, report: What was entered; None before.
        signed: Keys of the members who signed the present version.
        challenges: All that were made, with their members.
    """

    investigation: Investigation
    members: list[TeamMember]
    former: list[TeamMember]
    talks: list[TalkRecord]
    tally: Tally | None
    report: Report | None
    signed: set[int]
    challenges: list[Challenge]

    def member(self, account: Account) -> TeamMember | None:
        """Find somebody on the team."""
        return next((one for one in self.members if one.account_id == account.pk), None)

    @property
    def open_challenges(self) -> list[Challenge]:
        """The challenges nobody has decided yet, of people still on the team."""
        here = {member.pk for member in self.members}
        return [one for one in self.challenges if one.upheld is None and one.member_id in here]

    def to_do(self) -> list[str]:
        """List what has to be done before the report can be signed."""
        parts = parts_of(self.report) if self.report else {}
        return unfinished(
            announced=self.investigation.announced_at is not None,
            talks=len(self.talks),
            tally_confirmed=self.tally is not None and self.tally.confirmed_at is not None,
            challenges=len(self.open_challenges),
            undeclared=sum(member.no_conflict_at is None for member in self.members),
            missing=parts_missing(parts) if self.report else PARTS,
        )


def work_of(stage: Stage) -> Work | None:
    """Read the investigation of a stage; None before a team was set up."""
    found = Investigation.objects.filter(stage=stage).select_related("case__subject", "stage", "tally", "report")
    one = found.first()
    if one is None:
        return None
    members = list(TeamMember.objects.filter(investigation=one).select_related("account", "seat").order_by("pk"))
    report = getattr(one, "report", None)
    signed = ReportSignature.objects.filter(report=report, version=report.version) if report else []
    here = [member for member in members if member.left_at is None]
    return Work(
        investigation=one,
        members=sorted(here, key=lambda member: not member.is_head),
        former=[member for member in members if member.left_at is not None],
        talks=list(TalkRecord.objects.filter(investigation=one).prefetch_related("present__account")),
        tally=getattr(one, "tally", None),
        report=report,
        signed={signature.member_id for signature in signed},
        challenges=list(Challenge.objects.filter(member__in=members).select_related("member__account", "decided_by")),
    )


def last_stage(case: Case) -> Stage | None:
    """Give the investigation of a case that is open, or was closed last."""
    stages = Stage.objects.filter(case=case, step=STEP).select_related("organization", "task__process")
    return stages.order_by("-pk").first()


def parts_of(report: Report) -> dict[str, str]:
    """Open a report; empty when the person's key was destroyed."""
    return opened(report.investigation.case, PARTS, report.sealed)


def opened(case: Case, names: Iterable[str], sealed: str) -> dict[str, str]:
    """Open texts that were sealed together as one.

    Args:
        case: Whose person they are about, with the person loaded.
        names: The texts, in the order in which they were joined.
        sealed: As ``joined`` and ``seal_for`` made it, under the name ``investigation``.
    """
    try:
        text = unseal_for(case.subject, {STEP: sealed})[STEP] if sealed else ""
    except SealBroken:
        text = ""
    return dict(zip(names, text.split("\0"), strict=False))


def joined(texts: Iterable[str]) -> str:
    """Write texts as one, to be sealed together."""
    return "\0".join(text.strip().replace("\0", "") for text in texts)


def counts_of(tally: Tally) -> Counts:
    """Give the papers of a tally as the rules take them."""
    return Counts(tally.issued, tally.returned, tally.valid, tuple(getattr(tally, grade) for grade in GRADES))


def manages(account: Account, stage: Stage, *, at: datetime) -> bool:
    """Say whether an account sets up and looks after the team: it holds the role of the step's own seat."""
    seat = stage.seats.exclude(roles=[]).first()
    if seat is None or has_stepped_back(account, stage.case_id):
        return False
    return _holds(account, seat.organization, seat.roles, at)


def decides_challenges(account: Account, stage: Stage, *, at: datetime) -> bool:
    """Say whether an account may decide a challenge: a leader at the place who never was on this team."""
    if TeamMember.objects.filter(investigation__stage=stage, account=account).exists():
        return False
    if has_stepped_back(account, stage.case_id):
        return False
    return _holds(account, stage.organization, DECIDERS, at)


def deciders_of(stage: Stage, *, on: date) -> list[int]:
    """List the accounts that may decide challenges."""
    held = RoleAssignment.objects.valid_on(on).filter(organization=stage.organization, role__in=DECIDERS)
    on_team = TeamMember.objects.filter(investigation__stage=stage, account=OuterRef("account"))
    asked = held.exclude(Exists(on_team)).exclude(holder_stepped_back(stage.case_id)).order_by("account")
    return list(asked.values_list("account", flat=True).distinct())


def may_be_chosen(organization: PartyOrganization, *, on: date) -> QuerySet[Account]:
    """Give the people of an organization who can be asked to investigate, by name."""
    held = RoleAssignment.objects.valid_on(on).filter(organization=organization, account=OuterRef("pk"))
    held = held.exclude(role__in=ADMINISTRATORS)
    return Account.objects.filter(Exists(held), is_active=True).order_by("search_key", "pk")[:MOST]


def barred_from_teams(case: Case, accounts: Iterable[Account], *, on: date) -> list[Account]:
    """Keep of some accounts those that may be on no team of a case.

    They are administrators, helpers of the person, and whoever stepped back from the case.
    """
    administers = RoleAssignment.objects.valid_on(on).filter(account=OuterRef("pk"), role__in=ADMINISTRATORS)
    helps = Helper.objects.filter(helper=OuterRef("pk"), candidate__person=case.subject_id, until_at=None)
    asked = Account.objects.filter(pk__in=[account.pk for account in accounts])
    stepped_back = Recusal.objects.filter(case=case, account=OuterRef("pk"), recused=True)
    return list(asked.filter(Exists(administers) | Exists(helps) | Exists(stepped_back)).order_by("pk"))


def waiting_for(account: Account, *, on: date) -> QuerySet[Case]:
    """Give the cases whose investigation an account looks after and that have no team yet."""
    seats = Seat.objects.filter(
        stage__case=OuterRef("pk"),
        stage__step=STEP,
        stage__outcome="",
        stage__investigation=None,
        state=SeatState.OPEN,
        rows__account=account,
    )
    seen = Case.objects.visible_to(account, on=on).filter(Exists(seats))
    return seen.select_related("organization", "step_organization", "proposal").order_by("pk")


def hints_for(case: Case, accounts: Iterable[Account], *, on: date) -> dict[int, list[str]]:
    """Notice what may stand in the way of people who look into a case or decide it.

    Args:
        case: The case with person and organization.
        accounts: The people.
        on: The day at which roles and posts have to hold.

    Returns:
        Codes by key of the account; only accounts with any.
    """
    people, family = list(accounts), family_rows(case)
    units = _units(people, on)
    found = {}
    for account in people:
        mine = units.get(account.pk, {})
        below = any(path.startswith(case.organization.path) for path in mine.values())
        known = Known(account.name, frozenset(mine), below, case.opened_by_id == account.pk)
        hints = hints_of(known, branch=case.organization.name, family=family)
        if hints:
            found[account.pk] = hints
    return found


def family_rows(case: Case) -> list[Mapping[str, str]]:
    """Give the relatives that the candidate declared in the form handed in last."""
    versions = submitted_versions(case)[:1] if case.subject_id else []
    try:
        return document_of(case.subject, versions[0])["family"]["rows"] if versions else []
    except SealBroken:
        return []


def _units(accounts: list[Account], on: date) -> dict[int, dict[str, str]]:
    held = RoleAssignment.objects.valid_on(on).filter(account__in=accounts, organization__isnull=False)
    posts = Post.objects.filter(person__account__in=accounts, ended_on=None)
    found: dict[int, dict[str, str]] = {}
    rows = [*held.values_list("account", "organization__name", "organization__path")]
    rows += posts.values_list("person__account", "organization__name", "organization__path")
    for account, name, path in rows:
        found.setdefault(account, {})[name] = path
    return found


def _holds(account: Account, place: PartyOrganization, roles: Iterable[str], at: datetime) -> bool:
    granted = OrganizationGrant.objects.filter(user=account, content_object=OuterRef("organization"))
    held = RoleAssignment.objects.valid_on(localdate(at)).filter(Exists(granted), Q(organization=place))
    return held.filter(account=account, role__in=list(roles)).exists()
