"""The papers of an investigation, filled from it: notice, talk record, ballot, tally, report; DOCX or print view."""

from collections.abc import Callable
from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from audit import log
from workflows.appointment_review.investigation_queries import parts_of
from workflows.appointment_review.investigation_words import GRADE_WORDS
from workflows.appointment_review.rules.investigation import GRADES
from workflows.appointment_review.views.investigation_access import Door, door_to
from workflows.appointment_review.views.investigation_rows import tally_rows, text_of
from workflows.shared.documents import Sheet, SheetFacts, docx_of, print_view_of, sheet_of
from workflows.shared.documents.letters import day
from workflows.shared.documents.pdf import LANGUAGE
from workflows.shared.documents.sheets import Grid, Pairs, Signs, Space
from workflows.shared.enums import PaperKind

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@login_required
@never_cache
@require_safe
def paper(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """Give one paper; what was said and found only to those who may read it."""
    at = timezone.now()
    door = door_to(number, request.user, at=at)
    fill = FILLED.get(kind)
    if fill is None or door.work is None or (kind in READ and not door.reads):
        raise Http404
    with translation.override(LANGUAGE):
        facts = fill(door, _facts(door, timezone.localdate(at)), request.GET.get("talk", ""))
    if facts is None:
        raise Http404
    sheet = facts if isinstance(facts, Sheet) else sheet_of(PaperKind(kind), facts)
    form = "docx" if request.GET.get("form") == "docx" else "print"
    if request.method != "HEAD":
        with transaction.atomic():
            noted = {"form": form, "document": kind}
            log.record("exports", "document.downloaded", by=request.user, at=at, subject=number, facts=noted)
    if form == "print":
        return HttpResponse(print_view_of(sheet))
    response = HttpResponse(docx_of(sheet), content_type=DOCX)
    response["Content-Disposition"] = content_disposition_header(True, f"{number}-{kind}.docx")
    return response


def _facts(door: Door, on) -> SheetFacts:
    work, case = door.work, door.case
    return SheetFacts(
        issuer=door.stage.organization_name,
        dated=on,
        number=case.number,
        person=case.subject_name,
        organization=case.organization.name,
        post=str(case.proposal.get_title_display()),
        telephone=work.investigation.contact,
        people=tuple(member.account.name for member in work.members),
        names=(case.subject_name,),
        from_on=day(work.investigation.from_on),
        until_on=day(work.investigation.until_on),
    )


def _as_it_is(door: Door, facts: SheetFacts, talk: str) -> SheetFacts:
    return facts


def _talk(door: Door, facts: SheetFacts, talk: str) -> SheetFacts | None:
    if not talk:  # an empty one to write on
        return facts
    found = next((one for one in door.work.talks if str(one.pk) == talk), None)
    if found is None:
        return None
    texts = {
        "talked_with": text_of(door.case, "talkee", found.sealed_talkee),
        "relation": str(found.get_relation_display()),
        "record": text_of(door.case, "talk", found.sealed_text),
    }
    people = tuple(member.account.name for member in found.present.all())
    return replace(facts, held_on=day(found.held_on), place=found.place, people=people, texts=texts)


def _ballot(door: Door, facts: SheetFacts, talk: str) -> Sheet:
    heads = (_("Person"), *(str(GRADE_WORDS[grade]) for grade in GRADES))
    blocks = (
        Pairs(((_("Organization"), facts.organization), (_("Intended post"), facts.post))),
        Grid(heads, ((facts.person, "", "", "", ""),), (32, 17, 17, 17, 17)),
        Space(_("Anything else you want to say"), 60),
    )
    return Sheet(_("Democratic appraisal ballot"), facts.issuer, facts.dated, blocks)


def _tally(door: Door, facts: SheetFacts, talk: str) -> Sheet | None:
    tally = door.work.tally
    if tally is None:
        return None
    head = ((_("Person"), facts.person), (_("Day of the appraisal"), day(tally.held_on)))
    counted = tuple((str(label), str(count)) for label, count in tally_rows(tally))
    names = f"{tally.entered_by.name}、{tally.confirmed_by.name if tally.confirmed_by else ''}"
    blocks = (Pairs((*head, *counted)), Signs((names, day(facts.dated))))
    return Sheet(_("Democratic appraisal tally"), facts.issuer, facts.dated, blocks)


def _report(door: Door, facts: SheetFacts, talk: str) -> SheetFacts | None:
    report = door.work.report
    if report is None:
        return None
    parts = parts_of(report)
    texts = parts | {"conclusion": f"{parts.get('conclusion_words', '')}（{report.get_conclusion_display()}）"}
    return replace(facts, texts=texts)


FILLED: dict[str, Callable[[Door, SheetFacts, str], SheetFacts | Sheet | None]] = {
    PaperKind.PREVIEW: _as_it_is,
    PaperKind.TALK_RECORD: _talk,
    PaperKind.APPRAISAL_BALLOT: _ballot,
    PaperKind.APPRAISAL_TALLY: _tally,
    PaperKind.REPORT: _report,
}
READ = frozenset({PaperKind.TALK_RECORD, PaperKind.APPRAISAL_TALLY, PaperKind.REPORT})
