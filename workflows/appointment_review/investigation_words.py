"""What the codes of an investigation are called on screens and papers."""

from django.utils.translation import gettext_lazy as _

HEADING_WORDS = {
    "faith": _("Keeping faith"),
    "dedication": _("Dedication"),
    "ability": _("Ability"),
    "conduct": _("Conduct"),
    "weaknesses": _("Weaknesses and shortcomings"),
    "conclusion_words": _("Opinion of the team"),
}
GRADE_WORDS = {
    "excellent": _("Excellent"),
    "competent": _("Competent"),
    "basically_competent": _("Basically competent"),
    "not_competent": _("Not competent"),
}
HINT_WORDS = {
    "relative": _("Has the name of a declared relative"),
    "relatives_unit": _("Works where a declared relative works"),
    "same_unit": _("Belongs to the same organization"),
    "subordinate": _("Holds a role or post below this organization"),
    "nominator": _("Opened this case"),
}
TO_DO_WORDS = {
    "announced": _("The notice of investigation has not been published"),
    "undeclared": _("Somebody on the team has not declared to be without conflict"),
    "challenges": _("A request for another investigator has not been decided"),
    "talks": _("No talk has been recorded"),
    "tally": _("The appraisal has not been entered by one and confirmed by another"),
    "report": _("The report is not complete"),
}
