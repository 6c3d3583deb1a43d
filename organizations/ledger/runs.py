"""One run of the import on the page: stored sealed, checked, written once, reported without personal numbers."""

import threading
from datetime import datetime, timedelta
from io import BytesIO
from typing import BinaryIO

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from audit import sealing
from audit.errors import Refusal
from organizations.actions.shared import demand_duty
from organizations.enums import ImportState, Role
from organizations.ledger.messages import reason
from organizations.ledger.service import Outcome, check_ledger, import_ledger
from organizations.models import Account, LedgerImport

CONTEXT = "organizations_ledgerimport.content"
REFUSED_CONTEXT = "organizations_ledgerimport.refused"
# More rows than this are written behind the page, which asks how far it is.
IN_REQUEST = 5000
# The largest ledgers are written in a few minutes; what takes longer was cut off, with nothing written.
CUT_OFF_AFTER = timedelta(minutes=15)
_progress: dict[str, tuple[int, int]] = {}


class ImportNotReady(Refusal):
    code = "import_not_ready"
    message = _("This import was started or finished already. Reload the page to see how it stands.")


class ImportHasBadRows(Refusal):
    code = "import_has_bad_rows"
    message = _("Some rows are refused now. Import the good rows, or correct the ledger and upload it again.")


def check_upload(*, file: BinaryIO, name: str, by: Account, at: datetime) -> LedgerImport:
    """Check an upload; only a harmless workbook is kept, sealed.

    Args:
        file: The upload.
        name: Its name, for the list.
        by: A system administrator.
        at: Moment of the upload.

    Returns:
        The run, ready to be looked at.

    Raises:
        NotYourDuty: ``by`` is no system administrator.
        WorkbookRefused: the file is no harmless workbook; nothing is stored.
    """
    demand_duty(by, [Role.SYSTEM_ADMINISTRATOR], at=at, over_all=True)
    outcome = check_ledger(file=file, by=by, at=at)
    file.seek(0)
    content = file.read()
    return LedgerImport.objects.create(
        name=name[-200:],
        sha256=sealing.blind_index(content.hex(), "ledger_file"),
        state=ImportState.CHECKED if outcome.good else ImportState.REFUSED,
        total=sum(outcome.counts.values()),
        report=report_of(outcome),
        sealed_content=sealing.seal_bytes(content, context=CONTEXT) if outcome.good else None,
        sealed_refused=_sealed(outcome),
        started_by=by,
        started_at=at,
    )


def write_import(*, run: LedgerImport, good_rows: bool, by: Account, at: datetime) -> None:
    """Write what was checked: at once, or behind the page when there are many rows.

    Args:
        run: A checked run of the same person.
        good_rows: Write the good rows although others are refused.
        by: A system administrator.
        at: Moment of the act.

    Raises:
        NotYourDuty: ``by`` is no system administrator.
        ImportNotReady: somebody was faster.
        ImportHasBadRows: all rows were asked for and some are refused.
    """
    demand_duty(by, [Role.SYSTEM_ADMINISTRATOR], at=at, over_all=True)
    if run.total <= IN_REQUEST:
        with transaction.atomic():
            _claim(run, at)
            _write(run, good_rows=good_rows, by=by, at=at)
        return
    _claim(run, at)
    language = get_language()
    threading.Thread(target=_behind, args=(run, good_rows, by, at, language), daemon=True).start()


def was_cut_off(run: LedgerImport, *, at: datetime) -> bool:
    """Say whether the process that wrote a run is gone; its transaction went with it."""
    return run.state == ImportState.WRITING and run.writing_since <= at - CUT_OFF_AFTER


def progress_of(run: LedgerImport) -> tuple[int, int]:
    """Say how many of how many rows are written, as far as this process knows."""
    return _progress.get(str(run.pk), (run.done, run.total))


def refused_rows(run: LedgerImport) -> bytes:
    """Open the workbook of refused rows."""
    return sealing.unseal_bytes(bytes(run.sealed_refused), context=REFUSED_CONTEXT)


def report_of(outcome: Outcome) -> dict[str, object]:
    """Keep what the page shows; keys of rows are left out, they may be identity numbers."""
    bad = [{"sheet": f.sheet, "row": f.row, "kind": f.kind, "message": reason(f)} for f in outcome.faults]
    return {
        "sheets": outcome.counts,
        "bad": bad,
        "good": outcome.good,
        "changes": outcome.changes,
        "other_sheets": outcome.other_sheets,
        "other_columns": outcome.other_columns,
    }


def _claim(run: LedgerImport, at: datetime) -> None:
    cut_off = Q(state=ImportState.WRITING, writing_since__lte=at - CUT_OFF_AFTER)
    ready = LedgerImport.objects.filter(Q(state=ImportState.CHECKED) | cut_off, pk=run.pk)
    if not ready.update(state=ImportState.WRITING, writing_since=at):
        raise ImportNotReady


def _write(run: LedgerImport, *, good_rows: bool, by: Account, at: datetime) -> None:
    content = BytesIO(sealing.unseal_bytes(bytes(run.sealed_content), context=CONTEXT))
    outcome = import_ledger(
        file=content,
        by=by,
        at=at,
        good_rows=good_rows,
        progress=lambda done, total: _progress.__setitem__(str(run.pk), (done, total)),
    )
    if not outcome.written:
        raise ImportHasBadRows
    # Once written the ledger itself is not kept; the refused rows are, until the run is deleted.
    LedgerImport.objects.filter(pk=run.pk).update(
        state=ImportState.WRITTEN,
        done=outcome.good,
        total=outcome.good,
        report=report_of(outcome),
        sealed_content=None,
        sealed_refused=_sealed(outcome),
        finished_at=timezone.now(),
    )


def _behind(run: LedgerImport, good_rows: bool, by: Account, at: datetime, language: str) -> None:
    try:
        with override(language), transaction.atomic():
            _write(run, good_rows=good_rows, by=by, at=at)
    finally:
        # Whatever went wrong rolled everything back; the run can be started again.
        mine = LedgerImport.objects.filter(pk=run.pk, state=ImportState.WRITING, writing_since=at)
        mine.update(state=ImportState.CHECKED)
        _progress.pop(str(run.pk), None)
        connection.close()


def _sealed(outcome: Outcome) -> bytes | None:
    return sealing.seal_bytes(outcome.refused, context=REFUSED_CONTEXT) if outcome.refused else None
