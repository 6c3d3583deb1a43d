"""The papers of an investigation, filled from it: notice, talk record, ballot, tally, report."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals.models import Case
from audit.sealing import SealBroken
from organizations.identity import unseal_for
from workflows.appointment_review.investigation_models import Tally
from workflows.appointment_review.investigation_queries import Work, parts_of
from workflows.appointment_review.investigation_words import GRADE_WORDS
from workflows.appointment_review.rules.investigation import GRADES
from workflows.shared.documents import LANGUAGE, Sheet, SheetFacts, day, sheet_of
from workflows.shared.documents.sheets import Grid, Pairs, Signs, Space
from workflows.shared.enums import PaperKind


@dataclass(frozen=True)
class Inquiry:
    """What a paper is filled from.

    Attributes:
        case: The case with organization and proposal.
        issuer: The body that investigates.
        work: The investigation.
        talk: Key of the talk a record is about, as text; empty for an empty record to write on.
    """

    case: Case
    issuer: str
    work: Work
    talk: str = ""


def inquiry_sheet(kind: str, inquiry: Inquiry, *, on: date) -> Sheet | None:
    """Fill a paper.

    Args:
        kind: One of ``FILLED``; the caller has asked who may read it.
        inquiry: What fills it.
        on: Day of printing.

    Returns:
        The paper; None while there is nothing to fill it with.
    """
    with translation.override(LANGUAGE):
        filled = FILLED[kind](inquiry, _facts(inquiry, on))
    return filled if filled is None or isinstance(filled, Sheet) else sheet_of(PaperKind(kind), filled)


def _facts(inquiry: Inquiry, on: date) -> SheetFacts:
    work, case = inquiry.work, inquiry.case
    return SheetFacts(
        issuer=inquiry.issuer,
        dated=on,
        number=case.number,
        person=case.subject_name,
        organization=case.organization.name,
        post=str(case.proposal.get_title_display()),
        telephone=work.investigation.contact,
        people=tuple(member.account.name for member in work.members),
        names=(case.subject_name,),
        from_on=day(work.investigation.from_on),
        until_on=day(work.investigation.until_on),
    )


def _as_it_is(inquiry: Inquiry, facts: SheetFacts) -> SheetFacts:
    return facts


def _talk(inquiry: Inquiry, facts: SheetFacts) -> SheetFacts | None:
    if not inquiry.talk:  # an empty one to write on
        return facts
    found = next((one for one in inquiry.work.talks if str(one.pk) == inquiry.talk), None)
    if found is None:
        return None
    texts = {
        "talked_with": text_of(inquiry.case, "talkee", found.sealed_talkee),
        "relation": str(found.get_relation_display()),
        "record": text_of(inquiry.case, "talk", found.sealed_text),
    }
    people = tuple(member.account.name for member in found.present.all())
    return replace(facts, held_on=day(found.held_on), place=found.place, people=people, texts=texts)


def _ballot(inquiry: Inquiry, facts: SheetFacts) -> Sheet:
    heads = (_("Person"), *(str(GRADE_WORDS[grade]) for grade in GRADES))
    blocks = (
        Pairs(((_("Organization"), facts.organization), (_("Intended post"), facts.post))),
        Grid(heads, ((facts.person, "", "", "", ""),), (32, 17, 17, 17, 17)),
        Space(_("Anything else you want to say"), 60),
    )
    return Sheet(_("Democratic appraisal ballot"), facts.issuer, facts.dated, blocks)


def _tally(inquiry: Inquiry, facts: SheetFacts) -> Sheet | None:
    tally = inquiry.work.tally
    if tally is None:
        return None
    head = ((_("Person"), facts.person), (_("Day of the appraisal"), day(tally.held_on)))
    counted = tuple((str(label), str(count)) for label, count in tally_rows(tally))
    names = f"{tally.entered_by.name}、{tally.confirmed_by.name if tally.confirmed_by else ''}"
    blocks = (Pairs((*head, *counted)), Signs((names, day(facts.dated))))
    return Sheet(_("Democratic appraisal tally"), facts.issuer, facts.dated, blocks)


def _report(inquiry: Inquiry, facts: SheetFacts) -> SheetFacts | None:
    report = inquiry.work.report
    if report is None:
        return None
    parts = parts_of(report)
    texts = parts | {"conclusion": f"{parts.get('conclusion_words', '')}（{report.get_conclusion_display()}）"}
    return replace(facts, texts=texts)


FILLED: dict[str, Callable[[Inquiry, SheetFacts], SheetFacts | Sheet | None]] = {
    PaperKind.PREVIEW: _as_it_is,
    PaperKind.TALK_RECORD: _talk,
    PaperKind.APPRAISAL_BALLOT: _ballot,
    PaperKind.APPRAISAL_TALLY: _tally,
    PaperKind.REPORT: _report,
}
READ = frozenset({PaperKind.TALK_RECORD, PaperKind.APPRAISAL_TALLY, PaperKind.REPORT})  # with what was said and found


def text_of(case: Case, name: str, sealed: str) -> str:
    """Open one sealed text; empty when the person's key was destroyed."""
    try:
        return unseal_for(case.subject, {name: sealed})[name] if sealed else ""
    except SealBroken:
        return ""


def tally_rows(tally: Tally) -> list[tuple[object, int]]:
    """List the papers of a tally with their labels."""
    papers = {
        "issued": gettext_lazy("Papers given out"),
        "returned": gettext_lazy("Papers returned"),
        "valid": gettext_lazy("Valid papers"),
    }
    return [(label, getattr(tally, name)) for name, label in {**papers, **GRADE_WORDS}.items()]
