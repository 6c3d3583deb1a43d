"""Rebuild every case from its log alone and compare it with the tables."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from approvals.models import Case
from approvals.rebuild_check import compare_cases


class Command(BaseCommand):
    help = "Rebuild nodes, seats, decisions and dates of all cases from the log and compare them with the tables."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
        parser.add_argument("--case", help="only the case with this number")

    def handle(self, *args: Any, **options: Any) -> None:
        cases = Case.objects.filter(number=options["case"]) if options["case"] else Case.objects.all()
        found = list(compare_cases(cases))
        if options["json"]:
            rows = [{"case": each.case, "what": each.what, "where": each.where} for each in found]
            self.stdout.write(json.dumps({"cases": cases.count(), "differences": rows}, ensure_ascii=False))
        else:
            for each in found:
                self.stdout.write(f"{each.case}: {each.what} {each.where}".rstrip())
            self.stdout.write(f"{cases.count()} cases, {len(found)} differences")
        if found:
            sys.exit(1)
