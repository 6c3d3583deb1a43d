"""Sentences of this room: why something is mine, what an inbox row asks, what was said."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from approvals.enums import Outcome, Rule, SeatOrigin, Verb
from approvals.models import Case, InboxRow
from approvals.nodes import Letters, StageNode
from organizations.enums import Role

# What was said → (kind of the status tag, its word).
SAID = {
    Verb.AGREE: ("agreed", gettext_lazy("Agreed")),
    Verb.REFUSE: ("refused", gettext_lazy("Not agreed")),
    Verb.RETURN: ("returned", gettext_lazy("Returned")),
    Verb.HAND_IN: ("agreed", gettext_lazy("Handed in")),
    Verb.DEFER: ("deferred", gettext_lazy("Deferred")),
    Verb.ANSWER: ("agreed", gettext_lazy("Answered")),
    Verb.WAIVE: ("deferred", gettext_lazy("Went on without the answer")),
    Verb.CLEAR: ("agreed", gettext_lazy("No objection stands")),
    Verb.CHANGE: ("returned", gettext_lazy("To be published anew")),
    Verb.FAIL: ("refused", gettext_lazy("Failed")),
    Verb.PASS_OVER: ("deferred", gettext_lazy("Not elected")),
}
TOLD = {
    Outcome.AGREED: ("agreed", gettext_lazy("Agreed")),
    Outcome.REFUSED: ("refused", gettext_lazy("Not agreed")),
    Outcome.RETURNED: ("returned", gettext_lazy("Returned")),
    Outcome.DONE: ("agreed", gettext_lazy("Handed in")),
    Outcome.EXPIRED: ("deferred", gettext_lazy("Time ran out")),
    Outcome.WITHDRAWN: ("deferred", gettext_lazy("Withdrawn")),
    Outcome.DEFERRED: ("deferred", gettext_lazy("Deferred")),
    Outcome.CLEAR: ("agreed", gettext_lazy("No objection stands")),
    Outcome.CHANGED: ("returned", gettext_lazy("To be published anew")),
    Outcome.FAILED: ("refused", gettext_lazy("Failed")),
    Outcome.NOT_ELECTED: ("deferred", gettext_lazy("Not elected")),
}


def why_mine(why: Mapping[str, object]) -> str:
    """Say why a row stands in somebody's inbox.

    Args:
        why: As stored with the row: role, rule, entitled, needed, origin.
    """
    if not why:
        return _("For your information.")
    role = why.get("role")
    if why.get("chosen"):
        return _("You were chosen by name to work on it.")
    if not role:
        return _("It concerns you in person.")
    label = Role(role).label if role in Role.values else role
    head = _origin(str(why.get("origin", "")), str(label))
    return pgettext("two halves of why something is mine", "{whose}; {rule}").format(whose=head, rule=_rule(why))


def question_of(case: Case, step: str, step_title: str) -> str:
    """Put the question of a step about a case; a step without one is named.

    Args:
        case: The case with its process and what its flow reads beside it.
        step: Name of the step.
        step_title: Its title as stored.
    """
    node = case.process.flow_class.instance.node(step)
    asked = node.asks(case) if isinstance(node, StageNode) else ""
    return asked or _("{name}: {step}").format(name=case.subject_name, step=node.task_title if node else step_title)


def titled(case: Case, step: str, step_title: str) -> str:
    """Name a step in the reader's language, or as it was called then."""
    node = case.process.flow_class.instance.node(step)
    return str(node.task_title) if node else step_title


def standing_of(case: Case) -> str:
    """Say at which step a path stands, or how it ended, in the reader's language."""
    return titled(case, case.step, case.step) if case.step else case.get_state_display()


def address_of(row: InboxRow) -> str:
    """Say where a row is acted on."""
    node = row.case.process.flow_class.instance.node(row.step)
    if row.seat_id is None:
        return f"/inbox/read/{row.pk}/"
    if isinstance(node, Letters) or (isinstance(node, StageNode) and Verb.HAND_IN in node.verbs):
        return node.link(row.case)
    return f"/seats/{row.seat_id}/"


def _origin(origin: str, role: str) -> str:
    if origin == SeatOrigin.FALLBACK:
        return _("Nobody below may decide this, so it comes to you as {role} above").format(role=role)
    if origin == SeatOrigin.NOBODY:
        return _("Nobody could decide this before; you are {role} now").format(role=role)
    return _("You are {role}").format(role=role)


def _rule(why: Mapping[str, object]) -> str:
    people, needed = int(str(why.get("entitled") or 1)), int(str(why.get("needed") or 1))
    rule = why.get("rule")
    if rule == Rule.ALL and people > 1:
        return _("all {n} of you have to answer").format(n=people)
    if rule == Rule.SEQUENCE:
        return _("one after the other, and it is your turn")
    if rule == Rule.MEETING:
        return _("the meeting decides; you bring it there")
    if rule == Rule.QUORUM:
        return _("by vote: {needed} of {n} have to agree").format(needed=needed, n=people)
    if people > 1:
        return ngettext("any one of {n} person may decide", "any one of {n} people may decide", people).format(n=people)
    return _("you alone decide")
