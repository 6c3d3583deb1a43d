"""考察: one page in steps, and what is done on it with one button."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from approvals.errors import NotEntitled
from audit.errors import Refusal
from organizations.typed import number_in
from workflows.appointment_review.actions.investigation_notice import announce, decide_challenge
from workflows.appointment_review.actions.investigation_records import confirm_tally
from workflows.appointment_review.actions.investigation_report import sign_report
from workflows.appointment_review.actions.investigation_team import declare_free, replace_member, step_back
from workflows.appointment_review.inquiry_papers import tally_rows
from workflows.appointment_review.investigation_queries import counts_of, may_be_chosen, opened
from workflows.appointment_review.investigation_words import HINT_WORDS, TO_DO_WORDS
from workflows.appointment_review.rules.investigation import appraisal_passes, talks_wanted
from workflows.appointment_review.views.investigation_access import Door, door_to
from workflows.appointment_review.views.investigation_rows import person_named, talk_rows

PLACE = "workflows/investigation"


@login_required
@never_cache
@require_safe
def page(request: HttpRequest, number: str) -> HttpResponse:
    """Show how far an investigation is, and what the reader can do."""
    at = timezone.now()
    door = door_to(number, request.user, at=at)
    return render(request, f"{PLACE}/investigation.html", _facts(door, at))


@login_required
@require_POST
def publish_notice(request: HttpRequest, number: str) -> HttpResponse:
    """Publish the notice of investigation."""
    return _done(request, number, announce, _("The notice is out; the candidate sees names, days and contact."))


@login_required
@require_POST
def declare(request: HttpRequest, number: str) -> HttpResponse:
    """Declare to be without conflict, or step back."""
    if request.POST.get("answer") != "recuse":
        return _done(request, number, declare_free, _("Declared. You can begin to work."))

    def leave(**facts) -> None:
        step_back(reason=request.POST.get("reason", "")[:1000], **facts)

    return _done(request, number, leave, _("You left the team. The office names somebody else."), leaves=True)


@login_required
@require_POST
def replace(request: HttpRequest, number: str, member: int) -> HttpResponse:
    """Let somebody else take a place on the team."""

    def follow(**facts) -> None:
        if not door.manages:  # asked before any account is looked up: nobody learns here who has one
            raise NotEntitled
        replacement = person_named(request.POST.get("account", ""))
        replace_member(member_pk=member, replacement=replacement, reason=request.POST.get("reason", "")[:1000], **facts)

    door = door_to(number, request.user, at=timezone.now())
    if not door.work or member not in {one.pk for one in [*door.work.members, *door.work.former]}:
        raise Http404
    return _done(request, number, follow, _("Replaced. The candidate is shown the new name."))


@login_required
@require_POST
def challenge(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Decide a challenge."""
    door = door_to(number, request.user, at=timezone.now())
    if not door.work or pk not in {one.pk for one in door.work.challenges}:
        raise Http404

    def decided(*, case_pk: int, **facts) -> None:
        if not door.decides:
            raise NotEntitled
        named = request.POST.get("account", "").strip()
        decide_challenge(
            challenge_pk=pk,
            upheld=request.POST.get("upheld") == "1",
            reason=request.POST.get("reason", "")[:1000],
            replacement=person_named(named) if named else None,
            **facts,
        )

    return _done(request, number, decided, _("Decided. The candidate reads the answer."))


@login_required
@require_POST
def tally_confirm(request: HttpRequest, number: str) -> HttpResponse:
    """Confirm the counted papers as the second person."""
    return _done(request, number, confirm_tally, _("Confirmed."))


@login_required
@require_POST
def sign(request: HttpRequest, number: str) -> HttpResponse:
    """Sign the report; with the last signature the case goes on."""
    version = number_in(request.POST.get("version", "")) or 0

    def signed(**facts) -> None:
        sign_report(version=version, **facts)

    return _done(request, number, signed, _("Signed."), leaves=True)


def _done(request: HttpRequest, number: str, verb: Callable, words: str, *, leaves: bool = False) -> HttpResponse:
    at = timezone.now()
    door = door_to(number, request.user, at=at)
    try:
        verb(case_pk=door.case.pk, by=request.user, at=at)
    except Refusal as refusal:
        facts = _facts(door_to(number, request.user, at=at), at)
        return render(request, f"{PLACE}/investigation.html", facts | {"refusal": refusal}, status=422)
    messages.success(request, words)
    if leaves:  # whoever leaves, or signs as the last one, may not read it any more
        try:
            door_to(number, request.user, at=at)
        except Http404:
            return redirect("approvals:inbox")
    return redirect("workflows:investigation", number)


def _facts(door: Door, at) -> dict[str, object]:
    work = door.work
    facts: dict[str, object] = {"door": door, "case": door.case, "stage": door.stage, "work": work}
    if work is None:
        return facts
    todo, case = work.to_do(), door.case
    unsigned = [one for one in work.members if one.pk not in work.signed]
    return facts | {
        "inquiry": work.investigation,
        "team": [_member(door, one, at) for one in work.members],
        "former": [_member(door, one, at) for one in work.former],
        "challenges": [_challenge(door, one) for one in work.open_challenges] if door.decides else [],
        "waiting_challenges": len(work.open_challenges),
        "talks": talk_rows(case, work.talks) if door.reads else [],
        "talks_count": len(work.talks),
        "talks_wanted": talks_wanted(work.investigation.people),
        "tally": tally_rows(work.tally) if work.tally and door.reads else [],
        "passes": work.tally is not None and appraisal_passes(counts_of(work.tally)),
        "todo": [TO_DO_WORDS[code] for code in todo],
        # Where the last who had not signed left the team, whoever is on it hands in what all others signed.
        "may_sign": door.works and not todo and (door.member.pk not in work.signed or not unsigned),
        "signed": [one for one in work.members if one.pk in work.signed],
        "unsigned": unsigned,
        "choosable": may_be_chosen(door.stage.organization, on=timezone.localdate(at)) if door.manages else [],
    }


def _member(door: Door, member, at) -> dict[str, object]:
    shown = door.manages or door.decides or member == door.member
    return {
        "row": member,
        "hints": [HINT_WORDS[code] for code in member.hints] if shown else [],
        "mine": door.member is not None and member.pk == door.member.pk,
        "left": opened(door.case, ("words",), member.left_sealed).get("words", "") if shown else "",
    }


def _challenge(door: Door, challenge) -> dict[str, object]:
    words = opened(door.case, ("words",), challenge.sealed_grounds)
    return {"row": challenge, "grounds": words.get("words", "")}
