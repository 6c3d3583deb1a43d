"""What the cells of the grid say: shape, color and word."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from approvals.rules import letters as rules

# State → (kind of the mark, its word).
CELLS = {
    rules.NOT_ASKED: ("", pgettext_lazy("cell of the grid", "Not asked")),
    rules.NOT_SENT: ("", pgettext_lazy("cell of the grid", "No letter yet")),
    rules.UNANSWERED: ("open", pgettext_lazy("cell of the grid", "Missing")),
    rules.LATE: ("overdue", pgettext_lazy("cell of the grid", "Missing, late")),
    rules.WAITING: ("deferred", pgettext_lazy("cell of the grid", "Deferred")),
    rules.TO_CHECK: ("paper", pgettext_lazy("cell of the grid", "To be checked")),
    rules.NO_FINDING: ("agreed", pgettext_lazy("cell of the grid", "No finding")),
    rules.FINDING: ("notice", pgettext_lazy("cell of the grid", "Finding")),
    rules.WAIVED: ("deferred", pgettext_lazy("cell of the grid", "Went on without")),
    rules.NO_LONGER: ("", pgettext_lazy("cell of the grid", "No longer needed")),
}
# What a letter asks, unless the office writes something else.
ASKS = gettext_lazy(
    "breaches of discipline, offences and crimes, breach of trust, administrative penalties, and what touches on "
    "public order"
)
LEGEND = (rules.NO_FINDING, rules.FINDING, rules.UNANSWERED, rules.LATE, rules.TO_CHECK, rules.WAITING)
