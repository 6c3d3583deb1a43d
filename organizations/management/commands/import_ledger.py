"""Imports the office's ledger."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.errors import Refusal
from organizations.ledger.messages import sentence
from organizations.ledger.service import Outcome, import_ledger
from organizations.queries import administrators_missing


class Command(BaseCommand):
    """Reads a ledger of five sheets and writes it in one transaction; exit status 1 when it is refused."""

    help = "Import a ledger: Party organizations, social organizations, secretaries, departments, reviewers."

    def add_arguments(self, parser) -> None:
        """Declare the file and the three switches."""
        parser.add_argument("file", type=Path, help="an .xlsx workbook")
        parser.add_argument("--dry-run", action="store_true", help="say what would change and change nothing")
        parser.add_argument("--good-rows", action="store_true", help="import the good rows, write the others to a file")
        parser.add_argument("--refused", type=Path, help="file for the refused rows")
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")

    def handle(self, *args: object, **options: object) -> None:
        """Import, report, and leave with 1 when rows stop it."""
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(_("There is no file {path}.").format(path=path), returncode=2)
        try:
            with path.open("rb") as file:
                outcome = import_ledger(
                    file=file,
                    by=None,
                    at=timezone.now(),
                    dry_run=options["dry_run"],
                    good_rows=options["good_rows"],
                )
        except Refusal as refusal:
            self._refuse(refusal, as_json=options["json"])
            raise SystemExit(1) from None
        report = outcome.as_json()
        if outcome.refused and options["good_rows"] and not options["dry_run"]:
            report["refused"] = self._keep(outcome.refused, options["refused"], path.stem)
        self._tell(outcome, report, as_json=options["json"])
        if self._failed(outcome, options):
            raise SystemExit(1)

    def _keep(self, content: bytes, place: Path | None, stem: str) -> str:
        """Write the refused rows where only the owner reads them: they hold identity numbers."""
        if place is None:
            place = settings.STATE_DIR / "refused" / f"{stem}-refused.xlsx"
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.touch(mode=0o600)
        place.write_bytes(content)
        return str(place.resolve())

    def _failed(self, outcome: Outcome, options: dict[str, object]) -> bool:
        stopped = any(fault.kind == "heading_missing" for fault in outcome.faults) or not outcome.counts
        return stopped or (bool(outcome.faults) and not options["good_rows"])

    def _refuse(self, refusal: Refusal, *, as_json: bool) -> None:
        report = {"sheets": {}, "bad": [], "good": 0, "changes": 0, "error": refusal.code, "message": str(refusal)}
        self.stdout.write(json.dumps(report, ensure_ascii=False) if as_json else str(refusal))

    def _tell(self, outcome: Outcome, report: dict[str, object], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        if not outcome.counts:
            self.stdout.write(_("None of the five sheets was found. Compare the headings with the template."))
        for title, count in outcome.counts.items():
            self.stdout.write(_("{title}: {count} rows").format(title=title, count=count))
        for fault in outcome.faults:
            self.stdout.write(sentence(fault))
        for title in outcome.other_sheets:
            self.stdout.write(_("Sheet “{title}” is not known and was left alone.").format(title=title))
        for title, headings in outcome.other_columns.items():
            said = _("Sheet “{title}”: these columns are not known and were left alone: {headings}")
            self.stdout.write(said.format(title=title, headings="、".join(headings)))
        said = (
            _("Good rows: {good}. Changes: {changes}.")
            if outcome.written
            else _("Good rows: {good}. Nothing was written; there would be {changes} changes.")
        )
        self.stdout.write(said.format(good=outcome.good, changes=report["changes"]))
        for role in administrators_missing(on=timezone.localdate()) if outcome.written else ():
            self.stdout.write(
                _(
                    "Nobody is {role} over the whole tree, so nobody sees the pages about everybody. "
                    "Seat one with: manage.py first_administrator LOGIN {name}"
                ).format(role=role.label, name=role.value)
            )
        if "refused" in report:
            self.stdout.write(_("The refused rows are in {path}.").format(path=report["refused"]))
