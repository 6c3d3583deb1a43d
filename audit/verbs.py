"""What a verb of the log is called on a screen; each room names its own verbs when it starts."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

NAMES: dict[str, object] = {
    "audit.exported": _("Export of the whole record"),
    "audit.verified": _("Check of the whole record"),
}


def register(names: Mapping[str, object]) -> None:
    """Name verbs; called from ``AppConfig.ready``.

    Args:
        names: Lazily translated titles by verb.
    """
    NAMES.update(names)


def name_of(verb: str) -> str:
    """Return the title of a verb, or the verb itself when no room named it."""
    return str(NAMES.get(verb, verb))
