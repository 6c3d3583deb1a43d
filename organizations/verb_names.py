"""What the verbs about organizations are called where the record is listed."""

from django.utils.translation import gettext_lazy as _

NAMES = {
    "organization.moved": _("Organization moved to another superior"),
    "organization.described": _("Particulars of an organization changed"),
    "organization.go_live_set": _("Go-live day set"),
    "organization.closed": _("Organization closed for good"),
}
