"""What becomes of sheets of this flow that come back signed or stamped."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from approvals.actions.acting import Acting
from approvals.enums import CaseState
from workflows.appointment_review.actions.materials import MATERIALS_STEP, take_from_paper
from workflows.appointment_review.actions.scans import attach_kept
from workflows.appointment_review.enums import MaterialKind
from workflows.appointment_review.models import OfficialDocument
from workflows.shared.enums import FilePurpose, PaperKind
from workflows.shared.models import StoredFile
from workflows.shared.paper_models import Paper
from workflows.shared.papers import USES, Use

MATERIAL_OF = {
    PaperKind.PLEDGE: MaterialKind.PLEDGE,
    PaperKind.RECOMMENDATION: MaterialKind.RECOMMENDATION,
    PaperKind.NOMINATION: MaterialKind.MINUTES,
}


def _material(kind: MaterialKind) -> Use:
    def becomes(paper: Paper) -> str:
        open_now = paper.case.state == CaseState.OPEN and paper.case.step == MATERIALS_STEP
        return _("new version of the material “{kind}”").format(kind=kind.label) if open_now else ""

    return Use(becomes, _taken_as(kind), FilePurpose.MATERIAL)


def _taken_as(kind: MaterialKind) -> Callable[[Acting, Paper, StoredFile], None]:
    def take(act: Acting, paper: Paper, file: StoredFile) -> None:
        take_from_paper(act, kind, file)

    return take


def _attach(act: Acting, paper: Paper, file: StoredFile) -> None:
    attach_kept(act, OfficialDocument.objects.get(case=act.case, number=paper.facts["number"]), file)


def _sealed_scan(paper: Paper) -> str:
    return _("sealed scan of {number}").format(number=paper.facts["number"])


USES |= {paper: _material(material) for paper, material in MATERIAL_OF.items()}
USES[PaperKind.DOCUMENT] = Use(_sealed_scan, _attach, FilePurpose.SEALED_SCAN, once=True)
