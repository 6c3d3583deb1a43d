"""What has to be true at the end of a year."""

from collections.abc import Iterator

from django.db.models import Count
from django.utils.timezone import localdate

from approvals.actions.inbox import open_seats
from approvals.actions.upkeep import mend_inbox, unfilled_seats
from approvals.enums import CaseState, Rule
from approvals.models import Case, InboxRow, LetterItem, Matter, Stage
from approvals.rebuild_check import compare_cases
from audit.verify import verify_log
from organizations.grants import find_drift
from organizations.models import Post
from tests.approvals.rebuilt import differences
from tests.year.clock import Year
from workflows.appointment_review.election_queries import winners_of
from workflows.notices.models import Objection
from workflows.notices.queries import noticed_now

# Where the matter's own path may stand while somebody in it waits for it.
MATTER_AT = {
    "standing": {"nomination", "vetting", "second_request", "second_approval"},
    "ballot": {"nomination", "vetting", "second_request", "second_approval", "publicity", "election", "late_vetting",
               "report", "confirmation"},
}  # fmt: skip


def problems(year: Year) -> Iterator[str]:
    """List everything that is not as it has to be.

    Args:
        year: The year that was lived through.
    """
    yield from (*year.drifted, *inbox_drift(year))
    grants = find_drift(on=localdate(year.at))
    if grants:
        yield f"grants: {grants}"
    yield from (f"rebuild: {found}" for found in compare_cases(Case.objects.all()))
    for case in Case.objects.order_by("pk"):
        yield from (f"rebuilt {case.number}: {found}" for found in differences(case))
    verdict = verify_log()
    if not verdict.holds:
        yield f"log: {verdict.faults}"
    yield from (f"nobody sits: {seat.stage.case.number} {seat.stage.step}" for seat in unfilled_seats())
    yield from _posts()
    yield from _matters()
    yield from (f"waits for nothing: {number}" for number, waits in waiting(year) if not waits)


def inbox_drift(year: Year) -> list[str]:
    """Tell how the inboxes differ from a fresh expansion of the roles, without mending them."""
    drift = mend_inbox(open_seats(), at=year.at, repair=False)
    return [f"inbox on {year.at:%F}: {drift}"] * bool(drift.missing or drift.extra or drift.outdated)


def waiting(year: Year) -> list[tuple[str, str]]:
    """Give the number of every open case with whom or what it waits for; empty where there is nothing."""
    still = Case.objects.filter(state=CaseState.OPEN).order_by("pk")
    return [(case.number, waits_for(case, year)) for case in still]


def waits_for(case: Case, year: Year) -> str:
    """Name for whom and for what an open case waits; empty when there is nothing."""
    stages = list(Stage.objects.filter(case=case, outcome=""))
    if len(stages) != 1:
        return ""
    (stage,) = stages
    if stage.rule == Rule.WAIT:
        return _waits_for_others(case)
    if stage.rule == Rule.LETTERS:
        return _waits_for_letters(stage)
    if stage.rule == Rule.MEETING and stage.not_before and stage.not_before > localdate(year.at):
        return f"the meeting, which takes it up again on {stage.not_before}"
    asked = InboxRow.objects.filter(case=case, kind="todo", seat__stage=stage).order_by("account")
    names = "、".join(asked.values_list("account__name", flat=True).distinct())
    if not names:
        return ""
    why = _waits_for_notice(case) if stage.step == "notice" else stage.step
    return why and f"{names}: {why}"


def _waits_for_others(case: Case) -> str:
    if case.is_of_matter:
        behind = Case.objects.filter(matter=case.matter_id, state=CaseState.OPEN).exclude(subject=None)
        slow = behind.exclude(step__in=["standing", "ballot"]).order_by("pk").values_list("number", "step")
        return ", ".join(f"{number} at {step}" for number, step in slow)
    own = Case.objects.filter(matter=case.matter_id, subject=None, state=CaseState.OPEN).first()
    return f"matter at {own.step}" if own and own.step in MATTER_AT[case.step] else ""


def _waits_for_letters(stage: Stage) -> str:
    silent = stage.seats.filter(state="open").order_by("place")
    asked = set(LetterItem.objects.filter(seat__in=silent).values_list("seat", flat=True))
    why = {True: "its answer", False: "the letter to it"}
    return ", ".join(f"{seat.department.name}: {why[seat.pk in asked]}" for seat in silent.select_related("department"))


def _waits_for_notice(case: Case) -> str:
    person = noticed_now(case)
    if person is None:
        return ""
    if Objection.objects.filter(about__case=case).exclude(standing="settled").exists():
        return "an objection"
    return "the end of its notice"


def _posts() -> Iterator[str]:
    held = Post.objects.filter(ended_on=None, title="secretary").values("organization").annotate(n=Count("pk"))
    yield from (f"{row['n']} secretaries at {row['organization']}" for row in held if row["n"] != 1)
    twice = Post.objects.filter(ended_on=None).values("organization", "person").annotate(n=Count("pk")).filter(n__gt=1)
    yield from (f"{row['n']} posts of {row['person']} at {row['organization']}" for row in twice)
    for own in Case.objects.filter(subject=None, state=CaseState.DONE).select_related("organization"):
        taken = Post.objects.filter(organization=own.organization_id, ended_on=None, source="elected")
        titles = sorted(taken.values_list("title", flat=True))
        won = winners_of(own.election)  # a winner who was vetted afterwards and refused is none
        if titles != sorted(one.title for one in won):
            yield f"{own.number} is done with {titles}"


def _matters() -> Iterator[str]:
    for matter in Matter.objects.order_by("pk"):
        running = Case.objects.filter(matter=matter, state=CaseState.OPEN).exists()
        if running != (matter.state == "open"):
            yield f"matter {matter.number} is {matter.state}"
