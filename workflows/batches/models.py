"""A batch and its items: each item has a key of its own, so that going on again changes nothing twice."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from approvals.models import Case, Seat
from organizations.models import Account
from workflows.batches.enums import ItemState


class BatchRunQuerySet(models.QuerySet["BatchRun"]):
    """Questions about batches."""

    def visible_to(self, account: Account, *, on: date) -> "BatchRunQuerySet":
        """Keep the batches an account started and still sees a case of; narrow to the batches in question before.

        Args:
            account: Who asks.
            on: The day at which roles have to hold.
        """
        own = self.filter(started_by=account)
        seen = BatchItem.objects.filter(run__in=own).visible_to(account, on=on)
        return own.filter(pk__in=seen.values("run"))


class BatchRun(models.Model):
    """One batch of one person: the same word on many seats of one step."""

    key = models.CharField(max_length=64, unique=True)
    flow = models.CharField(max_length=60)
    step = models.CharField(max_length=40)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = BatchRunQuerySet.as_manager()

    class Meta:
        app_label = "workflows"
        ordering = ["-started_at", "-id"]

    def __str__(self) -> str:
        return f"{self.step} {self.pk}"


class BatchItemQuerySet(models.QuerySet["BatchItem"]):
    """Questions about the items of batches."""

    def visible_to(self, account: Account, *, on: date) -> "BatchItemQuerySet":
        """Keep the items whose case an account sees; narrow to the items in question before.

        The cases are looked up first, by their keys: in one statement PostgreSQL, when it has not counted the rows
        of a new batch yet, compares every item with every case, which takes minutes for 300 items.

        Args:
            account: Who asks.
            on: The day at which roles have to hold.
        """
        cases = list(self.values_list("case", flat=True))
        seen = Case.objects.visible_to(account, on=on).filter(pk__in=cases)
        return self.filter(case__in=list(seen.values_list("pk", flat=True)))


class BatchItem(models.Model):
    """One seat of a batch, and what came of it."""

    run = models.ForeignKey(BatchRun, on_delete=models.PROTECT, related_name="items")
    place = models.PositiveSmallIntegerField()
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=12, choices=ItemState.choices, default=ItemState.WAITING)
    refused = models.CharField(_("why not"), max_length=200, blank=True)
    acted_at = models.DateTimeField(null=True, blank=True)

    objects = BatchItemQuerySet.as_manager()

    class Meta:
        app_label = "workflows"
        ordering = ["run_id", "place"]
        constraints = [
            models.UniqueConstraint(fields=["run", "place"], name="batch_item_place_once"),
            models.UniqueConstraint(fields=["run", "seat"], name="batch_item_seat_once"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.place}"
