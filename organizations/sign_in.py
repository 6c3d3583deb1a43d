"""How people sign in: our answers to the questions of django-allauth."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from the ledger and by invitation, never by signing up."""

    def is_open_for_signup(self, request) -> bool:
        """Close the sign-up page."""
        return False


class MFAAdapter(DefaultMFAAdapter):
    """Second factors."""
