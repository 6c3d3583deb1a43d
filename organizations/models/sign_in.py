"""Wrong attempts to sign in, kept in the database so that no flush of a cache forgives them."""

from django.db import models


class SignInAttempt(models.Model):
    """One wrong attempt, counted for the account and for the address it came from.

    ``account_key`` is a blind index of what was tried, so that a password typed into the wrong field stays unread.
    """

    account_key = models.CharField(max_length=64)
    address = models.GenericIPAddressField(null=True)
    at = models.DateTimeField()
    forgiven = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["account_key", "at"], name="attempt_by_account"),
            models.Index(fields=["address", "at"], name="attempt_by_address"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
