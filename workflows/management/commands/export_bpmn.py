"""Write a flow as BPMN 2.0."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflows.registry import FLOWS


class Command(BaseCommand):
    help = "Write a flow as BPMN 2.0, with the condition of every arrow that leaves a step by its outcome."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("flow", choices=sorted(FLOWS))
        parser.add_argument("--output", type=Path, required=True, help="the file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        from workflows.history.chart import bpmn

        try:
            options["output"].write_text(bpmn(FLOWS[options["flow"]]), encoding="utf-8")
        except OSError as error:
            raise CommandError(f"cannot write {options['output']}: {error.strerror}") from error
        self.stdout.write(f"written: {options['output']}")
