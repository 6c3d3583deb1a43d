"""What the verbs of the flows are called where the record is listed."""

from django.utils.translation import gettext_lazy as _

NAMES = {
    "proposal.made": _("Post proposed"),
    "form.handed_in": _("Form confirmed"),
    "form.read": _("Form read"),
    "findings.made": _("Conditions checked"),
    "material.uploaded": _("Material handed over"),
    "material.withdrawn": _("Material taken back"),
    "file.orphans_removed": _("Rests of files removed"),
    "file.read": _("File read"),
    "document.issued": _("Document issued"),
    "document.scan_attached": _("Stamped scan attached"),
    "document.downloaded": _("Document taken along"),
    "outcome.recorded": _("Outcome recorded"),
    "election.planned": _("Election planned"),
    "election.counted": _("Count of an election entered"),
    "nominee.named": _("Name put on the list"),
    "nominee.taken_off": _("Name taken off the list"),
    "members.filed": _("Members filed"),
    "calendar.year_set": _("Days of a year set"),
    "calendar.day_set": _("Working day changed"),
    "calendar.office_closed": _("Office closed"),
    "calendar.office_opened": _("Closed days taken back"),
    "obligation.opened": _("Obligation opened"),
    "notice.published": _("Notice put up"),
    "notice.photo_added": _("Photo of the board added"),
    "notice.over": _("Notice over"),
    "objections.counted": _("Store of objections counted"),
    "case.checked": _("Record of a case checked"),
    "case.exported": _("Record of a case exported"),
}
