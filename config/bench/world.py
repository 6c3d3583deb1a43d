"""A database of its own for a bench, with a small generated province in it, dropped afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone

from approvals.actions.cases import open_case, open_matter
from approvals.actions.policies import publish_policy
from approvals.enums import MatterKind
from approvals.models import Case
from config.bench.flows import POLICY, TRACK, BenchFlow
from config.demo.generated import province_rows
from config.management.commands.seed_province import write
from organizations.enums import Role
from organizations.models import Account, Post, RoleAssignment

DATABASE = "kaoping_bench"
ORGANIZATIONS = 3000


@dataclass
class World:
    """What the benches share.

    Attributes:
        at: The moment at which everything happens.
        posts: Secretaries whose cases are opened, each used once.
        used: How many of them were used.
    """

    at: datetime
    posts: list[Post]
    used: int = field(default=0)

    def open_cases(self, count: int) -> list[tuple[Case, Account]]:
        """Open cases that wait for their first of three approvals; gives each with its approver."""
        return [self._open_case() for _ in range(count)]

    def _open_case(self) -> tuple[Case, Account]:
        post = self.posts[self.used]
        self.used += 1
        by = approver_of(post)
        matter = open_matter(
            kind=MatterKind.ASSIGNMENT,
            number=f"BM{self.used:06d}",
            title=post.organization.name,
            organization=post.organization,
            by=by,
            at=self.at,
        )
        case = open_case(
            flow=BenchFlow,
            matter=matter,
            number=f"BC{self.used:06d}",
            track=TRACK,
            subject=post.person,
            by=by,
            at=self.at,
        )
        return case, by


@contextmanager
def bench_database() -> Iterator[World]:
    """Make a database for the benches beside the real one, fill it, and drop it at the end.

    Yields:
        The world in it.
    """
    real = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = DATABASE if connection.vendor == "postgresql" else None
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield _fill()
    finally:
        connection.creation.destroy_test_db(real, verbosity=0)


def analyze() -> None:
    """Let the planner know what the tables hold now."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def approver_of(post: Post) -> Account:
    """Give the approver of the authority above a post: the nearest body that has one."""
    for path in post.organization.superior_paths():
        held = RoleAssignment.objects.filter(
            role=Role.APPROVER, organization__path=path, organization__can_approve=True
        )
        found = held.select_related("account").first()
        if found:
            return found.account
    raise LookupError(post.organization.name)


def _fill() -> World:
    at = timezone.now()
    with transaction.atomic():
        write(province_rows(organizations=ORGANIZATIONS, seed=1, today=timezone.localdate(at)), at=at)
        publish_policy(document=POLICY, flow=BenchFlow, organization=None, valid_from=date(2025, 1, 1), by=None, at=at)
    analyze()
    posts = Post.objects.select_related("organization", "person").order_by("pk")
    return World(at=at, posts=list(posts))
