"""Every "no" about letters; each has a stable code and a sentence that says what to do."""

from django.utils.translation import gettext_lazy as _

from audit.errors import Refusal


class NobodyToAsk(Refusal):
    """Nothing was chosen."""

    code = "nobody_to_ask"
    message = _("Please choose at least one person and one department.")


class AskedAlready(Refusal):
    """Somebody else sent a letter about these people."""

    code = "asked_already"
    message = _("Some of these people were asked about in the meantime. Look at the list again and choose from it.")


class LetterClosed(Refusal):
    """The letter has all its answers."""

    code = "letter_closed"
    message = _("Letter {number} has been answered already. There is nothing left to do.")


class EntryWaits(Refusal):
    """A reply was typed in and waits for the second person."""

    code = "entry_waits"
    message = _("{who} has typed in the reply to {number}. A second person checks it first.")


class NothingEntered(Refusal):
    """No reply waits to be checked."""

    code = "nothing_entered"
    message = _("No reply to {number} waits to be checked.")


class SecondPersonNeeded(Refusal):
    """Nobody checks his own typing."""

    code = "second_person_needed"
    message = _("You typed this reply in yourself. Somebody else has to check it against the stamped letter.")


class NotOnTheLetter(Refusal):
    """The reply names somebody who is not on the list."""

    code = "not_on_the_letter"
    message = _("The reply names somebody about whom nothing is open in this letter. Look at the list again.")


class FindingMissing(Refusal):
    """An exception without words."""

    code = "finding_missing"
    message = _("Please write what was found about each person you except, or take that person out of the exceptions.")


class NotLateYet(Refusal):
    """The department still has time."""

    code = "not_late_yet"
    message = _("The department still has time to answer. Remind it, or come back after its last day.")


class DayTooEarly(Refusal):
    """The day lies in the past."""

    code = "day_too_early"
    message = _("Please choose a day after today.")
