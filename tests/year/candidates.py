"""What candidates hand in, and what the office decides about one person at a time."""

from datetime import timedelta

from approvals.actions.cases import withdraw_case
from approvals.models import Case, InboxRow
from tests.appointment_review.candidate import FIELDS, PAGE, fill_in, hand_over_files
from tests.factories import TODAY
from tests.year.clock import Year
from workflows.appointment_review.actions.forms import hand_in, save_fields
from workflows.appointment_review.actions.replies import hand_in_reply
from workflows.appointment_review.form_fields import CONSENT_TEXT
from workflows.appointment_review.models import FormVersion

LINGERS = 3  # of a hundred candidates wait for a month before they hand anything in


def work(year: Year) -> None:
    """Do what waits for candidates and, person by person, for the office."""
    for row in year.to_do(*STEPS):
        if row.case.subject_id is not None and year.chance(85):
            STEPS[row.step](year, row)


def _materials(year: Year, row: InboxRow) -> None:
    if year.rare(1.5):
        organizer = next(c.organizer for c in year.province.counties if row.case.organization in c.branches)
        withdraw_case(case_pk=row.case_id, by=organizer, at=year.at, reason="本人不愿参选")
        year.done["candidate withdrew"] += 1
    elif row.case_id % 100 < LINGERS and year.at < row.opened_at + timedelta(days=30):
        year.done["candidate lingers"] += 1
    elif row.case_id % year.size.forms == 0 and year.at.year == TODAY.year:
        _whole_form(year, row.case, row)
    else:
        year.say(row, "hand_in")


def _whole_form(year: Year, case: Case, row: InboxRow) -> None:
    # Only in the first weeks: the prepared form names the appraisals of the three years before its own.
    if not FormVersion.objects.filter(case=case).exclude(submitted_at=None).exists():
        fill_in(case, row.account, at=year.at)
        hand_over_files(case, row.account, at=year.at)
    else:  # what was returned is promised anew
        save_fields(
            case_pk=case.pk, section="pledge", values=FIELDS["pledge"], page=PAGE, by=row.account, at=year.at
        )  # fmt: skip
    hand_in(case_pk=case.pk, by=row.account, at=year.at, key=year.key(), consent_text=CONSENT_TEXT)
    year.done["whole form handed in"] += 1


def _completeness(year: Year, row: InboxRow) -> None:
    _weigh(year, row, returned=6, refused=0.5)


def _eligibility(year: Year, row: InboxRow) -> None:
    _weigh(year, row, returned=2, refused=3)


def _party_levels(year: Year, row: InboxRow) -> None:
    _weigh(year, row, returned=1, refused=1)


def _weigh(year: Year, row: InboxRow, *, returned: float, refused: float) -> None:
    allowed = row.case.policy.parameters["returns_allowed"]
    if year.rare(returned) and row.case.stages.exclude(goes_to="").count() < allowed:
        year.say(row, "return", goes_to="materials", corrections=[("", "照片不清楚，请重新上传。")])
    elif year.rare(refused):
        year.say(row, "refuse")
    else:
        year.say(row, "agree", reason="已核实，同意。")


def _reply(year: Year, row: InboxRow) -> None:
    if year.chance(25):  # others let the time run out
        hand_in_reply(case_pk=row.case_id, text="本人说明如下。", by=row.account, at=year.at, key=year.key())
        year.done["reply"] += 1


def _confirmation(year: Year, row: InboxRow) -> None:
    if year.chance(25):
        year.say(row, "return", reason="说明属实，请再议。")
    else:
        year.say(row, "agree")


STEPS = {
    "materials": _materials,
    "completeness": _completeness,
    "eligibility": _eligibility,
    "party_levels": _party_levels,
    "reply": _reply,
    "confirmation": _confirmation,
}
