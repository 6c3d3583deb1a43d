"""The sign NUL: no key, name or word has it, browsers never send it, and PostgreSQL refuses it in any value."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, QueryDict, UnreadablePostError

NUL = "\0"


class NoNul:
    """Answers an address with NUL like any wrong one, a query or form as one that cannot be read; drops cookies."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer without the cookies that have it; a session of such a name is none."""
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if NUL not in value}
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """Refuse NUL once the page is known, so that who asks and in which language is known as well.

        Raises:
            Http404: it stands in the path.
            BadRequest: it stands in the query or in the form.
        """
        if NUL in request.path:
            raise Http404
        if _has_nul(request.GET) or _has_nul(_form_of(request)):
            raise BadRequest


def _form_of(request: HttpRequest) -> QueryDict:
    try:
        return request.POST
    except UnreadablePostError:  # whoever sent it has gone
        return QueryDict()


def _has_nul(sent: QueryDict) -> bool:
    return any(NUL in name or any(NUL in value for value in values) for name, values in sent.lists())
