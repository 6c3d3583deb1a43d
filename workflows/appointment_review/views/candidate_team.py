"""The candidate is shown who investigates, when and whom to call, and may ask for somebody else."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from audit.errors import Refusal
from workflows.appointment_review.actions.investigation_notice import challenge_member
from workflows.appointment_review.investigation_forms import ChallengeForm
from workflows.appointment_review.investigation_queries import Work, last_stage, opened, work_of
from workflows.appointment_review.views.candidate_access import own_case


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_team(request: HttpRequest, number: str) -> HttpResponse:
    """Show the announced names, and take a challenge of one."""
    case = own_case(request.user, number)
    stage = last_stage(case)
    work = work_of(stage) if stage else None
    if work is None or work.investigation.announced_at is None:
        raise Http404
    challenged = {one.member_id for one in work.challenges}
    left = [member for member in work.members if member.pk not in challenged] if stage.outcome == "" else []
    form = ChallengeForm(request.POST if request.method == "POST" else None, team=left)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            challenge_member(
                case_pk=case.pk,
                member_pk=int(asked["member"]),
                grounds=asked["grounds"],
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Asked for. Somebody else decides it, and you read the answer here."))
            return redirect("workflows:my_team", number)
    facts = {"case": case, "work": work, "form": form if left else None, "mine": _mine(case, work), "stage": stage}
    return render(request, "workflows/investigation/my_team.html", facts, status=422 if form.errors else 200)


def _mine(case, work: Work) -> list[dict[str, object]]:
    rows = []
    for one in work.challenges:
        grounds = opened(case, ("words",), one.sealed_grounds).get("words", "")
        answer = opened(case, ("words",), one.sealed_reason).get("words", "")
        rows.append({"row": one, "grounds": grounds, "answer": answer})
    return rows
