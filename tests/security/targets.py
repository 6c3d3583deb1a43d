"""What each probe asks for: the object an address names, and a form that would be taken from whoever may send it."""

from collections.abc import Callable

from tests.appointment_review.candidate import picture
from tests.cases import DEFAULT_POLICY
from tests.security.things import elections, investigation, letters, meetings, notices, papers, telling, told
from tests.security.world import Side

NUMBER = "110101199003078515"

TARGETS: dict[str, Callable[[Side], dict[str, object]]] = {
    "account_confirm_email": lambda side: {"key": "MQ:abc:def"},
    "account_reset_password_from_key": lambda side: {"uidb36": "1", "key": "abc-def"},
    "mfa_remove_webauthn": lambda side: {"pk": 1},
    "mfa_edit_webauthn": lambda side: {"pk": 1},
    "notifications:notice": lambda side: {"pk": side.notice.pk},
    "organizations:activate_by_link": lambda side: {"code": side.invitation_code},
    "organizations:organization": lambda side: {"code": side.branch.code},
    "organizations:describe": lambda side: {"code": side.branch.code},
    "organizations:move": lambda side: {"code": side.branch.code},
    "organizations:person": lambda side: {"pk": side.holder.pk},
    "organizations:reveal_identity": lambda side: {"pk": side.holder.pk},
    "organizations:revoke": lambda side: {"pk": side.role.pk},
    "organizations:reset_second_factor": lambda side: {"pk": side.official.pk},
    "organizations:account": lambda side: {"pk": side.plain.pk},
    "organizations:change_account": lambda side: {"pk": side.holder.account.pk, "verb": "deactivate"},
    "organizations:end_helper": lambda side: {"pk": side.helper.pk},
    "organizations:explain_term": lambda side: {"pk": side.branch.pk},
    "organizations:remind_term": lambda side: {"pk": side.branch.pk},
    "organizations:import": lambda side: {"pk": side.ledger.pk},
    "organizations:import_progress": lambda side: {"pk": side.ledger.pk},
    "organizations:write_import": lambda side: {"pk": side.ledger.pk},
    "organizations:refused_rows": lambda side: {"pk": side.ledger.pk},
    "organizations:calendar_day": lambda side: {"day": "2026-11-24"},
    "approvals:open_read": lambda side: {"pk": side.to_read.pk},
    "approvals:policy": lambda side: {"pk": side.policy.pk},
    "approvals:policy_yaml": lambda side: {"pk": side.policy.pk},
    "workflows:my_case": lambda side: {"number": side.filling.number},
    "workflows:my_form": lambda side: {"number": side.hearing.number, "section": "basics"},
    "workflows:my_form_save": lambda side: {"number": side.filling.number, "section": "basics"},
    "workflows:my_sheet": lambda side: {"number": side.filling.number},
    "workflows:my_hand_in": lambda side: {"number": side.filling.number},
    "workflows:my_case_materials": lambda side: {"number": side.filling.number},
    "workflows:my_material_remove": lambda side: {"number": side.filling.number, "pk": side.draft_material.pk},
    "workflows:my_correction": lambda side: {"number": side.filling.number, "pk": side.correction.pk},
    "workflows:my_withdraw": lambda side: {"number": side.filling.number},
    "workflows:my_reply": lambda side: {"number": side.hearing.number},
    "workflows:my_reply_save": lambda side: {"number": side.hearing.number},
    "workflows:my_review": lambda side: {"number": side.rejected.number},
    "workflows:file": lambda side: {"pk": side.file.pk},
    "workflows:seat": lambda side: {"pk": side.seat("checking").pk},
    "workflows:seat_decide": lambda side: {"pk": side.seat("checking").pk},
    "workflows:seat_draft": lambda side: {"pk": side.seat("checking").pk},
    "workflows:seat_claim": lambda side: {"pk": side.seat("checking").pk},
    "workflows:seat_release": lambda side: {"pk": side.seat("checking").pk},
    "workflows:seat_comment": lambda side: {"pk": side.seat("checking").pk},
    "workflows:matter_new": lambda side: {"kind": "assignment"},
    "workflows:matter": lambda side: {"number": side.deciding.matter.number},
    "workflows:case_matter": lambda side: {"number": side.deciding.number},
    "workflows:matter_withdraw": lambda side: {"number": side.deciding.number},
    "workflows:case_notice": lambda side: {"number": side.deciding.number, "kind": "acceptance"},
    "workflows:document": lambda side: {"token": side.document.token},
    "workflows:document_file": lambda side: {"token": side.document.token, "form": "print"},
    "workflows:document_scan": lambda side: {"token": side.document.token},
    "workflows:check": lambda side: {"token": side.document.token},
    "workflows:case_history": lambda side: {"number": side.deciding.number},
    "workflows:case_chart": lambda side: {"number": side.deciding.number},
    "workflows:case_check": lambda side: {"number": side.deciding.number},
    "workflows:case_dossier": lambda side: {"number": side.deciding.number},
    "workflows:case_export": lambda side: {"number": side.deciding.number},
    "workflows:flow": lambda side: {"name": "appointment_review"},
    "workflows:flow_bpmn": lambda side: {"name": "appointment_review"},
}
REASON = {"reason": "核对任职登记"}
FORMS: dict[str, Callable[[Side], dict[str, object]]] = {
    "language": lambda side: {"language": "en"},
    "organizations:activate": lambda side: {"code": "AAAAA AAAAA"},
    "organizations:send_invitations": lambda side: {"account": [side.official.pk], "channel": "sheet"},
    "organizations:renew_access": lambda side: {"account": side.holder.account.username, "reason": "当面核对身份证"},
    "organizations:describe": lambda side: {"letterhead": "甲", "phone": "020-55500199", "can_approve": "on"},
    "organizations:move": lambda side: {"to": side.elsewhere.code, "reason": "归口调整"},
    "organizations:reveal_identity": lambda side: REASON,
    "organizations:grant": lambda side: {
        "account": side.official.username, "role": "guide", "place": side.branch.code, "scope": "self",
        "from_on": "2026-11-23", "reason": "分工调整", "seen": "1",
    },
    "organizations:revoke": lambda side: REASON,
    "organizations:reset_second_factor": lambda side: REASON,
    "organizations:change_account": lambda side: REASON,
    "organizations:helpers": lambda side: {"login": "assistant"},
    "organizations:explain_term": lambda side: {"reason": "正在物色人选"},
    "organizations:write_import": lambda side: {"rows": "good"},
    "approvals:new_policy": lambda side: {
        "flow": "appointment_review", "organization": side.committee.code, "valid_from": "2026-12-01", "seen": "1",
        "text": DEFAULT_POLICY.read_text(),
    },
    "organizations:calendar_day": lambda side: {"is_workday": "0", "name": "", "reason": "按通知调整"},
    "workflows:my_form": lambda side: {"then": "next", "tab": "t", "edition": "999", "native_place": "南岭省"},
    "workflows:my_form_save": lambda side: {
        "field": "native_place", "native_place": "南岭省", "tab": "t", "edition": "999",
    },
    "workflows:my_hand_in": lambda side: {"key": "k", "consent_text": "1"},
    "workflows:my_case_materials": lambda side: {"kind": "pledge", "file": picture()},
    "workflows:my_correction": lambda side: {"done": "1"},
    "workflows:my_withdraw": lambda side: {"words": "家里有事，先不参加。"},
    "workflows:my_reply": lambda side: {"words": "请再看看我的说明。", "key": "k"},
    "workflows:my_reply_save": lambda side: {"words": "请再看看"},
    "workflows:my_review": lambda side: {"words": "材料当时没有看全。"},
    "workflows:seat_decide": lambda side: {"verb": "agree", "key": "k"},
    "workflows:seat_draft": lambda side: {"reason": "先看看"},
    "workflows:seat_comment": lambda side: {"text": "请核对党龄。"},
    "workflows:matter_new": lambda side: {
        "organization": side.branch.code, "name": "新人选", "identity_number": NUMBER, "title": "deputy",
        "source": "assigned", "from_on": "2026-12-01", "reason": "熟悉业务，群众基础好，因工作需要选派任职。",
        "channel": "sheet", "seen": "1",
    },
    "workflows:matter_withdraw": lambda side: {"reason": "支部撤回提名"},
    "workflows:document_scan": lambda side: {"file": picture()},
}  # fmt: skip
# Each kind of work keeps its own in a file of its own.
AREAS = (elections, investigation, letters, meetings, notices, papers, telling, told)
TARGETS |= {name: target for area in AREAS for name, target in area.TARGETS.items()}
FORMS |= {name: form for area in AREAS for name, form in area.FORMS.items()}
