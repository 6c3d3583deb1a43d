"""What comes back from paper after a meeting."""

from django.conf import settings
from django.db import models

from approvals.models import Meeting
from workflows.shared.models import StoredFile


class MeetingMinutes(models.Model):
    """The sealed scan of the minutes; attached once."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, primary_key=True, related_name="minutes")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    attached_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    attached_at = models.DateTimeField()

    class Meta:
        app_label = "workflows"

    def __str__(self) -> str:
        return str(self.meeting_id)
