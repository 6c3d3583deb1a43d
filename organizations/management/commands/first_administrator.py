"""Seats the first administrators over the whole tree."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.errors import Refusal
from organizations.actions.first import seat_first_administrator
from organizations.enums import ADMINISTRATORS
from organizations.models import Account, PartyOrganization


class Command(BaseCommand):
    """``manage.py first_administrator LOGIN ROLE``: once for each of the three roles, after the first import."""

    help = "Give an account one of the three administrator roles over the whole tree, while nobody holds it so."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the account, the role and, where there are several, the top organization."""
        parser.add_argument("login", help="account name; for imported people the telephone")
        parser.add_argument("role", choices=sorted(ADMINISTRATORS))
        parser.add_argument("--top", default="", help="code of the organization at the top, where there are several")

    def handle(self, *, login: str, role: str, top: str, **_options: object) -> None:
        """Seat the account and say where."""
        account = Account.objects.filter(username=login).first()
        if account is None:
            raise CommandError(_("There is no account called {login}.").format(login=login))
        place = PartyOrganization.objects.filter(depth=1, code=top).first()
        if top and place is None:
            raise CommandError(_("{code} is no organization at the top.").format(code=top))
        try:
            made = seat_first_administrator(account=account, role=role, at=timezone.now(), top=place)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        said = _("{name} is {role} at {organization} with everything under it.")
        self.stdout.write(
            said.format(name=account.name, role=made.get_role_display(), organization=made.organization.name)
        )
