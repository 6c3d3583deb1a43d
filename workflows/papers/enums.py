"""The words this room stores."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PageState(TextChoices):
    """Where a page of a stack stands."""

    WAITING = "waiting", _("To be filed")
    FILED = "filed", _("Filed")
    LEFT = "left", _("Left out")


class ReadBy(TextChoices):
    """How the code of a page was read."""

    PICTURE = "picture", _("Read from the picture code")
    TYPED = "typed", _("Typed by hand")
    NEIGHBOR = "neighbor", _("Belongs to the page before")
