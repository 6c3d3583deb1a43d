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


class PaperKind(models.TextChoices):
    """What is printed for a case and may come back signed or stamped."""

    REGISTRATION = "registration", _("Registration and approval form")
    MATERIALS_LIST = "materials_list", _("List of materials")
    PLEDGE = "pledge", _("Pledge")
    RECOMMENDATION = "recommendation", _("Recommendation form")
    NOMINATION = "nomination", _("Record of the democratic recommendation")
    ACCEPTANCE = "acceptance", _("Notice of acceptance")
    CORRECTION = "correction", _("Notice of correction")
    REFUSAL = "refusal", _("Notice of refusal")
    PREVIEW = "preview", _("Notice of investigation")
    TALK_RECORD = "talk_record", _("Talk record")
    APPRAISAL_BALLOT = "appraisal_ballot", _("Democratic appraisal ballot")
    APPRAISAL_TALLY = "appraisal_tally", _("Democratic appraisal tally")
    REPLY_SLIP = "reply_slip", _("Reply slip of a department")
    REPORT = "report", _("Investigation report")
    PUBLIC_NOTICE = "public_notice", _("Public notice sheet")
    OBJECTION = "objection", _("Record of an objection")
    ELECTION_RULES = "election_rules", _("Rules of the election")
    COUNTING_SHEET = "counting_sheet", _("Counting sheet")
    REQUEST = "request", _("Request for approval")
    DOCUMENT = "document", _("Document issued")
