"""The sentence for each kind of fault: what is wrong and what to do."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from organizations.ledger.rows import Fault

SENTENCES: Mapping[str, object] = {
    "formula_in_text": _("“{heading}” holds a formula or text that runs as one. Replace it with plain text."),
    "cell_error": _("“{heading}” shows an error of the spreadsheet. Replace it with the value itself."),
    "too_long": _("“{heading}” is longer than {longest} characters. Shorten it."),
    "code_missing": _("“{heading}” is empty. Each row needs a code of its own."),
    "code_duplicate": _(
        "The code already stands in row {first}. Each code may stand once; delete or correct this row."
    ),
    "name_missing": _("“{heading}” is empty. Fill in the name."),
    "name_unreadable": _("“{heading}” is no name of 2 to 30 Chinese characters. Write it as on the identity card."),
    "kind_unknown": _("“{heading}” says “{value}”, which is no known type. Choose one from the template."),
    "level_unknown": _("“{heading}” says “{value}”. Write province, city, county or township as in the template."),
    "region_unknown": _("“{heading}” says “{value}”. A region code has six digits."),
    "yes_no_unknown": _("“{heading}” says “{value}”. Write yes or no as in the template."),
    "superior_missing": _("“{heading}” is empty. A branch needs the code of its superior."),
    "unknown_superior": _(
        "There is no organization with the code “{value}”. Correct the code of the superior or add it."
    ),
    "superior_refused": _("A superior of this organization was refused. Correct that row first."),
    "cycle_in_tree": _("The superiors run in a circle. Correct the superior of one of these organizations."),
    "uscc_missing": _("“{heading}” is empty. Fill in the unified social credit code."),
    "uscc_shape": _("“{heading}” is no credit code: it has 18 digits and capitals, without I, O, S, V and Z."),
    "uscc_prefix": _("“{heading}” is not the code of a social organization: those begin with 51, 52, 53 or 59."),
    "uscc_checksum": _("A check digit of “{heading}” does not fit. Compare it with the registration certificate."),
    "uscc_duplicate": _("The credit code already stands in row {first}. Keep the right row and delete the other."),
    "registry_missing": _("“{heading}” is empty. Fill in the registration authority."),
    "negative_members": _("“{heading}” is below zero. Fill in how many Party members there are."),
    "negative_staff": _("“{heading}” is below zero. Fill in how many people work there."),
    "number_unreadable": _("“{heading}” says “{value}”, which is no number. Write digits only."),
    "reason_missing": _("There is no branch and no reason. Fill in the code of the branch, or why there is none."),
    "reason_unknown": _("“{heading}” says “{value}”, which is no known reason. Choose one from the template."),
    "id_missing": _("“{heading}” is empty. Fill in the 18 characters of the identity number."),
    "id_15_digits": _("{masked} is an old number of 15 digits. Fill in the 18 characters of the present card."),
    "id_as_number": _(
        "“{heading}” is stored as a number, and its last digits are lost. Format the column as text and type it again."
    ),
    "id_shape": _("{masked} is no identity number: it has 17 digits and a check digit or X."),
    "id_checksum": _("The check digit of {masked} does not fit. Compare the number with the card."),
    "id_date": _("The birthday in {masked} does not exist. Compare the number with the card."),
    "id_province": _("{masked} begins with no known province. Compare the number with the card."),
    "identity_of_another": _("{masked} stands beside another name in an earlier row. Correct the name or the number."),
    "sex_unknown": _("“{heading}” says “{value}”. Write male or female as in the template."),
    "sex_mismatch": _("“{heading}” differs from the identity number. Compare both with the card."),
    "full_before_join": _("“{heading}” lies before the day of joining. Correct one of the two days."),
    "date_unreadable": _("“{heading}” says “{value}”, which is no day. Write it like 2019-07-01."),
    "date_in_future": _("“{heading}” lies in the future. Correct the day."),
    "start_missing": _("“{heading}” is empty. Fill in the first day."),
    "due_missing": _("“{heading}” is empty. Fill in the day on which the term ends."),
    "term_end_before_start": _(
        "“{heading}” does not lie after the first day of the term. Correct one of the two days."
    ),
    "branch_missing": _("“{heading}” is empty. Fill in the code of the Party organization."),
    "unknown_branch": _(
        "There is no Party organization with the code “{value}”. Correct the code or add the organization."
    ),
    "organization_refused": _("The row of the organization “{value}” was refused. Correct that row first."),
    "unknown_title": _("“{heading}” says “{value}”, which is no known post. Choose one from the template."),
    "unknown_source": _("“{heading}” says “{value}”. Write elected, assigned or hired as in the template."),
    "phone": _("“{heading}” is no telephone number. Write 11 digits, or a landline with its area code."),
    "phone_missing": _("“{heading}” is empty. Fill in the mobile number; it becomes the account."),
    "duplicate_person_post": _("The same person already holds the same post in row {first}. Delete one of the rows."),
    "second_secretary": _("This organization already has a secretary in row {first}. Keep the one in office."),
    "secretary_outdated": _("The system knows a term that began later, on {since}. Bring the ledger up to date."),
    "channel_unknown": _("“{heading}” says “{value}”. Write by account or on paper as in the template."),
    "email_unreadable": _("“{heading}” is no e-mail address. Correct or empty it."),
    "place_missing": _("“{heading}” is empty. Fill in the code of the organization."),
    "unknown_organization": _(
        "There is no organization with the code “{value}”. Correct the code or add the organization."
    ),
    "unknown_role": _("“{heading}” says “{value}”, which is no known role. Choose one from the template."),
    "valid_until_before_from": _("“{heading}” lies before the first day. Correct one of the two days."),
    "duplicate_role": _("The same role already stands in row {first}. Delete one of the rows."),
    "role_clash": _(
        "The same person is already “{other}”; nobody may hold both. Give one of the roles to somebody else."
    ),
    "role_ended": _(
        "This role ended on {until} or ends then, as the system knows. To prolong it, give it anew under “Grants”; "
        "otherwise write that day into the ledger."
    ),
    "own_role": _("Nobody gives a role to himself. Let a security administrator give it, or leave the row out."),
    "number_too_large": _("“{heading}” says {value}, which is no number of people. Correct it."),
    "code_too_long": _("“{heading}” is longer than 32 signs. Correct the code."),
    "heading_missing": _("The column “{heading}” is missing. Add it under this name, as in the template."),
}


def sentence(fault: Fault) -> str:
    """Word a fault for the person who keeps the ledger, in the language of the moment.

    Args:
        fault: What is wrong.

    Returns:
        Sheet, row, what is wrong, what to do; identity numbers are masked.
    """
    where = str(_("Sheet “{sheet}”, row {row}: ")).format(sheet=fault.sheet, row=fault.row)
    return where + reason(fault)


def reason(fault: Fault) -> str:
    """Word a fault without saying where it is."""
    return str(SENTENCES[fault.kind]).format(**fault.facts)
