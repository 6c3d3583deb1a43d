"""The elections of the stories; each act calls one of the verbs that the screens call."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from approvals.enums import MatterKind, SeatState
from approvals.models import Case, Seat
from config.demo import words
from config.demo.acts import World, climb, opener, speaker
from config.demo.office_stories import BUNDLE_ASKED_DAYS, BUNDLE_DAYS, BUNDLE_SIZE, CONTESTS, Contest
from organizations.enums import Role
from organizations.models import Account, PartyOrganization, RoleAssignment
from workflows.appointment_review.actions.elections_counting import PaperCount, enter_count, report_result
from workflows.appointment_review.actions.elections_naming import (
    ask_for_candidates,
    ask_for_election,
    close_nomination,
    name_person,
)
from workflows.appointment_review.actions.elections_opening import Seats, Timetable, open_campaign, open_election
from workflows.appointment_review.actions.nominating import Nominee
from workflows.appointment_review.election_models import ElectionPlan
from workflows.appointment_review.election_queries import ballot_of
from workflows.appointment_review.rules.elections import Count

VOTERS = 6
PLANNED_AFTER = timedelta(days=60)
FOR, AGAINST, ABSTAINED = 5, 1, 0


def contests_of(world: World) -> list["Running | Bundle"]:
    """Give every election its branch; the first is held where the liaison who signs in works."""
    city, day = world.places.branches("city"), timezone.localdate()
    held = RoleAssignment.objects.valid_on(day).filter(account=world.reviewers[Role.LIAISON], role=Role.LIAISON)
    own = held.select_related("organization").first().organization
    places = [own, *(branch for branch in city if branch != own)]
    running = [Running(world, contest, place) for contest, place in zip(CONTESTS, places, strict=False)]
    return [*running, Bundle(world, world.places.branches("county")[-BUNDLE_SIZE:])]


@dataclass
class Running:
    """One election while it is told.

    Attributes:
        world: What all stories share.
        contest: The diary.
        branch: Where it is held.
        case: The path of the matter, once it was opened.
    """

    world: World
    contest: Contest
    branch: PartyOrganization
    case: Case | None = None

    def beats(self) -> list[tuple[int, str]]:
        """Give the diary as days ago and act."""
        return self.contest.beats()

    def act(self, name: str, at: datetime) -> None:
        """Do one act of the diary."""
        getattr(self, f"{name}_on")(at)

    def open_on(self, at: datetime) -> None:
        """Open the election."""
        by = opener(self.world, self.branch, at)
        kind = MatterKind.ELECTION
        self.case = open_election(kind=kind, organization=self.branch, seats=self._seats(at), by=by, at=at)

    def request_on(self, at: datetime) -> None:
        """Ask for the election."""
        self.case.refresh_from_db()
        plan = ElectionPlan.objects.get(case=self.case)
        seats = Seats(plan.planned_on, plan.reason, plan.secretaries, plan.deputies, plan.members, VOTERS)
        ask_for_election(case_pk=self.case.pk, seats=seats, by=self._branch_speaker(), at=at, key=self._key(at))

    def name_on(self, at: datetime) -> None:
        """Put everybody on the list."""
        for title, people in self.contest.people.items():
            for who in people:
                person = self.world.people[who].person
                nominee = Nominee(person.name, self.world.people[who].number)
                line, _issued = name_person(
                    case_pk=self.case.pk, title=title, nominee=nominee, by=self._branch_speaker(), at=at
                )
                self.world.cases[who] = line.case

    def close_on(self, at: datetime) -> None:
        """Say that the list is complete."""
        close_nomination(case_pk=self.case.pk, by=self._branch_speaker(), at=at, key=self._key(at))

    def ask_on(self, at: datetime) -> None:
        """Ask that these people may stand."""
        ask_for_candidates(case_pk=self.case.pk, by=self._branch_speaker(), at=at, key=self._key(at))

    def climb_on(self, at: datetime) -> None:
        """Let every level agree."""
        climb(self.world, self.case, at)

    def count_on(self, at: datetime) -> None:
        """Enter the count of the day's election."""
        ballot = ballot_of(ElectionPlan.objects.get(case=self.case))
        votes = {one.pk: (FOR, AGAINST, ABSTAINED) for one in ballot}
        whole = Count(VOTERS, VOTERS, VOTERS, VOTERS, VOTERS)
        paper = PaperCount(timezone.localdate(at), whole, votes, words.COUNTERS)
        enter_count(case_pk=self.case.pk, paper=paper, by=self._branch_speaker(), at=at, key=self._key(at))

    def report_on(self, at: datetime) -> None:
        """Report the result."""
        report_result(case_pk=self.case.pk, by=self._branch_speaker(), at=at, key=self._key(at))

    def _seats(self, at: datetime) -> Seats:
        people = self.contest.people
        planned_on = timezone.localdate(at) + PLANNED_AFTER
        return Seats(
            planned_on, words.ELECTS, secretaries=len(people["secretary"]), deputies=len(people.get("deputy", ())),
            voters=VOTERS,
        )  # fmt: skip

    def _branch_speaker(self) -> Account:
        seat = Seat.objects.filter(stage__case=self.case, stage__outcome="", state=SeatState.OPEN).latest("pk")
        return speaker(self.world, seat)

    def _key(self, at: datetime) -> str:
        return f"demo:{self.case.pk}:{at.isoformat()}"


@dataclass
class Bundle:
    """Elections of several branches that were opened together."""

    world: World
    branches: list[PartyOrganization]

    def beats(self) -> list[tuple[int, str]]:
        """Give what happens as days ago and act."""
        return [(BUNDLE_DAYS, "open"), (BUNDLE_ASKED_DAYS, "request")]

    def act(self, name: str, at: datetime) -> None:
        """Open them, or let the first branch ask."""
        if name == "open":
            self._open(at)
        else:
            own = Case.objects.filter(flow="election", organization=self.branches[0]).latest("pk")
            Running(self.world, Contest("", {}), self.branches[0], own).request_on(at)

    def _open(self, at: datetime) -> None:
        day = timezone.localdate(at)
        timetable = Timetable(
            words.BUNDLE.format(year=day.year), day + timedelta(days=14), day + timedelta(days=28),
            day + PLANNED_AFTER, words.ELECTS,
        )  # fmt: skip
        by = opener(self.world, self.world.places.city, at, at_itself=True)
        open_campaign(organizations=self.branches, timetable=timetable, by=by, at=at)
