"""What the discipline officers are told: counts, never a person, a case or a moment."""

from django.utils.translation import gettext_lazy as _

from notifications.audience import To
from notifications.enums import Channel
from notifications.messages import register

register(
    "notices_watched",
    subject=_("Public notices are standing"),
    body=_("Public notices of your committee are standing, or wait for a word after their end."),
    todo=_("Please sign in and look whether anything asks for you."),
    told=(To.DISCIPLINE,),
)
# These two stay in the house: a letter that cannot be delivered shows on a page of the administrators.
register(
    "objections_waiting",
    subject=_("Objections to look at"),
    body=_("{n} waiting to be looked at."),
    todo=_("Please look at each: new ones within two working days, those taken up on their day."),
    channels=(Channel.IN_APP,),
    told=(To.DISCIPLINE,),
)
register(
    "objections_late",
    subject=_("Objections that wait too long"),
    body=_("{n} waiting to be looked at, {late} of them past their day."),
    todo=_("Please look at them today."),
    channels=(Channel.IN_APP,),
    told=(To.DISCIPLINE,),
)
