"""What the page of a seat shows: question, facts, findings, opinions, answers."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from approvals.enums import RowKind, Rule, SeatState, Verb
from approvals.errors import NoAuthority
from approvals.forms import CORRECTIONS
from approvals.inbox import inbox_count, neighbors, rows_of
from approvals.letter_queries import letter_findings
from approvals.meeting_queries import open_meetings
from approvals.models import AgendaItem, Comment, Decision, Draft, Seat, Stage
from approvals.preview import Station, station_after
from approvals.views.labels import TRACKS
from approvals.wording import SAID, address_of, question_of, titled, why_mine
from organizations.calendar import arithmetic_sentence, working_days_left
from organizations.enums import Role
from organizations.models import Account
from workflows.appointment_review.candidate_queries import handed_in
from workflows.appointment_review.enums import FindingLevel, MaterialKind
from workflows.appointment_review.form_fields import sections
from workflows.appointment_review.queries import current_findings
from workflows.appointment_review.rules.decisions import DECIDING_STEPS
from workflows.appointment_review.views.finding_rows import finding_rows, letter_rows, passed_checks
from workflows.appointment_review.views.heard import words_of_the_person
from workflows.appointment_review.views.inquiry_summary import AFTER_INQUIRY, conflict_hints, inquiry_summary
from workflows.appointment_review.views.seat_access import Standing
from workflows.appointment_review.words import SECTIONS

LATEST = 2
OFFERED = 3  # the next meetings


def seat_facts(standing: Standing, account: Account, *, at: datetime, typed: Mapping[str, str]) -> dict[str, object]:
    """Gather everything but the materials.

    Args:
        standing: The seat, and what the account may do on it.
        account: Who looks.
        at: The moment.
        typed: What was typed already.
    """
    seat, case = standing.seat, standing.case
    stage = seat.stage
    findings = list(current_findings(case)) if standing.reads_files else []
    said = letter_findings(seat) if standing.of_body else []
    levels = {one.level for one in findings} | {FindingLevel.REASON for one in said if not one.silent}
    opinions = opinions_on(standing)
    return {
        "seat": seat,
        "stage": stage,
        "case": case,
        "standing": standing,
        "question": question_of(case, stage.step, stage.step_title),
        "subject": case.process.flow_class.subject_of(case),
        "step": titled(case, stage.step, stage.step_title),
        "flow": TRACKS.get(case.track, case.track),
        "days": _days_left(seat, at),
        "facts": _facts(standing, account, at),
        "findings": letter_rows(said) + finding_rows(findings),
        "red": bool(levels - {FindingLevel.NOTE}),
        "passed": passed_checks(findings) if standing.reads_files and handed_in(case).exists() else [],
        "opinions": opinions[:LATEST],
        "earlier": opinions[LATEST:],
        "conflict": conflict_hints(standing, account, at=at),
        "inquiry": inquiry_summary(case) if standing.of_body and stage.step in AFTER_INQUIRY else None,
        "spoken": Decision.objects.filter(seat=seat).first(),
        "meeting": meeting_of(stage, standing) if stage.rule == Rule.MEETING else None,
        **(_answers(standing, levels, typed) if standing.may_decide else {"typed": typed}),
        **_place(seat, account, at),
    }


def opinions_on(standing: Standing) -> list[dict[str, object]]:
    """List what was said in a case, decisions and remarks, the latest first.

    That something was decided is told to whoever sees the case; the words are for the body of the seat, as far as it
    had come by then, and for those who read the files of the body that said them.

    Args:
        standing: The seat, and what whoever looks may read on it.
    """
    case, now = standing.case, standing.seat.stage_id

    def reads(stage: int, body: int) -> bool:
        return body in standing.bodies or (standing.of_body and stage <= now)

    said = Decision.objects.filter(seat__stage__case=case).select_related("seat__stage", "entered_by")
    rows = [
        {
            "name": decision.on_behalf_of or decision.by_name,
            "post": _typed_by(decision) or decision.by_post,
            "at": decision.at,
            "words": decision.reason if reads(decision.seat.stage_id, decision.seat.organization_id) else "",
            "kind": SAID[decision.verb][0],
            "outcome": SAID[decision.verb][1],
            "note": titled(case, decision.seat.stage.step, decision.seat.stage.step_title),
        }
        for decision in said
    ]
    remarks = Comment.objects.filter(case=case).select_related("stage")
    rows += [
        {"name": one.by_name, "post": one.stage.organization_name, "at": one.at, "words": one.text, "note": _("Remark")}
        for one in remarks
        if reads(one.stage_id, one.stage.organization_id)
    ]
    rows += words_of_the_person(case) if standing.reads_files else []
    return sorted(rows, key=lambda row: row["at"], reverse=True)


def meeting_of(stage: Stage, standing: Standing) -> dict[str, object]:
    """Say on which agenda a step stands that a meeting decides, or on which it could be put.

    Args:
        stage: The step.
        standing: What the reader may do on its seat; only those who bring it to the meeting are offered agendas.
    """
    item = AgendaItem.objects.select_related("meeting").filter(stage=stage).first()
    brings = standing.may_decide and item is None
    return {"item": item, "open": list(open_meetings(stage.organization)[:OFFERED]) if brings else [], "brings": brings}


def _typed_by(decision: Decision) -> str:
    if not decision.on_behalf_of:
        return ""
    if decision.entered_by_id is None:
        return decision.by_name
    return _("typed in by {clerk}, checked by {by}").format(clerk=decision.entered_by.name, by=decision.by_name)


def typed_in(draft: Draft | None) -> dict[str, str]:
    """Give what a draft holds, as texts."""
    return {name: str(value) for name, value in draft.fields.items()} if draft else {}


def correction_targets(at: datetime) -> list[tuple[str, list[tuple[str, str]]]]:
    """Offer what can be put right: the parts of the form and the materials, in two groups."""
    parts = [(f"form:{section.name}", str(SECTIONS[section.name])) for section in sections(today=localdate(at))]
    kinds = [(f"material:{kind.value}", str(kind.label)) for kind in MaterialKind]
    return [(_("Registration form"), parts), (_("Materials"), kinds)]


def handed_to(station: Station) -> str:
    """Say in words who gets the case next."""
    if station.ends:
        if station.acts:
            return _("Nobody: {acts}, and the case is closed.").format(acts="、".join(station.acts))
        return _("Nobody: the case is closed ({end}).").format(end=station.step)
    if station.of_person:
        return _("The person concerned: {step}.").format(step=station.step)
    if not station.roles:
        return _("Nobody decides there: {step}.").format(step=station.step)
    roles = "、".join(str(Role(role).label) for role in station.roles)
    if station.decides:
        return _("{organization}; {roles} there decides.").format(organization=station.organization, roles=roles)
    return _("{organization}: {step}, by {roles}.").format(
        organization=station.organization, step=station.step, roles=roles
    )


def _facts(standing: Standing, account: Account, at: datetime) -> list[tuple[str, str, str]]:
    seat, case = standing.seat, standing.case
    stage = seat.stage
    row = rows_of(account, on=localdate(at)).filter(seat=seat).first()
    whose = why_mine(row.why) if row else _who_speaks(seat)
    facts = [(_("Why me") if row else _("Who holds it"), whose, "#reasons")]
    if stage.due_at:
        facts.append((_("Due"), _due_words(stage), "#reasons"))
    if seat.state == SeatState.OPEN:
        try:
            facts.append((_("After you agree"), handed_to(station_after(case, stage, on=localdate(at))), ""))
        except NoAuthority as refusal:
            facts.append((_("After you agree"), str(refusal), ""))
    return facts


def _due_words(stage: Stage) -> str:
    day = date_format(localtime(stage.due_at), pgettext("format of a day", "j M"))
    if not stage.counted:
        return day
    return _("{day}: {sum}").format(day=day, sum=arithmetic_sentence(stage.counted))


def _days_left(seat: Seat, at: datetime) -> int | None:
    due = seat.stage.due_at if seat.state == SeatState.OPEN else None
    return working_days_left(localdate(at), due) if due else None


def _who_speaks(seat: Seat) -> str:
    roles = "、".join(str(Role(role).label) for role in seat.roles)
    return f"{seat.stage.organization_name} · {roles}" if roles else seat.stage.organization_name


def _answers(standing: Standing, levels: Collection[str], typed: Mapping[str, str]) -> dict[str, object]:
    stage, case = standing.seat.stage, standing.case
    node = stage.task.flow_task
    weighs = stage.step in DECIDING_STEPS
    return {
        "typed": typed,
        "verbs": (Verb.RETURN,) if stage.rule == Rule.MEETING else node.verbs,
        "blocked": weighs and FindingLevel.BLOCKING in levels,
        "reason_wanted": weighs and FindingLevel.REASON in levels,
        "ways_back": [(way.name, str(way.task_title), way.of_person) for way in node.way_back(case)],
        "corrections": [
            {"place": place, "target": typed.get(f"target-{place}", ""), "text": typed.get(f"text-{place}", "")}
            for place in range(CORRECTIONS)
        ],
    }


def _place(seat: Seat, account: Account, at: datetime) -> dict[str, object]:
    on = localdate(at)
    row = rows_of(account, on=on).filter(kind=RowKind.TODO, seat=seat).first()
    if row is None:
        return {}
    previous, following, place = neighbors(account, row=row, on=on)
    return {
        "place": place,
        "places_in_all": inbox_count(account, on),
        "previous": address_of(previous) if previous else "",
        "next": address_of(following) if following else "",
        "back": reverse("approvals:inbox"),
    }
