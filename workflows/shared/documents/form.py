"""The registration and approval form 人选登记审批表: what it holds, and how its cells lie on two pages.

Source: the form for appointing and removing cadres (干部任免审批表), with the fields of docs/regulations.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, pgettext

COLUMNS = 7


@dataclass(frozen=True)
class CareerRow:
    """One line of the résumé; ``until`` is 至今 when it still runs."""

    start: str
    until: str
    what: str


@dataclass(frozen=True)
class RelativeRow:
    """One family member or important relation."""

    relation: str
    name: str
    born: str
    status: str
    unit: str


@dataclass(frozen=True)
class OpinionRow:
    """What one level said: organization, outcome as a word, the words, who, and the day as text."""

    organization: str
    outcome: str
    words: str
    signed_by: str
    dated: str


@dataclass(frozen=True)
class RegistrationForm:
    """Everything that is printed on the form, as text; what is not known stays empty.

    ``photo`` are the bytes of a JPEG picture, ``dated`` the day of printing that also goes into the metadata.
    """

    dated: date
    name: str
    sex: str = ""
    born: str = ""
    ethnicity: str = ""
    native_place: str = ""
    birthplace: str = ""
    joined: str = ""
    full_member: str = ""
    working_since: str = ""
    political_status: str = ""
    health: str = ""
    professional_title: str = ""
    identity_number: str = ""
    telephone: str = ""
    email: str = ""
    full_time_education: str = ""
    full_time_school: str = ""
    in_service_education: str = ""
    in_service_school: str = ""
    member_of: str = ""
    strengths: str = ""
    present_post: str = ""
    intended_post: str = ""
    leaving_post: str = ""
    organization: str = ""
    credit_code: str = ""
    term_number: str = ""
    term: str = ""
    obtained_by: str = ""
    career: tuple[CareerRow, ...] = ()
    awards: str = ""
    appraisals: str = ""
    relatives: tuple[RelativeRow, ...] = ()
    other_posts: str = ""
    reason: str = ""
    opinions: tuple[OpinionRow, ...] = ()
    filled_by: str = ""
    case_number: str = ""
    photo: bytes = b""


@dataclass(frozen=True)
class Cell:
    """One cell: label or value, its width in columns and its height in rows."""

    text: str = ""
    label: bool = False
    span: int = 1
    rows: int = 1
    photo: bool = False
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One row; ``height`` is its least height in millimetres."""

    cells: tuple[Cell, ...]
    height: int = 10


def first_page(form: RegistrationForm) -> list[Row]:
    """Give the rows of the first page: the person, the post, the résumé."""
    career = tuple(f"{row.start}－{row.until}　{row.what}" for row in form.career)
    return [
        _row(
            pgettext("printed form", "Name"),
            form.name,
            pgettext("printed form", "Sex"),
            form.sex,
            pgettext("printed form", "Born"),
            form.born,
            last=Cell(rows=4, photo=True),
        ),
        _row(
            pgettext("printed form", "Ethnicity"),
            form.ethnicity,
            pgettext("printed form", "Native place"),
            form.native_place,
            pgettext("printed form", "Birthplace"),
            form.birthplace,
        ),
        _row(
            pgettext("printed form", "Joined the Party"),
            form.joined,
            pgettext("printed form", "Full member since"),
            form.full_member,
            pgettext("printed form", "Working since"),
            form.working_since,
        ),
        _row(
            pgettext("printed form", "Political status"),
            form.political_status,
            pgettext("printed form", "Health"),
            form.health,
            pgettext("printed form", "Professional title"),
            form.professional_title,
        ),
        _wide(
            (pgettext("printed form", "Identity number"), form.identity_number, 3),
            (pgettext("printed form", "Telephone"), form.telephone, 2),
        ),
        _wide(
            (pgettext("printed form", "Full-time education"), form.full_time_education, 2),
            (pgettext("printed form", "School and subject"), form.full_time_school, 3),
        ),
        _wide(
            (pgettext("printed form", "In-service education"), form.in_service_education, 2),
            (pgettext("printed form", "School and subject"), form.in_service_school, 3),
        ),
        _wide(
            (pgettext("printed form", "Member of branch"), form.member_of, 3),
            (pgettext("printed form", "E-mail"), form.email, 2),
        ),
        _wide((pgettext("printed form", "Strengths"), form.strengths, 6)),
        _wide((pgettext("printed form", "Present post"), form.present_post, 6)),
        _wide(
            (pgettext("printed form", "Intended post"), form.intended_post, 3),
            (pgettext("printed form", "Leaving post"), form.leaving_post, 2),
        ),
        _wide(
            (pgettext("printed form", "Intended organization"), form.organization, 3),
            (pgettext("printed form", "Credit code"), form.credit_code, 2),
        ),
        _wide(
            (pgettext("printed form", "Term number"), form.term_number, 1),
            (pgettext("printed form", "Term"), form.term, 2),
            (pgettext("printed form", "How obtained"), form.obtained_by, 1),
        ),
        Row((Cell(pgettext("printed form", "Résumé"), label=True), Cell(span=6, lines=career)), height=84),
    ]


def second_page(form: RegistrationForm) -> list[Row]:
    """Give the rows of the second page: judgments, relations, and what each level says."""
    return [
        Row((Cell(pgettext("printed form", "Awards and penalties"), label=True), Cell(form.awards, span=6)), height=16),
        Row(
            (
                Cell(pgettext("printed form", "Appraisals of the last three years"), label=True),
                Cell(form.appraisals, span=6),
            ),
            height=14,
        ),
        Row(
            (Cell(pgettext("printed form", "Reason for the appointment"), label=True), Cell(form.reason, span=6)),
            height=26,
        ),
        *_relatives(form),
        Row((Cell(pgettext("printed form", "Posts elsewhere"), label=True), Cell(form.other_posts, span=6)), height=14),
        *_opinions(form),
        _wide(
            (pgettext("printed form", "Filled in by"), form.filled_by, 3),
            (pgettext("printed form", "Case number"), form.case_number, 2),
        ),
    ]


def _row(*texts: str, last: Cell | None = None) -> Row:
    cells = tuple(Cell(text, label=place % 2 == 0) for place, text in enumerate(texts))
    return Row((*cells, last) if last else cells)


def _wide(*parts: tuple[str, str, int]) -> Row:
    return Row(tuple(cell for label, text, span in parts for cell in (Cell(label, label=True), Cell(text, span=span))))


def _relatives(form: RegistrationForm) -> Iterator[Row]:
    rows = list(form.relatives) + [RelativeRow("", "", "", "", "")] * (4 - len(form.relatives))
    heads = (
        pgettext("printed form", "Relation"),
        pgettext("printed form", "Name"),
        pgettext("printed form", "Born"),
        pgettext("printed form", "Political status"),
    )
    label = Cell(pgettext("printed form", "Family and important relations"), label=True, rows=len(rows) + 1)
    yield Row(
        (
            label,
            *(Cell(head, label=True) for head in heads),
            Cell(pgettext("printed form", "Unit and post"), label=True, span=2),
        ),
        height=8,
    )
    for row in rows:
        cells = (Cell(row.relation), Cell(row.name), Cell(row.born), Cell(row.status), Cell(row.unit, span=2))
        yield Row(cells, height=8)


def _opinions(form: RegistrationForm) -> Iterator[Row]:
    for opinion in form.opinions:
        said = f"{opinion.outcome}　{opinion.words}" if opinion.words else opinion.outcome
        signed = f"{opinion.signed_by}　{opinion.dated}"
        label = Cell(gettext("Opinion of %(organization)s") % {"organization": opinion.organization}, label=True)
        yield Row((label, Cell(span=6, lines=(said, signed))), height=24)
