"""The record in sentences: one per verb. A verb without a sentence here fails a test."""

from collections.abc import Mapping

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from approvals.enums import CaseState, MatterKind
from organizations.enums import ObligationKind
from workflows.appointment_review.enums import DocumentKind, MaterialKind
from workflows.history.elections_sentences import OF_ELECTIONS
from workflows.history.investigation_sentences import OF_INVESTIGATION
from workflows.history.letters_sentences import OF_LETTERS
from workflows.history.meeting_sentences import OF_MEETINGS, told_of_meeting
from workflows.history.notices_sentences import OF_NOTICES
from workflows.history.papers_sentences import OF_PAPERS
from workflows.history.queries import CHECKED, EXPORTED, PRINTED
from workflows.history.saying import (
    COURSE,
    DAYS,
    DECISIONS,
    LOOKS,
    MATERIALS,
    Around,
    Line,
    Told,
    closed,
    day,
    due,
    either,
    fact,
    findings,
    label,
    opinion,
    place,
    say,
    track,
    whose,
)
from workflows.history.telling_sentences import OF_TELLING
from workflows.shared.enums import FilePurpose


def line_of(around: Around) -> Line:
    """Tell one entry.

    Args:
        around: The entry and the names around it.
    """
    told = told_of_meeting(around) or SENTENCES.get(around.entry.verb) or _stage_told(around)
    return Line(
        around.entry.at, told.words(around), told.second(around), told.group, told.color, told.icon, told.weighty
    )


def _stage_told(around: Around) -> Told:
    return Told(lambda a: format_html(_("{who}: {what}"), who=a.who, what=a.entry.title), COURSE, "grey", "ring")


MATERIAL = {"kind": label(MaterialKind, "kind"), "version": fact("version")}
OF_CASES: Mapping[str, Told] = {
    "matter.opened": Told(
        say(_("{who} <b>opened</b> the matter: {kind}."), kind=label(MatterKind, "kind")),
        DECISIONS, "accent", "document",
    ),
    "case.opened": Told(
        either(
            say(_("{who} <b>opened</b> the case of {name}: {track}."), track=track),
            say(_("{who} <b>began</b> the path of this matter: {name}.")),
        ),
        DECISIONS, "accent", "half", True,
    ),
    "case.closed": Told(
        either(
            say(_("The case is <b>closed</b>: {state}."), state=label(CaseState, "state")),
            say(_("The path of the matter is <b>closed</b>: {state}."), state=label(CaseState, "state")),
        ),
        DECISIONS, "accent", "check", True,
    ),
    "case.withdrawn": Told(
        either(say(_("{who} <b>withdrew</b> the case.")), say(_("{who} <b>withdrew</b> the matter."))),
        DECISIONS, "caution", "pause", True,
    ),
    "case.invited_again": Told(say(_("{who} handed out a <b>new code</b> for signing in.")), COURSE, "grey", "key"),
    "case.commented": Told(say(_("{who} left a remark at “{step}”.")), COURSE, "grey", "edit"),
    "proposal.made": Told(
        say(_("{who} proposed the post and its term.")), MATERIALS, "accent", "document"
    ),
    "stage.opened": Told(say(_("“{step}” is open.")), DAYS, "grey", "clock", second=due),
    "stage.closed": Told(closed, COURSE, "grey", "ring"),
    "step.done": Told(say(_("“{step}” is done.")), COURSE, "grey", "check"),
    "seat.agree": Told(
        say(_("{who} <b>agreed</b> at “{step}”.")), DECISIONS, "good", "check", True,
        lambda a: pgettext("between sentences", " ").join(filter(None, (place(a), opinion(a)))),
    ),
    "seat.refuse": Told(
        say(_("{who} <b>did not agree</b> at “{step}”.")), DECISIONS, "stop", "diamond", True, opinion
    ),
    "seat.return": Told(say(_("{who} <b>returned</b> “{step}”.")), DECISIONS, "caution", "back", True, opinion),
    "seat.hand_in": Told(say(_("{who} <b>handed in</b>: {step}.")), MATERIALS, "good", "check", True),
    "seat.defer": Told(
        say(_("{who} <b>deferred</b>: {step}, until {day}."), day=day("review_on")),
        DECISIONS, "grey", "pause", True, opinion,
    ),
    "seat.answer": Told(say(_("{whose} <b>answered</b>: {step}."), whose=whose), DECISIONS, "accent", "letter", True),
    "seat.waive": Told(
        say(_("{who} <b>went on without the answer</b> of {whose}."), whose=whose), DECISIONS, "caution", "letter", True
    ),
    "seat.clear": Told(say(_("{who} <b>found nothing in the way</b>: {step}.")), DECISIONS, "good", "check", True),
    "seat.change": Told(
        say(_("{who} asked for <b>a new notice</b>, because facts changed.")), DECISIONS, "caution", "back", True
    ),
    "seat.fail": Told(say(_("{who} reported that it <b>failed</b>: {step}.")), DECISIONS, "stop", "diamond", True),
    "seat.pass_over": Told(say(_("{name} was <b>not elected</b>.")), DECISIONS, "grey", "remove", True),
    "members.filed": Told(say(_("The elected members are <b>filed</b> for the record.")), DECISIONS, "good", "check"),
    "seat.claimed": Told(say(_("{who} took on “{step}”.")), COURSE, "grey", "person"),
    "seat.released": Told(say(_("{who} gave “{step}” back to all who may decide it.")), COURSE, "grey", "person"),
    "seat.opened": Told(say(_("The next in turn may speak at “{step}”.")), COURSE, "grey", "clock"),
    "seat.freed": Told(
        say(_("The place held by name at “{step}” is free: its holder lost the role.")), COURSE, "caution", "triangle"
    ),
    "seat.raised": Told(
        say(_("Nobody below may speak at “{step}” any more; it <b>rose</b> to {organization}."),
            organization=fact("organization_name")),
        COURSE, "caution", "triangle", True,
    ),
    "seat.given": Told(
        say(_("The person can be reached now and may speak at “{step}”.")), COURSE, "accent", "person"
    ),
    "form.handed_in": Told(
        say(_("{who} confirmed version {version} of the form."), version=fact("version")),
        MATERIALS, "accent", "document",
    ),
    "findings.made": Told(
        say(_("Version {version} was held against the conditions."), version=fact("version")),
        MATERIALS, "accent", "document", second=findings,
    ),
    "material.uploaded": Told(
        say(_("{who} handed over {kind}, version {version}."), **MATERIAL),
        MATERIALS, "accent", "upload",
    ),
    "material.withdrawn": Told(
        say(_("{who} took back {kind}, version {version}."), **MATERIAL),
        MATERIALS, "grey", "remove",
    ),
    "document.issued": Told(
        say(_("{kind} is <b>issued</b>: {number}."), kind=label(DocumentKind, "kind"), number=fact("number")),
        DECISIONS, "good", "document", True,
    ),
    "document.scan_attached": Told(
        say(_("{who} attached the stamped scan of {number}."), number=fact("number")), DECISIONS, "accent", "upload"
    ),
    "outcome.recorded": Told(
        say(_("The outcome is <b>recorded</b> in the ledger.")), DECISIONS, "good", "check", True
    ),
    "obligation.opened": Told(
        say(_("{name} owes: {kind}, by {day}."), kind=label(ObligationKind, "kind"), day=day("due_on")),
        DAYS, "grey", "calendar",
    ),
    "file.read": Told(
        say(_("{who} looked at {what}."), what=label(FilePurpose, "purpose")),
        LOOKS, "grey", "eye",
    ),
    "form.read": Told(
        say(_("{who} looked at version {version} of the form."), version=fact("version")), LOOKS, "grey", "eye"
    ),
    "document.downloaded": Told(
        say(_("{who} took a document along: {what}."), what=fact("document")), LOOKS, "grey", "download"
    ),
    "file.downloaded": Told(say(_("{who} downloaded a file.")), LOOKS, "grey", "download"),
    "identity.revealed": Told(
        say(_("{who} <b>looked at the identity number</b>, reason: “{reason}”."), reason=fact("reason")),
        LOOKS, "caution", "eye", True, lambda a: str(_("The auditors were told.")),
    ),
    "value.unmasked": Told(say(_("{who} <b>looked at a masked value</b>.")), LOOKS, "caution", "eye", True),
    CHECKED: Told(
        say(_("{who} checked the record of this case.")), LOOKS, "grey", "shield",
        second=lambda a: str(_("It is whole.") if a.facts.get("holds") else _("It does not hold.")),
    ),
    PRINTED: Told(say(_("{who} <b>printed</b> the dossier of this case.")), LOOKS, "caution", "download", True),
    EXPORTED: Told(say(_("{who} <b>exported</b> the record of this case.")), LOOKS, "caution", "download", True),
}  # fmt: skip

# Each kind of work keeps its sentences in a file beside this one.
SENTENCES: Mapping[str, Told] = {
    **OF_CASES,
    **OF_ELECTIONS,
    **OF_INVESTIGATION,
    **OF_LETTERS,
    **OF_MEETINGS,
    **OF_NOTICES,
    **OF_PAPERS,
    **OF_TELLING,
}
