"""What this room calls out inside its transactions, for rooms above that it must not know."""

from django.dispatch import Signal

# Arguments: assignments (list of RoleAssignment), on (day), by (account or None), at (moment).
# Sent after the grants have followed, inside the transaction of the change.
roles_changed = Signal()

# Arguments: account, at (moment).
# Sent inside the transaction that opened, deactivated or reactivated an account.
account_changed = Signal()

# Arguments: organization, at (moment).
# Sent inside the transaction that closes an organization, before anything is written; a receiver that still has
# something open there raises its Refusal.
organization_closing = Signal()

# Arguments: first, last (days between which something changed), organization (key, or None for everybody),
# by (account or None), at (moment). Sent inside the transaction that changed the working days, before it is logged;
# receivers count again what crosses these days and answer with a list of ``organizations.calendar_changes.Moved``.
calendar_changed = Signal()
