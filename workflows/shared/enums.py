"""The words that stored files are kept under."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FileKind(models.TextChoices):
    """What may come in; the value is also the extension it is delivered with."""

    PDF = "pdf", _("PDF document")
    JPG = "jpg", _("JPEG picture")
    PNG = "png", _("PNG picture")
    DOCX = "docx", _("Word document")


class FilePurpose(models.TextChoices):
    """Why a file is kept; retention and access follow it."""

    MATERIAL = "material", _("Candidate's material")
    PHOTO = "photo", _("Photo")
    SEALED_SCAN = "sealed_scan", _("Sealed scan")
    DOCUMENT = "document", _("Document issued")
    REPLY = "reply", _("Reply or review request")
