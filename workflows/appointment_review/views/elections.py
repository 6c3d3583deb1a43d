"""选举: what the branch does in its election, step by step, on one page."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from approvals.actions.decisions import entitled
from approvals.enums import CaseState, SeatState
from approvals.models import Case, Seat
from audit.errors import Refusal
from organizations.typed import click_key, fresh_key, number_in
from workflows.appointment_review import election_papers, matter_queries
from workflows.appointment_review.actions.elections_counting import enter_count, report_result
from workflows.appointment_review.actions.elections_naming import (
    BEFORE_THE_VOTE,
    ask_for_candidates,
    ask_for_election,
    close_nomination,
    name_others,
    name_person,
    take_off,
)
from workflows.appointment_review.election_errors import NotSo
from workflows.appointment_review.election_forms import CountForm, NameForm, PlanForm
from workflows.appointment_review.election_models import ElectionNominee
from workflows.appointment_review.election_queries import ballot_of, candidates_missing, problems_of_list, window_of
from workflows.appointment_review.election_words import nomination_told
from workflows.appointment_review.views.documents import delivered
from workflows.appointment_review.views.election_facts import checks_of, election_facts

LONGEST = 2000
STEPS = ("first_request", "nomination", "second_request", "election", "report")


@dataclass
class Work:
    """What somebody may do on the page.

    Attributes:
        own: The path of the matter.
        at: Now.
        seat: The seat of the branch, where the viewer may speak on it.
        form: The form of the step.
        sentences: What stood in the way.
        invited: Who was invited just now, each with the code, which is shown this once.
        checks: What the typed count means.
    """

    own: Case
    at: datetime
    seat: Seat | None = None
    form: forms.Form | None = None
    sentences: list[str] = field(default_factory=list)
    invited: list[tuple[ElectionNominee, str]] = field(default_factory=list)
    checks: dict[str, object] = field(default_factory=dict)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def election(request: HttpRequest, number: str) -> HttpResponse:
    """Show an election and take what the branch hands in."""
    work = _work(request, number)
    if request.method != "POST":
        return _page(request, work)
    verb = VERBS.get(request.POST.get("then", ""))
    if verb is None or work.seat is None:
        raise Http404
    try:
        done = verb(request, work)
    except NotSo as refusal:
        work.sentences = refusal.sentences
    except Refusal as refusal:
        work.sentences = [str(refusal)]
    else:
        if done:
            messages.success(request, done)
            if work.invited:  # the page is not left: the codes are shown once
                return _page(request, replace(_work(request, number), invited=work.invited))
            return redirect("workflows:election", number)
    if request.htmx and request.POST.get("then") == "check":
        return render(request, "workflows/elections/_checks.html", work.checks)
    status = 422 if work.sentences or (work.form and work.form.errors) else 200
    return _page(request, work, status=status)


@login_required
@require_safe
def election_paper(request: HttpRequest, number: str, paper: str) -> HttpResponse:
    """Give a request or the report of the branch, to be printed, stamped and scanned."""
    at = timezone.now()
    own = matter_queries.own_path(number, request.user, on=timezone.localdate(at))
    made = election_papers.paper_of_branch(own, paper, on=timezone.localdate(at))
    if made is None:
        raise Http404
    form = request.GET.get("form", "print")
    return delivered(request, made, form, name=paper, subject=own.number, at=at)


def _work(request: HttpRequest, number: str) -> Work:
    at = timezone.now()
    own = matter_queries.own_path(number, request.user, on=timezone.localdate(at))
    work = Work(own, at)
    if own.step in STEPS and own.state == CaseState.OPEN:
        seats = Seat.objects.filter(stage__case=own, stage__outcome="", state=SeatState.OPEN)
        seat = seats.select_related("organization").first()
        work.seat = seat if seat and entitled(seat, request.user, at=at) else None
    return work


def _page(request: HttpRequest, work: Work, *, status: int = 200) -> HttpResponse:
    facts = election_facts(work.own, request.user, at=work.at)
    if work.seat is not None and work.form is None:
        work.form = _form(work)
    if work.own.step == "nomination":
        facts["missing"] = nomination_told(problems_of_list(work.own.election))
    if work.own.step == "election":
        facts["window"] = window_of(work.own)
    if work.own.step in BEFORE_THE_VOTE:
        facts["short"] = candidates_missing(work.own)
    facts |= {
        "form": work.form,
        "may_act": work.seat is not None,
        "errors": [("step", sentence) for sentence in work.sentences],
        "invited": work.invited,
        "key": fresh_key(),
        **work.checks,
    }
    return render(request, "workflows/elections/election.html", facts, status=status)


def _form(work: Work, data=None) -> forms.Form | None:
    plan = work.own.election
    if work.own.step == "first_request":
        return PlanForm(data, initial=PlanForm.of(plan))
    if work.own.step == "nomination":
        return NameForm(data, plan=plan)
    if work.own.step == "election":
        initial = {"held_on": timezone.localdate(work.at), "entitled": plan.voters}
        return CountForm(data, ballot=ballot_of(plan), plan=plan, initial=initial)
    return None


def _common(request: HttpRequest, work: Work) -> dict[str, object]:
    return {"case_pk": work.own.pk, "by": request.user, "at": work.at, "key": click_key(request)}


def _ask(request: HttpRequest, work: Work) -> str:
    work.form = PlanForm(request.POST)
    if not work.form.is_valid():
        return ""
    ask_for_election(seats=work.form.seats(), **_common(request, work))
    return _("Handed in. You are told as soon as the request is answered.")


def _name(request: HttpRequest, work: Work) -> str:
    work.form = NameForm(request.POST, plan=work.own.election)
    if not work.form.is_valid():
        return ""
    nominee = work.form.nominee()
    line, issued = name_person(
        case_pk=work.own.pk, title=work.form.cleaned_data["title"], nominee=nominee, by=request.user, at=work.at
    )
    if issued and nominee.channel == "sheet":
        work.invited = [(line, issued.grouped)]
    return _("On the list: {name}.").format(name=line.person.name)


def _off(request: HttpRequest, work: Work) -> str:
    chosen = number_in(request.POST.get("nominee", ""))
    line = ElectionNominee.objects.filter(plan=work.own.pk, pk=chosen).first()
    if line is None:
        raise Http404
    take_off(nominee_pk=line.pk, reason=_("Taken off the list"), by=request.user, at=work.at)
    return _("Taken off the list. What was handed in is kept as withdrawn.")


def _close(request: HttpRequest, work: Work) -> str:
    close_nomination(**_common(request, work))
    return _("The list is complete. The second request follows once everybody is vetted.")


def _ask_again(request: HttpRequest, work: Work) -> str:
    ask_for_candidates(**_common(request, work))
    return _("Handed in. You are told as soon as the request is answered.")


def _name_others(request: HttpRequest, work: Work) -> str:
    name_others(reason=request.POST.get("reason", "")[:LONGEST], **_common(request, work))
    return _("Names are collected again. Whoever may stand already waits for those named now.")


def _check(request: HttpRequest, work: Work) -> str:
    if work.own.step != "election":
        raise Http404
    work.form = _form(work, request.POST)
    work.checks = checks_of(work.form, work.own)
    return ""


def _count(request: HttpRequest, work: Work) -> str:
    if work.own.step != "election":
        raise Http404
    work.form = _form(work, request.POST)
    if not work.form.is_valid():
        return ""
    result, invited = enter_count(paper=work.form.paper(), **_common(request, work))
    work.invited = [(line, issued.grouped) for line, issued in invited]
    if result.why_failed:
        return _("Entered as a failed election. The same people may be voted on again.")
    return _("Entered. Those elected are shown below.")


def _report(request: HttpRequest, work: Work) -> str:
    report_result(**_common(request, work))
    return _("Reported. You are told as soon as the result is approved.")


VERBS: dict[str, Callable[[HttpRequest, Work], str]] = {
    "ask": _ask,
    "name": _name,
    "off": _off,
    "close": _close,
    "ask_again": _ask_again,
    "others": _name_others,
    "check": _check,
    "count": _count,
    "report": _report,
}
