"""The registry side: who is registered where, apart from the Party tree."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organizations.enums import AuthorityKind, Channel, Level, NoBranchReason, SocialKind
from organizations.models.party import PartyOrganization
from organizations.models.scope import organization_scope
from organizations.role_rules import SEE

if TYPE_CHECKING:
    from organizations.models.accounts import Account


class Authority(models.Model):
    """A registration authority or a professional supervisor."""

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=16, choices=AuthorityKind.choices)
    party_body = models.ForeignKey(PartyOrganization, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "kind"], name="authority_once")]

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A department that answers letters."""

    code = models.CharField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=120)
    level = models.CharField(_("level"), max_length=16, choices=Level.choices)
    channel = models.CharField(_("receives letters"), max_length=16, choices=Channel.choices)
    contact = models.CharField(_("contact"), max_length=60, blank=True)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class SocialOrganizationQuerySet(models.QuerySet["SocialOrganization"]):
    """Questions about registered social organizations."""

    def visible_to(self, account: "Account", *, on: date) -> "SocialOrganizationQuerySet":
        """Keep those whose branch, registry or supervisor has a Party body that the account sees."""
        return self.filter(
            organization_scope(account, SEE, on=on, through="branch")
            | organization_scope(account, SEE, on=on, through="registry__party_body")
            | organization_scope(account, SEE, on=on, through="supervisor__party_body")
        )


class SocialOrganization(models.Model):
    """A registered social organization; a joint branch serves several."""

    credit_code = models.CharField(_("credit code"), max_length=18, unique=True, null=True, blank=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=32, choices=SocialKind.choices)
    registry = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="registered")
    supervisor = models.ForeignKey(
        Authority, on_delete=models.PROTECT, null=True, blank=True, related_name="supervised"
    )
    branch = models.ForeignKey(
        PartyOrganization, on_delete=models.PROTECT, null=True, blank=True, related_name="social_organizations"
    )
    registered_on = models.DateField(_("registered on"), null=True, blank=True)
    staff_count = models.PositiveIntegerField(_("staff"), default=0)
    member_count = models.PositiveIntegerField(_("Party members"), default=0)
    no_branch_reason = models.CharField(max_length=24, choices=NoBranchReason.choices, blank=True)
    search_key = models.CharField(max_length=300, blank=True, db_index=True)

    objects = SocialOrganizationQuerySet.as_manager()

    class Meta:
        ordering = ["credit_code"]
        constraints = [
            models.CheckConstraint(name="branch_or_reason", condition=Q(branch__isnull=False) | ~Q(no_branch_reason=""))
        ]

    def __str__(self) -> str:
        return self.name
