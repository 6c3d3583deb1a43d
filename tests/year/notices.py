"""Notices of a generated year: one for everybody who waits, with objections dismissed, upheld, and a changed notice."""

from datetime import timedelta

from approvals.models import InboxRow, Stage
from organizations.models import Account
from tests.year.clock import Year
from workflows.appointment_review.notice_texts import facts_of_case
from workflows.notices.actions.objecting import Said, object_to
from workflows.notices.actions.publishing import put_up
from workflows.notices.actions.settling import accept, conclude, read
from workflows.notices.enums import Finding, Standing
from workflows.notices.models import NoticePerson, Objection
from workflows.notices.queries import hindered, noticed_now, objections_for
from workflows.notices.rules import new_code

WORDS = {"grounds": "已向有关方面核实。", "answer": "已核实，谢谢关心。"}
AT_ONCE = 30


def work(year: Year) -> None:
    """Put notices up, take objections, settle them, and end what is over."""
    _put_up(year)
    _object(year)
    _settle(year)
    for row in year.to_do("notice"):
        _end(year, row)


def _put_up(year: Year) -> None:
    stages = Stage.objects.filter(step="publication", outcome="").order_by("pk")
    waiting = [year.fresh(stage.case) for stage in stages.select_related("case")[:AT_ONCE]]
    if waiting and year.chance(60):
        people = [(case.pk, facts_of_case(case)) for case in waiting]
        put_up(
            people=people, mode="unlisted", working_days=5, contact="020-55500100", by=year.province.recorder,
            at=year.at, key=year.key(),
        )  # fmt: skip
        year.done["notices"] += 1
        year.done["people on notices"] += len(people)


def _object(year: Year) -> None:
    showing = NoticePerson.objects.filter(stage__outcome="", notice__ends_at__gt=year.at).order_by("pk")
    for person in showing:
        if year.rare(1.5):
            object_to(person=person, said=Said(text="公示期间反映情况。"), code=new_code(), at=year.at)
            year.done["objections"] += 1


def _settle(year: Year) -> None:
    by = year.province.discipline
    for objection in (
        objections_for(by, on=year.at.date()).exclude(standing=Standing.SETTLED).order_by("about", "due_on")
    ):
        if year.chance(50):
            _one_objection(year, objection, by)


def _one_objection(year: Year, objection: Objection, by: Account) -> None:
    common = {"pk": objection.pk, "by": by, "at": year.at}
    if objection.standing == Standing.RECEIVED:
        read(**common)
        if year.chance(50):
            conclude(**common, finding=Finding.DISMISSED, **WORDS)
            year.done["objections dismissed"] += 1
        else:
            accept(**common)
            year.done["objections accepted"] += 1
        return
    finding = year.rng.choice([Finding.NO_INFLUENCE, Finding.INFLUENCES, Finding.SUSPENDS])
    until = year.at.date() + timedelta(days=30) if finding == Finding.SUSPENDS else None
    conclude(**common, finding=finding, review_on=until, **WORDS)
    year.done[f"objections {finding}"] += 1


def _end(year: Year, row: InboxRow) -> None:
    person = noticed_now(row.case)
    if year.rare(0.5):
        year.say(row, "change", reason="现任职务写错。")
    elif Objection.objects.filter(about=person, finding=Finding.INFLUENCES, standing=Standing.SETTLED).exists():
        year.say(row, "refuse")
    elif person.notice.ends_at < year.at and not hindered(row.case):
        year.say(row, "clear")
