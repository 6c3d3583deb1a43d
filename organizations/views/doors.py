"""Who may enter a page; the action behind it asks again."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from organizations.queries import has_role, has_role_over_all

View = Callable[..., HttpResponse]


def for_roles(*roles: str, over_all: bool = False) -> Callable[[View], View]:
    """Let only holders of one of these roles into a page, today, at whatever place.

    Args:
        roles: Any of these will do.
        over_all: Whether it has to be held over a whole tree, because the page is about everybody.

    Returns:
        A decorator that sends strangers to the sign-in page and refuses everybody else.
    """

    def closed(view: View) -> View:
        @login_required
        @wraps(view)
        def asked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            asked_of = has_role_over_all if over_all else has_role
            if not asked_of(request.user, roles, on=timezone.localdate()):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return asked

    return closed
