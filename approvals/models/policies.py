"""Policies: which seats, rules and deadlines hold under an organization, as dated data."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from approvals.enums import Place, Rule
from organizations.models import PartyOrganization


class Policy(models.Model):
    """One published version; without an organization it is the default of the whole tree."""

    organization = models.ForeignKey(
        PartyOrganization, on_delete=models.PROTECT, null=True, blank=True, related_name="policies"
    )
    flow = models.CharField(_("flow"), max_length=60)
    version = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=120)
    parameters = models.JSONField(default=dict)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("approval policy")
        ordering = ["flow", "organization_id", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "flow", "version"], name="policy_version_once"),
            models.UniqueConstraint(
                fields=["flow", "version"], condition=Q(organization=None), name="default_policy_version_once"
            ),
            models.CheckConstraint(
                name="policy_from_before_until", condition=Q(valid_until=None) | Q(valid_from__lte=F("valid_until"))
            ),
        ]
        indexes = [models.Index(fields=["flow", "organization", "valid_from"], name="policy_in_force")]

    def __str__(self) -> str:
        return f"{self.title} v{self.version}"

    @property
    def numbers(self) -> dict[str, int]:
        """The numbers it sets; beside them ``parameters`` holds what it chooses."""
        return {name: value for name, value in self.parameters.items() if not isinstance(value, str)}

    @property
    def choices(self) -> dict[str, str]:
        """What it chooses among the ways the flow knows."""
        return {name: value for name, value in self.parameters.items() if isinstance(value, str)}


class PolicyStep(models.Model):
    """What a policy says of one step; ``level`` tells forwarding bodies from deciding ones."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=40)
    level = models.CharField(max_length=12, blank=True)
    tracks = models.JSONField(null=True, blank=True)  # None: every track that the graph sends here
    place = models.CharField(max_length=16, choices=Place.choices)
    roles = models.JSONField(default=list)
    rule = models.CharField(max_length=12, choices=Rule.choices, default=Rule.ANY)
    needed = models.PositiveSmallIntegerField(null=True, blank=True)
    share = models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True)
    due_working_days = models.PositiveSmallIntegerField(null=True, blank=True)
    closes_by_itself = models.BooleanField(default=False)
    four_eyes_with = models.JSONField(default=list)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "step", "level"], name="policy_step_once"),
            models.CheckConstraint(
                name="quorum_says_how_many",
                condition=Q(rule="quorum", needed__isnull=False)
                | Q(rule="quorum", share__isnull=False)
                | (~Q(rule="quorum") & Q(needed=None, share=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.level}".strip()
