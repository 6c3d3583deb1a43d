"""Letters to departments: one department, a list of people from any cases, one reply (征求意见函)."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from approvals.enums import LetterAnswer, LetterState
from approvals.models.cases import Case
from approvals.models.stages import Seat
from organizations.enums import Channel, Role
from organizations.models import Account, Department, PartyOrganization, RoleAssignment
from organizations.queries import organization_scope


class LetterQuerySet(models.QuerySet["Letter"]):
    """Questions about letters."""

    def visible_to(self, account: Account, *, on: date) -> "LetterQuerySet":
        """Keep the letters an account may read: of its office, or to its department; never one that asks about itself.

        Args:
            account: Who asks.
            on: The day at which roles have to hold.
        """
        return self.of_office(account, on=on) | self.to_department_of(account, on=on)

    def of_office(self, account: Account, *, on: date) -> "LetterQuerySet":
        """Keep the letters of the bodies whose files an account reads."""
        scope = organization_scope(account, "see_files", on=on, through="organization")
        return self.filter(scope, ~Exists(LetterItem.objects.about(account)))

    def to_department_of(self, account: Account, *, on: date) -> "LetterQuerySet":
        """Keep the letters to the department that an account answers for."""
        held = RoleAssignment.objects.valid_on(on).filter(
            account=account.pk, role=Role.DEPARTMENT_OFFICER, department=OuterRef("department")
        )
        return self.filter(Exists(held), ~Exists(LetterItem.objects.about(account)))


class Letter(models.Model):
    """One letter to one department, with its number and its day; the code on it finds it again."""

    number = models.CharField(_("number"), max_length=60, unique=True)
    token = models.CharField(max_length=24, unique=True)
    key = models.CharField(max_length=90, unique=True)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="letters")
    organization = models.ForeignKey(PartyOrganization, on_delete=models.PROTECT, related_name="letters")
    asks = models.TextField(_("what is asked"))
    channel = models.CharField(max_length=16, choices=Channel.choices)
    state = models.CharField(max_length=12, choices=LetterState.choices, default=LetterState.SENT)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    due_at = models.DateTimeField()
    counted = models.JSONField(default=dict)
    reminded_at = models.DateTimeField(null=True, blank=True)
    entry_key = models.CharField(max_length=64, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="letter_closed_has_moment",
                condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at=None)),
            ),
            models.CheckConstraint(
                name="letter_entered_has_a_clerk",
                condition=~Q(state="entered") | Q(entered_by__isnull=False, entered_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "state"], name="letter_by_organization"),
            models.Index(fields=["department", "state"], name="letter_by_department"),
        ]

    def __str__(self) -> str:
        return self.number


class LetterItemQuerySet(models.QuerySet["LetterItem"]):
    """Questions about the people in letters."""

    def about(self, account: Account) -> "LetterItemQuerySet":
        """Keep the lines of a letter, named from outside, that ask about the account's own person."""
        return self.filter(letter=OuterRef("pk"), case__subject=account.person_id or 0)


class LetterItem(models.Model):
    """One person in a letter; what is found is sealed under that person's key."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="items")
    place = models.PositiveSmallIntegerField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letter_items")
    seat = models.OneToOneField(Seat, on_delete=models.PROTECT, related_name="letter_item")
    answer = models.CharField(max_length=12, choices=LetterAnswer.choices, blank=True)
    finding = models.JSONField(default=dict)
    review_on = models.DateField(null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = LetterItemQuerySet.as_manager()

    class Meta:
        ordering = ["letter_id", "place"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "place"], name="letter_item_place_once"),
            models.UniqueConstraint(fields=["letter", "case"], name="letter_item_case_once"),
            models.CheckConstraint(
                name="letter_item_waits_for_a_day",
                condition=Q(answer="wait", review_on__isnull=False) | (~Q(answer="wait") & Q(review_on=None)),
            ),
            models.CheckConstraint(
                name="only_what_was_said_is_confirmed", condition=Q(confirmed_by=None) | ~Q(answer="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id}/{self.place}"


class LetterExtension(models.Model):
    """A later day for a letter, with its reason; the earlier day stays on record."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="extensions")
    key = models.CharField(max_length=64, unique=True)
    earlier_due_at = models.DateTimeField()
    due_at = models.DateTimeField()
    reason = models.CharField(_("reason"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="extended_to_later", condition=Q(due_at__gt=models.F("earlier_due_at")))
        ]

    def __str__(self) -> str:
        return f"{self.letter_id}: {self.due_at:%Y-%m-%d}"
