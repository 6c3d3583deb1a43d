"""People, apart from their accounts: what the ledger knows of somebody."""

from datetime import date
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from organizations.enums import Sex

if TYPE_CHECKING:
    from organizations.models.accounts import Account


class PersonQuerySet(models.QuerySet["Person"]):
    """Questions about people."""

    def visible_to(self, account: "Account", *, on: date) -> "PersonQuerySet":
        """Keep oneself, and those with a post, past or present, at an organization the account sees."""
        posts = apps.get_model("organizations", "Post").objects.visible_to(account, on=on)
        return self.filter(Q(pk=account.person_id) | Exists(posts.filter(person=OuterRef("pk"))))


class Person(models.Model):
    """One human being, found again by the blind index of the identity number.

    ``key`` is the person's own data key, wrapped under the keyring of ``audit.sealing``: when a retention period
    ends it is destroyed, and with it every personal value, while the chains over the ciphertext still hold.
    """

    name = models.CharField(_("name"), max_length=60)
    sex = models.CharField(_("sex"), max_length=8, choices=Sex.choices, blank=True)
    born_on = models.DateField(_("born on"), null=True, blank=True)
    ethnicity = models.CharField(_("ethnicity"), max_length=20, blank=True)
    education = models.CharField(_("education"), max_length=40, blank=True)
    joined_on = models.DateField(_("joined the Party on"), null=True, blank=True)
    full_member_on = models.DateField(_("full member since"), null=True, blank=True)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    key = models.TextField(editable=False)
    identity_sealed = models.TextField(editable=False)
    identity_index = models.CharField(max_length=64, unique=True, editable=False)
    identity_mask = models.CharField(max_length=18, editable=False)
    search_key = models.CharField(max_length=200, blank=True, db_index=True)
    sort_key = models.CharField(max_length=120, blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        ordering = ["sort_key", "id"]

    def __str__(self) -> str:
        return self.name
