"""Files made for one reader: how each kind is called on the way, and that no browser keeps a copy."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
    "jpg": "image/jpeg",
    "png": "image/png",
    "print": "text/html; charset=utf-8",
}


def given(content: bytes | str, form: str, *, name: str = "") -> HttpResponse:
    """Give what was made for one reader.

    Args:
        content: The file, or the page of a print view.
        form: A key of ``CONTENT_TYPES``; ``print`` is shown, everything else is saved.
        name: Name of the file without its ending.
    """
    response = HttpResponse(content, content_type=CONTENT_TYPES[form])
    if form != "print":
        response["Content-Disposition"] = content_disposition_header(True, f"{name}.{form}")
    response["Cache-Control"] = "private, no-store"
    return response
