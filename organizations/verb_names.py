"""What the verbs of organizations and of getting in are called where the record is listed."""

from django.utils.translation import gettext_lazy as _

NAMES = {
    "account.opened": _("Account opened"),
    "account.invited": _("Invitation made"),
    "account.activated": _("First visit"),
    "account.deactivated": _("Account deactivated"),
    "account.reactivated": _("Account activated again"),
    "access.renewed": _("New invitation sheet after a forgotten password"),
    "password.set": _("New password"),
    "second_factor.added": _("Second factor added"),
    "second_factor.removed": _("Second factor removed"),
    "second_factor.reset": _("Second factor reset after a loss"),
    "organization.moved": _("Organization moved to another superior"),
    "organization.described": _("Particulars of an organization changed"),
    "organization.go_live_set": _("Go-live day set"),
    "organization.closed": _("Organization closed for good"),
}
