"""Notices, the people on them, and the protected store of objections."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from approvals.models import Case, Stage
from organizations.models import Account, PartyOrganization
from organizations.queries import organization_scope
from workflows.notices.enums import Finding, Mode, Standing
from workflows.shared.models import StoredFile


class PublicNoticeQuerySet(models.QuerySet["PublicNotice"]):
    """Questions about notices."""

    def visible_to(self, account: Account, *, on: date) -> "PublicNoticeQuerySet":
        """Keep the notices of bodies whose cases the account may look into on that day."""
        return self.filter(organization_scope(account, "see_cases", on=on, through="organization"))


class PublicNotice(models.Model):
    """One notice, put up once for one or many people (公示)."""

    token = models.CharField(max_length=40, unique=True)
    organization = models.ForeignKey(PartyOrganization, on_delete=models.PROTECT, related_name="public_notices")
    mode = models.CharField(_("where"), max_length=12, choices=Mode.choices)
    contact = models.CharField(_("where objections are taken"), max_length=200)
    working_days = models.PositiveSmallIntegerField(_("full working days"))
    published_at = models.DateTimeField(_("put up at"))
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ends_at = models.DateTimeField(_("ends at"))
    counted = models.JSONField(default=dict)
    removed_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=64, unique=True)

    objects = PublicNoticeQuerySet.as_manager()

    class Meta:
        app_label = "workflows"
        verbose_name = _("public notice")
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="notice_ends_after_it_begins", condition=Q(ends_at__gt=F("published_at")))
        ]
        indexes = [models.Index(fields=["ends_at"], condition=Q(removed_at=None), name="notice_ending")]

    def __str__(self) -> str:
        return f"{self.pk}"


class NoticePerson(models.Model):
    """One person on a notice: the permitted facts as they were put up, sealed under the person's key."""

    notice = models.ForeignKey(PublicNotice, on_delete=models.PROTECT, related_name="people")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="noticed")
    stage = models.OneToOneField(Stage, on_delete=models.PROTECT, related_name="noticed")
    place = models.PositiveSmallIntegerField()
    sealed = models.TextField()
    photo = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        app_label = "workflows"
        ordering = ["notice_id", "place"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "case"], name="noticed_once"),
            models.UniqueConstraint(fields=["notice", "place"], name="notice_place_once"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id}/{self.place}"


class Objection(models.Model):
    """One objection in the protected store: a closed box, and the least that is needed to find it again.

    No account, no address, no session, no moment: the only day here is the one by which something is due. The key is
    drawn, the rows are written anew in another order each day, and every box has the same length.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    about = models.ForeignKey(NoticePerson, on_delete=models.PROTECT, related_name="objections")
    box = models.TextField()
    code_digest = models.CharField(max_length=64, unique=True)
    standing = models.CharField(max_length=12, choices=Standing.choices, default=Standing.RECEIVED)
    finding = models.CharField(max_length=16, choices=Finding.choices, blank=True)
    due_on = models.DateField()
    answer = models.TextField(blank=True)

    class Meta:
        app_label = "workflows"
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="objection_settled_with_finding",
                condition=~Q(standing="settled") | Q(finding__in=["dismissed", "no_influence", "influences"]),
            )
        ]

    def __str__(self) -> str:
        return "objection"


class ObjectionEntry(models.Model):
    """One entry of the store's own journal: closed, and chained to the one before it."""

    place = models.PositiveIntegerField(primary_key=True)
    box = models.TextField()
    before = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    counted_on = models.DateField(null=True, blank=True, unique=True)

    class Meta:
        app_label = "workflows"
        ordering = ["place"]

    def __str__(self) -> str:
        return f"{self.place}"
