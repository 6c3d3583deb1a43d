"""The language of a device: a cookie that outweighs the account's own."""

from django.conf import settings
from django.http import HttpResponse

A_YEAR_SECONDS = 31_536_000


def remember_language(response: HttpResponse, language: str) -> None:
    """Let this device speak a language from the next page on.

    Args:
        response: What goes back to it.
        language: One of ``settings.LANGUAGES``.
    """
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=A_YEAR_SECONDS,
        samesite="Lax",
        secure=settings.HTTPS,
        httponly=True,
    )
