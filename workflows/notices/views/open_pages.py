"""Pages for everybody: the unlisted notice, and the outcome by code. Nothing of a visit is kept.

No message, no session value and no log line is written here, and no cookie but the one that guards forms, which every
page sets and which tells nothing (docs/adr/0008-objections.md).
"""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from workflows.notices import box, limits
from workflows.notices.actions.objecting import context_of, object_to, said_by
from workflows.notices.enums import Standing
from workflows.notices.errors import ObjectionsClosed
from workflows.notices.forms import NAMED, CodeForm, ObjectionForm
from workflows.notices.queries import by_digest, people_on, shown_now
from workflows.notices.rules import MOST_BYTES, code_digest, spaced_code, tidy_code
from workflows.notices.words import labelled

View = Callable[..., HttpResponse]


def untraced(view: View) -> View:
    """Keep a page out of search engines, caches, and of what errors report; take no large form."""

    @never_cache
    @sensitive_post_parameters()
    @wraps(view)
    def asked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
            return _marked(render(request, "workflows/notices/too_large.html", status=413))
        return _marked(view(request, *args, **kwargs))

    return asked


def _marked(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@untraced
def open_notice(request: HttpRequest, token: str) -> HttpResponse:
    """Show a notice while it stands, and take what somebody has to say about it."""
    at = timezone.now()
    notice = shown_now(token, at=at)
    if notice is None:
        raise Http404
    people = people_on(notice)
    account = request.user if request.user.is_authenticated else None
    form = ObjectionForm(request.POST or None, people=people, account=account)
    facts = {
        "notice": notice,
        "people": [(person.facts["name"], labelled(person.facts)) for person in people],
        "form": form,
        "taken_here": box.takes_objections(),
    }
    if request.method == "POST" and form.is_valid():
        return _taken(request, facts, people, at=at)
    status = 422 if request.method == "POST" else 200
    return render(request, "workflows/notices/open.html", facts, status=status)


def _taken(request: HttpRequest, facts: dict, people: list, *, at) -> HttpResponse:
    if limits.too_often(request.META.get("REMOTE_ADDR", ""), second=at.timestamp()):
        return render(request, "workflows/notices/open.html", facts | {"resting": True}, status=429)
    form, typed = facts["form"], facts["form"].cleaned_data
    person = next(one for one in people if str(one.pk) == typed["about"])
    said = said_by(
        form.account,
        text=typed["text"],
        named=typed["named"] == NAMED,
        name=typed.get("name", ""),
        contact=typed["contact"],
    )
    try:
        object_to(person=person, said=said, code=typed["code"], at=at)
    except ObjectionsClosed as refusal:
        return render(request, "workflows/notices/open.html", facts | {"refusal": refusal}, status=409)
    return render(request, "workflows/notices/taken.html", {"code": spaced_code(typed["code"])})


@require_http_methods(["GET", "HEAD", "POST"])
@untraced
def outcome(request: HttpRequest) -> HttpResponse:
    """Tell whoever holds a code what became of it; every code that leads nowhere gets the same words."""
    form = CodeForm(request.POST or None)
    facts: dict[str, object] = {"form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "workflows/notices/outcome.html", facts, status=422 if form.is_bound else 200)
    code = tidy_code(form.cleaned_data["code"])
    objection = by_digest(code_digest(code))
    if objection is None:
        return render(request, "workflows/notices/outcome.html", facts | {"unknown": True}, status=422)
    facts["standing"] = Standing(objection.standing)
    if objection.answer:
        facts["answer"] = box.open_with_code(objection.answer, code=code, context=context_of(objection.pk))["answer"]
    return render(request, "workflows/notices/outcome.html", facts)
