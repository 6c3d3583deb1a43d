"""What an election needs and what its count means. Numbers in, words of problems out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

SECRETARY, DEPUTY, MEMBER = "secretary", "deputy", "member"
OFFICERS = (SECRETARY, DEPUTY)
TITLES = (SECRETARY, DEPUTY, MEMBER)
FEWEST_MEMBERS = 3
WITH_COMMITTEE = 7
COMMITTEE_SEATS = range(3, 8)
LARGEST_BRANCH = 50


@dataclass(frozen=True)
class Count:
    """A paper count.

    Attributes:
        entitled: Members with the right to vote.
        present: How many of them were there.
        issued, returned, valid: Ballots.
        committee_present: Members of the new committee at its first meeting; None where the members' meeting elects
            the secretary itself.
    """

    entitled: int
    present: int
    issued: int
    returned: int
    valid: int
    committee_present: int | None = None


@dataclass(frozen=True)
class Votes:
    """What one person got for one post.

    Attributes:
        key: Whatever names the line.
        title: ``secretary``, ``deputy`` or ``member``.
        yes, no, abstain: Votes; a name that was written in has yes-votes only.
    """

    key: object
    title: str
    yes: int
    no: int = 0
    abstain: int = 0


@dataclass(frozen=True)
class Judged:
    """What a count means.

    Attributes:
        elected: Keys of those who are elected; empty when the election failed.
        why_failed: Why nobody is elected: ``no_quorum``, ``more_ballots``, ``no_majority``, ``tie``.
        vacant: Seats of the committee that stay vacant.
    """

    elected: frozenset[object]
    why_failed: tuple[str, ...] = ()
    vacant: int = 0


def plan_problems(*, voters: int, seats: Mapping[str, int], whole_committee: bool, is_branch: bool) -> list[str]:
    """List what is wrong with the seats of an election.

    Args:
        voters: Members with the right to vote.
        seats: Seats by title.
        whole_committee: An election at the end of a term, not a by-election.
        is_branch: A branch, not a general branch or a committee.

    Returns:
        Words: ``nobody_elected``, ``one_secretary``, ``no_secretary``, ``too_few_members``, ``too_many_members``,
        ``no_committee``, ``committee_size``, ``more_seats_than_members``.

    Source: docs/regulations.md, size of a committee by members.
    """
    found = [] if any(seats.values()) else ["nobody_elected"]
    if seats[SECRETARY] > 1:
        found.append("one_secretary")
    if whole_committee and not seats[SECRETARY]:
        found.append("no_secretary")
    if is_branch:
        found += _branch_problems(voters, seats[MEMBER], whole_committee)
    if max(seats[MEMBER], seats[SECRETARY] + seats[DEPUTY]) > voters:
        found.append("more_seats_than_members")
    return found


def _branch_problems(voters: int, members: int, whole_committee: bool) -> list[str]:
    if voters < FEWEST_MEMBERS:
        return ["too_few_members"]
    if voters > LARGEST_BRANCH:
        return ["too_many_members"]
    if voters < WITH_COMMITTEE:
        return ["no_committee"] if members else []
    if members not in COMMITTEE_SEATS if whole_committee else members > COMMITTEE_SEATS[-1]:
        return ["committee_size"]
    return []


def candidates_needed(title: str, seats: int, *, more_percent: int) -> int:
    """Say how many have to stand: as many as seats, and for members some more.

    Args:
        title: ``secretary``, ``deputy`` or ``member``.
        seats: How many are elected.
        more_percent: How many more than seats, as a share of the seats; rounded up.

    Source: docs/regulations.md, more candidates than seats for members, equal for secretary and deputy.
    """
    return seats if title in OFFICERS else seats + -(-seats * more_percent // 100)


def nomination_problems(
    *, seats: Mapping[str, int], named: Mapping[str, int], more_percent: int
) -> list[tuple[str, str, int]]:
    """List where too few or too many stand.

    Returns:
        Triples of ``too_few`` or ``too_many``, title, and how many it should be; for members at least so many.
    """
    found = []
    for title in TITLES:
        needed, standing = candidates_needed(title, seats[title], more_percent=more_percent), named.get(title, 0)
        if standing < needed:
            found.append(("too_few", title, needed))
        if standing > needed and (title in OFFICERS or not seats[title]):
            found.append(("too_many", title, needed))
    return found


def has_quorum(*, present: int, entitled: int, numerator: int, denominator: int) -> bool:
    """Say whether enough came; reaching the share counts.

    Source: docs/regulations.md, quorum of an election, at least four fifths by default.
    """
    return entitled > 0 and present * denominator >= entitled * numerator


def has_majority(*, yes: int, present: int) -> bool:
    """Say whether more than half of those present with the right to vote said yes.

    Source: docs/regulations.md, elected.
    """
    return 2 * yes > present


def count_problems(count: Count, votes: Sequence[Votes]) -> list[str]:
    """List why a count cannot be as it was typed.

    Returns:
        Words: ``more_present``, ``more_issued``, ``more_valid``, ``sum_of_votes``.
    """
    found = []
    if count.present > count.entitled:
        found.append("more_present")
    if count.issued > count.present:
        found.append("more_issued")
    if count.valid > count.returned:
        found.append("more_valid")
    by_committee = count.committee_present is not None
    for one in votes:
        most = count.committee_present if by_committee and one.title in OFFICERS else count.valid
        if one.yes + one.no + one.abstain > most:
            found.append("sum_of_votes")
            break
    return found


def judge(
    count: Count, votes: Sequence[Votes], *, seats: Mapping[str, int], numerator: int, denominator: int
) -> Judged:
    """Say who is elected, or why nobody is.

    Args:
        count: The paper count, free of ``count_problems``.
        votes: What each person got.
        seats: Seats by title.
        numerator, denominator: The quorum.

    Returns:
        The elected. The election failed when too few came, more ballots came back than people could vote, nobody has a
        majority for a post, or equal votes leave open who takes the last seat. Seats of members may stay vacant.

    Source: docs/regulations.md, decision rules of an election.
    """
    failed = []
    if not has_quorum(present=count.present, entitled=count.entitled, numerator=numerator, denominator=denominator):
        failed.append("no_quorum")
    if count.returned > count.issued:
        failed.append("more_ballots")
    if failed:
        return Judged(frozenset(), tuple(failed))
    elected: set[object] = set()
    vacant = 0
    for title in TITLES:
        if not seats[title]:
            continue
        present = count.present
        if title in OFFICERS and count.committee_present is not None:
            present = count.committee_present
        won = [one for one in votes if one.title == title and has_majority(yes=one.yes, present=present)]
        won.sort(key=lambda one: -one.yes)
        if len(won) > seats[title] and won[seats[title] - 1].yes == won[seats[title]].yes:
            failed.append("tie")
        elif not won or (title in OFFICERS and len(won) < seats[title]):
            failed.append("no_majority")
        elected |= {one.key for one in won[: seats[title]]}
        vacant += seats[title] - min(len(won), seats[title])
    if failed:
        return Judged(frozenset(), tuple(dict.fromkeys(failed)))
    return Judged(frozenset(elected), (), vacant)


def window_end(*, approved_on: date, days: int) -> date:
    """Say until when an election may be held with the people approved that day.

    Source: docs/regulations.md, vetted files stay valid for the approved window.
    """
    return approved_on + timedelta(days=days)
