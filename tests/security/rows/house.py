"""House, door, notices, record and inbox: who gets what at their addresses, written by hand; read ``matrix.py``."""

from tests.security.rows import (
    EVERYBODY,
    FORM_OF_ONES_OWN,
    NOTHING_SET_UP,
    ON_WITH_IT,
    ROOT_AUDITOR_ACTS,
    ROOT_AUDITOR_READS,
    ROOT_SYSTEM_READS,
    SIGNED_IN,
    STRANGERS,
)

ROWS = {
    # The house
    "search": SIGNED_IN,
    "home": {"GET": {"login": STRANGERS, "else": "redirect"}},
    "privacy": EVERYBODY,
    "source": EVERYBODY,
    "language": {"POST": {"told": STRANGERS, "else": "done"}},
    "healthz": EVERYBODY,
    "readyz": EVERYBODY,
    # The door, of django-allauth: whoever is signed in manages himself only
    "account_login": {"GET": {"ok": STRANGERS, "else": "redirect"}, "POST": {"else": "told"}},
    "account_logout": {"GET": {"login": STRANGERS, "else": "ok"}, "POST": {"login": STRANGERS, "else": "done"}},
    "account_inactive": EVERYBODY,
    "account_signup": {"GET": {"ok": STRANGERS, "else": "redirect"}, "POST": {"else": "told"}},
    "account_reauthenticate": FORM_OF_ONES_OWN,
    "account_email": FORM_OF_ONES_OWN,
    "account_email_verification_sent": EVERYBODY,
    "account_change_password": FORM_OF_ONES_OWN,
    "account_set_password": ON_WITH_IT,
    "account_reset_password": {"GET": {"else": "ok"}, "POST": {"else": "told"}},
    "account_reset_password_done": EVERYBODY,
    "account_reset_password_from_key": {"GET": {"else": "ok"}, "POST": {"else": "told"}},
    "account_reset_password_from_key_done": EVERYBODY,
    "account_confirm_email": {"GET": {"else": "ok"}, "POST": {"else": "hidden"}},
    "account_confirm_login_code": ON_WITH_IT,
    "mfa_index": SIGNED_IN,
    "mfa_authenticate": ON_WITH_IT,
    "mfa_reauthenticate": ON_WITH_IT,
    "mfa_activate_totp": ON_WITH_IT,
    "mfa_deactivate_totp": NOTHING_SET_UP,
    "mfa_view_recovery_codes": {"GET": {"login": STRANGERS, "else": "hidden"}},
    "mfa_generate_recovery_codes": ON_WITH_IT,
    "mfa_download_recovery_codes": {"GET": {"login": STRANGERS, "else": "hidden"}},
    "mfa_list_webauthn": SIGNED_IN,
    "mfa_add_webauthn": ON_WITH_IT,
    "mfa_edit_webauthn": ON_WITH_IT,
    "mfa_remove_webauthn": ON_WITH_IT,
    "mfa_reauthenticate_webauthn": ON_WITH_IT,
    "mfa_login_webauthn": {
        "GET": {"login": STRANGERS, "else": "redirect"},
        "POST": {"login": STRANGERS, "else": "told"},
    },
    "usersessions_list": FORM_OF_ONES_OWN,
    # Telling
    "notifications:notices": SIGNED_IN,
    "notifications:read_all": {"POST": {"login": STRANGERS, "else": "done"}},
    "notifications:notice": {
        "GET": {"login": STRANGERS, "redirect": "organizer/here organizer_elsewhere/there", "else": "hidden"},
    },
    "notifications:deliveries": ROOT_SYSTEM_READS,
    # The record
    "audit:proof": ROOT_AUDITOR_READS,
    "audit:verify": ROOT_AUDITOR_ACTS,
    "audit:public_key": ROOT_AUDITOR_READS,
    "audit:exports": ROOT_AUDITOR_READS,
    "audit:export": ROOT_AUDITOR_ACTS,
    # The inbox
    "approvals:inbox": SIGNED_IN,
    "approvals:to_read": SIGNED_IN,
    "approvals:open_read": {
        "GET": {"login": STRANGERS, "redirect": "organizer/here organizer_elsewhere/there", "else": "hidden"},
    },
    "approvals:done": SIGNED_IN,
    "approvals:started": SIGNED_IN,
}
