"""Every address × method × asker × own or foreign case, against the table of ``matrix.py``."""

import ast
from pathlib import Path

import pytest

from tests.security.matrix import AREAS, MATRIX
from tests.security.probing import HTMX, METHODS, Probe, ask, names, probes_of
from tests.security.rows import ASKERS
from tests.security.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]
NEVER_SPOKEN = ("PUT", "PATCH", "DELETE")
SHUT = {"method", "login", "refused", "hidden"}
# A build asks on both databases as one of each kind, and as all others once.
OF_EACH_KIND = "candidate organizer approver department_officer security_administrator auditor_elsewhere investigator"


def asking(who: str):
    """Say whether somebody asks on both databases of a build."""
    return pytest.param(who, marks=() if who in OF_EACH_KIND.split() else pytest.mark.once, id=who)


def expected(probe: Probe, who: str) -> set[str]:
    """Say which outcomes the table allows."""
    if probe.method in NEVER_SPOKEN:
        return {"method"}
    row = MATRIX[probe.name]
    if probe.method not in row:
        other = [outcome_in(row[method], who, probe.side) for method in row]
        return {"method"} if set(other) - SHUT else SHUT
    return {outcome_in(row[probe.method], who, probe.side)}


def outcome_in(cell: dict[str, str], who: str, side: str) -> str:
    """Read one cell of the table; what stands first counts."""
    for outcome, named in cell.items():
        if outcome != "else" and {who, f"{who}/{side}"} & set(named.split()):
            return outcome
    return cell["else"]


def wrong(world: World, who: str, probes: list[Probe], **headers: str) -> list[str]:
    """Send probes and list what differs from the table."""
    differing = []
    for probe in probes:
        got, allowed = ask(world, who, probe, **headers), expected(probe, who)
        if got not in allowed:
            differing.append(f"{probe.method} {probe.name} ({probe.side}): {got}, not {' or '.join(sorted(allowed))}")
    return differing


def all_probes() -> list[Probe]:
    return [probe for name, names_something in names() for probe in probes_of(name, names_something)]


def listed_probes() -> list[Probe]:
    """Give the probes of methods that the table lists."""
    return [probe for probe in all_probes() if probe.method in MATRIX[probe.name]]


def test_every_address_has_a_row_and_every_row_an_address(urls_are_known):
    assert sorted({name for name, _ in names()}) == sorted(MATRIX)


def test_no_two_parts_of_the_table_speak_of_the_same_address():
    assert sum(len(area.ROWS) for area in AREAS) == len(MATRIX)


def test_the_table_imports_nothing_of_ours():
    here = Path(__file__).parents[1]
    for file in (here / "matrix.py", *(here / "rows").glob("*.py")):
        asked = [
            node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Import | ast.ImportFrom)
        ]
        assert {getattr(node, "module", "") for node in asked} <= {"tests.security.rows"}


def test_everybody_of_the_table_asks_and_nobody_else(world):
    assert sorted(world.people) == sorted(ASKERS.split())


def test_the_table_names_only_askers_sides_and_methods_that_exist():
    for row in MATRIX.values():
        assert set(row) <= set(METHODS) - set(NEVER_SPOKEN)
        for cell in row.values():
            named = [who for outcome, group in cell.items() if outcome != "else" for who in group.split()]
            assert {who.partition("/")[0] for who in named} <= set(ASKERS.split())
            assert {who.partition("/")[2] for who in named} <= {"", "here", "there"}


def test_there_are_more_than_five_thousand_probes(urls_are_known):
    count = len(listed_probes()) * len(ASKERS.split())
    print(f"\n{count} probes of what the table lists")
    assert count > 5000


@pytest.mark.parametrize("who", [asking(who) for who in ASKERS.split()])
def test_whoever_asks_gets_what_the_table_says(world, who):
    assert wrong(world, who, listed_probes()) == []


@pytest.mark.parametrize("who", ["anonymous", "candidate", "approver", "auditor"])
@pytest.mark.once
def test_methods_that_are_not_listed_are_refused_everywhere(world, who):
    listed = set(listed_probes())
    assert wrong(world, who, [probe for probe in all_probes() if probe not in listed]) == []


@pytest.mark.parametrize("who", ["anonymous", "candidate", "organizer", "two_places", "expired", "auditor_elsewhere"])
@pytest.mark.once
def test_scripts_get_no_more_than_pages(world, who):
    read = [probe for probe in all_probes() if probe.method == "GET" and "GET" in MATRIX[probe.name]]
    assert wrong(world, who, read, **HTMX) == []
