"""The right half of the page of a seat: the form, its versions, one material at a time."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from approvals.models import Case
from audit.sealing import SealBroken
from workflows.appointment_review.candidate_queries import current_materials, submitted_versions
from workflows.appointment_review.enums import MaterialKind
from workflows.appointment_review.models import FormVersion
from workflows.appointment_review.sheet import form_sheet
from workflows.appointment_review.views.finding_rows import differences
from workflows.shared.files import SHOWN_IN_PLACE

FORM = "form"
KINDS = list(MaterialKind)


def materials_shown(case: Case, asked: Mapping[str, str]) -> dict[str, object]:
    """Gather the tabs and what the chosen one shows.

    Args:
        case: A case whose files the reader may see.
        asked: The query: ``show`` names a tab, ``version`` a version of the form, ``compare`` asks for differences.
    """
    versions, held = submitted_versions(case), current_materials(case)
    show = asked.get("show", FORM)
    if show != FORM and show not in held:
        show = FORM
    ordered = sorted(held.values(), key=lambda one: KINDS.index(one.kind))
    tabs = [{"key": FORM, "name": _("Registration form"), "line": _version_line(versions)}] if versions else []
    tabs += [
        {"key": one.kind, "name": one.get_kind_display(), "line": _pages(one.file.pages), "material": one}
        for one in ordered
    ]
    facts = {"tabs": tabs, "show": show, "chosen": "show" in asked, "versions": versions}
    if show == FORM:
        return facts | _form(case, versions, asked)
    return facts | {"material": held[show], "in_place": held[show].file.kind in SHOWN_IN_PLACE}


def _form(case: Case, versions: list[FormVersion], asked: Mapping[str, str]) -> dict[str, object]:
    if not versions:
        return {}
    chosen = next((one for one in versions if str(one.version) == asked.get("version")), versions[0])
    older = next((one for one in versions if one.version < chosen.version), None)
    try:
        sheet = form_sheet(case, chosen)
        compared = differences(*_with_subject(case, older, chosen)) if older and asked.get("compare") else None
    except SealBroken:
        return {"version": chosen, "destroyed": True}
    return {"version": chosen, "older": older, "sheet": sheet, "differences": compared}


def _with_subject(case: Case, *versions: FormVersion) -> tuple[FormVersion, ...]:
    for one in versions:
        one.case = case
    return versions


def _version_line(versions: list[FormVersion]) -> str:
    return _("Version {n}").format(n=versions[0].version)


def _pages(pages: int | None) -> str:
    return _("{n} page(s)").format(n=pages) if pages else ""
