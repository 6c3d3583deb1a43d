"""Is whoever was told something really who the table of messages says: each relation asked of the database by hand."""

from collections.abc import Callable, Mapping

from approvals.models import Case, InboxRow, Letter, Meeting, Recusal, Seat, Stage
from notifications.audience import To
from notifications.messages import KINDS
from notifications.models import Notice
from organizations.enums import Role, Title
from organizations.models import Helper, Obligation, Post, RoleAssignment
from workflows.appointment_review.investigation_models import TeamMember
from workflows.appointment_review.investigation_queries import DECIDERS


def holds(*roles: str) -> Callable[[Notice], bool]:
    """Ask whether the reader ever held one of some roles; where exactly is asked where the thread says it."""
    return lambda told: RoleAssignment.objects.filter(account=told.recipient, role__in=roles).exists()


def _is_person(told: Notice) -> bool:
    case = Case.objects.filter(number=told.thread).first()
    if case and case.account and case.account.pk == told.recipient_id:
        return True
    # An account that was given to somebody else since then still holds the seats it was asked on.
    return Seat.objects.filter(stage__case=case, holder=told.recipient, roles=[]).exists()


def _has_seat(told: Notice) -> bool:
    mine = RoleAssignment.objects.filter(account=told.recipient)
    seats = Seat.objects.filter(stage__case__number=told.thread)
    lines = InboxRow.objects.filter(case__number=told.thread, account=told.recipient)
    stepped_back = Recusal.objects.filter(case__number=told.thread, account=told.recipient)
    if lines.exists() or seats.filter(holder=told.recipient).exists() or stepped_back.exists():
        return True
    places = {(role.role, role.organization_id) for role in mine}
    return any((role, seat.organization_id) in places for seat in seats for role in seat.roles)


def _above(role: str) -> Callable[[Notice], bool]:
    def asked(told: Notice) -> bool:
        held = RoleAssignment.objects.filter(account=told.recipient, role=role, organization__isnull=False)
        below = Stage.objects.filter(case__number=told.thread).values_list("organization__path", flat=True)
        paths = list(below) if told.thread else [""]
        return any(
            not path or path.startswith(one.organization.path)
            for one in held.select_related("organization")
            for path in paths
        )

    return asked


def _at_the_branch(role: str) -> Callable[[Notice], bool]:
    def asked(told: Notice) -> bool:
        held = RoleAssignment.objects.filter(account=told.recipient, role=role)
        if told.thread:
            held = held.filter(organization__cases__number=told.thread)
        return held.exists()

    return asked


def _in_post(*titles: str) -> Callable[[Notice], bool]:
    return lambda told: Post.objects.filter(person__account=told.recipient, title__in=titles).exists()


def _at_the_department(told: Notice) -> bool:
    held = RoleAssignment.objects.filter(account=told.recipient, role=Role.DEPARTMENT_OFFICER)
    return held.filter(department__in=Letter.objects.filter(number=told.thread).values("department")).exists()


RELATIONS: Mapping[To, Callable[[Notice], bool]] = {
    To.PERSON: _is_person,
    To.SEAT: _has_seat,
    To.TEAM: lambda told: TeamMember.objects.filter(
        investigation__case__number=told.thread, account=told.recipient
    ).exists(),
    To.DECIDERS: lambda told: RoleAssignment.objects.filter(
        account=told.recipient,
        role__in=DECIDERS,
        organization__in=Stage.objects.filter(case__number=told.thread, step="investigation").values("organization"),
    ).exists(),
    To.ORGANIZER_ABOVE: _above(Role.ORGANIZER),
    To.SECRETARY_ABOVE: _above(Role.COMMITTEE_SECRETARY),
    To.TALK_ORGANIZER: holds(Role.TALK_ORGANIZER, Role.ORGANIZER),
    To.BRANCH_SECRETARY: _in_post(Title.SECRETARY, Title.FIRST_SECRETARY),
    To.DEPUTY: _in_post(Title.DEPUTY),
    To.LIAISON: _at_the_branch(Role.LIAISON),
    To.GUIDE: _at_the_branch(Role.GUIDE),
    To.NEWLY_APPOINTED: lambda told: Obligation.objects.filter(person__account=told.recipient).exists(),
    To.DISCIPLINE: holds(Role.DISCIPLINE_OFFICER),
    To.DEPARTMENT: _at_the_department,
    To.WRITER: lambda told: Letter.objects.filter(number=told.thread, made_by=told.recipient).exists(),
    To.CHAIR: holds(Role.COMMITTEE_SECRETARY, Role.APPROVER),
    # Handed back, a meeting no longer names who handed it over; that it was an organizer of its place stays true.
    To.RECORDER: lambda told: RoleAssignment.objects.filter(
        account=told.recipient,
        role=Role.ORGANIZER,
        organization__in=Meeting.objects.filter(number=told.thread).values("organization"),
    ).exists(),
    To.HELPER: lambda told: Helper.objects.filter(helper=told.recipient).exists(),
    To.AUDITOR: holds(Role.AUDITOR),
    To.ONESELF: lambda told: True,
    To.GROUP: lambda told: False,
}


def untrue() -> list[str]:
    """List what was told to somebody whom the table does not name, among all notices there are now."""
    found = []
    for told in Notice.objects.select_related("recipient").order_by("pk"):
        if not any(RELATIONS[to](told) for to in KINDS[told.kind].told):
            found.append(f"{told.kind} to {told.recipient.name} ({told.thread})")
    return found


def named_by(told: Notice) -> set[To]:
    """Say which declared relations hold for one notice."""
    return {to for to in KINDS[told.kind].told if RELATIONS[to](told)}
