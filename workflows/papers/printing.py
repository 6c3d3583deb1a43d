"""What is printed for a case: which kinds fit, and the facts that fill them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from approvals.errors import NoAuthority
from approvals.models import Case
from organizations.models import Account, PartyOrganization
from workflows.appointment_review.candidate_queries import current_materials, handed_in, office_of, wanted_of
from workflows.appointment_review.enums import VETTED, MaterialKind
from workflows.appointment_review.form_fields import empty_document
from workflows.appointment_review.registration_paper import registration_paper
from workflows.shared.documents import (
    LANGUAGE,
    Mark,
    PdfUnavailable,
    RegistrationForm,
    Sheet,
    SheetFacts,
    docx_of,
    pdf_of,
    pdf_of_many,
    print_view_of,
    sheet_of,
)
from workflows.shared.enums import PaperKind
from workflows.shared.papers import mark_of, paper_for

OF_EVERY_PERSON = (PaperKind.REQUEST, PaperKind.TALK_RECORD, PaperKind.REPORT)
OF_A_VETTED_PERSON = (
    PaperKind.MATERIALS_LIST,
    PaperKind.PLEDGE,
    PaperKind.RECOMMENDATION,
    PaperKind.NOMINATION,
    PaperKind.PREVIEW,
    PaperKind.APPRAISAL_BALLOT,
    PaperKind.APPRAISAL_TALLY,
    PaperKind.PUBLIC_NOTICE,
)
OF_A_MATTER = (PaperKind.NOMINATION, PaperKind.ELECTION_RULES, PaperKind.COUNTING_SHEET)


@dataclass(frozen=True)
class Printed:
    """One printed sheet: a name for its file, without the ending, its bytes, and a key of ``CONTENT_TYPES``."""

    name: str
    content: bytes
    form: str


def kinds_for(case: Case) -> list[PaperKind]:
    """List what can be printed for a case.

    Args:
        case: A case of a person, or a matter's own.
    """
    if case.is_of_matter:
        return list(OF_A_MATTER)
    if case.track not in VETTED:
        return list(OF_EVERY_PERSON)
    form = [PaperKind.REGISTRATION] if handed_in(case).exists() else []
    return [*form, *OF_A_VETTED_PERSON[:5], *OF_EVERY_PERSON, *OF_A_VETTED_PERSON[5:]]


Fill = Callable[[Case, date], Sheet | None]  # gives a sheet that another room fills, None to fill it here


def printed(case: Case, kind: PaperKind, form: str, *, by: Account, at: datetime, fill: Fill | None = None) -> Printed:
    """Print a sheet of a case with its code.

    Args:
        case: The case with subject, organization, proposal and matter; the caller has asked who may see it.
        kind: One of ``kinds_for``.
        form: ``print``, ``docx`` or ``pdf``; where no PDF can be drawn, the print view is given.
        by, at: Who prints, and when.
        fill: Fills what another room knows.

    Returns:
        The sheet.
    """
    filled, mark = _filled_and_marked(case, kind, by=by, at=at, fill=fill)
    if form == "docx":
        return Printed(mark.name, docx_of(filled, mark=mark), form)
    if form == "pdf":
        try:
            return Printed(mark.name, pdf_of(filled, mark=mark), form)
        except PdfUnavailable:
            form = "print"
    return Printed(mark.name, print_view_of(filled, mark=mark).encode(), form)


def printed_together(
    cases: Sequence[Case], kind: PaperKind, *, by: Account, at: datetime, fill: Fill | None = None
) -> bytes:
    """Print one kind for several cases as one PDF, each sheet with the code of its case.

    Args:
        cases: As ``printed`` takes them, at least one.
        kind, by, at, fill: As for ``printed``.

    Raises:
        PdfUnavailable: this machine cannot draw PDF.
    """
    return pdf_of_many([_filled_and_marked(case, kind, by=by, at=at, fill=fill) for case in cases])


def _filled_and_marked(
    case: Case, kind: PaperKind, *, by: Account, at: datetime, fill: Fill | None
) -> tuple[Sheet | RegistrationForm, Mark]:
    paper = paper_for(kind=kind, case=case, by=by, at=at)
    paper.case = case
    with translation.override(LANGUAGE):
        mark = mark_of(paper)
    on = localdate(paper.printed_at)
    filled = fill(case, on) if fill else None
    return filled or filled_for(case, kind, on=on), mark


def filled_for(case: Case, kind: PaperKind, *, on: date) -> Sheet | RegistrationForm:
    """Fill a form from a case."""
    if kind == PaperKind.REGISTRATION:
        return registration_paper(case)
    with translation.override(LANGUAGE):
        office = _office(case, on)
        proposal = getattr(case, "proposal", None)
        facts = SheetFacts(
            issuer=office.name,
            dated=on,
            number=case.number,
            person="" if case.is_of_matter else case.subject_name,
            organization=case.organization.name,
            post=str(proposal.get_title_display()) if proposal else "",
            telephone=office.phone,
            addressee=office.name if kind == PaperKind.REQUEST else "",
            names=tuple(_names(case)),
            rows=tuple(_materials(case, on)) if kind == PaperKind.MATERIALS_LIST else (),
            texts={"reason": proposal.reason} if proposal and kind == PaperKind.RECOMMENDATION else {},
            numbers=_numbers(case) if kind == PaperKind.ELECTION_RULES else {},
        )
    if kind == PaperKind.REQUEST:
        facts = _asked_by_the_branch(facts, case)
    return sheet_of(kind, facts)


def _asked_by_the_branch(facts: SheetFacts, case: Case) -> SheetFacts:
    values = {name: getattr(facts, name) for name in facts.__dataclass_fields__}
    return SheetFacts(**values | {"issuer": case.organization.name})


def _numbers(case: Case) -> dict[str, int]:
    parameters = case.policy.parameters
    return {name: parameters[name] for name in ("quorum_numerator", "quorum_denominator")}


def _office(case: Case, on: date) -> PartyOrganization:
    try:
        return office_of(case, today=on)
    except NoAuthority:
        return case.organization


def _names(case: Case) -> Iterable[str]:
    if not case.is_of_matter:
        return [case.subject_name]
    people = Case.objects.filter(matter=case.matter_id, subject__isnull=False)
    return people.order_by("pk").values_list("subject_name", flat=True)


def _materials(case: Case, on: date) -> Iterable[tuple[str, ...]]:
    held = current_materials(case)
    needs: Mapping[str, str] = {"required": _("required"), "where_asked": _("where asked"), "optional": _("optional")}
    for one in wanted_of(case, empty_document(today=on), held):
        file = held[one.kind].file if one.kind in held else None
        pages = str(file.pages or 1) if file else ""
        yield str(MaterialKind(one.kind).label), needs[one.need], "√" if file else "", pages
