"""What stands beside a decision: drafts, comments, lists of what to correct."""

from django.conf import settings
from django.db import models

from approvals.models.cases import Case
from approvals.models.stages import Seat, Stage


class Draft(models.Model):
    """A half-typed opinion, so that none is ever lost."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="drafts")
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "seat"], name="draft_once")]

    def __str__(self) -> str:
        return f"{self.account_id}/{self.seat_id}"


class Comment(models.Model):
    """A remark among reviewers; the person concerned never sees it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="comments")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="comments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=60)
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"comment {self.pk}"


class Correction(models.Model):
    """One thing to put right after a return, written for the person."""

    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="corrections")
    place = models.PositiveSmallIntegerField()
    target = models.CharField(max_length=60, blank=True)
    text = models.CharField(max_length=300)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["stage_id", "place"]
        constraints = [models.UniqueConstraint(fields=["stage", "place"], name="correction_place_once")]

    def __str__(self) -> str:
        return self.text
