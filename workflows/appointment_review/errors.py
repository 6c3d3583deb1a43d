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


class ActingNotExtended(Refusal):
    """How long somebody acts is limited; an extension would go round that."""

    code = "acting_not_extended"
    message = _("{name} only acts. Assign or elect a secretary; an acting secretary's days are not extended.")


class NoSuchPost(Refusal):
    """The person does not hold the post."""

    code = "no_such_post"
    message = _("{name} holds no such post at the moment.")


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


class InvestigationUnsigned(Refusal):
    """An investigation is handed in by its signatures."""

    code = "investigation_unsigned"
    message = _("The investigation is handed in by itself once everybody on the team has signed the report.")


class NotOnTheTeam(Refusal):
    """The account is not, or no longer, on the investigation team, or has not declared yet."""

    code = "not_on_the_team"
    message = _("Only somebody on the team who has declared to be without conflict can do this.")


class InvestigationOver(Refusal):
    """The step is not open."""

    code = "investigation_over"
    message = _("The investigation of {number} is not open at the moment; nothing can be changed in it.")


class TeamIncomplete(Refusal):
    """Too few people, or no head."""

    code = "team_incomplete"
    message = _("A team needs at least {count} people, one of them as its head.")


class OnOwnTeam(Refusal):
    """Nobody looks into himself."""

    code = "on_own_team"
    message = _("{name} is the person concerned and cannot be on the team.")


class NotForATeam(Refusal):
    """Whoever administers, or helps the candidate, looks into nobody."""

    code = "not_for_a_team"
    message = _(
        "{name} administers the system or fills in the form for the person concerned; please name somebody else."
    )


class TeamThere(Refusal):
    """The team was set up already."""

    code = "team_there"
    message = _("{number} has a team already. Replace somebody on its page instead.")


class WasOnTheTeam(Refusal):
    """Whoever left does not come back."""

    code = "was_on_the_team"
    message = _("{name} is on the team or has left it. Please name somebody else.")


class WindowBackwards(Refusal):
    """The last day is before the first."""

    code = "window_backwards"
    message = _("The last day is before the first one. Please look at both days again.")


class AlreadyAnnounced(Refusal):
    """The notice is out."""

    code = "already_announced"
    message = _("The notice of investigation was published already.")


class ChallengeKnown(Refusal):
    """One challenge per name."""

    code = "challenge_known"
    message = _("You asked for this already; the answer comes to you here.")


class NothingToChallenge(Refusal):
    """The name is not, or no longer, on the announced team."""

    code = "nothing_to_challenge"
    message = _("This name is not on the announced team, or the investigation is over.")


class GroundsMissing(Refusal):
    """A challenge and its answer need words."""

    code = "grounds_missing"
    message = _("Please write in a few words why.")


class ChallengeForOthers(Refusal):
    """Whoever is on the team does not decide a challenge."""

    code = "challenge_for_others"
    message = _("A challenge is decided by a committee secretary or an approver who is not on the team.")


class TwoPresent(Refusal):
    """A talk is led by two."""

    code = "two_present"
    message = _("A talk needs at least two people of the team. Please tick who was there.")


class TalkNotConfirmed(Refusal):
    """The talkee has not read the record."""

    code = "talk_not_confirmed"
    message = _("Please tick that the person talked to has read the record and confirmed it.")


class TalkIncomplete(Refusal):
    """Something of a talk record is missing."""

    code = "talk_incomplete"
    message = _("Please give name, day, place and what was said; for a paper record its pages and who keeps it.")


class TallyWrong(Refusal):
    """The papers do not add up."""

    code = "tally_wrong"
    message = _("The papers do not add up: returned at most given out, valid at most returned, grades equal valid.")


class TallyMissing(Refusal):
    """There is nothing to confirm."""

    code = "tally_missing"
    message = _("There is no tally to be confirmed.")


class SecondPerson(Refusal):
    """Entered by one, confirmed by another."""

    code = "second_person"
    message = _("You entered this tally. Somebody else on the team has to hold it against the papers.")


class ReportIncomplete(Refusal):
    """A heading or the weaknesses are missing."""

    code = "report_incomplete"
    message = _("The report needs all four headings, the weaknesses and a conclusion, each in a full sentence.")


class NotReadyToSign(Refusal):
    """Something has to be done before."""

    code = "not_ready_to_sign"
    message = _("The report cannot be signed yet. What is missing is listed on the page.")
