"""How people sign in: our answers to the questions of django-allauth."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend as AllauthBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit import sealing
from organizations.actions.accounts import set_password
from organizations.actions.sign_in import SignInLocked, count_attempt, sign_in_failed, sign_in_succeeded
from organizations.enums import Scope
from organizations.models import Account
from organizations.queries import assignments_valid

SECOND_FACTOR_CONTEXT = "mfa_authenticator.data"


def account_named(login: str) -> Account | None:
    """Find the one account with this name, telephone or e-mail; two of them are none.

    Args:
        login: As typed into the sign-in form.

    Returns:
        The account, whether active or not.
    """
    login = login.strip()
    by_name = Account.objects.filter(username__iexact=login).first()
    if by_name is not None or not login:
        return by_name
    found = list(Account.objects.filter(Q(phone=login) | Q(email__iexact=login))[:2])
    return found[0] if len(found) == 1 else None


class AuthenticationBackend(AllauthBackend):
    """Accepts account name, telephone and e-mail in one field, and takes the same time for unknown ones."""

    def _authenticate(self, request: HttpRequest | None, **credentials: str) -> Account | None:
        account = account_named(credentials.get("username") or "")
        if account is not None and not account.is_active:
            # A deactivated account answers like a wrong password; hashing takes its time as usual.
            return None
        return self._check_password(account, credentials.get("password") or "")

    def _get_group_permissions(self, user_obj: Account) -> QuerySet[Permission]:
        """Count what a group gives only while the role of its name holds over a whole tree; no sweep is waited for."""
        held = assignments_valid(timezone.localdate()).filter(account=user_obj.pk, organization__depth=1)
        roles = held.filter(scope=Scope.SUBTREE).values("role")
        return Permission.objects.filter(group__in=user_obj.groups.filter(name__in=roles))


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from the ledger and by invitation, never by signing up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("Account or password is wrong. After five wrong attempts please wait a while."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Close the sign-up page."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: str) -> Account | None:
        """Count the attempt in the database, look at the password, and enter what came of it into the log."""
        now = timezone.now()
        login = credentials.get("username") or ""
        named = account_named(login)
        address = self._address(request)
        try:
            attempt = count_attempt(account=named, login=login, address=address, at=now)
        except SignInLocked as refusal:
            raise ValidationError(str(refusal), code=refusal.code) from refusal
        account = super().authenticate(request, **credentials)
        if account is None:
            sign_in_failed(attempt=attempt, account=named, at=now)
        else:
            sign_in_succeeded(attempt=attempt, account=account)
        return account

    def set_password(self, user: Account, password: str) -> None:
        """Store a new password, with its entry, and end every session opened with the old one."""
        set_password(account=user, password=password, at=timezone.now())

    def _address(self, request: HttpRequest | None) -> str | None:
        try:
            return self.get_client_ip(request) if request else None
        except PermissionDenied:
            return None


class MFAAdapter(DefaultMFAAdapter):
    """Second factors, their secrets sealed at rest."""

    def encrypt(self, text: str) -> str:
        """Seal a secret before allauth stores it."""
        return sealing.seal(text, context=SECOND_FACTOR_CONTEXT)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a stored secret."""
        return sealing.unseal(encrypted_text, context=SECOND_FACTOR_CONTEXT)
