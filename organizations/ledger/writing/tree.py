"""Writes the Party tree: materialized paths are computed here, moves keep their history."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.ledger.rows import OrganizationRow
from organizations.ledger.trees import by_depth
from organizations.ledger.writing.merge import AT_ONCE, differing, update
from organizations.models import Account, OrganizationMove, PartyOrganization
from organizations.rules.names import text_key

Places = dict[str, PartyOrganization]


def write_tree(rows: list[OrganizationRow], *, by: Account | None, at: datetime) -> tuple[Places, int]:
    """Bring the Party tree into step.

    Args:
        rows: Good rows; their superiors are rows too or known already.
        by: Who imports, or None for the command line.
        at: Moment of the import.

    Returns:
        All organizations by code, and how many were made, changed or moved.
    """
    places = {each.code: each for each in PartyOrganization.objects.all()}
    known = {code: place for code, place in places.items()}
    wanted = {row.code: _facts(row) for row in rows}
    changed, fields = differing(known, wanted)
    update(PartyOrganization, changed, fields)
    superiors = {row.code: row.superior for row in rows}
    made = _grow(places, [row for row in rows if row.code not in known], superiors)
    moved = _move(known, superiors, by=by, at=at)
    if moved:
        places = {each.code: each for each in PartyOrganization.objects.all()}
    return places, made + moved + len(changed)


def _facts(row: OrganizationRow) -> dict[str, object]:
    facts: dict[str, object] = {
        "name": row.name,
        "kind": row.kind,
        "level": row.level,
        "region_code": row.region_code,
        "can_approve": row.can_approve,
        "search_key": text_key(row.name),
    }
    # A ledger without telephones takes none away.
    return {**facts, "phone": row.phone} if row.phone else facts


def _grow(places: Places, rows: list[OrganizationRow], superiors: Mapping[str, str]) -> int:
    """Add new organizations, each behind the last one under its superior."""
    last = _last_steps(places)
    ready = {row.code: row for row in rows}
    touched: set[str] = set()
    made = []
    for code in by_depth({row.code: superiors[row.code] for row in rows}):
        superior = superiors[code]
        above = places[superior].path if superior else ""
        last[above] += 1
        path = PartyOrganization._get_path(above, len(above) // PartyOrganization.steplen + 1, last[above])
        depth = len(path) // PartyOrganization.steplen
        places[code] = PartyOrganization(code=code, path=path, depth=depth, numchild=0, **_facts(ready[code]))
        made.append(places[code])
        if superior:
            places[superior].numchild += 1
            touched.add(superior)
    PartyOrganization.objects.bulk_create(made, batch_size=AT_ONCE)
    old = {each.code for each in made}
    update(PartyOrganization, [places[code] for code in touched - old], {"numchild"})
    return len(made)


def _last_steps(places: Places) -> defaultdict[str, int]:
    """Give the number of the last step under each path; gaps left by moves stay gaps."""
    last: defaultdict[str, int] = defaultdict(int)
    for place in places.values():
        step = PartyOrganization._str2int(place.path[-PartyOrganization.steplen :])
        last[place.parent_path] = max(last[place.parent_path], step)
    return last


def _move(known: Places, superiors: Mapping[str, str], *, by: Account | None, at: datetime) -> int:
    """Move what hangs elsewhere now, the highest first, so that no target lies below what is moved."""
    codes = {place.path: code for code, place in known.items()}
    before = {code: codes.get(known[code].parent_path, "") for code in superiors if code in known}
    movers = [code for code in by_depth(superiors) if code in before and before[code] != superiors[code]]
    moves = []
    for code in movers:
        node = PartyOrganization.objects.get(code=code)
        if superiors[code]:
            PartyOrganization.objects.move(node, PartyOrganization.objects.get(code=superiors[code]), pos="last-child")
        else:
            PartyOrganization.objects.move(node, PartyOrganization.objects.get_last_root_node(), pos="last-sibling")
        moves.append(
            OrganizationMove(
                organization=node,
                from_code=before[code],
                to_code=superiors[code],
                moved_on=timezone.localdate(at),
                moved_by=by,
                reason=_("From the ledger"),
            )
        )
    OrganizationMove.objects.bulk_create(moves, batch_size=AT_ONCE)
    return len(moves)
