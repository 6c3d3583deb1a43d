"""The papers of a meeting: the minutes (会议纪要) to be sealed, and the summary of the agenda (汇总表) on A3."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from docx.document import Document as Doc
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm

from approvals.enums import ItemResult
from approvals.models import AgendaItem, Meeting, MeetingMember
from approvals.rules.meetings import majority_of
from approvals.rules.text import in_a_row
from workflows.meetings.queries import ItemLine, back_to, lines_of, opened_words
from workflows.shared.documents import render_pdf
from workflows.shared.documents.docx_parts import SIZE_2, SIZE_5, TITLE, add_line, new_document, saved, write
from workflows.shared.documents.pdf import LANGUAGE

WIDTHS = (14, 36, 74, 96, 26, 30, 62, 24, 26)  # millimetres of the columns on A3 across


@dataclass(frozen=True)
class Row:
    """One item as it is printed; every value is a text."""

    place: str
    name: str
    organization: str
    question: str
    born: str
    number: str
    votes: str
    result: str
    note: str

    @property
    def cells(self) -> tuple[str, ...]:
        """Give the values in the order of ``headings``."""
        return (
            self.place, self.name, self.organization, self.question, self.born, self.number, self.votes, self.result,
            self.note,
        )  # fmt: skip


def headings() -> list[str]:
    """Name the columns of the summary."""
    return [
        _("No."), _("Name"), _("Organization"), _("Question"), _("Born"), _("Number of the case"), _("Votes"),
        _("Result"), _("Remark"),
    ]  # fmt: skip


def minutes_docx(meeting: Meeting, items: Sequence[AgendaItem], members: Sequence[MeetingMember]) -> bytes:
    """Make the minutes as DOCX, in the layout of official documents."""
    with translation.override(LANGUAGE):
        day = localdate(meeting.held_at)
        document = new_document(title=meeting.title, author=meeting.organization.name, day=day)
        add_line(document, _("Minutes of a meeting"), size=SIZE_2, font=TITLE, align=ALIGN.CENTER, before=12)
        add_line(document, meeting.title, align=ALIGN.CENTER)
        for label, text in _head(meeting, members):
            add_line(document, _("{label}: {text}").format(label=label, text=text), before=4)
        for line in lines_of(items, members, {}):
            _add_item(document, line)
        add_line(document, meeting.organization.name, align=ALIGN.RIGHT, before=42)
        add_line(document, _day(day), align=ALIGN.RIGHT)
        return saved(document)


def summary_docx(meeting: Meeting, items: Sequence[AgendaItem], members: Sequence[MeetingMember]) -> bytes:
    """Make the summary as DOCX, A3 across."""
    with translation.override(LANGUAGE):
        document = new_document(title=meeting.title, author=meeting.organization.name, day=localdate(meeting.held_at))
        section = document.sections[0]
        section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(420), Mm(297)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(16)
        add_line(document, _("Summary of the agenda"), size=SIZE_2, font=TITLE, align=ALIGN.CENTER)
        add_line(document, _subtitle(meeting, members), size=SIZE_5, align=ALIGN.CENTER)
        rows = _rows(items, members)
        table = document.add_table(rows=1 + len(rows), cols=len(WIDTHS))
        table.style, table.autofit = "Table Grid", False
        for place, texts in enumerate([headings(), *[row.cells for row in rows]]):
            for cell, text, width in zip(table.rows[place].cells, texts, WIDTHS, strict=True):
                cell.width = Mm(width)
                write(cell.paragraphs[0], text, size=SIZE_5, bold=place == 0)
        table.rows[0]._tr.get_or_add_trPr().append(_repeated())
        return saved(document)


def summary_pdf(meeting: Meeting, items: Sequence[AgendaItem], members: Sequence[MeetingMember]) -> bytes:
    """Make the summary as PDF.

    Raises:
        PdfUnavailable: this machine cannot draw PDF; give ``summary_print`` instead.
    """
    with translation.override(LANGUAGE):
        facts = _facts(meeting, items, members)
    return render_pdf("workflows/meetings/summary_paper.html", facts, dated=localdate(meeting.held_at))


def summary_print(meeting: Meeting, items: Sequence[AgendaItem], members: Sequence[MeetingMember]) -> str:
    """Make the summary as a page for the browser's own print command."""
    with translation.override(LANGUAGE):
        facts = _facts(meeting, items, members) | {"dated": localdate(meeting.held_at), "on_screen": True}
        return render_to_string("workflows/meetings/summary_paper.html", facts)


def _facts(meeting: Meeting, items: Sequence[AgendaItem], members: Sequence[MeetingMember]) -> dict[str, object]:
    rows = [row.cells for row in _rows(items, members)]
    return {"meeting": meeting, "subtitle": _subtitle(meeting, members), "headings": headings(), "rows": rows}


def _subtitle(meeting: Meeting, members: Sequence[MeetingMember]) -> str:
    parts = [meeting.title, _when(meeting), meeting.place]
    if any(member.present is not None for member in members):
        came = sum(member.present is True for member in members)
        parts.append(_("{n} entitled, {came} present").format(n=len(members), came=came))
    return "　".join(parts)


def _when(meeting: Meeting) -> str:
    return f"{_day(localdate(meeting.held_at))} {localtime(meeting.held_at):%H:%M}"


def _day(day: date) -> str:
    return date_format(day, pgettext("format of a day with year", "j M Y"))


def _head(meeting: Meeting, members: Sequence[MeetingMember]) -> list[tuple[str, str]]:
    between = pgettext("between names on paper", ", ")
    chair = [member.name for member in members if member.is_chair]
    came = [member.name for member in members if member.present]
    away = [member.name for member in members if member.present is False]
    head = [
        (_("Time"), _when(meeting)),
        (_("Place"), meeting.place),
        (_("Led by"), between.join(chair)),
        (_("Present"), between.join(came)),
        (_("Away"), between.join(away)),
        (_("Record kept by"), meeting.entered_by.name if meeting.entered_by else meeting.made_by.name),
    ]
    return [(label, text) for label, text in head if text]


def _add_item(document: Doc, line: ItemLine) -> None:
    item = line.item
    add_line(document, f"{item.place}．{line.question}", indent=True, before=8)
    if not item.result:
        add_line(document, _told_without_result(line), indent=True)
        return
    out = [recusal.member.name for recusal in item.recusals.all()]
    if out:
        text = _("Stepped out for this item: {names}.").format(names=pgettext("between names on paper", ", ").join(out))
        add_line(document, text, indent=True)
    add_line(document, _resolution(line), indent=True)
    reason = opened_words(item).get("reason")
    if reason:
        add_line(document, _("Opinion of the meeting: {words}").format(words=reason), indent=True)


def _told_without_result(line: ItemLine) -> str:
    return (
        _("Not discussed: the case was withdrawn or returned before.") if not line.item.stands else _("Not discussed.")
    )


def _resolution(line: ItemLine) -> str:
    item, room = line.item, line.room
    counted = item.agree + item.against + item.abstain
    votes = _(
        "{entitled} entitled, {present} present; {agree} agreed, {against} against, {abstain} abstained "
        "({needed} needed)."
    ).format(
        entitled=room.entitled, present=room.present, agree=item.agree, against=item.against, abstain=item.abstain,
        needed=majority_of(room.entitled),
    )  # fmt: skip
    resolved = {
        ItemResult.AGREE: _("Resolved: agreed."),
        ItemResult.REFUSE: _("Resolved: not agreed."),
        ItemResult.DEFER: _("Resolved: deferred, to be taken up again on {day}."),
        ItemResult.RETURN: _("Resolved: returned to “{step}” to be supplemented."),
    }[item.result].format(day=_day(item.review_on) if item.review_on else "", step=back_to(item))
    return in_a_row([votes if counted else "", resolved])


def _rows(items: Sequence[AgendaItem], members: Sequence[MeetingMember]) -> list[Row]:
    return [_row(line) for line in lines_of(items, members, {})]


def _row(line: ItemLine) -> Row:
    item, case = line.item, line.item.case
    votes = _("agreed {agree}, against {against}, abstained {abstain}").format(
        agree=item.agree, against=item.against, abstain=item.abstain
    )
    out = [recusal.member.name for recusal in item.recusals.all()]
    notes = [_("stepped out: {names}").format(names=pgettext("between names on paper", ", ").join(out))] if out else []
    notes += [_("again on {day}").format(day=_day(item.review_on))] if item.review_on else []
    born = case.subject.born_on if case.subject else None
    return Row(
        place=str(item.place),
        name=case.subject_name,
        organization=case.organization.name,
        question=line.question,
        born=f"{born:%Y.%m}" if born else "",
        number=case.number,
        votes=votes if item.result and item.agree + item.against + item.abstain else "",
        result=str(item.get_result_display()) if item.result else "",
        note=pgettext("between sentences", " ").join(notes),
    )


def _repeated():
    from docx.oxml import OxmlElement

    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    return mark
