"""The frame of the benches, and the province they are measured in."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from approvals.models import InboxRow
from config.bench import rows
from config.bench.frame import Contender, measure, table
from config.demo.generated import province_rows
from organizations.models import Account, Post, SocialOrganization
from organizations.rules.identity import credit_code_fault, read_identity
from tests.cases import case_at
from tests.conftest import ON_POSTGRES
from tests.factories import NOW

TODAY = date(2026, 11, 23)


def test_contenders_take_turns_and_the_first_round_is_thrown_away():
    ran = []
    contenders = [Contender(name, lambda _given, name=name: ran.append(name)) for name in ("ours", "stock", "bound")]
    lines = measure("order", contenders, unit="run", rounds=5)
    assert ran[:9] == ["ours", "stock", "bound", "stock", "bound", "ours", "bound", "ours", "stock"]
    assert len(ran) == 18
    assert [(line.contender, line.rounds) for line in lines] == [("ours", 5), ("stock", 5), ("bound", 5)]
    assert lines[0].against_ours == 1.0


def test_preparing_is_not_timed_and_work_is_shared_among_its_units():
    given = []
    contender = Contender("ours", given.append, units=4, prepare=lambda: "cases")
    (line,) = measure("units", [contender], unit="case", rounds=5)
    assert given == ["cases"] * 6
    assert line.milliseconds < 10
    assert [row.split()[0] for row in table([line])[2:]] == ["units"]


def test_the_memory_a_run_takes_is_told_of_that_run_alone():
    many = Contender("many", lambda _given: len(bytearray(200 * 2**20)))
    few = Contender("few", lambda _given: None)
    lines = {line.contender: line.added for line in measure("memory", [few, many], unit="run", rounds=5)}
    assert lines["few"] < 10
    assert lines["many"] == 0 or 190 < lines["many"] < 210


def test_the_same_seed_draws_the_same_province_and_its_numbers_are_valid():
    rows = province_rows(organizations=300, seed=7, today=TODAY)
    assert rows == province_rows(organizations=300, seed=7, today=TODAY)
    assert rows != province_rows(organizations=300, seed=8, today=TODAY)
    assert len(rows.social_organizations) == 300
    assert [code for code in (row.credit_code for row in rows.social_organizations) if credit_code_fault(code)] == []
    people = [read_identity(row.identity, on=TODAY) for row in rows.secretaries]
    assert [(one.born_on, one.sex) for one in people] == [(row.born_on, row.sex) for row in rows.secretaries]
    assert len({row.identity for row in rows.secretaries}) == len(rows.secretaries)


@pytest.mark.django_db
def test_a_generated_province_is_written_and_only_into_an_empty_database():
    call_command("seed_province", organizations=120, seed=3, json=True)
    assert SocialOrganization.objects.count() == 120
    assert Post.objects.count() == SocialOrganization.objects.exclude(branch=None).values("branch").distinct().count()
    with pytest.raises(CommandError):
        call_command("seed_province", organizations=10)


def test_a_bench_says_which_database_it_needs_and_how_many_rounds():
    with pytest.raises(CommandError):
        call_command("bench", "decide", **({"rounds": 3} if ON_POSTGRES else {}))


def test_the_rows_of_a_bench_do_not_meet_those_that_opening_its_cases_wrote(cast, policy, monkeypatch):
    monkeypatch.setattr(rows, "EACH", 1)
    monkeypatch.setattr(rows, "SEATS", 1)
    world = SimpleNamespace(at=NOW, open_cases=lambda _count: case_at(cast, "completeness"))
    people = Account.objects.count()
    rows.fill_inbox(world, size=people)
    assert InboxRow.objects.count() == people
