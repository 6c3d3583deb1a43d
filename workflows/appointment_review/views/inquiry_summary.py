"""What later seats are shown of an investigation, and what the system noticed about the reader."""

from datetime import datetime

from django.utils.timezone import localdate

from approvals.models import Case, Recusal
from organizations.models import Account
from workflows.appointment_review.inquiry_papers import tally_rows
from workflows.appointment_review.investigation_queries import counts_of, hints_for, last_stage, work_of
from workflows.appointment_review.investigation_words import HINT_WORDS
from workflows.appointment_review.rules.investigation import appraisal_passes
from workflows.appointment_review.views.seat_access import Standing

AFTER_INQUIRY = frozenset({"deliberation", "standing", "notice", "confirmation"})


def conflict_hints(standing: Standing, account: Account, *, at: datetime) -> list[object]:
    """Say in words what may stand in the way of deciding; empty once no conflict was declared."""
    if not standing.may_decide:
        return []
    found = hints_for(standing.case, [account], on=localdate(at)).get(account.pk, [])
    # Whoever proposes a case checks it as well, at the small offices where one person does both.
    found = [code for code in found if code != "nominator"]
    if not found or Recusal.objects.filter(case=standing.case, account=account, recused=False).exists():
        return []
    return [HINT_WORDS[code] for code in found]


def inquiry_summary(case: Case) -> dict[str, object] | None:
    """Gather tally and conclusion of an investigation that was handed in; None without one."""
    stage = last_stage(case)
    work = work_of(stage) if stage and stage.outcome else None
    if work is None or work.tally is None or work.report is None:
        return None
    return {
        "tally": tally_rows(work.tally),
        "passes": appraisal_passes(counts_of(work.tally)),
        "conclusion": work.report.get_conclusion_display(),
        "talks": len(work.talks),
    }
