"""What printed sheets and their scans tell in the record of a case."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from workflows.history.saying import LOOKS, MATERIALS, Told, fact, label, say
from workflows.shared.enums import PaperKind

SHEET = {"kind": label(PaperKind, "kind"), "code": fact("code")}
OF_PAPERS: Mapping[str, Told] = {
    "paper.filed": Told(
        say(_("{who} filed the scan of {kind}, code {code}, {pages} page(s)."), **SHEET, pages=fact("pages")),
        MATERIALS, "accent", "upload", True,
    ),
    "stack.taken": Told(
        say(_("{who} took in a stack of {pages} scanned pages."), pages=fact("pages")), LOOKS, "grey", "upload"
    ),
    "paper.registered": Told(
        say(_("{who} printed {kind} with the code {code}."), **SHEET), LOOKS, "grey", "print"
    ),
}  # fmt: skip
