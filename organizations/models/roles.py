"""Roles at organizations, with the days they hold."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organizations.enums import Role, Scope
from organizations.models.party import PartyOrganization
from organizations.models.registry import Department

# A role taken back before its first day keeps its row with nothing in it: [day, day).
NOT_EMPTY = Q(until_on=None) | Q(until_on__gt=F("from_on"))


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    """Questions about roles."""

    def valid_on(self, day: date) -> "RoleAssignmentQuerySet":
        """Keep the assignments that hold on a day; ``until_on`` itself is no longer part."""
        return self.not_over_on(day).filter(from_on__lte=day)

    def given_on(self, day: date) -> "RoleAssignmentQuerySet":
        """Keep the assignments whose days hold, also those of accounts that are deactivated."""
        return self.filter(NOT_EMPTY, Q(until_on=None) | Q(until_on__gt=day), from_on__lte=day)

    def not_over_on(self, day: date) -> "RoleAssignmentQuerySet":
        """Keep the assignments that hold on a day or begin after it; of active accounts only."""
        return self.filter(NOT_EMPTY, Q(until_on=None) | Q(until_on__gt=day), account__is_active=True)


class RoleAssignment(models.Model):
    """An account's role at an organization during ``[from_on, until_on)``."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(_("role"), max_length=32, choices=Role.choices)
    organization = models.ForeignKey(
        PartyOrganization, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    scope = models.CharField(_("scope"), max_length=8, choices=Scope.choices, default=Scope.SUBTREE)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField()
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("role assignment")
        ordering = ["account_id", "from_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role", "organization", "from_on"],
                condition=NOT_EMPTY,
                name="assignment_once_per_organization",
            ),
            models.UniqueConstraint(
                fields=["account", "role", "department", "from_on"],
                condition=NOT_EMPTY,
                name="assignment_once_per_department",
            ),
            models.CheckConstraint(
                name="assignment_from_before_until", condition=Q(until_on=None) | Q(from_on__lte=F("until_on"))
            ),
            models.CheckConstraint(
                name="assignment_at_one_place",
                condition=Q(organization__isnull=False, department__isnull=True)
                | Q(organization__isnull=True, department__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "role"], name="assignment_by_place"),
            models.Index(fields=["account", "until_on"], name="assignment_by_account"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.role}"
