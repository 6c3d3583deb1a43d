"""Posts and terms, and what a new secretary owes."""

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organizations.enums import ObligationKind, PostEnd, PostSource, Title
from organizations.models.party import PartyOrganization
from organizations.models.people import Person
from organizations.models.scope import organization_scope
from organizations.role_rules import SEE

if TYPE_CHECKING:
    from organizations.models.accounts import Account


class OwnedQuerySet(models.QuerySet):
    """Questions about what belongs to a person at an organization."""

    def visible_to(self, account: "Account", *, on: date) -> "OwnedQuerySet":
        """Keep one's own, and those of the organizations the account sees."""
        return self.filter(
            Q(person=account.person_id, person__isnull=False)
            | organization_scope(account, SEE, on=on, through="organization")
        )


class PostQuerySet(OwnedQuerySet):
    """Questions about posts."""

    def held_on(self, day: date) -> "PostQuerySet":
        """Keep the posts held on a day; the day somebody left is no longer part."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day), started_on__lte=day)


class Post(models.Model):
    """One person in one post for one term; the next term is another row."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    organization = models.ForeignKey(PartyOrganization, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(_("post"), max_length=24, choices=Title.choices)
    source = models.CharField(_("how obtained"), max_length=16, choices=PostSource.choices)
    started_on = models.DateField(_("in post since"))
    due_on = models.DateField(_("term ends on"), null=True, blank=True)
    ended_on = models.DateField(_("left on"), null=True, blank=True)
    end = models.CharField(max_length=24, choices=PostEnd.choices, blank=True)
    is_first = models.BooleanField(_("new in post"), default=False)
    document_number = models.CharField(_("approval document"), max_length=60, blank=True)
    case_number = models.CharField(max_length=40, blank=True)
    overdue_reason = models.CharField(_("reason for being overdue"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        constraints = [
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(ended_on=None, title="secretary") & ~Q(source="acting"),
                name="one_secretary_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(ended_on=None, source="acting"),
                name="one_acting_secretary_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["person", "organization", "title"], condition=Q(ended_on=None), name="post_held_once"
            ),
            models.CheckConstraint(
                name="term_ends_after_start", condition=Q(due_on=None) | Q(started_on__lt=F("due_on"))
            ),
            models.CheckConstraint(name="post_end_has_a_way", condition=Q(ended_on=None) | ~Q(end="")),
        ]
        indexes = [
            models.Index(fields=["organization", "title", "ended_on"], name="post_by_organization"),
            models.Index(fields=["due_on"], condition=Q(ended_on=None), name="post_by_term_end"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.title} {self.organization_id}"


class TermExtension(models.Model):
    """An approved extension of a term (延期换届), at most a year."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="extensions")
    was_due_on = models.DateField(null=True)
    until_on = models.DateField(_("extended until"))
    reason = models.CharField(_("reason"), max_length=400)
    document_number = models.CharField(_("approval document"), max_length=60)
    case_number = models.CharField(max_length=40, blank=True)
    approved_on = models.DateField(_("approved on"))

    class Meta:
        ordering = ["post_id", "until_on"]

    def __str__(self) -> str:
        return f"{self.post_id} → {self.until_on}"


class Obligation(models.Model):
    """Something a person owes by a date; flows meet only here."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="obligations")
    organization = models.ForeignKey(PartyOrganization, on_delete=models.PROTECT, related_name="obligations")
    kind = models.CharField(max_length=16, choices=ObligationKind.choices)
    opened_on = models.DateField()
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    waived_on = models.DateField(null=True, blank=True)
    case_number = models.CharField(max_length=40, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organization", "kind", "case_number"], name="obligation_once_per_case"
            )
        ]
        indexes = [
            models.Index(
                fields=["kind", "due_on"], condition=Q(done_on=None, waived_on=None), name="obligation_open_by_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"
