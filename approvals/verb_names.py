"""What the verbs of this room are called where the record is listed."""

from django.utils.translation import gettext_lazy as _

NAMES = {
    "matter.opened": _("Matter opened"),
    "case.opened": _("Case opened"),
    "case.closed": _("Case closed"),
    "case.withdrawn": _("Case withdrawn"),
    "case.commented": _("Remark left"),
    "stage.opened": _("Step opened"),
    "stage.closed": _("Step closed"),
    "stage.recounted": _("Time limit counted again"),
    "step.done": _("Step done by the system"),
    "seat.agree": _("Agreement"),
    "seat.refuse": _("Refusal"),
    "seat.return": _("Return for correction"),
    "seat.hand_in": _("Handing in"),
    "seat.defer": _("Deferral"),
    "seat.answer": _("Answer to a letter"),
    "seat.waive": _("Going on without an answer"),
    "seat.clear": _("No objection stands"),
    "seat.change": _("Notice to be published anew"),
    "seat.fail": _("Failed election"),
    "seat.pass_over": _("Not elected"),
    "seat.claimed": _("Item taken on"),
    "seat.released": _("Item given back"),
    "seat.opened": _("Next in turn"),
    "seat.freed": _("Place became free"),
    "seat.given": _("Place given to somebody"),
    "policy.published": _("Policy published"),
}
