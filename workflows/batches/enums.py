"""The words this room stores."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ItemState(TextChoices):
    """Where an item of a batch stands."""

    WAITING = "waiting", _("Waiting")
    DONE = "done", _("Agreed")
    REFUSED = "refused", _("Not done")
