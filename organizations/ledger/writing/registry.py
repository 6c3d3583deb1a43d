"""Writes the registry side: authorities, departments, social organizations."""

import re
from collections.abc import Iterable

from organizations.enums import AuthorityKind, OrganizationKind
from organizations.ledger.rows import DepartmentRow, SocialRow
from organizations.ledger.writing.merge import AT_ONCE, merge
from organizations.ledger.writing.tree import Places
from organizations.models import Authority, Department, SocialOrganization
from organizations.rules.names import text_key

_OFFICE = re.compile(r"(民政厅|民政局|民政部|行政审批局|社会组织管理局).*$")
AuthorityKey = tuple[str, str]


def write_departments(rows: Iterable[DepartmentRow]) -> tuple[dict[str, Department], int]:
    """Bring the departments into step; returns all by code and how many changed."""
    wanted = {
        row.code: {
            "code": row.code,
            "name": row.name,
            "level": row.level,
            "channel": row.channel,
            "contact": row.contact,
            "phone": row.phone,
        }
        for row in rows
    }
    return merge(Department, {each.code: each for each in Department.objects.all()}, wanted)


def write_social_organizations(rows: list[SocialRow], places: Places) -> int:
    """Bring the registered social organizations into step; returns how many rows changed."""
    authorities, changes = _write_authorities(rows, places)
    existing = {each.credit_code or each.name: each for each in SocialOrganization.objects.all()}
    wanted = {row.credit_code or row.name: _facts(row, places, authorities) for row in rows}
    return changes + merge(SocialOrganization, existing, wanted)[1]


def _facts(row: SocialRow, places: Places, authorities: dict[AuthorityKey, Authority]) -> dict[str, object]:
    supervisor = authorities[row.supervisor, AuthorityKind.SUPERVISOR] if row.supervisor else None
    return {
        "credit_code": row.credit_code or None,
        "name": row.name,
        "kind": row.kind,
        "registry_id": authorities[row.registry, AuthorityKind.REGISTRY].pk,
        "supervisor_id": supervisor.pk if supervisor else None,
        "branch_id": places[row.branch].pk if row.branch else None,
        "registered_on": row.registered_on,
        "staff_count": row.staff_count,
        "member_count": row.member_count,
        "no_branch_reason": row.no_branch_reason,
        "search_key": text_key(row.name),
    }


def _write_authorities(rows: list[SocialRow], places: Places) -> tuple[dict[AuthorityKey, Authority], int]:
    existing = {(each.name, each.kind): each for each in Authority.objects.all()}
    names = {(row.registry, AuthorityKind.REGISTRY.value): True for row in rows}
    names |= {(row.supervisor, AuthorityKind.SUPERVISOR.value): True for row in rows if row.supervisor}
    made = {
        key: Authority(name=key[0], kind=key[1], party_body=_seated(key, places))
        for key in names
        if key not in existing
    }
    Authority.objects.bulk_create(made.values(), batch_size=AT_ONCE)
    return {**existing, **made}, len(made)


def _seated(key: AuthorityKey, places: Places):
    """Find the Party committee that has its seat in a registration authority: the one of the same place.

    Source: docs/regulations.md, the organization tree: the social organizations committee sits in civil affairs.
    """
    name, kind = key
    place = _OFFICE.sub("", name)
    if kind != AuthorityKind.REGISTRY or not place or place == name:
        return None
    seated = [
        each
        for each in places.values()
        if each.kind == OrganizationKind.SOCIAL_COMMITTEE and each.name.startswith(place)
    ]
    return seated[0] if len(seated) == 1 else None
