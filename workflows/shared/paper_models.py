"""The register of printed sheets, and the scans that came back."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from approvals.models import Case
from organizations.models import Account, PartyOrganization
from organizations.queries import organization_scope
from workflows.shared.enums import PaperKind
from workflows.shared.models import StoredFile


class PaperQuerySet(models.QuerySet["Paper"]):
    """Questions about printed sheets."""

    def visible_to(self, account: Account, *, on: date) -> "PaperQuerySet":
        """Keep the sheets whose files an account may read; never those of one's own case.

        Args:
            account: Who asks.
            on: The day at which roles have to hold.
        """
        scope = organization_scope(account, "see_files", on=on, through="organization")
        own = Q(case__subject__isnull=False, case__subject=account.person_id or 0)
        return self.filter(scope).exclude(own)


class Paper(models.Model):
    """One sheet that was printed, found again by the code in its footer.

    ``key`` says what it is, such as ``RK-2026-1:pledge``: printed again it keeps its code. A ballot carries the
    code of its case, never one of its own, so that no sheet leads to a voter.
    """

    code = models.CharField(max_length=10, unique=True)
    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=24, choices=PaperKind.choices)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="papers")
    organization = models.ForeignKey(PartyOrganization, on_delete=models.PROTECT, related_name="+")
    facts = models.JSONField(default=dict)
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    printed_at = models.DateTimeField()

    objects = PaperQuerySet.as_manager()

    class Meta:
        app_label = "workflows"
        ordering = ["-printed_at", "-id"]

    def __str__(self) -> str:
        return self.code


class PaperScan(models.Model):
    """What came back of a sheet: one file of one or more pages."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="scans")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    pages = models.PositiveSmallIntegerField(_("pages"))
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()

    class Meta:
        app_label = "workflows"
        ordering = ["-filed_at", "-id"]
        constraints = [models.CheckConstraint(name="paper_scan_has_pages", condition=Q(pages__gt=0))]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.pages}"
