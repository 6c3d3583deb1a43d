"""The verbs of HTTP we speak: reading and sending forms, nothing else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

SPOKEN = ("GET", "HEAD", "POST")


class SpokenMethods:
    """Answers every other method with 405 before any page is asked; generic views would take PUT for POST."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or name the methods that are spoken."""
        return self.get_response(request) if request.method in SPOKEN else HttpResponseNotAllowed(SPOKEN)
