"""Draw the pair of keys under which objections are closed and opened."""

from django.core.management.base import BaseCommand

from workflows.notices.box import new_pair


class Command(BaseCommand):
    """Print a new pair; nothing is stored."""

    help = "Print a new OBJECTION_KEY with its OBJECTION_PUBLIC_KEY (docs/production.md)."

    def handle(self, *args: object, **options: object) -> None:
        """Write both halves as lines for the environment."""
        private, public = new_pair()
        self.stdout.write(f"OBJECTION_KEY={private}\nOBJECTION_PUBLIC_KEY={public}")
