"""Attaching the sealed scan that comes back from paper."""

from datetime import datetime

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from approvals.actions.acting import Acting, acting_on
from approvals.concerned import has_stepped_back
from approvals.errors import NotEntitled
from audit.errors import Refusal
from organizations.enums import Role
from organizations.models import Account, PartyOrganization
from workflows.appointment_review.models import OfficialDocument
from workflows.shared.enums import FilePurpose
from workflows.shared.files import keep
from workflows.shared.models import StoredFile


class ScanAlready(Refusal):
    """The document has its scan."""

    code = "scan_already"
    message = _("This document has its sealed scan already; it is never replaced.")


def may_attach(document: OfficialDocument, account: Account, *, on) -> bool:
    """Say whether an account may attach the scan: an organizer whose role reaches the branch.

    Never to the own case, nor to one from which the account stepped back.
    """
    own = account.person_id is not None and document.case.subject_id == account.person_id
    if own or has_stepped_back(account, document.case_id):
        return False
    reached = PartyOrganization.objects.visible_to(account, on=on, roles=[Role.ORGANIZER])
    return reached.filter(pk=document.case.organization_id).exists()


def attach_scan(*, document: OfficialDocument, upload: File, by: Account, at: datetime, on) -> OfficialDocument:
    """Attach the sealed scan of an issued document, once.

    Args:
        document: The document, with its case.
        upload: The scan as it came in.
        by, at: Who attaches it, and when.
        on: The day of the act.

    Returns:
        The document.

    Raises:
        NotEntitled, ScanAlready: as they say.
        UploadRefused: the file was not taken.
    """
    if not may_attach(document, by, on=on):
        raise NotEntitled
    with acting_on(document.case_id, by=by, at=at) as act:
        if OfficialDocument.objects.filter(pk=document.pk).exclude(scan=None).exists():
            raise ScanAlready
        file = keep(upload, by=by, at=at, purpose=FilePurpose.SEALED_SCAN, person=act.case.subject)
        attach_kept(act, document, file)
    document.scan = file
    return document


def attach_kept(act: Acting, document: OfficialDocument, file: StoredFile) -> None:
    """Make a kept file the sealed scan of a document, once.

    Args:
        act: The act on the document's case.
        document, file: What belongs together.

    Raises:
        ScanAlready: it has its scan.
    """
    if not OfficialDocument.objects.filter(pk=document.pk, scan=None).update(scan=file):
        raise ScanAlready
    act.log("document.scan_attached", facts={"number": document.number, "sha256": file.sha256})
