"""What this room tells people, in kinds of its own, through the one door out."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from audit import sealing, verbs
from notifications import digest_lines, messages
from notifications.audience import To
from notifications.enums import Channel
from notifications.rules.routing import Group

INVITATION = "invitation"
ACCESS_RENEWED = "access_renewed"
TERM_ENDING = "term_ending"
PHONE_CODE = "phone_code"
PHONE_CONTEXT = "notifications_outbox.phone_code"
CODE_CONTEXT = "notifications_outbox.invitation_code"


def sealed_code(code: str, days: int) -> dict[str, object]:
    """Give the facts of an invitation's letter as they may wait in the outbox: the code is sealed until it is sent."""
    return {"sealed_code": sealing.seal(code, context=CODE_CONTEXT), "days": days}


def opened_code(facts: Mapping[str, object]) -> Mapping[str, object]:
    """Open the code at the moment of sending."""
    return {"code": _unsealed(facts, CODE_CONTEXT), "days": facts["days"]}


def sealed_phone_code(code: str, minutes: int) -> dict[str, object]:
    """Give the facts of the text message that confirms a telephone, sealed until it is sent."""
    return {"sealed_code": sealing.seal(code, context=PHONE_CONTEXT), "minutes": minutes}


def opened_phone_code(facts: Mapping[str, object]) -> Mapping[str, object]:
    """Open the code of a telephone at the moment of sending."""
    return {"code": _unsealed(facts, PHONE_CONTEXT), "minutes": facts["minutes"]}


def _unsealed(facts: Mapping[str, object], context: str) -> str:
    try:
        return sealing.unseal(str(facts["sealed_code"]), context=context)
    except sealing.SealBroken as broken:
        raise messages.FactsGone from broken


def register_kinds() -> None:
    """Replace the plain invitation by one whose code waits sealed."""
    messages.register(
        INVITATION,
        subject=_("Your account is ready"),
        body=_(
            "An account was made for you. Your code for the first sign-in is {code}; it works once, for {days} days."
        ),
        todo=_("Please open the page below, enter the code and choose a password."),
        channels=(Channel.EMAIL,),
        opened=opened_code,
        group=Group.ACCESS,
        told=(To.ONESELF,),
    )
    messages.register(
        ACCESS_RENEWED,
        subject=_("Your password was taken back"),
        body=_("Your office made a new invitation sheet for you, because the password was forgotten."),
        todo=_("If you did not ask for it, please call your organizer at once."),
        group=Group.ACCESS,
        told=(To.ONESELF,),
    )
    messages.register(
        PHONE_CODE,
        subject=_("Your code is {code}. It works for {minutes} minutes."),
        body=_("Somebody who is signed in with your account asks for text messages to this telephone."),
        todo=_("Please type the code in on the page where you asked for it; tell it to nobody."),
        channels=(Channel.SMS,),
        opened=opened_phone_code,
        group=Group.ACCESS,
        told=(To.ONESELF,),
    )
    messages.register(
        TERM_ENDING,
        subject=_("The term of your Party organization ends"),
        body=_("The term of a Party organization you look after ends soon or is over."),
        todo=_("Please prepare the request for re-election, or call your organizer."),
        reminds=True,
        told=(To.BRANCH_SECRETARY, To.DEPUTY, To.LIAISON),
    )
    messages.register(
        "term_due",
        subject=_("The term of your Party organization ends"),
        body=_("The term of a Party organization you look after comes to its end."),
        todo=_("Please prepare the request for re-election in good time."),
        reminds=True,
        told=(To.BRANCH_SECRETARY, To.LIAISON, To.GUIDE),
    )
    messages.register(
        "term_overdue",
        subject=_("The term of your Party organization is over"),
        body=_("The term of a Party organization you look after is over."),
        todo=_("Please hand in the request for re-election or for an extension, or call your organizer."),
        reminds=True,
        told=(To.BRANCH_SECRETARY, To.LIAISON, To.GUIDE),
    )
    messages.register(
        "term_late_below",
        subject=_("1 term is overdue in your area"),
        body=_("The term of a Party organization below you has been over for some time."),
        todo=_("Please sign in, look at the term board, and help with the renewal."),
        group=Group.BELOW,
        reminds=True,
        told=(To.ORGANIZER_ABOVE,),
    )
    messages.register(
        "obligation_due",
        subject=_("Something is due after the appointment"),
        body=_("A talk or a training that belongs to a new post is due soon."),
        todo=_("Please sign in to see what it is and by when."),
        reminds=True,
        told=(To.NEWLY_APPOINTED,),
    )
    messages.register(
        "obligation_overdue",
        subject=_("Something is overdue after the appointment"),
        body=_("A talk or a training that belongs to a new post is past its day."),
        todo=_("Please sign in and deal with it as soon as you can."),
        reminds=True,
        told=(To.NEWLY_APPOINTED,),
    )
    digest_lines.register(
        {
            "term_late_below": lambda n: ngettext(
                "{n} term is overdue in your area", "{n} terms are overdue in your area", n
            )
        }
    )
    verbs.register(
        {
            "telling.changed": _("A change of how somebody is told"),
            "telling.phone_confirmed": _("A telephone was confirmed"),
        }
    )
