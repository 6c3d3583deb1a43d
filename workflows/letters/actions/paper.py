"""Typing in a reply from its stamped scan."""

from datetime import datetime

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from approvals.actions.letter_replies import Reply, enter_reply
from approvals.actions.letters import on_letter
from approvals.models import Letter
from audit.errors import Refusal
from organizations.models import Account
from workflows.letters.models import LetterScan
from workflows.shared.enums import FilePurpose
from workflows.shared.files import digest_mark, file_mark, keep


class ScanMissing(Refusal):
    """Nobody types in what nobody can check."""

    code = "reply_scan_missing"
    message = _("Please attach the scan of the stamped reply; the second person checks against it.")


@transaction.atomic
def enter_from_scan(
    *, letter: Letter, upload: File | None, reply: Reply, by: Account, at: datetime, key: str
) -> Letter:
    """Type in a reply and keep the scan it was read from.

    Args:
        letter: The letter.
        upload: The scan as it came in; None where one is kept already.
        reply, by, at, key: As for ``enter_reply``.

    Raises:
        ScanMissing: there is no scan to check against.
        UploadRefused: the file was not taken.
        Refusal: as of ``enter_reply``.
    """
    entered = enter_reply(letter_pk=letter.pk, reply=reply, by=by, at=at, key=key)
    if upload is None:
        if not LetterScan.objects.filter(letter=letter).exists():
            raise ScanMissing
        return entered
    again = entered.entered_at != at  # a second click: the scan is kept with the first
    if not again:
        file = keep(upload, by=by, at=at, purpose=FilePurpose.SEALED_SCAN)
        LetterScan.objects.create(letter=letter, file=file, by=by, at=at)
        with on_letter(letter.pk, by=by, at=at) as work:
            work.note("letter.scan_kept", work.items, file=file_mark(file), sha256=digest_mark(file))
    return entered
