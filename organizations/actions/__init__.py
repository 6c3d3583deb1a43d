"""Everything that changes who exists, one verb per function."""

from organizations.actions.accounts import (
    deactivate_account,
    end_sessions,
    open_account,
    reactivate_account,
    reset_second_factor,
    set_password,
)
from organizations.actions.closing import close_organization
from organizations.actions.helpers import add_helper, end_helper
from organizations.actions.invitations import activate_account, find_invitation, invite, invite_many
from organizations.actions.people import register_person, reveal_identity
from organizations.actions.posts import close_obligation, end_post, extend_term, open_obligation, record_post
from organizations.actions.renewing import renew_access
from organizations.actions.roles import grant_role, revoke_role
from organizations.actions.tree import describe_organization, move_organization, set_go_live

__all__ = [
    "activate_account",
    "add_helper",
    "close_obligation",
    "close_organization",
    "deactivate_account",
    "describe_organization",
    "end_helper",
    "end_post",
    "end_sessions",
    "extend_term",
    "find_invitation",
    "grant_role",
    "invite",
    "invite_many",
    "move_organization",
    "open_account",
    "open_obligation",
    "reactivate_account",
    "record_post",
    "register_person",
    "renew_access",
    "reset_second_factor",
    "reveal_identity",
    "revoke_role",
    "set_go_live",
    "set_password",
]
