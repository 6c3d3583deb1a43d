"""``manage.py checkpoint``: sign where every stream of the log ends now."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from audit.checkpoints import file_of, make_checkpoint


class Command(BaseCommand):
    help = "Sign where every stream of the log ends now, and write it to the state folder."

    def handle(self, **options: object) -> None:
        made = make_checkpoint(at=timezone.now())
        self.stdout.write(f"Checkpoint {made.number}: {made.entries} entries, root {made.root}")
        self.stdout.write(str(file_of(made.number)))
