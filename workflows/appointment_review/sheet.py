"""The registration form as a document (审批表): values as people read them, places of findings marked."""

from dataclasses import dataclass

from django.utils.timezone import localdate

from approvals.models import Case
from workflows.appointment_review.candidate_queries import document_of, prefilled
from workflows.appointment_review.form_fields import Field, Section, sections, years
from workflows.appointment_review.models import Finding, FormVersion
from workflows.appointment_review.rules.resume import in_order
from workflows.appointment_review.words import label_of, month_words, value_words


@dataclass(frozen=True)
class Cell:
    """One value of the sheet.

    Attributes:
        label: What it is.
        words: The value as people read it.
        mark: Whether a finding points here.
        anchor: Name of the place, for links from findings.
    """

    label: str
    words: str
    mark: bool
    anchor: str


def form_sheet(
    case: Case, version: FormVersion | None, *, document: dict | None = None, own: bool = False
) -> dict[str, object]:
    """Gather a version of the form for ``workflows/appointment_review/sheet.html``.

    Args:
        case: A case with ``subject``, ``organization`` and ``proposal`` loaded.
        version: The version to show; None for a form nobody has begun.
        document: Its content, if it was opened already.
        own: For the person concerned, who reads neither what the check found nor the office's reason.

    Returns:
        The values of the template under ``sheet``'s names: ``cells`` by ``section.field``, ``resume``, ``family``,
        ``honors``, ``posts``, ``gaps``, ``appraisals``, ``case``, ``version``, ``identity``. Whoever opens it as a
        reviewer has to be allowed to see the files of the case.

    Raises:
        audit.sealing.SealBroken: the person's key was destroyed when the retention ended.
    """
    today = localdate(version.saved_at) if version else localdate(case.opened_at)
    if document is None:
        document = document_of(case.subject, version) if version else prefilled(case.subject, today=today)
    marked = set() if own or version is None else _places(version)
    known = {section.name: section for section in sections(today=today)}
    cells = {
        section.name: {field.name: _cell(section, field, document, marked) for field in section.fields}
        for section in known.values()
    }
    return {
        "case": case,
        "version": version,
        "identity": case.subject.identity_mask,
        "cells": cells,
        "appraisals": [cells["record"][f"appraisal_{year}"] for year in years(today)],
        "resume": _rows(known["resume"], document, in_order(document["resume"]["rows"])),
        "gaps": [(key, _gap_words(key), text) for key, text in sorted(document["resume"]["reasons"].items()) if text],
        "honors": _rows(known["record"], document),
        "family": _rows(known["family"], document),
        "posts": _rows(known["pledge"], document),
        "reason": "" if own else case.proposal.reason,
        "marked": {name: f"{name}.rows" in marked for name in known},
    }


def _places(version: FormVersion) -> set[str]:
    return set(Finding.objects.filter(form=version).values_list("points_to", flat=True))


def _cell(section: Section, field: Field, document: dict, marked: set[str]) -> Cell:
    address = f"{section.name}.{field.name}"
    words = value_words(field, document[section.name].get(field.name, ""))
    return Cell(label_of(field.name, section=section.name), words, address in marked, address)


def _rows(section: Section, document: dict, rows: list | None = None) -> list[dict[str, str]]:
    found = document[section.name]["rows"] if rows is None else rows
    return [{field.name: value_words(field, row.get(field.name, "")) for field in section.row} for row in found]


def _gap_words(key: str) -> str:
    first, _sign, last = key.partition("_")
    return f"{month_words(first)}–{month_words(last)}"
