"""Compares guardian's grants with the roles that are not over, and repairs what drifted."""

import json
from argparse import ArgumentParser
from datetime import date

from django.core.management.base import BaseCommand
from django.utils import timezone

from organizations.grants import Drift, GrantKey, find_drift, repair_drift
from organizations.models import Account, PartyOrganization


class Command(BaseCommand):
    """Exit status 0 when everything agrees or was repaired, 1 on drift."""

    help = "Compare object permissions with role assignments."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what may be asked for."""
        parser.add_argument("--repair", action="store_true", help="write what is missing, delete what is too much")
        parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
        parser.add_argument("--on", type=date.fromisoformat, default=None, metavar="YYYY-MM-DD", help="day, else today")

    def handle(self, *, repair: bool, json: bool, on: date | None, **_options: object) -> None:
        """Compare, repair where asked, and say what differed."""
        on = on or timezone.localdate()
        drift = repair_drift(on=on) if repair else find_drift(on=on)
        report = _report(drift, repaired=repair)
        if json:
            self.stdout.write(_text(report))
        else:
            self._say(report)
        if drift and not repair:
            raise SystemExit(1)

    def _say(self, report: dict) -> None:
        for kind in ("missing", "extra", "groups"):
            for row in report[kind]:
                self.stdout.write(f"{kind}: {' '.join(row.values())}")
        many = sum(len(report[kind]) for kind in ("missing", "extra", "groups"))
        self.stdout.write(f"{many} differences{', repaired' if report['repaired'] else ''}.")


def _report(drift: Drift, *, repaired: bool) -> dict:
    rows = drift.missing + drift.extra
    accounts = Account.objects.in_bulk({row[0] for row in rows} | {row[0] for row in drift.groups})
    organizations = PartyOrganization.objects.in_bulk({row[2] for row in rows})

    def words(row: GrantKey) -> dict[str, str]:
        account, permission, organization = row
        return {
            "account": accounts[account].username,
            "permission": permission,
            "organization": organizations[organization].code,
        }

    return {
        "missing": [words(row) for row in drift.missing],
        "extra": [words(row) for row in drift.extra],
        "groups": [{"account": accounts[account].username, "group": group} for account, group in drift.groups],
        "repaired": repaired,
    }


def _text(report: dict) -> str:
    return json.dumps(report, ensure_ascii=False)
