"""Accounts: how people come in. Never deleted, only deactivated."""

from collections.abc import Collection
from datetime import date

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from organizations.models.people import Person
from organizations.models.scope import organization_scope, sees_everything
from organizations.role_rules import SEE


class AccountQuerySet(models.QuerySet["Account"]):
    """Questions about accounts."""

    def visible_to(self, account: "Account", *, on: date, through: Collection[str] | None = None) -> "AccountQuerySet":
        """Keep oneself, those with a role or post in sight, and for an administrator of the root those without any.

        Args:
            account: Who looks.
            on: Day on which the viewer's role must hold.
            through: Where given, only what one of these roles of the viewer shows.
        """
        roles = apps.get_model("organizations", "RoleAssignment").objects.filter(account=OuterRef("pk"))
        posts = apps.get_model("organizations", "Post").objects.filter(person__account=OuterRef("pk"))
        within = organization_scope(account, SEE, on=on, through="organization", roles=through)
        placeless = ~Exists(roles.filter(organization__isnull=False)) & ~Exists(posts)
        return self.filter(
            Q(pk=account.pk)
            | Exists(roles.filter(within))
            | Exists(posts.filter(within))
            | (Q(placeless) & Q(sees_everything(account, on=on)))
        )


class AccountManager(BaseUserManager.from_queryset(AccountQuerySet)):
    """Makes accounts."""

    def create_user(self, username: str, name: str, password: str | None = None, **facts: object) -> "Account":
        """Make an account; without a password nobody can sign in before the invitation is used."""
        account = self.model(username=username, name=name, **facts)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser, PermissionsMixin):
    """What somebody signs in with."""

    username = models.CharField(_("account"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=60)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="account")
    language = models.CharField(_("language"), max_length=8, default="zh-hans")
    single_keys = models.BooleanField(_("single-key shortcuts"), default=True)
    is_active = models.BooleanField(_("active"), default=True)
    activated_at = models.DateTimeField(null=True, blank=True)
    deactivated_at = models.DateTimeField(null=True, blank=True)
    search_key = models.CharField(max_length=200, blank=True, db_index=True)
    session_generation = models.PositiveIntegerField(default=0, editable=False)

    objects = AccountManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("account")
        ordering = ["username"]
        constraints = [
            models.CheckConstraint(
                name="account_inactive_since", condition=Q(is_active=True) | Q(deactivated_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """Give the name people know."""
        return self.name

    def get_short_name(self) -> str:
        """Give the name people know."""
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Tie every session to the password and to a counter: raising it ends them all at the next request."""
        value = f"{self.password}:{self.session_generation}"
        return salted_hmac("organizations.session", value, secret=secret, algorithm="sha256").hexdigest()

    @property
    def is_staff(self) -> bool:
        """Nobody enters through an admin site; there is none."""
        return False


class Invitation(models.Model):
    """One way in, used once: a link by e-mail or a printed sheet with a code."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="invitations")
    code_hash = models.CharField(max_length=64, unique=True)
    channel = models.CharField(max_length=16, default="email")
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class Helper(models.Model):
    """Somebody who may fill in for a candidate (代填) what the candidate releases."""

    candidate = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="helpers")
    helper = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="helps")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="helper_is_another", condition=~Q(candidate=F("helper"))),
            models.UniqueConstraint(
                fields=["candidate", "helper"], condition=Q(until_at=None), name="helper_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.helper_id} → {self.candidate_id}"
