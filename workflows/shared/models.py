"""Files that were kept, and the numbers given to documents."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organizations.models import Person
from workflows.shared.enums import FileKind, FilePurpose


class StoredFile(models.Model):
    """One version of one file; a new version is a new row, and nothing is ever overwritten.

    The bytes lie sealed beside the database. ``sha256`` and ``size`` are those of the cleaned copy that is served,
    ``received_sha256`` is the hash of what the person sent, so that a copy on somebody's disk can be recognized.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("file name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=8, choices=FileKind.choices)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    received_sha256 = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField(_("pages"), null=True, blank=True)
    stored_at = models.DateTimeField(_("stored at"))
    stored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("stored by")
    )
    purpose = models.CharField(_("purpose"), max_length=16, choices=FilePurpose.choices)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="files", verbose_name=_("person")
    )

    class Meta:
        verbose_name = _("stored file")
        ordering = ["-stored_at", "id"]
        constraints = [models.CheckConstraint(name="stored_file_not_empty", condition=Q(size__gt=0))]

    def __str__(self) -> str:
        return self.name


class Numbering(models.Model):
    """The last number given under one letterhead in one year."""

    kind = models.CharField(max_length=32)
    prefix = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("document numbering")
        constraints = [models.UniqueConstraint(name="numbering_once", fields=["kind", "prefix", "year"])]

    def __str__(self) -> str:
        return f"{self.prefix} {self.year} {self.last}"
