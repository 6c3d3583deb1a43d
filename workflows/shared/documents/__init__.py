"""Documents on paper: what they say (``papers``, ``form``) and how they leave the house (PDF, DOCX, print view)."""

from workflows.shared.documents.form import CareerRow, OpinionRow, RegistrationForm, RelativeRow
from workflows.shared.documents.letters import day
from workflows.shared.documents.making import docx_of, pdf_of, pdf_of_many, print_view_of, sheet_of
from workflows.shared.documents.marks import Mark
from workflows.shared.documents.papers import (
    AcceptancePaper,
    ApprovalPaper,
    Check,
    CorrectionPaper,
    DisapprovalPaper,
    Granted,
    InquiryPaper,
    InquiryPerson,
    InvitationPaper,
    NonAcceptancePaper,
    PlainPaper,
)
from workflows.shared.documents.pdf import LANGUAGE, PdfUnavailable, render_pdf
from workflows.shared.documents.qr import qr_svg
from workflows.shared.documents.sheets import BUILDERS, Sheet, SheetFacts

__all__ = [
    "BUILDERS",
    "LANGUAGE",
    "AcceptancePaper",
    "ApprovalPaper",
    "CareerRow",
    "Check",
    "CorrectionPaper",
    "DisapprovalPaper",
    "Granted",
    "InquiryPaper",
    "InquiryPerson",
    "InvitationPaper",
    "Mark",
    "NonAcceptancePaper",
    "OpinionRow",
    "PdfUnavailable",
    "PlainPaper",
    "RegistrationForm",
    "RelativeRow",
    "Sheet",
    "SheetFacts",
    "day",
    "docx_of",
    "pdf_of",
    "pdf_of_many",
    "print_view_of",
    "qr_svg",
    "render_pdf",
    "sheet_of",
]
