"""Makes the empty ledger that offices fill in, with the words each column takes."""

from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext as _

from organizations.ledger import words
from organizations.ledger.headings import (
    DEPARTMENTS,
    ORGANIZATIONS,
    REVIEWERS,
    SECRETARIES,
    SHEETS,
    SOCIAL_ORGANIZATIONS,
)

_CHOICES = {
    (ORGANIZATIONS, "kind"): words.KINDS,
    (ORGANIZATIONS, "level"): words.LEVELS,
    (ORGANIZATIONS, "can_approve"): ("是", "否"),
    (SOCIAL_ORGANIZATIONS, "kind"): words.SOCIAL_KINDS,
    (SOCIAL_ORGANIZATIONS, "no_branch_reason"): words.NO_BRANCH_REASONS,
    (SECRETARIES, "sex"): ("男", "女"),
    (SECRETARIES, "title"): words.TITLES,
    (SECRETARIES, "source"): words.SOURCES,
    (SECRETARIES, "is_first"): ("是", "否"),
    (DEPARTMENTS, "level"): words.LEVELS,
    (DEPARTMENTS, "channel"): words.CHANNELS,
    (REVIEWERS, "role"): words.ROLES,
}


def template_workbook() -> bytes:
    """Write five empty sheets, all columns as text, and a sheet with the words that may be filled in."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        for sheet in SHEETS:
            page = book.add_worksheet(sheet.name)
            page.set_column(0, len(sheet.columns) - 1, 18, text)
            for place, column in enumerate(sheet.columns):
                page.write_string(0, place, column.headings[0] + ("*" if column.required else ""), bold)
            page.freeze_panes(1, 0)
        _write_choices(book.add_worksheet(_("Words to fill in")), bold)
    return content.getvalue()


def _write_choices(page, bold) -> None:
    page.set_column(0, 0, 28)
    page.set_column(1, 1, 100)
    by_name = {sheet.name: sheet for sheet in SHEETS}
    for number, ((sheet, field), choices) in enumerate(_CHOICES.items()):
        page.write_string(number, 0, f"{sheet} {by_name[sheet].heading_of(field)}", bold)
        page.write_string(number, 1, "、".join(choices))
