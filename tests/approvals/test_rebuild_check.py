"""The command that rebuilds all cases from the log, held against rows that were changed behind its back."""

import json

import pytest
from django.core.management import call_command

from approvals.models import Case, Seat, Stage
from tests.cases import case_at, fresh, say


def answer(capsys) -> tuple[int, dict]:
    status = 0
    try:
        call_command("rebuild_check", json=True)
    except SystemExit as exit_of:
        status = exit_of.code
    return status, json.loads(capsys.readouterr().out)


def test_a_whole_database_has_no_difference(cast, policy, capsys):
    case = case_at(cast, "completeness")
    say(case, cast.lin, "return", corrections=[("photo", "照片不清楚")])
    say(case, cast.shen, "hand_in")
    say(fresh(case), cast.lin, "agree")
    assert answer(capsys) == (0, {"cases": 1, "differences": []})


@pytest.mark.parametrize(
    ("change", "what", "where"),
    [
        (lambda: Case.objects.update(opened_at="2020-01-01T00:00:00Z"), "case", ""),
        (lambda: Stage.objects.filter(step="eligibility").update(outcome="refused"), "stage", "eligibility 1"),
        (
            lambda: Stage.objects.filter(step="eligibility").update(due_at="2027-01-01T00:00:00Z"),
            "stage",
            "eligibility 1",
        ),
        (
            lambda: Seat.objects.filter(stage__step="eligibility").update(holder=Case.objects.get().opened_by),
            "seat",
            "eligibility 1 1",
        ),
    ],
)
def test_a_row_changed_behind_its_back_is_named(cast, policy, capsys, change, what, where):
    number = case_at(cast, "county").number
    change()
    status, told = answer(capsys)
    assert status == 1
    assert told["differences"] == [{"case": number, "what": what, "where": where}]
