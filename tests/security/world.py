"""The world the probes run in: everybody who might ask, and of each thing one here and one elsewhere.

"Here" is the county of ``tests/cast.py`` and everything under it, "there" is the city. All cases were brought to where
they stand by the real verbs.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

import time_machine
from django.db import transaction
from django.test import Client

from approvals.models import Case, Correction, InboxRow, Meeting, Policy, Seat
from notifications.models import Notice
from organizations.actions.helpers import add_helper, end_helper
from organizations.actions.invitations import SHEET, invite
from organizations.enums import Role, Scope
from organizations.ledger.runs import check_upload
from organizations.models import (
    Account,
    Helper,
    LedgerImport,
    OrganizationGrant,
    PartyOrganization,
    Person,
    RoleAssignment,
)
from tests import factories as make
from tests.appointment_review.candidate import fill_in
from tests.cases import INTENT, policy_document, publish, say
from tests.cast import Cast, build_cast
from tests.elections import SEATS, publish_for_elections
from tests.factories import NOW, TODAY
from tests.organizations.ledgers import HEADINGS, standard_book
from tests.security.things import investigation, letters, meetings, notices, papers, telling, told
from tests.shared.kept import scan
from workflows.appointment_review.actions.elections_opening import open_election
from workflows.appointment_review.actions.opening import Intent, open_assignment, open_removal
from workflows.appointment_review.models import Material, OfficialDocument
from workflows.shared.models import StoredFile

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
LATER = NOW + timedelta(hours=1)
# The digests of what was told on the day of the story.
MORNING = (NOW + timedelta(days=1)).replace(hour=8, minute=30)
HERE, THERE = "here", "there"
PDF = b"%PDF-1.4\n%%EOF\n"


@dataclass
class Side:
    """One of each thing, all under one committee.

    Attributes:
        filling: Returned once, with the candidate again; holds a material that may still be removed.
        waiting: At its materials, of somebody who never signed in.
        checking: At the completeness check.
        deciding: At the body that has the authority.
        hearing: A removal in which the same candidate is heard.
        election: Waiting for the first request of the branch.
        rejected, done: Closed ones, about the same candidate.
        inquiry, inquiry_before: Being investigated, with and without a published notice.
    """

    committee: PartyOrganization
    branch: PartyOrganization
    elsewhere: PartyOrganization
    candidate: Account
    holder: Person
    organizer: Account
    official: Account
    approver: Account
    filling: Case = None
    waiting: Case = None
    checking: Case = None
    deciding: Case = None
    hearing: Case = None
    rejected: Case = None
    done: Case = None
    election: Case = None
    correction: Correction = None
    draft_material: Material = None
    file: StoredFile = None
    document: OfficialDocument = None
    helper: Helper = None
    notice: Notice = None
    to_read: InboxRow = None
    invitation_code: str = ""
    ledger: LedgerImport = None
    policy: Policy = None
    role: RoleAssignment = None
    plain: Account = None
    meetings: dict[str, Meeting] = field(default_factory=dict)
    asked: letters.Asked = None
    noticed: notices.Noticed = None
    inquiry: Case = None
    inquiry_before: Case = None
    papers: "papers.Papers" = None

    def seat(self, case: str) -> Seat:
        """Give the open seat of one of the cases."""
        return Seat.objects.filter(stage__case=getattr(self, case), state="open").latest("pk")


@dataclass
class World:
    """Who asks, and for what."""

    cast: Cast
    here: Side
    there: Side
    people: dict[str, Account | None] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)

    def side(self, name: str) -> Side:
        """Give one of the two sides."""
        return self.here if name == HERE else self.there


def build() -> World:
    """Make the world."""
    cast = build_cast()
    publish_for_elections(cast.an, policy_document())
    here = side(cast, cast.county, cast.branch, cast.shen, organizer=cast.lin, approver=cast.zhou, helper=cast.he)
    tang = make.account("唐晚晴", username="tang", person=make.person("唐晚晴"))
    assistant = make.account("程助", username="assistant")
    there = side(cast, cast.city, cast.city_branch, tang, organizer=cast.mei, approver=cast.wu, helper=assistant)
    world = World(cast, here, there)
    letters.build(world)
    world.people = people(cast)
    # Somebody who organizes here and whose own case waits at the authority.
    world.people["own_case"] = here.deciding.subject.account
    make.assign(world.people["own_case"], Role.ORGANIZER, cast.county)
    world.people["former_helper"] = former_helper(cast)
    investigation.build(world)
    world.clients = {name: signed_in(account) for name, account in world.people.items()}
    return world


@contextmanager
def standing() -> Iterator[World]:
    """Let the world stand at eleven o'clock of its day, and take it back in the end."""
    with time_machine.travel(LATER, tick=False), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def side(cast: Cast, committee, seat_of_post, candidate: Account, *, organizer, approver, helper) -> Side:
    """Make one of each thing under one committee."""
    head = cast.general_branch if committee == cast.county else committee
    level = committee.level
    branch = make.organization(f"{committee.name[:4]}朗读者协会党支部", under=head, level=level)
    own = make.organization(f"{committee.name[:4]}园艺学会党支部", under=head, level=level)
    other = make.organization(f"{committee.name[:4]}书法家协会党支部", under=head, level=level)
    holder = make.person(f"{committee.name[:2]}任职人", phone="13800009999")
    make.account(holder.name, person=holder)
    make.post(holder, other, started_on=date(2023, 12, 1), due_on=TODAY + timedelta(days=20))
    make.social_organization(f"{committee.name[:4]}书法家协会", branch=other)
    # A term that runs out where nothing has begun yet: there is somebody to remind.
    waits = make.organization(f"{committee.name[:4]}剪纸协会党支部", under=head, level=level)
    waiting = make.person(f"{committee.name[:2]}待换届人")
    make.account(waiting.name, person=waiting)
    make.post(waiting, waits, due_on=TODAY + timedelta(days=20))
    official = make.reviewer(f"{committee.name[:2]}联络员", Role.LIAISON, branch, activated_at=None)
    elsewhere = make.organization(
        f"{committee.name[:4]}文艺党总支", under=committee, kind="general_branch", level=level
    )
    made = Side(committee, other, elsewhere, candidate, holder, organizer, official, approver)
    path = Path(cast, made, committee == cast.county)
    made.done = path.to_the_end(assignment(own, candidate.person, organizer))
    made.document = OfficialDocument.objects.get(case=made.done)
    made.rejected = path.rejected(assignment(seat_of_post, candidate.person, organizer))
    post = made.done.subject.posts.get(organization=own)
    made.hearing = open_removal(post=post, reason=INTENT.reason, by=organizer, at=NOW)
    made.deciding = path.to_the_authority(assignment(branch, another("卢", committee), organizer))
    made.checking = path.handed_in(assignment(branch, another("白", committee), organizer))
    made.filling = path.returned(assignment(branch, candidate.person, organizer))
    made.waiting = assignment(branch, another("叶", committee, activated_at=None), organizer)
    made.correction = Correction.objects.get(stage__case=made.filling)
    made.election = open_election(kind="election", organization=other, seats=SEATS, by=organizer, at=NOW)
    made.file = material(made.deciding, "pledge").file
    made.draft_material = material(made.filling, "minutes", at=NOW + timedelta(minutes=30))
    made.helper = add_helper(candidate=candidate, login=helper.username, at=NOW)
    made.notice = Notice.objects.filter(recipient=organizer).earliest("pk")
    row = InboxRow.objects.filter(account=organizer).latest("pk")
    made.to_read = InboxRow.objects.create(
        account=organizer, kind="read", case=made.done, flow=row.flow, track=row.track, step=row.step,
        step_title=row.step_title, case_number=made.done.number, subject_name=made.done.subject_name,
        search_key="", organization_name=branch.name, sender="", opened_at=NOW,
    )  # fmt: skip
    made.invitation_code = invite(account=official, channel=SHEET, by=cast.xu, at=NOW).code
    colleague = make.reviewer("杜鹃", Role.SYSTEM_ADMINISTRATOR, cast.province)
    made.ledger = ledger(cast.xu if committee == cast.county else colleague, cast.province)
    # Here somebody of a department and somebody without any place, which only the root reaches.
    at_police = cast.deng.assignments.get()
    made.role = at_police if committee == cast.county else official.assignments.get()
    made.plain = helper if committee == cast.county else official
    made.policy = publish(organization=committee, by=cast.an)
    made.meetings = meetings.build(made)
    telling.build(made)
    told.build(made)
    made.noticed = notices.build(made, cast, forwards=path.forwards)
    made.papers = papers.build(made)
    return made


def assignment(branch: PartyOrganization, person: Person, organizer: Account) -> Case:
    """Open an assignment."""
    intent = Intent(INTENT.title, INTENT.source, INTENT.reason, INTENT.from_on, INTENT.until_on)
    return open_assignment(organization=branch, person=person, intent=intent, by=organizer, at=NOW)


def another(surname: str, committee: PartyOrganization, **facts: object) -> Person:
    """Make somebody else with an account."""
    person = make.person(f"{surname}{committee.name[:2]}")
    make.account(person.name, person=person, **facts)
    return person


def material(case: Case, kind: str, *, at=NOW) -> Material:
    """Keep a small paper as a material of a case."""
    account = case.subject.account
    file = scan(account, at=at, person=case.subject, content=PDF, name=f"{kind}.pdf")
    return Material.objects.create(case=case, kind=kind, version=1, file=file, uploaded_by=account, uploaded_at=at)


def ledger(by: Account, above: PartyOrganization) -> LedgerImport:
    """Upload a ledger with a good row and a bad one."""
    good = ["ZZ001", "南岭省读书会党支部", "党支部", above.code, "省", "990000", "否"]
    bad = ["ZZ002", "南岭省剪纸会党支部", "党支部", "ZZ999", "省", "990000", "否"]
    book = standard_book({"党组织": (HEADINGS["党组织"].split(), [good, bad])})
    return check_upload(file=book, name="台账.xlsx", by=by, at=NOW)


class Path:
    """Brings cases of one side to where they shall stand."""

    def __init__(self, cast: Cast, made: Side, forwards: bool) -> None:
        self.cast, self.made, self.forwards = cast, made, forwards

    def handed_in(self, case: Case) -> Case:
        """Hand the materials in."""
        say(case, case.subject.account, "hand_in")
        return fresh(case)

    def returned(self, case: Case) -> Case:
        """Fill in, hand in, and have it returned."""
        fill_in(case, case.subject.account)
        case.form_versions.update(submitted_at=NOW, confirmed_by=case.subject.account, consent_text="1")
        say(self.handed_in(case), self.made.organizer, "return", corrections=[("form:resume", "请补上空缺的年份。")])
        return fresh(case)

    def to_the_authority(self, case: Case) -> Case:
        """Bring it to the body that decides."""
        self.handed_in(case)
        say(case, self.made.organizer, "agree")
        say(case, self.made.organizer, "agree")
        if self.forwards:
            say(case, self.cast.gao, "agree")
            say(case, self.cast.lin, "agree")
        return fresh(case)

    def to_the_end(self, case: Case) -> Case:
        """Let the authority agree."""
        say(self.to_the_authority(case), self.made.approver, "agree")
        return fresh(case)

    def rejected(self, case: Case) -> Case:
        """Refuse it, hear the person, and let the refusal stand."""
        say(self.handed_in(case), self.made.organizer, "refuse")
        say(case, case.subject.account, "hand_in")
        say(case, self.cast.gao if self.forwards else self.made.organizer, "agree")
        return fresh(case)


def fresh(case: Case) -> Case:
    """Read a case again."""
    return Case.objects.select_related("subject__account", "organization", "matter").get(pk=case.pk)


def people(cast: Cast) -> dict[str, Account | None]:
    """Give everybody who asks, by the name the matrix calls them."""
    ask = {
        "anonymous": None,
        "candidate": cast.shen,
        "candidate_other": cast.ma,
        "helper": cast.he,
        "organizer": cast.lin,
        "organizer_elsewhere": cast.mei,
        "approver": cast.zhou,
        "approver_elsewhere": cast.wu,
        "general_branch_secretary": cast.gao,
        "liaison": cast.chen,
        "department_officer": cast.deng,
        "system_administrator": cast.xu,
        "security_administrator": cast.an,
        "auditor": cast.jian,
    }
    ask["discipline_officer"] = cast.shi
    for role, name in (
        (Role.SYSTEM_ADMINISTRATOR, "system_administrator_elsewhere"),
        (Role.SECURITY_ADMINISTRATOR, "security_administrator_elsewhere"),
        (Role.AUDITOR, "auditor_elsewhere"),
    ):
        ask[name] = make.reviewer(name, role, cast.city, username=name)
    # Their groups still carry Django's permissions; nobody has swept yet.
    ask["expired_auditor"] = holder("expired_auditor", cast.province, Role.AUDITOR, until_on=TODAY, on=YESTERDAY)
    ask["expired_system_administrator"] = holder(
        "expired_system", cast.province, Role.SYSTEM_ADMINISTRATOR, until_on=TODAY, on=YESTERDAY
    )
    county = cast.county
    ask["expired"] = holder("expired", county, until_on=TODAY, on=YESTERDAY)
    ask["future"] = holder("future", county, from_on=TOMORROW, on=TOMORROW)
    ask["ungranted"] = holder("ungranted", county)
    OrganizationGrant.objects.filter(user=ask["ungranted"]).delete()
    ask["unassigned"] = holder("unassigned", county)
    ask["unassigned"].assignments.all().delete()
    ask["deactivated"] = holder("deactivated", county)
    Account.objects.filter(pk=ask["deactivated"].pk).update(is_active=False, deactivated_at=NOW)
    # Was organizer here and is liaison now: the grant for materials is still there, the role gives it no more.
    ask["stepped_down"] = holder("stepped_down", county, Role.LIAISON)
    make.assign(ask["stepped_down"], Role.ORGANIZER, county, until_on=TODAY, on=YESTERDAY)
    # Carries messages here, organizes elsewhere: what a role gives at one place it does not give at another.
    ask["two_places"] = make.reviewer("two_places", Role.LIAISON, county, username="two_places")
    make.assign(ask["two_places"], Role.ORGANIZER, cast.city)
    # The role reaches down, the grant that was given does not.
    ask["narrow_grant"] = make.account("narrow_grant", username="narrow_grant")
    narrow = make.assign(ask["narrow_grant"], Role.ORGANIZER, county, scope=Scope.SELF)
    type(narrow).objects.filter(pk=narrow.pk).update(scope=Scope.SUBTREE)
    # The grant reaches down, the role does not.
    ask["wide_grant"] = holder("wide_grant", county)
    ask["wide_grant"].assignments.update(scope=Scope.SELF)
    # An organizer of the province itself, without what is under it.
    ask["one_place_only"] = make.account("one_place_only", username="one_place_only")
    make.assign(ask["one_place_only"], Role.ORGANIZER, cast.province, scope=Scope.SELF)
    return ask


def former_helper(cast: Cast) -> Account:
    """Make somebody who helped the candidate until an hour ago."""
    made = make.account("former_helper", username="former_helper")
    end_helper(helper=add_helper(candidate=cast.shen, login=made.username, at=NOW), by=made, at=NOW)
    return made


def holder(name: str, place: PartyOrganization, role: str = Role.ORGANIZER, **days: object) -> Account:
    """Make somebody whose role or grant is not quite in order."""
    made = make.account(name, username=name)
    make.assign(made, role, place, **days)
    return made


def signed_in(account: Account | None) -> Client:
    """Give the browser of somebody who signed in a minute ago."""
    client = Client(raise_request_exception=True)
    if account is not None:
        client.force_login(account)
    return client
