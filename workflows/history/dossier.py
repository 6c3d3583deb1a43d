"""The dossier of a case (案卷): its steps, its whole story, papers, who looked, proof."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from html import unescape

from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from approvals.models import Case, Stage
from approvals.wording import standing_of
from audit.models import Entry
from workflows.history import queries, story
from workflows.history.looks import Looked, looked_at
from workflows.history.proof import Proof
from workflows.history.saying import Line
from workflows.history.steps import steps_of
from workflows.registry import FLOWS
from workflows.shared.documents import LANGUAGE, Sheet
from workflows.shared.documents.sheets import Block, Grid, Pairs, Words

HASH_SHOWN = 16


def dossier_of(case: Case, proof: Proof, *, by_name: str, at: datetime) -> Sheet:
    """Put the dossier of a case together, in the language of documents.

    Args:
        case: As ``case_seen`` found it.
        proof: What was found when its chain was walked.
        by_name: Who has it printed.
        at: The moment, timezone-aware.

    Returns:
        The sheet; sealed values that the history does not show are not in it either.
    """
    entries, stages = queries.entries_about_case(case), queries.stages_with_place(case)
    with translation.override(LANGUAGE):
        return Sheet(
            title=_("Dossier of a case"),
            issuer=case.organization.name,
            dated=localdate(at),
            blocks=tuple(_blocks(case, proof, entries, stages, by_name=by_name, at=at)),
        )


def _blocks(
    case: Case, proof: Proof, entries: list[Entry], stages: list[Stage], *, by_name: str, at: datetime
) -> Iterator[Block]:
    yield _head(case, by_name, at)
    yield _heading(_("Steps"))
    yield _steps(case, stages, at)
    yield _heading(_("What happened"))
    yield _story(story.story_of(case, entries, stages, queries.notices_about(case), at=at))
    yield _heading(_("Documents and files"))
    yield from _papers(case)
    yield _heading(_("Who looked"))
    yield from _looks(looked_at(entries))
    yield _heading(_("Proof"))
    yield Words(_proven(proof))


def _heading(text: str) -> Words:
    return Words(text, indent=False, heading=True)


def _head(case: Case, by_name: str, at: datetime) -> Pairs:
    return Pairs(
        (
            (_("Number"), case.number),
            (_("Kind of matter"), str(FLOWS[case.flow].process_title)),
            (_("Person or matter"), case.matter.title if case.is_of_matter else case.subject_name),
            (_("Organization"), case.organization.name),
            (_("Opened at"), _moment(case.opened_at)),
            (_("State"), standing_of(case)),
            (_("Policy"), _("{title}, version {n}").format(title=case.policy.title, n=case.policy.version)),
            (_("Printed"), _("{moment} by {name}").format(moment=_moment(at), name=by_name)),
        )
    )


def _steps(case: Case, stages: Sequence[Stage], at: datetime) -> Grid:
    lines = steps_of(case, queries.tasks_of(case), stages, on=localdate(at))
    return Grid((_("Step"), _("How it stands")), tuple((line.name, line.line) for line in lines), (65, 35))


def _story(lines: Sequence[Line]) -> Grid:
    """Tell everything, the first thing first: paper is read from the top."""
    rows = tuple((_told(line), _moment(line.at)) for line in reversed(lines))
    return Grid((pgettext("record check", "What"), _("When")), rows, (80, 20))


def _told(line: Line) -> str:
    words = unescape(strip_tags(line.words))
    return f"{words}\n{line.second}" if line.second else words


def _papers(case: Case) -> Iterator[Block]:
    documents = [(paper.get_kind_display(), paper.number, _day(paper.issued_on)) for paper in case.documents.all()]
    if documents:
        yield Grid((_("Document"), _("Number"), _("Issued")), tuple(documents), (50, 30, 20))
    versions = [
        (
            _("{material}, version {n}").format(material=kept.get_kind_display(), n=kept.version),
            _moment(kept.uploaded_at),
            kept.file.sha256[:HASH_SHOWN],
        )
        for kept in case.materials.select_related("file")
    ]
    if versions:
        heads = (_("Material"), _("Handed in at"), _("First {n} digits of the SHA-256").format(n=HASH_SHOWN))
        yield Grid(heads, tuple(versions), (50, 25, 25))
    if not documents and not versions:
        yield Words(_("There are none yet."))


def _looks(looked: Looked) -> Iterator[Block]:
    if not looked.times:
        yield Words(_("Nobody has looked at a file of this case."))
        return
    rows = tuple((looker.name, str(looker.times), _moment(looker.last_at)) for looker in looked.people)
    yield Grid((_("Name"), _("How often"), _("Last")), rows, (50, 25, 25))


def _proven(proof: Proof) -> str:
    if not proof.whole:
        return _("The record is not whole: entry {n} does not match.").format(n=proof.broken_at)
    said = _("The record is whole: {n} entries, each linked to the one before; the last hash is {hash}.")
    return said.format(n=proof.entries, hash=proof.last_hash)


def _moment(moment: datetime) -> str:
    return date_format(localtime(moment), "Y-m-d H:i")


def _day(day) -> str:
    return date_format(day, "Y-m-d")
