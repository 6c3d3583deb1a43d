"""What an investigation has to hold: people, talks, the tally, the report, and hints of kinship. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

HEADINGS = ("faith", "dedication", "ability", "conduct")  # 守信念 讲奉献 有本领 重品行
PARTS = (*HEADINGS, "weaknesses", "conclusion_words")
GRADES = ("excellent", "competent", "basically_competent", "not_competent")
FAVORABLE = ("excellent", "competent")
PASSES = Fraction(2, 3)
MOST_TALKS, FEWEST_TALKS = 20, 2
SHORTEST_PART = 10


@dataclass(frozen=True)
class Counts:
    """The papers of a democratic appraisal: how many were given out, came back and are valid, and what they say.

    Attributes:
        issued, returned, valid: Papers.
        grades: Valid papers by grade, in the order of ``GRADES``.
    """

    issued: int
    returned: int
    valid: int
    grades: tuple[int, ...]


@dataclass(frozen=True)
class Known:
    """What is known of somebody who is to look into a case, or to decide it.

    Attributes:
        name: The full name.
        units: Names of the organizations where a role or a post is held.
        at_the_branch: Whether one of them is the candidate's branch, or stands under it.
        nominated: Whether this very account opened the case.
    """

    name: str
    units: frozenset[str] = frozenset()
    at_the_branch: bool = False
    nominated: bool = False


def team_problem(*, accounts: Sequence[int], head: int | None, at_least: int, subject_account: int | None) -> str:
    """Say what is wrong with a team.

    Args:
        accounts: Keys of the members.
        head: Key of the head.
        at_least: Fewest people, a parameter of the policy.
        subject_account: Account of the person concerned.

    Returns:
        ``own_case``, ``too_few``, ``no_head``, or empty.

    Source: Regulations on Appointing Leading Cadres (2019), chapter on investigation: a group of at least two.
    """
    if subject_account in accounts:
        return "own_case"
    if len(set(accounts)) < at_least:
        return "too_few"
    return "" if head in accounts else "no_head"


def talks_wanted(people: int) -> int:
    """Say how many talks fit a unit: one in three, from two to twenty, never more than there are people.

    Args:
        people: How many work there.

    Source: docs/regulations.md, investigation: the number of talks is in proportion to the unit.
    """
    return min(max(FEWEST_TALKS, -(-people // 3)), MOST_TALKS, max(people, 0))


def tally_problem(counts: Counts) -> str:
    """Say what does not add up.

    Returns:
        ``returned``, ``valid`` or ``sum``, or empty.
    """
    if counts.returned > counts.issued:
        return "returned"
    if counts.valid > counts.returned:
        return "valid"
    return "" if sum(counts.grades) == counts.valid else "sum"


def appraisal_passes(counts: Counts) -> bool:
    """Say whether two thirds of the valid papers are favorable; it advises and never decides.

    Source: docs/regulations.md, investigation: committee practice; the appraisal is weighed with everything else.
    """
    if counts.valid == 0:
        return False
    grades = dict(zip(GRADES, counts.grades, strict=True))
    return Fraction(sum(grades[name] for name in FAVORABLE), counts.valid) >= PASSES


def parts_missing(parts: Mapping[str, str]) -> list[str]:
    """List the parts of a report that are still too short; weaknesses are one of them."""
    return [name for name in PARTS if len(parts.get(name, "").strip()) < SHORTEST_PART]


def hints_of(known: Known, *, branch: str, family: Iterable[Mapping[str, str]]) -> list[str]:
    """Notice what may stand in the way of somebody; a person confirms or dismisses it, nothing follows by itself.

    Args:
        known: Who it is about.
        branch: Name of the candidate's organization.
        family: Rows of the candidate's form with ``name`` and ``unit``.

    Returns:
        Codes: ``relative``, ``relatives_unit``, ``same_unit``, ``subordinate``, ``nominator``.

    Source: Civil Servants Law, arts 74, 76; docs/regulations.md, recusal: own nominator and subordinates.
    """
    rows = list(family)
    units = {_plain(unit) for unit in known.units}
    found = {
        "relative": any(_plain(row.get("name", "")) == _plain(known.name) for row in rows),
        "relatives_unit": any(_plain(row.get("unit", "")) in units for row in rows if _plain(row.get("unit", ""))),
        "same_unit": _plain(branch) in units,
        "subordinate": known.at_the_branch and _plain(branch) not in units,
        "nominator": known.nominated,
    }
    return [code for code, holds in found.items() if holds]


def unfinished(
    *, announced: bool, talks: int, tally_confirmed: bool, challenges: int, undeclared: int, missing: Collection[str]
) -> list[str]:
    """List what has to be done before a report can be signed.

    Returns:
        Codes in the order of the work: ``announced``, ``undeclared``, ``challenges``, ``talks``, ``tally``, ``report``.
    """
    found = {
        "announced": not announced,
        "undeclared": undeclared > 0,
        "challenges": challenges > 0,
        "talks": talks == 0,
        "tally": not tally_confirmed,
        "report": bool(missing),
    }
    return [code for code, holds in found.items() if holds]


def _plain(text: str) -> str:
    return "".join(text.split())
