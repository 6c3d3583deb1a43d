"""The acts of the diaries; each calls one of the verbs that the screens call."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from approvals.actions.cases import withdraw_case
from approvals.actions.decisions import Answer, claim, decide
from approvals.actions.notes import comment, save_draft
from approvals.enums import SeatState, Verb
from approvals.models import Case, InboxRow, Seat
from config.demo import words
from config.demo.filling import HALF, fill, send, send_again
from config.demo.papers import sealed_scan
from config.demo.people import Candidate
from config.demo.province import Places
from config.demo.stories import ACTING, ASSIGNMENT, ELECTED, EXTENSION, REMOVAL, Story
from organizations.enums import PostSource, Role, Title
from organizations.models import Account, PartyOrganization, Post, RoleAssignment
from workflows.appointment_review.actions.opening import (
    Intent,
    ask_for_review,
    open_acting,
    open_assignment,
    open_extension,
    open_removal,
)
from workflows.appointment_review.actions.replies import hand_in_reply
from workflows.appointment_review.actions.scans import attach_scan
from workflows.appointment_review.models import OfficialDocument
from workflows.appointment_review.rules.terms import term_end

START_IN_DAYS = 20
EXTENDED_BY_DAYS = 180
ACTING_DAYS = 120
IN_POST_DAYS = 180
# Who speaks where several may: the committee's secretary confirms and reviews, elsewhere whoever can sign in.
SPEAKS_FIRST = {"confirmation": Role.COMMITTEE_SECRETARY, "review": Role.COMMITTEE_SECRETARY}


@dataclass
class World:
    """What all stories share.

    Attributes:
        places: Where they play.
        reviewers: Who can sign in, by kind.
        people: The candidates by position.
        filled: Branches whose first post a story is about already.
        removed: Branches that lost their secretary in a story, the first to be given to an acting one first.
        turns: How often each place was chosen.
        cases: The case of each person, by position.
        meetings: Keys of the meetings, by name.
        meets_at: When they are held, by name.
        team: Two people of the committee who look into candidates.
        officers: Who answers for a department, by its key.
    """

    places: Places
    reviewers: Mapping[str, Account]
    people: Mapping[int, Candidate]
    filled: set[int] = field(default_factory=set)
    removed: list[PartyOrganization] = field(default_factory=list)
    turns: dict[str, int] = field(default_factory=dict)
    cases: dict[int, Case] = field(default_factory=dict)
    meetings: dict[str, int] = field(default_factory=dict)
    meets_at: Mapping[str, datetime] = field(default_factory=dict)
    team: Sequence[Account] = ()
    officers: Mapping[int, Account] = field(default_factory=dict)


@dataclass
class Telling:
    """One story while it is told.

    Attributes:
        world: What all stories share.
        story: The diary.
        number: Position of the story; picks among words.
        case: Its case, once it was opened.
    """

    world: World
    story: Story
    number: int
    case: Case | None = None

    def beats(self) -> list[tuple[int, str]]:
        """Give the diary as days ago and act."""
        return self.story.beats()

    @property
    def who(self) -> Candidate | None:
        """The candidate; None when the story is about whoever holds a post."""
        return None if self.story.who is None else self.world.people[self.story.who]

    def act(self, name: str, at: datetime) -> None:
        """Do one act of the diary.

        Args:
            name: A key of ``ACTS`` or a verb.
            at: Moment of the act.
        """
        if self.case is not None:
            self.case = Case.objects.select_related("organization", "subject__account", "proposal").get(pk=self.case.pk)
        ACTS.get(name, _say)(self, name, at)


def _open(telling: Telling, _name: str, at: datetime) -> None:
    telling.case = OPENINGS[telling.story.track](telling, at)
    if telling.story.who is not None:
        telling.world.cases[telling.story.who] = telling.case


def _named(telling: Telling, _at: datetime) -> Case:
    """Go on with the case of somebody whom a branch put on its list."""
    return telling.world.cases[telling.story.who]


def _open_assignment(telling: Telling, at: datetime) -> Case:
    organization, is_free = _branch_of(telling, at)
    from_on = timezone.localdate(at) + timedelta(days=START_IN_DAYS)
    title = Title.SECRETARY if is_free else Title.DEPUTY
    intent = Intent(
        title,
        PostSource.ASSIGNED,
        words.pick(words.REASONS[ASSIGNMENT], telling.number),
        from_on,
        term_end(from_on=from_on, years=3),
        term_number=2 + telling.number % 4,
    )
    by = opener(telling.world, organization, at)
    return open_assignment(organization=organization, person=telling.who.person, intent=intent, by=by, at=at)


def _open_removal(telling: Telling, at: datetime) -> Case:
    post = _post_of(telling, at)
    telling.world.removed.append(post.organization)
    by = opener(telling.world, post.organization, at)
    return open_removal(post=post, reason=words.REASONS[REMOVAL][0], by=by, at=at)


def _open_extension(telling: Telling, at: datetime) -> Case:
    post = _post_of(telling, at)
    until_on = post.due_on + timedelta(days=EXTENDED_BY_DAYS)
    by = opener(telling.world, post.organization, at)
    return open_extension(post=post, until_on=until_on, reason=words.REASONS[EXTENSION][0], by=by, at=at)


def _open_acting(telling: Telling, at: datetime) -> Case:
    organization = telling.world.removed.pop(0)
    until_on = timezone.localdate(at) + timedelta(days=ACTING_DAYS)
    by = opener(telling.world, organization, at)
    reason = words.REASONS[ACTING][0]
    person = telling.who.person
    return open_acting(organization=organization, person=person, until_on=until_on, reason=reason, by=by, at=at)


def _branch_of(telling: Telling, at: datetime) -> tuple[PartyOrganization, bool]:
    world, place = telling.world, telling.story.place
    branches = world.places.branches(place)
    start = timezone.localdate(at) + timedelta(days=START_IN_DAYS)
    held = Post.objects.filter(organization__in=branches, title=Title.SECRETARY, ended_on=None)
    taken = world.filled.union(held.exclude(due_on__lte=start).values_list("organization", flat=True))
    free = next((branch for branch in branches if branch.pk not in taken), None)
    if free is not None and telling.story.leads:
        world.filled.add(free.pk)
        return free, True
    turn = world.turns[place] = world.turns.get(place, -1) + 1
    return branches[turn % len(branches)], False


def _post_of(telling: Telling, at: datetime) -> Post:
    world = telling.world
    branches = [branch.pk for branch in world.places.branches(telling.story.place) if branch.pk not in world.filled]
    held = Post.objects.filter(organization__in=branches, title=Title.SECRETARY, ended_on=None, due_on__isnull=False)
    held = held.exclude(source=PostSource.ACTING).filter(person__account__isnull=False, person__cases=None)
    held = held.filter(started_on__lt=timezone.localdate(at) - timedelta(days=IN_POST_DAYS))
    # Terms that end soon are extended, terms that last are ended.
    post = held.order_by("due_on" if telling.story.track == EXTENSION else "-due_on", "pk").first()
    world.filled.add(post.organization_id)
    return Post.objects.select_related("organization", "person").get(pk=post.pk)


def opener(world: World, organization: PartyOrganization, at: datetime, *, at_itself: bool = False) -> Account:
    """Give the organizer nearest above a branch, the one who can sign in where there are several.

    Args:
        world: What all stories share.
        organization: The branch.
        at: The moment at which the role has to hold.
        at_itself: Whether an organizer of the very organization is meant first.

    Raises:
        LookupError: the ledger has none.
    """
    ours, day = {account.pk for account in world.reviewers.values()}, timezone.localdate(at)
    for path in [organization.path] * at_itself + organization.superior_paths():
        held = RoleAssignment.objects.valid_on(day).filter(role=Role.ORGANIZER, organization__path=path)
        found = [assignment.account for assignment in held.select_related("account")]
        chosen = sorted(found, key=lambda account: (account.pk not in ours, account.pk))
        if chosen:
            return chosen[0]
    raise LookupError(f"nobody above {organization.name} opens cases")


def _fill(telling: Telling, name: str, at: datetime) -> None:
    today = timezone.localdate(at)
    only = HALF if name == "fill_half" else ()
    fill(telling.case, telling.who, oddity=telling.story.oddity, only=only, today=today, at=at)


def _hand_in(telling: Telling, name: str, at: datetime) -> None:
    if name == "hand_in_again":
        send_again(telling.case, telling.who, at=at)
    else:
        _fill(telling, name, at)
        send(telling.case, telling.who, at=at)


def _reply(telling: Telling, _name: str, at: datetime) -> None:
    text = words.REPLIES[2] if telling.story.track == REMOVAL else words.pick(words.REPLIES[:2], telling.number)
    by = telling.case.subject.account
    hand_in_reply(case_pk=telling.case.pk, text=text, by=by, at=at, key=_key(telling, at))


def _say(telling: Telling, name: str, at: datetime) -> None:
    seat = _seat(telling)
    step, number = seat.stage.step, telling.number
    answers = {
        Verb.AGREE: lambda: Answer(Verb.AGREE, reason=words.pick(words.AGREE[step], number)),
        Verb.REFUSE: lambda: Answer(Verb.REFUSE, reason=words.REFUSE[step][0], reason_for_person=words.REFUSE[step][1]),
        Verb.RETURN: lambda: Answer(Verb.RETURN, reason="请补正后再报。", corrections=words.CORRECTIONS),
    }
    decide(seat_pk=seat.pk, answer=answers[Verb(name)](), by=speaker(telling.world, seat), at=at, key=_key(telling, at))


def _claim(telling: Telling, _name: str, at: datetime) -> None:
    seat = _seat(telling)
    ours = {account.pk for account in telling.world.reviewers.values()}
    colleague = InboxRow.objects.filter(seat=seat).exclude(account__in=ours).select_related("account").first()
    if colleague is not None:
        claim(seat_pk=seat.pk, by=colleague.account, at=at)


def _comment(telling: Telling, _name: str, at: datetime) -> None:
    seat = _seat(telling)
    by = speaker(telling.world, seat)
    comment(case_pk=telling.case.pk, stage_pk=seat.stage_id, text=words.COMMENT, by=by, at=at)


def _draft(telling: Telling, _name: str, at: datetime) -> None:
    seat = _seat(telling)
    save_draft(seat=seat, account=speaker(telling.world, seat), fields={"reason": words.DRAFT}, at=at)


def _withdraw(telling: Telling, _name: str, at: datetime) -> None:
    by = opener(telling.world, telling.case.organization, at)
    withdraw_case(case_pk=telling.case.pk, by=by, at=at, reason=words.WITHDRAWN)


def _ask_for_review(telling: Telling, _name: str, at: datetime) -> None:
    telling.case = ask_for_review(case_pk=telling.case.pk, grounds=words.GROUNDS, by=telling.who.account, at=at)


def _attach_scan(telling: Telling, _name: str, at: datetime) -> None:
    document = OfficialDocument.objects.select_related("case").get(case=telling.case)
    upload = sealed_scan(telling.case.subject_name, document.number)
    by, on = opener(telling.world, telling.case.organization, at), timezone.localdate(at)
    attach_scan(document=document, upload=upload, by=by, at=at, on=on)


def climb(world: World, case: Case, at: datetime) -> None:
    """Let every level of the Party agree, up to the one that decides.

    Args:
        world: What all stories share.
        case: A case, or the path of a matter.
        at: The moment of all of it.
    """
    seat = open_seat(case)
    step, number = seat.stage.step, case.pk
    while seat is not None and seat.stage.step == step:
        answer = Answer(Verb.AGREE, reason=words.pick(words.AGREE["party_levels"], number))
        key = f"demo:climb:{seat.pk}"
        decide(seat_pk=seat.pk, answer=answer, by=speaker(world, seat), at=at, key=key)
        seat = open_seat(case)


def open_seat(case: Case) -> Seat | None:
    """Find the seat a case waits at."""
    seats = Seat.objects.filter(stage__case=case, stage__outcome="", state=SeatState.OPEN)
    return seats.select_related("stage").order_by("pk").last()


def _climb(telling: Telling, _name: str, at: datetime) -> None:
    climb(telling.world, telling.case, at)


def _seat(telling: Telling) -> Seat:
    return open_seat(telling.case)


def speaker(world: World, seat: Seat) -> Account:
    """Give whoever speaks on a seat: one of those who can sign in, else the first who may."""
    reviewers = world.reviewers
    rows = InboxRow.objects.filter(seat=seat, account__isnull=False).select_related("account").order_by("pk")
    entitled = {row.account_id: row.account for row in rows}
    first = reviewers.get(str(SPEAKS_FIRST.get(seat.stage.step, "")))
    order = [first, *reviewers.values()] if first else list(reviewers.values())
    return next((account for account in order if account.pk in entitled), next(iter(entitled.values())))


def _key(telling: Telling, at: datetime) -> str:
    return f"demo:{telling.number}:{at.isoformat()}"


OPENINGS: Mapping[str, Callable[[Telling, datetime], Case]] = {
    ASSIGNMENT: _open_assignment,
    REMOVAL: _open_removal,
    EXTENSION: _open_extension,
    ACTING: _open_acting,
    ELECTED: _named,
}
ACTS: Mapping[str, Callable[[Telling, str, datetime], None]] = {
    "open": _open,
    "fill": _fill,
    "fill_half": _fill,
    "hand_in": _hand_in,
    "hand_in_again": _hand_in,
    "reply": _reply,
    "claim": _claim,
    "climb": _climb,
    "comment": _comment,
    "draft": _draft,
    "withdraw": _withdraw,
    "ask_for_review": _ask_for_review,
    "attach_scan": _attach_scan,
}
