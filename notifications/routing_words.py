"""Routes in words: what the groups of kinds are called, and by which ways, when and why somebody is told."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from notifications.rules.routing import EMAIL, IN_APP, SMS, Group, Route, Way, Why

GROUPS: dict[str, object] = {
    Group.WAITING: gettext_lazy("What waits for you"),
    Group.OWN: gettext_lazy("Your own matters"),
    Group.BELOW: gettext_lazy("What is late below you"),
    Group.INFORMATION: gettext_lazy("For your information"),
    Group.SYSTEM: gettext_lazy("The running of the system"),
    Group.RIGHTS: gettext_lazy("Your rights"),
    Group.ACCESS: gettext_lazy("Your access"),
}


def group_name(group: str) -> str:
    """Name a group of kinds in the language of the moment."""
    return str(GROUPS[Group(group)])


def why_words(why: str) -> str:
    """Say why somebody is told that way, in one sentence."""
    return {
        Why.ALWAYS: _("Every notice is kept in the system; this proves that you were told."),
        Why.ASKED_FOR: _("The person waits for it."),
        Why.RIGHT: _("A right of the person hangs on it; it cannot be switched off."),
        Why.URGENT: _("It is urgent."),
        Why.CHOSEN: _("The person wants it singly."),
        Why.TOO_LATE: _("The digest would come too late."),
        Why.BUDGET: _("The reminders of this week are used up; it joins the digest."),
        Why.DAILY: _("It joins the digest."),
        Why.SWITCHED_OFF: _("The person does not want it by this channel."),
        Why.NO_ADDRESS: _("There is no address, or the telephone has not been confirmed."),
        Why.NO_USE: _("After the quiet hours it would be of no use."),
        Why.URGENT_ONLY: _("Text messages are for what is urgent."),
    }[Why(why)]


def route_words(route: Route, *, at: datetime) -> str:
    """Say in a few words how something is told by one channel.

    Args:
        route: As ``notifications.rules.routing.routes`` gave it.
        at: The moment it was asked for, aware.

    Returns:
        Such as "in the system at once" or "by e-mail in the digest of 24 November, 8:30".
    """
    channel = {
        IN_APP: _("in the system"),
        EMAIL: _("by e-mail"),
        SMS: _("by text message"),
    }[route.channel]
    if route.way == Way.NEVER or route.moment is None:
        return pgettext("channel", "not {channel}").format(channel=channel)
    if route.way == Way.DIGEST:
        return pgettext("channel", "{channel} in the digest of {moment}").format(
            channel=channel, moment=_moment(route.moment)
        )
    if route.moment <= at:
        return pgettext("channel", "{channel} at once").format(channel=channel)
    return pgettext("channel", "{channel} from {moment} on").format(channel=channel, moment=_moment(route.moment))


def _moment(moment: datetime) -> str:
    local = timezone.localtime(moment, timezone.get_default_timezone())
    return date_format(local, pgettext("format of a moment of a digest", "j F, G:i"))
