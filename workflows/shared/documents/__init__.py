"""Documents on paper: what they say (``papers``, ``form``) and how they leave the house (PDF, DOCX, print view)."""

from workflows.shared.documents.form import CareerRow, OpinionRow, RegistrationForm, RelativeRow
from workflows.shared.documents.making import docx_of, pdf_of, print_view_of, sheet_of
from workflows.shared.documents.marks import Mark
from workflows.shared.documents.papers import (
    AcceptancePaper,
    ApprovalPaper,
    Check,
    CorrectionPaper,
    DisapprovalPaper,
    Granted,
    InvitationPaper,
    NonAcceptancePaper,
)
from workflows.shared.documents.pdf import PdfUnavailable, render_pdf
from workflows.shared.documents.qr import qr_svg
from workflows.shared.documents.sheets import BUILDERS, Sheet, SheetFacts

__all__ = [
    "BUILDERS",
    "AcceptancePaper",
    "ApprovalPaper",
    "CareerRow",
    "Check",
    "CorrectionPaper",
    "DisapprovalPaper",
    "Granted",
    "InvitationPaper",
    "Mark",
    "NonAcceptancePaper",
    "OpinionRow",
    "PdfUnavailable",
    "RegistrationForm",
    "RelativeRow",
    "Sheet",
    "SheetFacts",
    "docx_of",
    "pdf_of",
    "print_view_of",
    "qr_svg",
    "render_pdf",
    "sheet_of",
]
