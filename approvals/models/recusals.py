"""Recusal: who stepped back from a case, or looked at a hint and said that nothing stands in the way (回避)."""

from django.conf import settings
from django.db import models

from approvals.models.cases import Case
from approvals.models.stages import Seat


class Recusal(models.Model):
    """What a reviewer said about a conflict of his own; ``recused`` keeps him from deciding anything in the case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="recusals")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="recusals")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recused = models.BooleanField()
    hints = models.JSONField(default=list)
    sealed = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["case", "account", "recused"], name="recusal_once_a_case")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.account_id}"
