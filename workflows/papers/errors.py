"""Every "no" of this room."""

from django.utils.translation import gettext_lazy as _

from audit.errors import Refusal


class NothingScanned(Refusal):
    code = "nothing_scanned"
    message = _("Please choose the scans first: one PDF with many pages, or several pictures.")


class StackTooLarge(Refusal):
    code = "stack_too_large"
    message = _("A stack has at most {count} pages. Please upload it in parts.")


class ScanUnreadable(Refusal):
    code = "scan_unreadable"
    message = _("“{name}” could not be taken apart into pages. Please scan it again as a plain PDF.")


class NotAScan(Refusal):
    code = "not_a_scan"
    message = _("“{name}” is no scan. Please upload PDF, JPG or PNG.")


class CodeMistyped(Refusal):
    code = "code_mistyped"
    message = _("“{code}” is no code of a sheet. Please compare it with the ten characters beside the picture code.")


class CodeUnknown(Refusal):
    code = "code_unknown"
    message = _("No sheet that you may file scans to carries the code {code}. Please ask who printed it.")


class NothingBefore(Refusal):
    code = "nothing_before"
    message = _("The page before this one has no sheet yet. Please give that page its code first.")


class PageGone(Refusal):
    code = "page_gone"
    message = _("This page was filed or left out in the meantime.")


class FiledBefore(Refusal):
    code = "filed_before"
    message = _("This sheet was filed before. If this scan shall be kept as well, please mark it and file again.")
