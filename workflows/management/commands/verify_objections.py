"""Hold the store of objections against its own journal."""

from django.core.management.base import BaseCommand, CommandError

from workflows.notices.actions.journal import verify
from workflows.notices.box import BoxBroken, NoKey


class Command(BaseCommand):
    """Say whether anything was taken out of the store or changed."""

    help = "Verify the journal of the store of objections; needs OBJECTION_KEY."

    def handle(self, *args: object, **options: object) -> None:
        """Verify and tell."""
        try:
            found = verify()
        except NoKey as error:
            raise CommandError("OBJECTION_KEY is not set here.") from error
        except BoxBroken as error:
            raise CommandError("An entry of the journal does not open.") from error
        if not found.holds:
            raise CommandError(f"Entries that do not follow: {found.broken}; objections gone or changed: {found.gone}")
        self.stdout.write(f"The journal holds: {found.entries} entries.")
