"""Rebuilds a case from its log alone: nodes, seats, decisions and dates (docs/audit.md)."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from approvals.enums import Verb
from audit.models import Entry

VERBS = {f"seat.{verb}": verb.value for verb in Verb}


@dataclass
class SeatStory:
    """What the log says of one seat.

    Attributes:
        holder: Key of the account that alone could speak, or None.
        state: Where it stands.
        decision: Verb, account and moment of what was said, or None.
    """

    holder: int | None
    state: str
    decision: tuple[str, int | None, str] | None = None


@dataclass
class StageStory:
    """What the log says of one stage."""

    step: str
    visit: int
    organization: str
    opened_at: str
    due_at: str
    outcome: str = ""
    goes_to: str = ""
    closed_at: str = ""
    seats: dict[int, SeatStory] = field(default_factory=dict)


@dataclass
class CaseStory:
    """What the log says of a case.

    Attributes:
        state: How it stands.
        nodes: Names of the nodes in the order they were reached.
        stages: Stages by step and visit.
        opened_at, closed_at: Moments in ISO form.
    """

    state: str = ""
    opened_at: str = ""
    closed_at: str = ""
    nodes: list[str] = field(default_factory=list)
    stages: dict[tuple[str, int], StageStory] = field(default_factory=dict)


def rebuild(entries: Iterable[Entry]) -> CaseStory:
    """Tell the story of a case from the entries of its stream.

    Args:
        entries: In their order.

    Returns:
        The story.
    """
    story = CaseStory()
    for entry in entries:
        facts = json.loads(entry.body)["facts"]
        if entry.verb == "case.opened":
            story.state, story.opened_at = "open", entry.at.isoformat()
            story.nodes.append("start")
        elif entry.verb == "step.done":
            story.nodes.append(entry.step)
        elif entry.verb == "case.closed":
            story.state, story.closed_at = facts["state"], entry.at.isoformat()
            story.nodes += [entry.step] if entry.step else []
        elif entry.verb == "stage.opened":
            _open(story, entry, facts)
        elif entry.step and "visit" in facts:  # what a flow notes beside its stages moves nothing
            _go_on(story.stages[entry.step, facts["visit"]], entry, facts)
    return story


def _open(story: CaseStory, entry: Entry, facts: dict) -> None:
    story.nodes.append(entry.step)
    story.stages[entry.step, facts["visit"]] = StageStory(
        step=entry.step,
        visit=facts["visit"],
        organization=facts["organization"],
        opened_at=entry.at.isoformat(),
        due_at=facts["due_at"],
        seats={seat["place"]: SeatStory(seat["holder"], seat["state"]) for seat in facts["seats"]},
    )


def _go_on(stage: StageStory, entry: Entry, facts: dict) -> None:
    if entry.verb == "stage.closed":
        stage.outcome, stage.goes_to, stage.closed_at = facts["outcome"], facts["goes_to"], entry.at.isoformat()
        for seat in stage.seats.values():
            seat.state = seat.state if seat.state == "spoken" else "closed"
        return
    if entry.verb == "seat.added":
        stage.seats[facts["place"]] = SeatStory(facts["holder"], "open")
        return
    if entry.verb in ("stage.recounted", "stage.put_off"):
        stage.due_at = facts["due_at"]
        return
    seat = stage.seats.get(facts.get("place"))
    if entry.verb in VERBS:
        seat.state, seat.decision = "spoken", (VERBS[entry.verb], entry.actor_id, entry.at.isoformat())
    elif entry.verb == "seat.opened":
        seat.state = "open"
    elif entry.verb == "seat.removed":
        seat.state = "closed"
    elif entry.verb == "seat.freed":
        seat.holder = None
    elif entry.verb == "seat.given":
        seat.holder = facts["holder"]
