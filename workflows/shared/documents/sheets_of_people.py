"""Forms about one person: what is handed in, what an investigation fills, what is put up.

Source: docs/regulations.md (materials, investigation, notice); the four headings of the report are those of the
standard for secretaries, and weaknesses have to be named.
"""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from workflows.shared.documents.letters import day
from workflows.shared.documents.sheets import Grid, Pairs, Sheet, SheetFacts, Signs, Space, Words, builds
from workflows.shared.enums import PaperKind


def about(facts: SheetFacts, *more: tuple[str, str]) -> Pairs:
    """Head a form with whom and what it is about."""
    return Pairs(
        (
            (pgettext("printed form", "Name"), facts.person),
            (_("Number"), facts.number),
            (_("Organization"), facts.organization),
            (_("Intended post"), facts.post),
            *more,
        )
    )


def signed(*labels: str) -> Signs:
    """Leave places to sign, each with a day."""
    return Signs(tuple(_("%(who)s:                    Date:        ") % {"who": label} for label in labels))


@builds(PaperKind.MATERIALS_LIST)
def materials_list(facts: SheetFacts) -> Sheet:
    """List what was handed in: rows of material, need, pages."""
    rows = tuple((str(place), *row, "") for place, row in enumerate(facts.rows, start=1))
    heads = (_("No."), _("Material"), _("Asked for"), pgettext("printed form", "Handed in"), _("Pages"), _("Remark"))
    return Sheet(
        _("List of materials"), facts.issuer, facts.dated,
        (about(facts), Grid(heads, rows, (8, 36, 14, 14, 10, 18)), signed(_("Handed in by"), _("Received by"))),
    )  # fmt: skip


@builds(PaperKind.PLEDGE)
def pledge(facts: SheetFacts) -> Sheet:
    """Pledge truth, eligibility and discipline, to be signed by hand."""
    promises = (
        _("1. All I have filled in and handed in is true, complete and valid; I have hidden nothing."),
        _("2. None of the cases in which a person may not hold this post applies to me."),
        _("3. I keep Party discipline, the law and the rules of probity, and I will not canvass for votes."),
        _("4. If what I pledge is not true, I accept what follows from it."),
    )
    opening = _("As the person intended for %(post)s of %(organization)s, I pledge:") % {
        "post": facts.post, "organization": facts.organization,
    }  # fmt: skip
    return Sheet(
        _("Pledge"), facts.issuer, facts.dated,
        (about(facts), Words(opening), *(Words(line) for line in promises), signed(_("Pledged by (signature)"))),
        addressee=_("%(addressee)s:") % {"addressee": facts.issuer},
    )  # fmt: skip


@builds(PaperKind.RECOMMENDATION)
def recommendation(facts: SheetFacts) -> Sheet:
    """Recommend a person, with the stamp of the unit and of the Party organization."""
    return Sheet(
        _("Recommendation form"), facts.issuer, facts.dated,
        (
            about(facts, (_("Present post"), facts.texts.get("present_post", "")), (_("Telephone"), "")),
            Space(_("Reasons for the recommendation"), 60, facts.texts.get("reason", "")),
            Space(_("Opinion of the unit (stamp)"), 40),
            Space(_("Opinion of the Party organization (stamp)"), 40),
        ),
    )  # fmt: skip


@builds(PaperKind.PREVIEW)
def preview(facts: SheetFacts) -> Sheet:
    """Announce an investigation: who, until when, whom to tell."""
    what = {
        "person": facts.person, "post": facts.post, "organization": facts.organization,
        "from": facts.from_on, "until": facts.until_on, "telephone": facts.telephone, "issuer": facts.issuer,
    }  # fmt: skip
    return Sheet(
        _("Notice of investigation"), facts.issuer, facts.dated,
        (
            Words(_("We investigate Comrade %(person)s, intended as %(post)s of %(organization)s.") % what),
            Words(_("Time of the investigation: from %(from)s to %(until)s.") % what),
            Words(_("Members of the team: %(people)s.") % {"people": "、".join(facts.people)}),
            Words(
                _("Whoever wants to say something about the person may talk to the team, write, or call.") % what
            ),
            Words(_("Please give your real name; we keep it to ourselves. Telephone: %(telephone)s.") % what),
            Signs((facts.issuer, day(facts.dated))),
        ),
    )  # fmt: skip


@builds(PaperKind.TALK_RECORD)
def talk_record(facts: SheetFacts) -> Sheet:
    """Record a talk of at least two investigators; the record is read again and signed."""
    head = (
        (_("Time"), facts.held_on),
        (pgettext("printed form", "Place"), facts.place),
        (_("Investigators"), "、".join(facts.people)),
        (_("Talked with"), facts.texts.get("talked_with", "")),
        (_("Post"), facts.texts.get("talked_with_post", "")),
        (_("Relation to the person"), facts.texts.get("relation", "")),
    )
    return Sheet(
        _("Talk record"), facts.issuer, facts.dated,
        (
            about(facts, *head),
            Space(_("Outline of the talk"), 40, facts.texts.get("outline", "")),
            Space(_("Record of the talk"), 90, facts.texts.get("record", "")),
            Words(_("□ I have read this record; it is what I said."), indent=False),
            signed(_("Talked with (signature)"), _("Investigators (signatures)")),
        ),
    )  # fmt: skip


def report_headings() -> tuple[tuple[str, str], ...]:
    """Name the headings of the report, each with the key its text is kept under."""
    return (
        ("faith", _("Faithful to the conviction")),
        ("dedication", _("Dedicated")),
        ("ability", _("Able")),
        ("conduct", _("Of good conduct")),
        ("strengths", _("Main strengths")),
        ("weaknesses", _("Main weaknesses")),
        ("appraisal", _("Result of the democratic appraisal")),
        ("replies", _("Replies of the departments")),
        ("conclusion", _("Conclusion")),
    )


@builds(PaperKind.REPORT)
def report(facts: SheetFacts) -> Sheet:
    """Report on a person under the four headings, with strengths, weaknesses and conclusion, signed by all."""
    spaces = tuple(Space(heading, 25, facts.texts.get(key, "")) for key, heading in report_headings())
    names = "、".join(facts.people)
    return Sheet(
        _("Investigation report"), facts.issuer, facts.dated,
        (about(facts, (_("Investigators"), names)), *spaces, signed(_("Members of the team (signatures)"))),
    )  # fmt: skip


@builds(PaperKind.PUBLIC_NOTICE)
def public_notice(facts: SheetFacts) -> Sheet:
    """Put up the notice before an appointment: permitted fields only, at least five working days."""
    what = {"from": facts.from_on, "until": facts.until_on, "telephone": facts.telephone, "issuer": facts.issuer}
    rows = facts.rows or ((facts.person, "", "", "", facts.post),)
    heads = (pgettext("printed form", "Name"), _("Sex"), _("Born"), _("Present post"), _("Intended post"))
    return Sheet(
        _("Public notice before appointment"), facts.issuer, facts.dated,
        (
            Words(_("To let the public take part, the following is made known:")),
            Grid(heads, rows, (16, 10, 18, 30, 26)),
            Words(_("Time of the notice: from %(from)s to %(until)s.") % what),
            Words(
                _("Whoever objects may tell %(issuer)s within this time, in person, in writing or by telephone.") % what
            ),
            Words(_("Please say what happened and sign with your real name. Telephone: %(telephone)s.") % what),
            Signs((facts.issuer, day(facts.dated))),
        ),
    )  # fmt: skip


@builds(PaperKind.OBJECTION)
def objection(facts: SheetFacts) -> Sheet:
    """Register an objection; the sheet itself goes to the protected store and nowhere else."""
    head = (
        (_("Received at"), facts.held_on),
        (_("Way"), _("□ visit  □ letter  □ telephone  □ other")),
        (pgettext("objection", "Source"), _("□ with name  □ without name")),
        (_("Registered by"), ""),
    )
    return Sheet(
        _("Record of an objection"), facts.issuer, facts.dated,
        (
            about(facts, *head),
            Space(_("What is said"), 60),
            Space(_("Evidence handed over"), 25),
            Space(_("What was looked into, and the finding"), 60),
            Space(_("Effect on the case"), 25, _("□ none  □ new notice  □ not appointed")),
            signed(_("Looked into by (signatures)"), _("Person in charge (signature)")),
        ),
    )  # fmt: skip
