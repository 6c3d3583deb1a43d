"""The three administrators reach the whole tree only from its top; the first ones are seated there by a command."""

import pytest
from django.core.management import CommandError, call_command

from audit.models import Entry
from config.places import places_of
from organizations.actions.roles import grant_role
from organizations.models import RoleAssignment
from organizations.queries import administrators_missing, duties_of, has_role_over_all
from tests import factories as make

ROLE = "system_administrator"


@pytest.fixture
def below(cast, time_machine_at_now):
    """Leave no administrator at the top, and one below it, as a ledger may."""
    RoleAssignment.objects.filter(role__in=["system_administrator", "security_administrator", "auditor"]).delete()
    account = make.account("新任", username="13900000000")
    make.assign(account, ROLE, cast.county)
    return account


@pytest.fixture
def time_machine_at_now():
    import time_machine

    with time_machine.travel(make.NOW, tick=False):
        yield


def urls_of(account):
    return {place.key for place in places_of(duties_of(account, on=make.TODAY), path="/")}


def test_an_administrator_below_the_top_is_seated_there_once(below, cast, capsys):
    assert "organizations:imports" not in urls_of(below)
    call_command("first_administrator", "13900000000", ROLE)
    assert cast.province.name in capsys.readouterr().out
    assert has_role_over_all(below, [ROLE], on=make.TODAY)
    assert "organizations:imports" in urls_of(below)
    entry = Entry.objects.filter(verb="role.granted").latest("pk")
    assert (entry.actor_id, entry.facts["place"], entry.facts["scope"]) == (None, cast.province.code, "subtree")
    with pytest.raises(CommandError, match="新任"):
        call_command("first_administrator", "lin", ROLE)


def test_who_has_another_duty_is_not_seated(below, cast):
    with pytest.raises(CommandError):
        call_command("first_administrator", "lin", "auditor")
    with pytest.raises(CommandError):
        call_command("first_administrator", "13900000000", "auditor")
    assert not RoleAssignment.objects.filter(role="auditor").exists()


def test_accounts_and_places_that_are_not_there_are_refused_in_words(below):
    with pytest.raises(CommandError, match="nobody"):
        call_command("first_administrator", "nobody", ROLE)
    with pytest.raises(CommandError, match="X1"):
        call_command("first_administrator", "13900000000", ROLE, "--top", "X1")


def test_where_there_are_several_trees_one_is_named(below, cast):
    make.organization("另一棵树", code="Z000")
    with pytest.raises(CommandError, match="Z000"):
        call_command("first_administrator", "13900000000", ROLE)
    call_command("first_administrator", "13900000000", ROLE, "--top", "Z000")
    assert below.assignments.filter(organization__code="Z000").exists()


def test_the_import_says_who_is_missing_over_all(below, cast):
    assert administrators_missing(on=make.TODAY) == ["system_administrator", "security_administrator", "auditor"]
    grant_role(account=cast.he, role="auditor", organization=cast.province, by=None, at=make.NOW, reason="首任")
    assert "auditor" not in administrators_missing(on=make.TODAY)
