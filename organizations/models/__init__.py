"""The tables of those who exist, gathered from the files beside this one."""

from organizations.models.accounts import Account, Helper, Invitation
from organizations.models.days import CalendarDay, CalendarYear, Closure
from organizations.models.ledger import LedgerImport
from organizations.models.party import OrganizationGrant, OrganizationMove, PartyOrganization
from organizations.models.people import Person
from organizations.models.posts import Obligation, Post, TermExtension
from organizations.models.registry import Authority, Department, SocialOrganization
from organizations.models.roles import RoleAssignment
from organizations.models.sign_in import SignInAttempt

__all__ = [
    "Account",
    "Authority",
    "CalendarDay",
    "CalendarYear",
    "Closure",
    "Department",
    "Helper",
    "Invitation",
    "LedgerImport",
    "Obligation",
    "OrganizationGrant",
    "OrganizationMove",
    "PartyOrganization",
    "Person",
    "Post",
    "RoleAssignment",
    "SignInAttempt",
    "SocialOrganization",
    "TermExtension",
]
