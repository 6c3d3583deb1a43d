"""What an appointment review keeps beside the case."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from approvals.models import Case
from organizations.enums import PostSource, Title
from organizations.models import PartyOrganization, Post
from workflows.appointment_review.enums import DocumentKind, FindingLevel, MaterialKind
from workflows.shared.models import StoredFile


class Proposal(models.Model):
    """What the office proposes: which post, for which term, and why."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, primary_key=True, related_name="proposal")
    title = models.CharField(_("intended post"), max_length=24, choices=Title.choices)
    source = models.CharField(_("how obtained"), max_length=16, choices=PostSource.choices)
    term_number = models.PositiveSmallIntegerField(_("term number"), null=True, blank=True)
    from_on = models.DateField(_("from"), null=True, blank=True)
    until_on = models.DateField(_("until"), null=True, blank=True)
    reason = models.TextField(_("reason"))
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        app_label = "workflows"
        constraints = [
            models.CheckConstraint(
                name="proposal_term_runs_forward",
                condition=Q(from_on=None) | Q(until_on=None) | Q(from_on__lt=F("until_on")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.title}"


class FormVersion(models.Model):
    """One version of the candidate's registration form, sealed under the candidate's key; one may be a draft."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="form_versions")
    version = models.PositiveSmallIntegerField()
    sealed = models.TextField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    consent_text = models.CharField(max_length=20, blank=True)

    class Meta:
        app_label = "workflows"
        ordering = ["case_id", "version"]
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="form_version_once"),
            models.UniqueConstraint(fields=["case"], condition=Q(submitted_at=None), name="one_draft_a_case"),
            models.CheckConstraint(
                name="submitted_form_is_confirmed",
                condition=Q(submitted_at=None) | (Q(confirmed_by__isnull=False) & ~Q(consent_text="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} v{self.version}"


class Material(models.Model):
    """One version of one material; earlier versions stay."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="materials")
    kind = models.CharField(max_length=24, choices=MaterialKind.choices)
    version = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "workflows"
        ordering = ["case_id", "kind", "version"]
        constraints = [models.UniqueConstraint(fields=["case", "kind", "version"], name="material_version_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} v{self.version}"


class Finding(models.Model):
    """What the automatic check found in the version handed in; each names its article."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="findings")
    form = models.ForeignKey(FormVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    code = models.CharField(max_length=40)
    level = models.CharField(max_length=12, choices=FindingLevel.choices)
    facts = models.JSONField(default=dict)
    points_to = models.CharField(max_length=40, blank=True)
    found_at = models.DateTimeField()

    class Meta:
        app_label = "workflows"
        ordering = ["case_id", "id"]
        constraints = [models.UniqueConstraint(fields=["case", "form", "code"], name="finding_once_a_version")]

    def __str__(self) -> str:
        return self.code


class Reply(models.Model):
    """What the person says before a refusal or a removal stands; sealed under the person's key."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="replies")
    stage = models.OneToOneField("approvals.Stage", on_delete=models.PROTECT, related_name="reply")
    sealed = models.TextField()
    handed_in_at = models.DateTimeField()

    class Meta:
        app_label = "workflows"

    def __str__(self) -> str:
        return f"{self.case_id}"


class OfficialDocument(models.Model):
    """An issued document: number, text as issued, files, the sealed scan that comes back from paper."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=16, choices=DocumentKind.choices)
    number = models.CharField(_("document number"), max_length=60, unique=True)
    issuer = models.ForeignKey(PartyOrganization, on_delete=models.PROTECT, related_name="+")
    issued_on = models.DateField()
    facts = models.JSONField(default=dict)
    token = models.CharField(max_length=40, unique=True)
    scan = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField()

    class Meta:
        app_label = "workflows"
        ordering = ["-issued_on", "-id"]

    def __str__(self) -> str:
        return self.number
