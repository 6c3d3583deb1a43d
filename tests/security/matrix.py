"""Who gets what at every address: written by hand from the design, imports nothing of ours.

A row is ``{name of the address: {method: {outcome: who}}}``. ``who`` names askers, separated by blanks; ``asker/here``
means only what belongs to the county and below, ``asker/there`` only what belongs to the city. ``else`` names the
outcome of everybody who is not listed. A method that a row does not list is spoken by nobody: whoever gets through by
another method reads 405, all others 405 or any refusal. PUT, PATCH and DELETE are 405 for everybody.

Outcomes: ``ok`` a page or a file · ``redirect`` on to another page · ``done`` a form was taken and something written ·
``told`` kindly refused, nothing written · ``login`` to the door · ``hidden`` 404 · ``refused`` 403 · ``method`` 405.
"""

from tests.security.rows import elections, investigation, letters, meetings, notices, papers, telling, told

STRANGERS = "anonymous deactivated"
ASKERS = (
    "anonymous deactivated candidate candidate_other helper organizer organizer_elsewhere approver approver_elsewhere "
    "general_branch_secretary liaison discipline_officer department_officer system_administrator "
    "system_administrator_elsewhere security_administrator security_administrator_elsewhere auditor auditor_elsewhere "
    "expired future ungranted unassigned stepped_down two_places narrow_grant wide_grant one_place_only own_case "
    "former_helper "
    "expired_auditor expired_system_administrator investigator former_investigator investigated"
)
# Roles that reach the object, by what docs/permissions.md says a role gives.
CASES = (
    "organizer/here own_case/here general_branch_secretary/here stepped_down/here organizer_elsewhere/there "
    "approver_elsewhere/there "
    "approver discipline_officer two_places"
)
FILES = (
    "organizer/here own_case/here general_branch_secretary/here organizer_elsewhere/there approver_elsewhere/there "
    "approver discipline_officer two_places/there"
)
SEE = CASES + (
    " system_administrator security_administrator auditor system_administrator_elsewhere/there "
    "security_administrator_elsewhere/there auditor_elsewhere/there"
)
ORGANIZES = "organizer/here own_case/here organizer_elsewhere/there two_places/there"
# A role and any grant at the very place of the seat entitle to speak there, however far they reach.
AT_THE_PLACE = "narrow_grant/here wide_grant/here"
OPENS = "organizer/here own_case/here organizer_elsewhere/there two_places/there approver approver_elsewhere/there"
# Some role of this kind is held today at some place, which opens the door of a list, not what is in it.
ORGANIZERS = "organizer own_case organizer_elsewhere ungranted two_places narrow_grant wide_grant one_place_only"
OPENERS = ORGANIZERS + " approver approver_elsewhere"
REVIEWERS = OPENERS + " general_branch_secretary liaison discipline_officer stepped_down"
SYSTEM = "system_administrator system_administrator_elsewhere"
SECURITY = "security_administrator security_administrator_elsewhere"
AUDITORS = "auditor auditor_elsewhere"

# Shapes that many rows share.
EVERYBODY = {"GET": {"else": "ok"}}
SIGNED_IN = {"GET": {"login": STRANGERS, "else": "ok"}}
FORM_OF_ONES_OWN = {"GET": {"login": STRANGERS, "else": "ok"}, "POST": {"login": STRANGERS, "else": "told"}}
ON_WITH_IT = {"GET": {"login": STRANGERS, "else": "redirect"}, "POST": {"login": STRANGERS, "else": "told"}}
NOTHING_SET_UP = {"GET": {"login": STRANGERS, "else": "hidden"}, "POST": {"login": STRANGERS, "else": "hidden"}}
CANDIDATE_READS = {"GET": {"login": STRANGERS, "ok": "candidate/here", "else": "hidden"}}
CANDIDATE_WRITES = {
    "GET": {"login": STRANGERS, "ok": "candidate/here", "else": "hidden"},
    "POST": {"login": STRANGERS, "done": "candidate/here", "else": "hidden"},
}
FILLED_IN_TOGETHER = {
    "GET": {"login": STRANGERS, "ok": "candidate/here helper/here", "else": "hidden"},
    "POST": {"login": STRANGERS, "done": "candidate/here helper/here", "else": "hidden"},
}
SYSTEM_READS = {"GET": {"login": STRANGERS, "ok": SYSTEM, "else": "refused"}}
ROOT_SYSTEM_READS = {"GET": {"login": STRANGERS, "ok": "system_administrator", "else": "refused"}}
OWN_IMPORT = {"GET": {"login": STRANGERS, "ok": "system_administrator/here", "else": "refused"}}
SECURITY_READS = {"GET": {"login": STRANGERS, "ok": SECURITY, "else": "refused"}}
ROOT_AUDITOR_READS = {"GET": {"login": STRANGERS, "ok": "auditor", "else": "refused"}}
ROOT_AUDITOR_ACTS = {"POST": {"login": STRANGERS, "done": "auditor", "else": "refused"}}
AUDITOR_READS_CASE = {
    "GET": {
        "login": STRANGERS,
        "ok": "auditor auditor_elsewhere/there",
        "hidden": "auditor_elsewhere/here",
        "else": "refused",
    }
}
AUDITOR_ACTS_ON_CASE = {
    "POST": {
        "login": STRANGERS,
        "done": "auditor auditor_elsewhere/there",
        "hidden": "auditor_elsewhere/here",
        "else": "refused",
    }
}
ADMINISTRATORS_READ = {"GET": {"login": STRANGERS, "ok": f"{SYSTEM} {SECURITY} {AUDITORS}", "else": "refused"}}
POLICY_READERS = f"{REVIEWERS} {SECURITY} {AUDITORS}"
# A policy holds for those under it: whoever works below an organization may read its policy, however low he stands.
POLICY_OF_ONE_PLACE = {
    "GET": {
        "login": STRANGERS,
        "ok": f"{CASES} liaison/here security_administrator security_administrator_elsewhere/there auditor "
        "auditor_elsewhere/there",
        "hidden": POLICY_READERS,
        "else": "refused",
    }
}

HOUSE = {
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
    # Getting in
    "organizations:activate": {"GET": {"else": "ok"}, "POST": {"else": "told"}},
    "organizations:choose_password": {"GET": {"else": "redirect"}, "POST": {"else": "told"}},
    "organizations:activate_by_link": {"GET": {"else": "redirect"}},
    "organizations:access": {"GET": {"login": STRANGERS, "ok": f"{SYSTEM} {ORGANIZERS}", "else": "refused"}},
    "organizations:send_invitations": {
        "POST": {
            "login": STRANGERS,
            "done": f"system_administrator system_administrator_elsewhere/there {ORGANIZES}",
            "told": f"system_administrator_elsewhere/here {ORGANIZERS}",
            "else": "refused",
        }
    },
    "organizations:renew_access": {
        "POST": {
            "login": STRANGERS,
            "done": f"system_administrator system_administrator_elsewhere/there {ORGANIZES}",
            "told": f"system_administrator_elsewhere/here {ORGANIZERS}",
            "else": "refused",
        }
    },
    # Who exists
    "organizations:organizations": SIGNED_IN,
    "organizations:organization": {"GET": {"login": STRANGERS, "ok": SEE, "else": "hidden"}},
    "organizations:describe": {
        "POST": {
            "login": STRANGERS,
            "done": "system_administrator system_administrator_elsewhere/there",
            "told": f"{CASES} security_administrator auditor security_administrator_elsewhere/there "
            "auditor_elsewhere/there",
            "else": "hidden",
        }
    },
    "organizations:move": {
        "POST": {
            "login": STRANGERS,
            "done": "system_administrator system_administrator_elsewhere/there",
            "told": f"{CASES} security_administrator auditor security_administrator_elsewhere/there "
            "auditor_elsewhere/there",
            "else": "hidden",
        }
    },
    "organizations:close_organization": {
        "POST": {
            "login": STRANGERS,
            "done": "system_administrator system_administrator_elsewhere/there",
            # What closes is a general branch beside the one whose secretary sees no further than his own.
            "told": "organizer/here own_case/here stepped_down/here organizer_elsewhere/there approver_elsewhere/there "
            "approver discipline_officer two_places security_administrator auditor "
            "security_administrator_elsewhere/there auditor_elsewhere/there",
            "else": "hidden",
        }
    },
    "organizations:people": SIGNED_IN,
    "organizations:person": {"GET": {"login": STRANGERS, "ok": SEE, "else": "hidden"}},
    "organizations:reveal_identity": {
        "POST": {
            "login": STRANGERS,
            "done": f"{ORGANIZES} discipline_officer",
            "told": "general_branch_secretary/here stepped_down/here two_places/here approver approver_elsewhere/there "
            "system_administrator security_administrator auditor system_administrator_elsewhere/there "
            "security_administrator_elsewhere/there auditor_elsewhere/there",
            "else": "hidden",
        }
    },
    "organizations:grants": SECURITY_READS,
    "organizations:grant": {
        "GET": {"login": STRANGERS, "ok": SECURITY, "else": "refused"},
        "POST": {
            "login": STRANGERS,
            "done": "security_administrator security_administrator_elsewhere/there",
            "told": "security_administrator_elsewhere/here",
            "else": "refused",
        },
    },
    "organizations:revoke": {
        "GET": {
            "login": STRANGERS,
            "ok": "security_administrator security_administrator_elsewhere/there",
            "hidden": "security_administrator_elsewhere/here",
            "else": "refused",
        },
        "POST": {
            "login": STRANGERS,
            "done": "security_administrator security_administrator_elsewhere/there",
            "hidden": "security_administrator_elsewhere/here",
            "else": "refused",
        },
    },
    "organizations:reset_second_factor": {
        "GET": {
            "login": STRANGERS,
            "ok": "security_administrator security_administrator_elsewhere/there",
            "hidden": "security_administrator_elsewhere/here",
            "else": "refused",
        },
        "POST": {
            "login": STRANGERS,
            "done": "security_administrator security_administrator_elsewhere/there",
            "hidden": "security_administrator_elsewhere/here",
            "else": "refused",
        },
    },
    "organizations:accounts": SYSTEM_READS,
    "organizations:account": {
        "GET": {
            "login": STRANGERS,
            "ok": "system_administrator system_administrator_elsewhere/there",
            "hidden": "system_administrator_elsewhere/here",
            "else": "refused",
        }
    },
    "organizations:change_account": {
        "POST": {
            "login": STRANGERS,
            "done": "system_administrator system_administrator_elsewhere/there",
            "hidden": "system_administrator_elsewhere/here",
            "else": "refused",
        }
    },
    "organizations:helpers": {
        "GET": {"login": STRANGERS, "else": "ok"},
        "POST": {"login": STRANGERS, "done": "candidate candidate_other own_case investigated", "else": "told"},
    },
    "organizations:end_helper": {"POST": {"login": STRANGERS, "done": "candidate/here helper/here", "else": "hidden"}},
    "organizations:terms": {"GET": {"login": STRANGERS, "ok": f"{REVIEWERS} {AUDITORS}", "else": "refused"}},
    "organizations:export_terms": {"GET": {"login": STRANGERS, "ok": f"{REVIEWERS} {AUDITORS}", "else": "refused"}},
    "organizations:remind_terms": {
        "POST": {
            "login": STRANGERS,
            "done": "organizer own_case organizer_elsewhere two_places",
            "told": f"{REVIEWERS} {AUDITORS}",
            "else": "refused",
        }
    },
    "organizations:explain_term": {
        "GET": {
            "login": STRANGERS,
            "ok": f"{CASES} auditor auditor_elsewhere/there",
            "hidden": f"{REVIEWERS} {AUDITORS}",
            "else": "refused",
        },
        "POST": {
            "login": STRANGERS,
            "done": ORGANIZES,
            "told": "approver approver_elsewhere/there general_branch_secretary/here discipline_officer "
            "stepped_down/here two_places/here auditor auditor_elsewhere/there",
            "hidden": f"{REVIEWERS} {AUDITORS}",
            "else": "refused",
        },
    },
    "organizations:remind_term": {
        "POST": {
            "login": STRANGERS,
            "done": ORGANIZES,
            "told": "approver approver_elsewhere/there general_branch_secretary/here discipline_officer "
            "stepped_down/here two_places/here auditor auditor_elsewhere/there",
            "hidden": f"{REVIEWERS} {AUDITORS}",
            "else": "refused",
        }
    },
    "organizations:imports": {
        "GET": {"login": STRANGERS, "ok": "system_administrator", "else": "refused"},
        "POST": {"login": STRANGERS, "told": "system_administrator", "else": "refused"},
    },
    "organizations:ledger_template": ROOT_SYSTEM_READS,
    "organizations:import": OWN_IMPORT,
    "organizations:import_progress": OWN_IMPORT,
    "organizations:write_import": {
        "POST": {"login": STRANGERS, "done": "system_administrator/here", "else": "refused"},
    },
    "organizations:refused_rows": OWN_IMPORT,
    "organizations:calendar": SIGNED_IN,
    "organizations:calendar_day": {
        "GET": {"login": STRANGERS, "ok": "system_administrator", "else": "refused"},
        "POST": {"login": STRANGERS, "done": "system_administrator", "else": "refused"},
    },
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
    # Policies: of one's own organization, of those above it and below it
    "approvals:policies": {"GET": {"login": STRANGERS, "ok": POLICY_READERS, "else": "refused"}},
    "approvals:policy": POLICY_OF_ONE_PLACE,
    "approvals:policy_yaml": POLICY_OF_ONE_PLACE,
    "approvals:new_policy": {
        "GET": {"login": STRANGERS, "ok": SECURITY, "else": "refused"},
        "POST": {
            "login": STRANGERS,
            "done": "security_administrator security_administrator_elsewhere/there",
            "told": "security_administrator_elsewhere/here",
            "else": "refused",
        },
    },
    # The person a case is about, and the helper
    "workflows:my": SIGNED_IN,
    "workflows:my_materials": SIGNED_IN,
    "workflows:my_case": CANDIDATE_READS,
    "workflows:my_form": {  # of a case in which the person is heard: nothing to fill in, and nobody helps with it
        "GET": {"login": STRANGERS, "redirect": "candidate/here", "else": "hidden"},
        "POST": {"login": STRANGERS, "told": "candidate/here", "else": "hidden"},
    },
    "workflows:my_form_save": {"POST": {"login": STRANGERS, "done": "candidate/here helper/here", "else": "hidden"}},
    "workflows:my_sheet": {"GET": {"login": STRANGERS, "ok": "candidate/here helper/here", "else": "hidden"}},
    "workflows:my_hand_in": {
        "GET": {"login": STRANGERS, "ok": "candidate/here helper/here", "else": "hidden"},
        "POST": {"login": STRANGERS, "told": "candidate/here helper/here", "else": "hidden"},
    },
    "workflows:my_case_materials": FILLED_IN_TOGETHER,
    "workflows:my_material_remove": {
        "POST": {"login": STRANGERS, "done": "candidate/here helper/here", "else": "hidden"}
    },
    "workflows:my_correction": {"POST": {"login": STRANGERS, "done": "candidate/here", "else": "hidden"}},
    "workflows:my_withdraw": CANDIDATE_WRITES,
    "workflows:my_reply": CANDIDATE_WRITES,
    "workflows:my_reply_save": {"POST": {"login": STRANGERS, "done": "candidate/here", "else": "hidden"}},
    "workflows:my_review": {  # the same person is being vetted again, so there is nothing to review just now
        "GET": {"login": STRANGERS, "ok": "candidate/here", "else": "hidden"},
        "POST": {"login": STRANGERS, "told": "candidate/here", "else": "hidden"},
    },
    "workflows:file": {"GET": {"login": STRANGERS, "ok": FILES, "else": "hidden"}},
    # Those who decide. The seat is one of the organizers of the committee; a role and a grant there entitle.
    "workflows:seat": {"GET": {"login": STRANGERS, "ok": f"{CASES} {AT_THE_PLACE}", "else": "hidden"}},
    "workflows:seat_decide": {
        "POST": {
            "login": STRANGERS,
            "done": f"{ORGANIZES} {AT_THE_PLACE}",
            "told": "general_branch_secretary/here stepped_down/here two_places/here approver approver_elsewhere/there "
            "discipline_officer",
            "else": "hidden",
        }
    },
    "workflows:seat_draft": {
        "POST": {
            "login": STRANGERS,
            "done": f"{ORGANIZES} {AT_THE_PLACE}",
            "told": "general_branch_secretary/here stepped_down/here two_places/here approver approver_elsewhere/there "
            "discipline_officer",
            "else": "hidden",
        }
    },
    "workflows:seat_claim": {
        "POST": {
            "login": STRANGERS,
            "done": f"{ORGANIZES} {AT_THE_PLACE}",
            "told": "general_branch_secretary/here stepped_down/here two_places/here approver approver_elsewhere/there "
            "discipline_officer",
            "else": "hidden",
        }
    },
    "workflows:seat_release": {"POST": {"login": STRANGERS, "told": f"{CASES} {AT_THE_PLACE}", "else": "hidden"}},
    "workflows:seat_comment": {"POST": {"login": STRANGERS, "done": f"{FILES} {AT_THE_PLACE}", "else": "hidden"}},
    "workflows:unfilled": SECURITY_READS,
    # Matters and their documents
    "workflows:matters": SIGNED_IN,
    "workflows:matter_kinds": {"GET": {"login": STRANGERS, "ok": OPENERS, "else": "refused"}},
    "workflows:matter_places": {"GET": {"login": STRANGERS, "ok": OPENERS, "else": "refused"}},
    "workflows:matter_new": {
        "GET": {"login": STRANGERS, "ok": OPENERS, "else": "refused"},
        "POST": {
            "login": STRANGERS,
            # The form names somebody the ledger does not know; only organizers enter new people.
            "done": ORGANIZES,
            "told": OPENERS,
            "else": "refused",
        },
    },
    "workflows:matter": {"GET": {"login": STRANGERS, "hidden": "own_case", "ok": CASES, "else": "hidden"}},
    "workflows:case_matter": {"GET": {"login": STRANGERS, "hidden": "own_case", "redirect": CASES, "else": "hidden"}},
    "workflows:matter_withdraw": {
        "GET": {"login": STRANGERS, "hidden": "own_case", "ok": OPENS, "else": "hidden"},
        "POST": {"login": STRANGERS, "hidden": "own_case", "done": OPENS, "else": "hidden"},
    },
    "workflows:case_notice": {"GET": {"login": STRANGERS, "ok": CASES, "else": "hidden"}},
    "workflows:document": {"GET": {"login": STRANGERS, "ok": f"{CASES} candidate/here", "else": "hidden"}},
    "workflows:document_file": {"GET": {"login": STRANGERS, "ok": f"{CASES} candidate/here", "else": "hidden"}},
    "workflows:document_scan": {
        "POST": {
            "login": STRANGERS,
            "done": ORGANIZES,
            "told": "candidate/here general_branch_secretary/here stepped_down/here two_places/here approver "
            "approver_elsewhere/there discipline_officer",
            "else": "hidden",
        }
    },
    "workflows:check": EVERYBODY,
    # Histories
    "workflows:cases": {"GET": {"login": STRANGERS, "ok": AUDITORS, "else": "refused"}},
    "workflows:case_history": AUDITOR_READS_CASE,
    "workflows:case_chart": AUDITOR_READS_CASE,
    "workflows:case_check": AUDITOR_ACTS_ON_CASE,
    "workflows:case_export": AUDITOR_ACTS_ON_CASE,
    "workflows:case_dossier": AUDITOR_ACTS_ON_CASE,
    "workflows:flows": ADMINISTRATORS_READ,
    "workflows:flow": ADMINISTRATORS_READ,
    "workflows:flow_bpmn": ADMINISTRATORS_READ,
}
# Each kind of work keeps its rows in a file of its own, which imports nothing either.
AREAS = (elections, investigation, letters, meetings, notices, papers, telling, told)
MATRIX = HOUSE | {name: row for area in AREAS for name, row in area.ROWS.items()}
