"""Forms about votes and matters: appraisal, recommendation, election, reply slip, request.

Source: docs/regulations.md (democratic appraisal, election work); no ballot carries anything that leads to a voter.
"""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from workflows.shared.documents.letters import day
from workflows.shared.documents.sheets import Grid, Pairs, Sheet, SheetFacts, Signs, Space, Words, builds
from workflows.shared.documents.sheets_of_people import about, signed
from workflows.shared.enums import PaperKind

EMPTY_NAMES = 3


def appraisal_items() -> tuple[str, ...]:
    """Name what is appraised."""
    return (
        _("Conviction and loyalty"),
        _("Sense of responsibility and dedication"),
        _("Ability to lead and to serve"),
        _("Conduct and style of work"),
        _("Probity and self-discipline"),
        pgettext("appraisal", "Overall"),
    )


def grades() -> tuple[str, ...]:
    """Name the grades, the best first."""
    return (
        pgettext("grade", "Good"),
        pgettext("grade", "Fairly good"),
        pgettext("grade", "Fair"),
        pgettext("grade", "Poor"),
    )


@builds(PaperKind.APPRAISAL_BALLOT)
def appraisal_ballot(facts: SheetFacts) -> Sheet:
    """Give a ballot without a name; all ballots of a case carry the same code."""
    rows = tuple((item, *("",) * 4) for item in appraisal_items())
    return Sheet(
        _("Democratic appraisal ballot"), facts.issuer, facts.dated,
        (
            about(facts),
            Grid((_("Item"), *grades()), rows, (40, 15, 15, 15, 15)),
            Space(_("Anything else you want to say"), 40),
            Words(_("Put one mark in each row. No name; all sheets look the same."), indent=False),
        ),
    )  # fmt: skip


@builds(PaperKind.APPRAISAL_TALLY)
def appraisal_tally(facts: SheetFacts) -> Sheet:
    """Sum up an appraisal: issued, returned, valid, and the count of each grade; entered by two people."""
    rows = facts.rows or tuple((item, *("",) * 4) for item in appraisal_items())
    return Sheet(
        _("Democratic appraisal tally"), facts.issuer, facts.dated,
        (
            about(facts, (_("Time"), facts.held_on), (pgettext("printed form", "Place"), facts.place)),
            _ballots(facts),
            Grid((_("Item"), *grades()), rows, (40, 15, 15, 15, 15)),
            signed(_("Counted by (signatures)"), _("Watched by (signature)")),
        ),
    )  # fmt: skip


@builds(PaperKind.NOMINATION)
def nomination(facts: SheetFacts) -> Sheet:
    """Record a democratic recommendation: who was there, who was named how often."""
    return Sheet(
        _("Record of the democratic recommendation"), facts.issuer, facts.dated,
        (
            Pairs(
                (
                    (_("Organization"), facts.organization), (_("Number"), facts.number), (_("Time"), facts.held_on),
                    (pgettext("printed form", "Place"), facts.place), (_("Expected"), facts.count("expected")),
                    (_("Present"), facts.count("present")),
                )
            ),
            _ballots(facts),
            Grid((_("Recommended"), _("Post"), _("Votes"), _("Remark")), _named(facts, 4), (30, 30, 15, 25)),
            signed(_("Chair (signature)"), _("Counted by (signatures)"), _("Watched by (signature)")),
        ),
    )  # fmt: skip


@builds(PaperKind.ELECTION_RULES)
def election_rules(facts: SheetFacts) -> Sheet:
    """Outline the rules of an election, to be passed by the members' meeting."""
    what = {"organization": facts.organization, "seats": facts.count("seats") or "____"}
    quorum = "/".join(facts.count(name) or "__" for name in ("quorum_numerator", "quorum_denominator"))
    articles = (
        _("1. These rules follow the Party Constitution and the regulations on elections of primary organizations."),
        _("2. The meeting elects %(seats)s people by secret ballot; there are more candidates than seats.") % what,
        _("3. The election is valid when at least %(quorum)s of those with a vote are present.") % {"quorum": quorum},
        _("4. The ballots are valid as a whole when not more are returned than were issued."),
        _("5. A ballot is valid when it names not more people than there are seats."),
        _("6. Elected is who has the votes of more than half of those present; if too many have, the most votes."),
        _("7. Secretary and deputy secretary are elected likewise and need the approval of the superior."),
        _("8. Tellers and watchers are passed by the meeting; candidates are neither."),
        _("9. These rules hold once the meeting has passed them."),
    )
    title = _("Rules of the election of %(organization)s") % what
    return Sheet(
        title, facts.issuer, facts.dated,
        (
            Words(_("(Draft)"), indent=False),
            *(Words(line) for line in articles),
            Signs((facts.organization, day(facts.dated))),
        ),
    )  # fmt: skip


@builds(PaperKind.COUNTING_SHEET)
def counting_sheet(facts: SheetFacts) -> Sheet:
    """Count the votes of an election on paper."""
    heads = (_("Candidate"), _("In favor"), _("Against"), _("Abstained"), _("Remark"))
    return Sheet(
        _("Counting sheet"), facts.issuer, facts.dated,
        (
            Pairs(
                (
                    (_("Organization"), facts.organization), (_("Number"), facts.number), (_("Time"), facts.held_on),
                    (pgettext("printed form", "Place"), facts.place), (_("With a vote"), facts.count("expected")),
                    (_("Present"), facts.count("present")),
                )
            ),
            _ballots(facts),
            Grid(heads, _named(facts, 5), (28, 18, 18, 18, 18)),
            signed(_("Counted by (signatures)"), _("Watched by (signature)"), _("Chief teller (signature)")),
        ),
    )  # fmt: skip


@builds(PaperKind.REPLY_SLIP)
def reply_slip(facts: SheetFacts) -> Sheet:
    """Give the page a department sends back: a line for each person of its letter, and its stamp."""
    heads = (
        pgettext("printed form", "Name"),
        _("No objection"),
        _("Objection"),
        _("To be explained"),
        _("Explanation"),
    )
    return Sheet(
        _("Reply slip"), facts.issuer, facts.dated,
        (
            Pairs(((_("Letter"), facts.number), (_("Please reply by"), facts.until_on))),
            Words(_("We have looked at the people named in your letter. Our reply:")),
            Grid(heads, _named(facts, 5), (22, 14, 14, 16, 34)),
            Words(_("□ No objection to all others on the list."), indent=False),
            signed(_("Handled by"), _("Person in charge"), _("Department (stamp)")),
        ),
        addressee=_("%(addressee)s:") % {"addressee": facts.issuer},
    )  # fmt: skip


@builds(PaperKind.REQUEST)
def request(facts: SheetFacts) -> Sheet:
    """Ask the superior body: ``texts`` hold ``title`` and ``body``, the matter's own words; else the usual ones."""
    what = {"organization": facts.organization, "post": facts.post, "names": "、".join(facts.names or (facts.person,))}
    title = facts.texts.get("title") or _("Request for approval of %(post)s of %(organization)s") % what
    body = (
        facts.texts.get("body") or _("After study we propose Comrade %(names)s as %(post)s of %(organization)s.") % what
    )
    return Sheet(
        title, facts.issuer, facts.dated,
        (
            *(Words(line) for line in body.splitlines() if line.strip()),
            Words(_("Please tell us whether you approve.")),
            Signs((facts.issuer, day(facts.dated))),
        ),
        addressee=_("%(addressee)s:") % {"addressee": facts.addressee} if facts.addressee else "",
    )  # fmt: skip


def _ballots(facts: SheetFacts) -> Grid:
    heads = (_("Ballots issued"), pgettext("ballots", "Returned"), pgettext("ballots", "Valid"), _("Invalid"))
    return Grid(
        heads, ((facts.count("issued"), facts.count("returned"), facts.count("valid"), facts.count("invalid")),)
    )


def _named(facts: SheetFacts, columns: int) -> tuple[tuple[str, ...], ...]:
    names = facts.names or ("",) * EMPTY_NAMES
    return facts.rows or tuple((name, *("",) * (columns - 1)) for name in names)
