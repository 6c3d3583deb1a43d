"""一起办理: which go and which not, then how far it is, then what came of each."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.errors import Refusal
from organizations.models import Account
from organizations.typed import click_key, numbers_in
from workflows.batches import rules
from workflows.batches.actions import NotTogether, go_on, start_batch, step_together
from workflows.batches.enums import ItemState
from workflows.batches.models import BatchRun
from workflows.batches.queries import looked_over

WHY_NOT = {
    rules.OWN: _("It is about yourself."),
    rules.CLAIMED: _("Somebody else took it on."),
    rules.RUNNING: _("It is in a batch that still runs."),
    rules.FOUR_EYES: _("You spoke at another step of it; here somebody else has to look."),
    rules.REVIEW: _("It is taken up again on request; please look at it by itself."),
    rules.MEETING: _("A meeting decides."),
    rules.FINDINGS: _("The check found something; please look at it by itself."),
}
LISTED = 20


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: HttpRequest, flow: str, step: str) -> HttpResponse:
    """Show which items of a step go together and which not, and start with those that are marked."""
    at, refused = timezone.now(), ""
    try:
        node = step_together(flow, step)
    except NotTogether as none:
        raise Http404 from none
    key = click_key(request)
    if request.method == "POST":
        seats = set(numbers_in(request.POST.getlist("seat")))
        try:
            run = start_batch(flow=flow, step=step, seats=seats, by=request.user, at=at, key=key)
        except Refusal as refusal:
            refused = str(refusal)
        else:
            return redirect("workflows:batch_run", run.pk)
    looked = looked_over(request.user, flow=flow, step=step, at=at)
    goes = [one for one in looked if not one.hindered]
    facts = {
        "key": key,
        "step": node.task_title,
        "question": str(node.together).format(n=len(goes)),
        "goes": goes,
        "stays": [(one, WHY_NOT[one.hindered]) for one in looked if one.hindered],
        "runs": list(BatchRun.objects.filter(finished_at=None).visible_to(request.user, on=localdate(at))[:LISTED]),
        "refused": refused,
    }
    return render(request, "workflows/batches/batch.html", facts, status=422 if refused else 200)


@login_required
@never_cache
@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a batch is and what came of each item."""
    return render(request, "workflows/batches/run.html", _standing(_own(request, pk), request.user))


@login_required
@require_POST
def go(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the next items; the page asks for more by itself, a person without scripts by the button."""
    found = _own(request, pk)
    go_on(run=found, by=request.user, at=timezone.now())
    if request.htmx:
        return render(request, "workflows/batches/progress.html", _standing(_own(request, pk), request.user))
    return redirect("workflows:batch_run", pk)


def _standing(found: BatchRun, account: Account) -> dict[str, object]:
    items = list(found.items.visible_to(account, on=localdate()).select_related("case__organization"))
    node = step_together(found.flow, found.step)
    return {
        "run": found,
        "step": node.task_title,
        "items": items,
        "done": sum(item.state == ItemState.DONE for item in items),
        "refused": sum(item.state == ItemState.REFUSED for item in items),
        "acted": sum(item.state != ItemState.WAITING for item in items),
        "running": any(item.state == ItemState.WAITING for item in items),
    }


def _own(request: HttpRequest, pk: int) -> BatchRun:
    return get_object_or_404(BatchRun.objects.filter(pk=pk).visible_to(request.user, on=localdate()))
