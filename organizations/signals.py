"""What this room calls out inside its transactions, for rooms above that it must not know."""

from django.dispatch import Signal

# Arguments: assignments (list of RoleAssignment), on (day), by (account or None), at (moment).
# Sent after the grants have followed, inside the transaction of the change.
roles_changed = Signal()

# Arguments: account, at (moment).
# Sent inside the transaction that opened, deactivated or reactivated an account.
account_changed = Signal()

# Arguments: year (int), by (account or None), at (moment).
# Sent inside the transaction that changed the working days of a year; provisional due moments are counted again.
calendar_changed = Signal()
