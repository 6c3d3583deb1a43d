"""Whom messages go to, as the table of all messages names them: a relation to what happened, never a name."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class To(TextChoices):
    """Who is told; each kind of message declares its own, and a test holds the real acts against it."""

    PERSON = "person", pgettext_lazy("told", "The person concerned")
    SEAT = "seat", pgettext_lazy("told", "Whoever may speak at the step")
    TEAM = "team", pgettext_lazy("told", "The investigation team")
    DECIDERS = "deciders", pgettext_lazy("told", "Whoever decides on requests about the team")
    ORGANIZER_ABOVE = "organizer_above", pgettext_lazy("told", "Organizers of the nearest superior")
    SECRETARY_ABOVE = "secretary_above", pgettext_lazy("told", "Committee secretaries of the nearest superior")
    TALK_ORGANIZER = "talk_organizer", pgettext_lazy("told", "Whoever holds the onboarding talk")
    BRANCH_SECRETARY = "branch_secretary", pgettext_lazy("told", "The secretary of the organization")
    DEPUTY = "deputy", pgettext_lazy("told", "Its deputy secretaries")
    LIAISON = "liaison", pgettext_lazy("told", "Liaison officers")
    GUIDE = "guide", pgettext_lazy("told", "Party work guides")
    NEWLY_APPOINTED = "newly_appointed", pgettext_lazy("told", "The newly appointed secretary")
    DISCIPLINE = "discipline", pgettext_lazy("told", "Discipline officers")
    DEPARTMENT = "department", pgettext_lazy("told", "Officers of the department")
    WRITER = "writer", pgettext_lazy("told", "Whoever wrote the letter")
    CHAIR = "chair", pgettext_lazy("told", "Whoever chairs the meeting")
    RECORDER = "recorder", pgettext_lazy("told", "Whoever entered the results")
    HELPER = "helper", pgettext_lazy("told", "The helper")
    AUDITOR = "auditor", pgettext_lazy("told", "Auditors")
    ONESELF = "oneself", pgettext_lazy("told", "The owner of the account")
    GROUP = "group", pgettext_lazy("told", "The group of the robot")
