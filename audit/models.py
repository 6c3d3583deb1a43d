"""What happened. Rows are only ever added; the database refuses everything else (migration 0002)."""

import json

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.verbs import name_of


class Entry(models.Model):
    """One thing that happened, chained to what happened before in its stream.

    No foreign keys: an entry outlives accounts, organizations and renames. There is no key of its own beside
    (stream, seq) either, so every stored column is under the hash.
    """

    pk = models.CompositePrimaryKey("stream", "seq")
    stream = models.CharField(max_length=80)
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.TextField(blank=True)
    verb = models.CharField(max_length=80)
    subject = models.CharField(max_length=80, blank=True)
    step = models.CharField(max_length=80, blank=True)
    step_title = models.TextField(blank=True)
    body = models.TextField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("Entry of the log")
        verbose_name_plural = _("Entries of the log")
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["verb", "at"], name="entry_verb_at"),
            models.Index(fields=["at"], name="entry_at"),
            models.Index(fields=["actor_id", "at"], name="entry_actor_at"),
            models.Index(fields=["subject", "at"], name="entry_subject_at"),
        ]

    def __str__(self) -> str:
        return f"{self.stream}#{self.seq} {self.verb}"

    @property
    def title(self) -> str:
        """What happened, in words."""
        return name_of(self.verb)

    @property
    def facts(self) -> dict:
        """What the entry tells in clear."""
        return json.loads(self.body)["facts"]

    @property
    def sealed(self) -> dict[str, str]:
        """Personal values as ciphertext, by name."""
        return json.loads(self.body)["sealed"]


class Head(models.Model):
    """The end of a stream that is written without a case's lock; its row is the lock."""

    stream = models.CharField(max_length=80, primary_key=True)
    seq = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("Head of a stream")
        verbose_name_plural = _("Heads of streams")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.stream}#{self.seq}"


class Checkpoint(models.Model):
    """A signed statement of where every stream ended at a moment."""

    number = models.PositiveBigIntegerField(primary_key=True)
    made_at = models.DateTimeField()
    entries = models.PositiveBigIntegerField()
    streams = models.PositiveBigIntegerField()
    root = models.CharField(max_length=64)
    heads_digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    key_id = models.CharField(max_length=16)
    signature = models.CharField(max_length=128)

    class Meta:
        verbose_name = _("Checkpoint")
        verbose_name_plural = _("Checkpoints")
        default_permissions = ()

    def __str__(self) -> str:
        return f"checkpoint {self.number}"
