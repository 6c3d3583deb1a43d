"""The Party tree: who leads whom, who may approve, and who sees it."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from guardian.models import UserObjectPermissionBase
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from organizations.enums import Level, OrganizationKind
from organizations.models.scope import organization_scope
from organizations.role_rules import SEE

if TYPE_CHECKING:
    from organizations.models.accounts import Account


class PartyOrganizationQuerySet(MP_NodeQuerySet):
    """Questions about the Party tree."""

    def below(self, organization: "PartyOrganization") -> "PartyOrganizationQuerySet":
        """Keep an organization and everything under it."""
        return self.filter(path__startswith=organization.path)

    def visible_to(
        self, account: "Account", *, on: date, need: str = SEE, roles: Collection[str] | None = None
    ) -> "PartyOrganizationQuerySet":
        """Keep what an account sees on a day, through grants and roles that hold then; through some roles only."""
        return self.filter(organization_scope(account, need, on=on, roles=roles))

    def valid_on(self, day: date) -> "PartyOrganizationQuerySet":
        """Keep the bodies that exist on a day; the last day itself is no longer part."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_until=None) | Q(valid_until__gt=day))


class PartyOrganizationManager(MP_NodeManager.from_queryset(PartyOrganizationQuerySet)):
    """Grows the tree and answers questions about it."""

    def get_queryset(self) -> PartyOrganizationQuerySet:
        """Give our queryset; treebeard's manager names its own by hand."""
        return PartyOrganizationQuerySet(self.model, using=self._db).order_by("path")


class PartyOrganization(MP_Node):
    """One body of the Party tree; a merged or closed one stays, with its last day."""

    code = models.CharField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=32, choices=OrganizationKind.choices)
    level = models.CharField(_("level"), max_length=16, choices=Level.choices)
    region_code = models.CharField(_("region code"), max_length=6, blank=True)
    can_approve = models.BooleanField(_("may approve"), default=False)
    letterhead = models.CharField(_("letterhead code"), max_length=20, blank=True)
    phone = models.CharField(_("office telephone"), max_length=20, blank=True)
    valid_from = models.DateField(pgettext_lazy("organization", "valid from"), null=True, blank=True)
    valid_until = models.DateField(pgettext_lazy("organization", "valid until"), null=True, blank=True)
    go_live_on = models.DateField(_("go-live day"), null=True, blank=True)
    search_key = models.CharField(max_length=300, blank=True, db_index=True)

    objects = PartyOrganizationManager()

    class Meta:
        verbose_name = _("Party organization")
        ordering = ["path"]
        # See docs/permissions.md: a role at an organization is stored as these grants.
        permissions = [
            ("see_self", "Sees this organization"),
            ("see_subtree", "Sees this organization and all under it"),
            ("see_cases_self", "Sees the cases of this organization"),
            ("see_cases_subtree", "Sees the cases of this organization and all under it"),
            ("see_files_self", "Reads candidates' materials of this organization"),
            ("see_files_subtree", "Reads candidates' materials of this organization and all under it"),
            ("see_history_self", "Reads the history of this organization's cases"),
            ("see_history_subtree", "Reads the history of all cases under this organization"),
        ]
        constraints = [
            models.CheckConstraint(
                name="organization_valid_from_before_until",
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_from__lt=F("valid_until")),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def parent_path(self) -> str:
        """The path of the superior, empty at the root."""
        return self.path[: -self.steplen]

    def superior_paths(self) -> list[str]:
        """Give the paths of all superiors, the nearest first."""
        return [self.path[: length * self.steplen] for length in range(self.depth - 1, 0, -1)]


class OrganizationGrant(UserObjectPermissionBase):
    """django-guardian's grants on organizations, with a real foreign key."""

    content_object = models.ForeignKey(PartyOrganization, on_delete=models.CASCADE)

    class Meta(UserObjectPermissionBase.Meta):
        indexes = [models.Index(fields=["user", "permission", "content_object"], name="grant_by_user")]


class OrganizationMove(models.Model):
    """One change of superior, kept for ever."""

    organization = models.ForeignKey(PartyOrganization, on_delete=models.PROTECT, related_name="moves")
    from_code = models.CharField(max_length=32, blank=True)
    to_code = models.CharField(max_length=32, blank=True)
    moved_on = models.DateField()
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200)

    class Meta:
        ordering = ["-moved_on", "-id"]

    def __str__(self) -> str:
        return f"{self.organization_id}: {self.from_code} → {self.to_code}"
