"""The office of the city committee: who works there, and whom an act is about."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from approvals.models import Case
from config.demo.acts import World
from config.demo.office_stories import Joint
from organizations.enums import Role
from organizations.models import Account, PartyOrganization


@dataclass
class Office:
    """The office of the city committee.

    Attributes:
        world: What all stories share.
        acts: What it can do, by name.
    """

    world: World
    acts: Mapping[str, Callable[["Office", Joint, datetime], None]]

    def act(self, joint: Joint, at: datetime) -> None:
        """Do one act about several people."""
        self.acts[joint.act](self, joint, at)

    @property
    def city(self) -> PartyOrganization:
        """The committee."""
        return self.world.places.city

    @property
    def organizer(self) -> Account:
        """Who sends letters, records meetings and puts notices up."""
        return self.world.reviewers[Role.ORGANIZER]

    @property
    def chair(self) -> Account:
        """Who leads the meetings and confirms what others entered."""
        return self.world.reviewers[Role.COMMITTEE_SECRETARY]

    def cases(self, joint: Joint) -> list[Case]:
        """Read the cases of the people an act is about."""
        read = Case.objects.select_related("organization", "subject__account", "proposal", "matter")
        return [read.get(pk=self.world.cases[who].pk) for who in joint.who]
