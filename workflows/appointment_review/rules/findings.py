"""What the automatic check says of a form that was handed in. It advises; a person decides.

Three levels: ``blocking`` (不能同意: the rule admits no exception), ``reason`` (须写理由: "as a rule", an exception is
possible and has to be explained), ``note`` (请留意). The article of each is in ``docs/regulations.md``.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from workflows.appointment_review.rules.form import anniversary, day_of
from workflows.appointment_review.rules.resume import gaps

BLOCKING, REASON, NOTE = "blocking", "reason", "note"
JOIN_AGE, OLDEST, MOST_POSTS, CREDIT_MONTHS = 18, 70, 2, 3

# Everything the check looks at, in the order it is shown; the level and the place in the form it points to.
CHECKS = {
    "not_full_member": (BLOCKING, "membership.full_member_on"),
    "on_probation": (BLOCKING, "pledge.discipline"),
    "rights_deprived": (BLOCKING, "pledge.political_rights"),
    "sentenced": (BLOCKING, "pledge.crime"),
    "under_investigation": (BLOCKING, "pledge.crime"),
    "joined_too_young": (REASON, "membership.joined_on"),
    "full_too_early": (REASON, "membership.full_member_on"),
    "membership_short": (REASON, "membership.full_member_on"),
    "too_old": (REASON, "basics.born_on"),
    "appraised_incompetent": (REASON, "record.rows"),
    "disciplined": (NOTE, "pledge.discipline"),
    "many_posts": (NOTE, "pledge.rows"),
    "branch_differs": (NOTE, "membership.branch"),
    "not_in_management": (NOTE, "posts.management"),
    "relative_in_unit": (NOTE, "family.rows"),
    "credit_report_old": (NOTE, "pledge.credit_report_on"),
    "gap_explained": (NOTE, "resume.rows"),
}


@dataclass(frozen=True)
class Finding:
    """One thing found.

    Attributes:
        code: A key of ``CHECKS``.
        facts: Numbers and days for its sentence; never names.
    """

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def level(self) -> str:
        """How far it hinders."""
        return CHECKS[self.code][0]

    @property
    def points_to(self) -> str:
        """Section and field it is about."""
        return CHECKS[self.code][1]


@dataclass(frozen=True)
class Intended:
    """What the person is proposed for.

    Attributes:
        on: First day of the term, or the day of the check.
        branch: Name of the branch.
        units: Names of the social organizations it serves.
    """

    on: date
    branch: str
    units: tuple[str, ...] = ()


def findings(document: Mapping[str, dict], *, intended: Intended, membership_years: int, today: date) -> list[Finding]:
    """Hold a form against the conditions of the post.

    Args:
        document: The form as handed in, without open problems.
        intended: The post.
        membership_years: Full years of membership asked for "as a rule"; the committee's parameter.
        today: Day of the check.

    Returns:
        What was found, the hindering ones first.
    """
    found = [*_membership(document, intended.on, membership_years), *_declared(document), *_person(document, intended)]
    found += _papers(document, today)
    order = list(CHECKS)
    return sorted(found, key=lambda one: order.index(one.code))


def full_months(start: date, end: date) -> int:
    """Count the full months from one day to another; a month is full on the same day of the month."""
    return max(0, (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day))


def months_later(day: date, months: int) -> date:
    """Give the day some months later, at the latest the last day of that month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _membership(document: Mapping, on: date, years: int) -> Iterator[Finding]:
    held, basics = document["membership"], document["basics"]
    born, joined, full = (day_of(text) for text in (basics["born_on"], held["joined_on"], held["full_member_on"]))
    if basics["political_status"] != "full_member" or full is None or full > on:
        yield Finding("not_full_member")  # Regulations on Elections, art. 5: only full members stand and vote
        return
    if born and joined and joined < anniversary(born, JOIN_AGE):
        yield Finding("joined_too_young", {"age": JOIN_AGE})  # Constitution of the Party, art. 1
    if joined and full < anniversary(joined, 1):
        yield Finding("full_too_early", {"joined_on": joined.isoformat(), "full_on": full.isoformat()})  # art. 7
    if on < anniversary(full, years):
        facts = {"months": full_months(full, on), "years": years, "full_on": full.isoformat()}
        yield Finding("membership_short", facts)  # Regulations on Branch Work (Trial), art. 23: "as a rule"


def _declared(document: Mapping) -> Iterator[Finding]:
    held = document["pledge"]
    codes = {
        ("discipline", "probation"): "on_probation",
        ("discipline", "disciplined"): "disciplined",
        ("political_rights", "deprived"): "rights_deprived",
        ("crime", "sentenced"): "sentenced",
        ("crime", "under_investigation"): "under_investigation",
    }
    yield from (Finding(code) for (name, value), code in codes.items() if held.get(name) == value)


def _person(document: Mapping, intended: Intended) -> Iterator[Finding]:
    born = day_of(document["basics"]["born_on"])
    if born and intended.on >= anniversary(born, OLDEST + 1):
        yield Finding("too_old", {"oldest": OLDEST})  # Notice on persons in charge (2015) no. 166: at most 70
    posts = len(document["pledge"].get("rows", []))
    if posts > MOST_POSTS:
        yield Finding("many_posts", {"posts": posts, "most": MOST_POSTS})
    if _plain(document["membership"]["branch"]) != _plain(intended.branch):
        yield Finding("branch_differs")
    if document["posts"]["management"] == "outside":
        yield Finding("not_in_management")  # Regulations on Branch Work, art. 23: preferably management or key staff
    units = {_plain(unit) for unit in intended.units}
    near = sum(_plain(row.get("unit", "")) in units for row in document["family"].get("rows", []))
    if near:
        yield Finding("relative_in_unit", {"relatives": near})


def _papers(document: Mapping, today: date) -> Iterator[Finding]:
    bad = [
        name[-4:]
        for name, value in document["record"].items()
        if name.startswith("appraisal_") and value == "incompetent"
    ]
    if bad:
        yield Finding("appraised_incompetent", {"years": sorted(bad)})
    issued = day_of(document["pledge"].get("credit_report_on", ""))
    if issued and today > months_later(issued, CREDIT_MONTHS):
        yield Finding("credit_report_old", {"issued_on": issued.isoformat(), "months": CREDIT_MONTHS})
    empty = [gap.months for gap in gaps(document["resume"].get("rows", []))]
    if empty:
        yield Finding("gap_explained", {"gaps": len(empty), "months": max(empty)})


def _plain(text: str) -> str:
    return "".join(str(text).split()).replace("（", "(").replace("）", ")")
