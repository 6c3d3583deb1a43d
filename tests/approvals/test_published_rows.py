"""What was decided and what was published stays, whoever asks the database."""

import pytest
from django.db import DatabaseError, connection, transaction

from approvals.models import Decision, Policy, PolicyStep
from tests.cases import case_at
from tests.elections import election_at
from workflows.appointment_review.election_models import ElectionResult, NomineeVotes


def refused(change) -> bool:
    try:
        with transaction.atomic():
            change()
    except DatabaseError:
        return True
    return False


@pytest.mark.parametrize(
    "columns", [{"reason": "x"}, {"verb": "refuse"}, {"by_name": "x"}, {"reason_for_person": "x"}, {"facts": {"a": 1}}]
)
def test_a_decision_is_never_changed(cast, policy, columns):
    case_at(cast, "completeness")
    assert refused(lambda: Decision.objects.update(**columns))
    assert refused(lambda: Decision.objects.all().delete())
    assert [d.by_name for d in Decision.objects.all()] == ["沈若溪"]


def test_a_published_step_is_never_changed(policy):
    assert refused(lambda: PolicyStep.objects.filter(step="reply").update(due_working_days=1))
    assert refused(lambda: PolicyStep.objects.filter(step="reply").delete())
    assert PolicyStep.objects.get(step="reply").due_working_days == 5


@pytest.mark.parametrize(
    "columns", [{"title": "x"}, {"parameters": {}}, {"version": 9}, {"valid_from": "2020-01-01"}, {"flow": "x"}]
)
def test_of_a_published_policy_only_the_last_day_is_set(policy, columns):
    assert refused(lambda: Policy.objects.filter(pk=policy.pk).update(**columns))
    assert refused(
        lambda: PolicyStep.objects.all()._raw_delete("default") or Policy.objects.all()._raw_delete("default")
    )
    assert not refused(lambda: Policy.objects.filter(pk=policy.pk).update(valid_until="2027-01-01"))


def test_what_was_counted_in_an_election_is_never_changed(cast, election_policies):
    election_at(cast, "report")
    assert refused(lambda: ElectionResult.objects.update(present=5))
    assert refused(lambda: NomineeVotes.objects.update(yes=1))
    assert refused(lambda: NomineeVotes.objects.all()._raw_delete("default"))
    with connection.cursor() as cursor:
        replacing = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
        row = NomineeVotes.objects.first()
        columns = f"(id, result_id, nominee_id, yes, no, abstain, elected) VALUES ({row.pk}, {row.result_id}"
        values = f"{columns}, {row.nominee_id}, 0, 6, 0, false)"
        assert refused(lambda: cursor.execute(f"{replacing} INTO workflows_nomineevotes {values}"))
    assert [votes.yes for votes in NomineeVotes.objects.all()] == [5, 5]


def test_no_row_is_pushed_out_by_another(policy):
    step = PolicyStep.objects.get(step="reply")
    replacing = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    columns = "id, policy_id, step, level, place, roles, rule, closes_by_itself, four_eyes_with"

    def write(pk: int, name: str) -> None:
        with connection.cursor() as cursor:
            values = f"{pk}, {policy.pk}, '{name}', '', 'authority', '[]', 'any', false, '[]'"
            cursor.execute(f"{replacing} INTO approvals_policystep ({columns}) VALUES ({values})")

    assert refused(lambda: write(step.pk, "reply"))
    assert PolicyStep.objects.get(step="reply").place == "candidate"
    assert not refused(lambda: write(step.pk + 1_000_000, "another"))
