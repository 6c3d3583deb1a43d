"""Fill an empty database with a generated province, with the set-based writers of the ledger import."""

import json
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from config.demo.generated import province_rows
from organizations.ledger.rows import Rows
from organizations.ledger.writing.people import (
    Accounts,
    write_people,
    write_reviewer_accounts,
    write_secretary_accounts,
)
from organizations.ledger.writing.posts import write_posts
from organizations.ledger.writing.registry import write_social_organizations
from organizations.ledger.writing.roles import write_roles
from organizations.ledger.writing.tree import write_tree
from organizations.models import PartyOrganization


class Command(BaseCommand):
    help = "Fill an empty database with a generated province for benches and load tests."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organizations", type=int, default=70_000, help="social organizations")
        parser.add_argument("--seed", type=int, default=1, help="same seed, same province")
        parser.add_argument("--json", action="store_true", help="print the counts as one JSON object and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw, write, count.

        Raises:
            CommandError: the database is not empty.
        """
        if PartyOrganization.objects.exists():
            raise CommandError(
                "This database holds organizations already; a province is generated in an empty one only."
            )
        began = time.perf_counter()
        at = timezone.now()
        rows = province_rows(organizations=options["organizations"], seed=options["seed"], today=timezone.localdate(at))
        with transaction.atomic():
            counts = write(rows, at=at)
        counts["seconds"] = round(time.perf_counter() - began, 1)
        if options["json"]:
            self.stdout.write(json.dumps(counts))
            return
        for name, count in counts.items():
            self.stdout.write(f"{name:<22}{count:>10}")


def write(rows: Rows, *, at: Any) -> dict[str, float]:
    """Write generated rows.

    Args:
        rows: As ``province_rows`` draws them.
        at: Moment kept with posts and roles.

    Returns:
        How many rows were made, by what they are.
    """
    counts: dict[str, float] = {}
    places, counts["organizations"] = write_tree(rows.organizations, by=None, at=at)
    counts["social_organizations"] = write_social_organizations(rows.social_organizations, places)
    people, counts["people"] = write_people(rows.secretaries)
    accounts = Accounts.load()
    write_secretary_accounts(people.values(), accounts)
    counts["posts"] = write_posts(rows.secretaries, people, places, by=None, at=at)
    reviewers = write_reviewer_accounts(rows.reviewers, accounts)
    counts["roles"] = write_roles(rows.reviewers, reviewers, places, {}, by=None, at=at)
    counts["accounts"] = accounts.changes
    return counts
