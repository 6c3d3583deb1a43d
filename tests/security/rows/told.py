"""Who was told and who would be: who gets what at their addresses, written by hand; read ``matrix.py`` first."""

from tests.security.rows import AUDITORS, SECURITY, STRANGERS, SYSTEM

# The office in charge reads it where it reads the files, the auditor where he reads histories; nobody of the own case.
READERS = (
    "organizer/here general_branch_secretary/here organizer_elsewhere/there approver_elsewhere/there approver "
    "discipline_officer two_places/there auditor auditor_elsewhere/there"
)
READS = {"GET": {"login": STRANGERS, "ok": READERS, "else": "hidden"}}
ADMINISTRATORS = f"{SYSTEM} {SECURITY} {AUDITORS}"

ROWS = {
    "workflows:case_told": READS,
    "workflows:case_told_print": READS,
    "workflows:case_would_tell": READS,
    "workflows:case_told_export": {"POST": {"login": STRANGERS, "done": READERS, "else": "hidden"}},
    "workflows:messages_table": {"GET": {"login": STRANGERS, "ok": ADMINISTRATORS, "else": "refused"}},
    "workflows:send_again": {
        "GET": {"login": STRANGERS, "ok": "system_administrator", "else": "refused"},
        "POST": {"login": STRANGERS, "done": "system_administrator", "else": "refused"},
    },
}
