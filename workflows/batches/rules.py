"""Which items may be answered together: only those on which nothing has to be said."""

from collections.abc import Collection
from dataclasses import dataclass

OWN, CLAIMED, RUNNING, FOUR_EYES, REVIEW, MEETING, FINDINGS = (
    "own", "claimed", "running", "four_eyes", "review", "meeting", "findings",
)  # fmt: skip


@dataclass(frozen=True)
class Item:
    """What is known of one item before it is answered.

    Attributes:
        own: It is about whoever acts.
        claimed: Somebody else took it on.
        running: It is in a batch that still runs.
        spoken_apart: Whoever acts spoke in a step that this one is kept apart from.
        review: It is taken up again on request, where other people have to act.
        meeting: A meeting decides.
        levels: Levels of the findings that weigh at this step.
    """

    own: bool = False
    claimed: bool = False
    running: bool = False
    spoken_apart: bool = False
    review: bool = False
    meeting: bool = False
    levels: Collection[str] = ()


def hindrance(item: Item) -> str:
    """Say why an item is not answered together with others.

    Args:
        item: What is known of it.

    Returns:
        One of the words above; empty when it may go.

    Source: docs/papers.md, batches; a word for many must not pass over what asks for a word of its own.
    """
    known = (
        (OWN, item.own),
        (CLAIMED, item.claimed),
        (RUNNING, item.running),
        (FOUR_EYES, item.spoken_apart),
        (REVIEW, item.review),
        (MEETING, item.meeting),
        (FINDINGS, bool(item.levels)),
    )
    return next((word for word, holds in known if holds), "")
