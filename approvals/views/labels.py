"""Short names of the kinds of matters, for lists."""

from django.utils.translation import gettext_lazy as _

from approvals.enums import MatterKind

# Tracks bear the name of the kind of matter that opens them; a review is opened by the person concerned.
TRACKS = {kind.value: kind.label for kind in MatterKind} | {"review": _("Review on request")}
