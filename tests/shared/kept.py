"""A kept scan without the way of an upload."""

from datetime import datetime

from organizations.models import Account, Person
from tests import factories as make
from workflows.shared.enums import FilePurpose
from workflows.shared.files import keep_pages
from workflows.shared.models import StoredFile


def scan(
    by: Account,
    *,
    person: Person | None = None,
    at: datetime = make.NOW,
    content: bytes = b"%PDF-1.7",
    name: str = "notice.pdf",
) -> StoredFile:
    """Keep one page as a sealed scan."""
    purpose = FilePurpose.SEALED_SCAN
    return keep_pages(content, name=name, pages=1, by=by, at=at, purpose=purpose, person=person)
