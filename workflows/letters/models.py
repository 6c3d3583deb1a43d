"""The stamped replies on paper."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from approvals.models import Letter
from workflows.shared.models import StoredFile


class LetterScan(models.Model):
    """The scan of a stamped reply; a further one is a further row, none is ever replaced."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="scans")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        app_label = "workflows"
        verbose_name = _("scan of a reply")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.letter_id}: {self.file_id}"
