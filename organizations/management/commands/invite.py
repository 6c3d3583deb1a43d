"""Lets the first people in: prints the code of an invitation for one account."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.errors import Refusal
from organizations.actions import invite, renew_access
from organizations.models import Account


class Command(BaseCommand):
    """``manage.py invite LOGIN``: for the first administrator, whom nobody inside can invite yet."""

    help = "Print the code of an invitation for an account that was never used, or whose password was forgotten."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the account."""
        parser.add_argument("login", help="account name, as in the list of accounts; for imported people the telephone")
        parser.add_argument(
            "--again", metavar="REASON", help="after a forgotten password: how the person was recognized"
        )

    def handle(self, *, login: str, again: str | None = None, **_options: object) -> None:
        """Invite on paper and print the code."""
        account = Account.objects.filter(username=login).first()
        if account is None:
            raise CommandError(_("There is no account called {login}.").format(login=login))
        try:
            if again is None:
                issued = invite(account=account, channel="sheet", by=None, at=timezone.now())
            else:
                issued = renew_access(account=account, by=None, at=timezone.now(), reason=again)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(_("{name} opens /invite/ and types {code}.").format(name=account.name, code=issued.grouped))
