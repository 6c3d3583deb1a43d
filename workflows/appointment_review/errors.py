"""Every "no" of this flow."""

from django.utils.translation import gettext_lazy as _

from audit.errors import Refusal


class AgreeBlocked(Refusal):
    """A finding excludes agreeing."""

    code = "agree_blocked"
    message = _("A finding excludes agreeing. Refuse with a reason, or return the case to have the facts corrected.")


class FormIncomplete(Refusal):
    """The form or the materials are not ready to be handed in."""

    code = "form_incomplete"
    message = _("Not handed in yet: {count} things are missing. They are listed above, each with a link.")


class NotHandedIn(Refusal):
    """The materials step is not open."""

    code = "not_with_you"
    message = _("The case is not with you at the moment; nothing can be changed in it now.")


class NotAfterRejection(Refusal):
    """A review can only follow a rejection."""

    code = "not_rejected"
    message = _("A review can be asked for only after a refusal.")


class ReviewTooLate(Refusal):
    """The time to ask for a review is over."""

    code = "review_too_late"
    message = _("A review could be asked for until {until}. The office can still nominate you again.")


class ReviewAlreadyAsked(Refusal):
    """A case is reviewed once."""

    code = "review_already_asked"
    message = _("A review of this case was already asked for ({number}).")


class PostAlreadyFilled(Refusal):
    """The post has a holder."""

    code = "post_filled"
    message = _("{organization} has a secretary ({name}). Open a removal first, or wait until the term is over.")


class NoSuchPost(Refusal):
    """The person does not hold the post."""

    code = "no_such_post"
    message = _("{name} holds no such post at the moment.")


class OrganizationClosed(Refusal):
    """Nobody takes a post in an organization that no longer exists."""

    code = "organization_closed"
    message = _("{organization} was closed on {day}; nobody can take a post there any more.")


class TermEndsTooEarly(Refusal):
    """A term would end before it begins."""

    code = "term_ends_too_early"
    message = _("The term would end on {until}, but it begins on {start} at the earliest. Choose a later end.")


class TermOverBeforeDecision(Refusal):
    """The proposed term ran out while the case was decided."""

    code = "term_over_before_decision"
    message = _("The proposed term ended on {until}. Withdraw the case and open it anew with another term.")


class ExtensionTooLong(Refusal):
    """A term may be extended by a year at most."""

    code = "extension_too_long"
    message = _("A term can be extended until {latest} at most, one year after it was due.")


class ActingTooLong(Refusal):
    """Acting is for a limited time."""

    code = "acting_too_long"
    message = _("An acting secretary can be named until {latest} at most.")
