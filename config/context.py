"""What every template knows."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from config.places import arranged, counted, places_of, reached
from notifications.queries import background_trouble
from organizations.enums import Role
from organizations.models import Account, RoleAssignment
from organizations.queries import current_posts, duties_of


def everywhere(request: HttpRequest) -> dict[str, object]:
    """Give templates the facts that stand on every page.

    Args:
        request: The request being answered.

    Returns:
        The demo mark, the address of the source code, the telephone number of the office; for those who are signed in
        also the person, the places of the top bar (``bar``) and the address of the search, read only when shown.
    """
    facts: dict[str, object] = {
        "demo": settings.DEMO,
        "source_address": settings.SOURCE_ADDRESS,
        "help_number": settings.HELP_NUMBER,
    }
    account = getattr(request, "user", None)
    if account is None or not account.is_authenticated:
        return facts
    duties = SimpleLazyObject(lambda: duties_of(account, on=timezone.localdate()))
    return facts | {
        "person": SimpleLazyObject(lambda: person(account, duties)),
        "bar": SimpleLazyObject(lambda: arranged(counted(places_of(duties, path=request.path), account))),
        "search_address": SimpleLazyObject(lambda: reached("search") if duties else ""),
        "keys": "on" if account.single_keys else "off",
        "background_trouble": SimpleLazyObject(lambda: _trouble(duties)),
    }


def _trouble(duties: list[RoleAssignment]) -> str:
    """Tell system administrators, and only them, when nothing is delivered or the sweep does not come to its end."""
    watches = any(duty.role == Role.SYSTEM_ADMINISTRATOR for duty in duties)
    return background_trouble(at=timezone.now()) if watches else ""


def person(account: Account, duties: list[RoleAssignment]) -> dict[str, str]:
    """Say who is signed in, in two lines.

    Args:
        account: Who is signed in.
        duties: The roles that hold today, the highest organization first.

    Returns:
        ``name``, and ``line`` with organization and post or role.
    """
    return {"name": account.name, "line": _line(account, duties)}


def _line(account: Account, duties: list[RoleAssignment]) -> str:
    if duties:
        return f"{duties[0].organization or duties[0].department} · {duties[0].get_role_display()}"
    for post in current_posts(account, on=timezone.localdate()):
        return f"{post.organization} · {post.get_title_display()}"
    return account.username
