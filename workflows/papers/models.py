"""A stack of scans on its way: pages are kept sealed until they are filed, and no longer."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workflows.papers.enums import PageState, ReadBy
from workflows.shared.paper_models import Paper, PaperScan


class ScanStack(models.Model):
    """One upload of scans by one person; nobody else sees it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "workflows"
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return str(self.pk)


class ScanPage(models.Model):
    """One page of a stack, as a PDF of one page; its bytes end with its filing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stack = models.ForeignKey(ScanStack, on_delete=models.PROTECT, related_name="pages")
    place = models.PositiveSmallIntegerField(_("page"))
    sealed = models.BinaryField(null=True)
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    read_by = models.CharField(max_length=12, choices=ReadBy.choices, blank=True)
    state = models.CharField(max_length=12, choices=PageState.choices, default=PageState.WAITING)
    scan = models.ForeignKey(PaperScan, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    refused = models.CharField(max_length=200, blank=True)

    class Meta:
        app_label = "workflows"
        ordering = ["stack_id", "place"]
        constraints = [
            models.UniqueConstraint(fields=["stack", "place"], name="scan_page_place_once"),
            models.CheckConstraint(
                name="filed_page_has_a_scan",
                condition=Q(state="filed", scan__isnull=False) | (~Q(state="filed") & Q(scan=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stack_id} {self.place}"
