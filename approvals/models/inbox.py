"""The inbox: one row per entitled reviewer and open seat, ready to read."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from approvals.enums import RowKind
from approvals.models.cases import Case
from approvals.models.stages import Seat


class InboxRow(models.Model):
    """One line of somebody's inbox (待办); validity of the role is compared when it is read."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="inbox")
    kind = models.CharField(max_length=8, choices=RowKind.choices, default=RowKind.TODO)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="rows")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="rows")
    flow = models.CharField(max_length=60)
    track = models.CharField(max_length=24)
    step = models.CharField(max_length=40)
    step_title = models.CharField(max_length=80)
    case_number = models.CharField(max_length=40)
    subject_name = models.CharField(max_length=120)
    search_key = models.CharField(max_length=400, blank=True)
    organization_name = models.CharField(max_length=120)
    sender = models.CharField(max_length=160, blank=True)
    why = models.JSONField(default=dict)
    red_findings = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "seat"], condition=Q(seat__isnull=False), name="inbox_row_once_a_seat"
            ),
            models.CheckConstraint(
                name="to_do_has_a_seat",
                condition=Q(kind="todo", seat__isnull=False) | Q(kind="read", seat=None),
            ),
        ]
        indexes = [
            models.Index(fields=["account", "kind", "due_at", "id"], name="inbox_page"),
            models.Index(fields=["case"], name="inbox_by_case"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.case_number} {self.step}"
