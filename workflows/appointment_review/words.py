"""The words of the registration form: labels, choices, hints, and one sentence for each problem and finding."""

from collections.abc import Mapping
from datetime import date

from django.utils.dateformat import format as dated
from django.utils.translation import get_language, gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from workflows.appointment_review.enums import MaterialKind
from workflows.appointment_review.form_fields import ETHNICITIES, Field
from workflows.appointment_review.rules.form import Problem, day_of
from workflows.appointment_review.rules.resume import PRESENT, month_of

SECTIONS = {
    "basics": _("Basic facts"),
    "membership": _("Party membership"),
    "education": _("Education and title"),
    "posts": _("Present and intended post"),
    "resume": _("Résumé"),
    "record": _("Rewards, penalties and appraisal"),
    "family": _("Family and social relations"),
    "pledge": _("Concurrent posts and pledge"),
    "materials": _("Materials"),
}
LABELS = {
    "name": _("Name"), "sex": _("Sex"), "born_on": _("Date of birth"), "ethnicity": _("Ethnicity"),
    "native_place": _("Native place"), "birth_place": _("Place of birth"), "identity": _("Identity number"),
    "political_status": _("Political status"), "work_began": _("Began to work"), "health": _("Health"),
    "strengths": _("Special skills"), "phone": _("Telephone"), "email": _("E-mail"), "joined_on": _("Joined the Party"),
    "full_member_on": _("Full member since"), "branch": _("Branch that keeps the membership"),
    "full_time_education": _("Full-time education"), "full_time_degree": _("Degree, full-time"),
    "full_time_school": _("School and major, full-time"), "on_job_education": _("On-the-job education"),
    "on_job_degree": _("Degree, on the job"), "on_job_school": _("School and major, on the job"),
    "professional_title": _("Professional title"), "current_post": _("Present unit and post"),
    "management": _("Your part in the social organization"), "keeps_post": _("Keeps a post in another unit"),
    "post_given_up": _("Post to be given up"), "start": _("First month"), "end": _("Last month"),
    "unit": _("School or unit"),
    "post": _("Post or part"), "witness": _("Witness"), "year": _("Year"), "what": _("Reward or penalty"),
    "relation": _("Relation"), "birth": _("Month of birth"), "status": _("Political status"), "since": _("Held since"),
    "no_concurrent": _("I hold no concurrent posts"), "discipline": _("Party discipline"),
    "political_rights": _("Political rights"), "crime": _("Criminal record"),
    "credit_report_on": _("Date of the credit report"),
    "truth": _("All I filled in and uploaded is true; I answer for it."),
    "no_bar": _("None of the cases that bar from the post applies to me, except what I stated above."),
    "consent": _(
        "I agree that this office handles my Party membership, family, discipline records and identity documents "
        "for this review."
    ),
    "rows": _("Row"),
}  # fmt: skip
UNIT_LABELS = {"family": _("Unit and post"), "pledge": _("Organization")}
CHOICES = {
    "male": _("Male"), "female": _("Female"), "full_member": _("CPC member"),
    "probationary": _("Probationary CPC member"),
    "league": _("Youth League member"), "democratic": _("Member of a democratic party"), "masses": _("No party"),
    "healthy": _("Healthy"), "fair": _("Fair"), "poor": pgettext_lazy("health", "Poor"),
    "postgraduate": _("Postgraduate"), "undergraduate": _("Undergraduate"), "college": _("College"),
    "secondary": _("Secondary school"), "lower": _("Lower secondary or less"), "doctor": _("Doctor"),
    "master": _("Master"), "bachelor": _("Bachelor"), "no_degree": _("No degree"), "management": _("Management"),
    "key_staff": _("Key staff"), "outside": _("Assigned from outside"), "yes": _("Yes"), "no": _("No"),
    "excellent": _("Excellent"), "competent": _("Competent"), "basic": _("Basically competent"),
    "incompetent": _("Incompetent"), "not_assessed": _("Not assessed"), "spouse": _("Spouse"), "child": _("Child"),
    "father": _("Father"), "mother": _("Mother"), "sibling": _("Brother or sister"),
    "other_relation": _("Other relation"), "no_discipline": _("Never under Party discipline"),
    "disciplined": _("Was disciplined, the period of effect is over or it was no probation"),
    "probation": _("On probation within the Party"), "never_deprived": _("Never deprived of political rights"),
    "deprived": _("Was or is deprived of political rights"), "no_crime": _("No criminal record"),
    "sentenced": _("Was sentenced for an intentional crime"),
    "under_investigation": _("Under investigation or charged"),
}  # fmt: skip
HINTS = {
    "native_place": _("Down to the county, for example 南岭省海珠湾区."),
    "work_began": _("The month, for example 2015年3月; 2015.3 or 201503 will do."),
    "joined_on": _("The day, for example 2015年3月9日."),
    "full_member_on": _("The day the probation ended. Years of membership are counted from it."),
    "branch": _("The full name of the branch, as on your proof of membership."),
    "full_time_school": _("School and major; write “无” if there is none."),
    "current_post": _("Unit and post. Retired people write “已退休” and their last post."),
    "keeps_post": _("If you do, the employer's consent is asked for with the materials."),
    "phone": _("So that the office can reach you."),
    "discipline": _("Only those who check this case see this part."),
    "credit_report_on": _("Only if you hand in a credit report. It is valid for 3 months."),
}
MATERIAL_HINTS = {
    "identity_card": _("Both sides on one page, edges visible, no reflection."),
    "photo": _("Two-inch portrait without a hat, JPG or PNG, at most 2 MB."),
    "membership_proof": _(
        "With the dates of joining and of full membership, stamped by the organization that keeps it."
    ),
    "diploma": _("The highest diploma; add the certificate of your title if you have one."),
    "self_statement": _("At most 3,000 characters: what you did, how, what you still lack. Signed."),
    "pledge": _("The printed pledge, each page signed and dated."),
    "recommendation": _("From your unit, with its stamp."),
    "minutes": _("Of the branch meeting that recommended you, with the count."),
    "employer_consent": _("Needed only if you keep a post in another unit."),
    "credit_report": _("If your place asks for it, not older than 3 months."),
    "other": _("Whatever else should be known."),
}
PROBLEMS = {
    "missing": _("Please fill in: {label}."),
    "not_confirmed": _("Please confirm: {label}"),
    "too_long": _("{label} is longer than {longest} characters; please shorten it."),
    "month_unreadable": _("{label}: give the month, for example 2015年3月."),
    "end_unreadable": _("{label}: give the month, for example 2015年3月; write “至今” if it goes on."),
    "day_unreadable": _("{label}: give the day, for example 2015年3月9日."),
    "year_unreadable": _("{label}: give the year in four digits, not later than this year."),
    "in_the_future": _("{label} lies in the future; please check it."),
    "phone_shape": _("This is no complete telephone number. A mobile number has 11 digits, a landline its area code."),
    "email_shape": _("This is no complete e-mail address."),
    "name_shape": _("A name has 2 to 30 Chinese characters; a dot may stand inside."),
    "born_differs": _("The date of birth is not the one in your identity number. Please check it."),
    "sex_differs": _("The sex is not the one in your identity number. Please check it."),
    "not_to_the_county": _("Please give the native place down to the county, city or district."),
    "worked_too_young": _("By this month you were not yet {years} when you began to work. Please check it."),
    "joined_before_birth": _("You joined before you were born, it says here. Please check the date."),
    "full_before_joined": _("Full membership begins after joining. Please check the two dates."),
    "no_rows": _("Please fill in at least one entry, from your studies or first work up to now."),
    "ends_before_start": _("The end lies before the beginning. Please check the two months."),
    "before_birth": _("This entry begins before you were born. Please check the month."),
    "gap": _("{months} months are empty, {from} to {to}. Add an entry or say why."),
    "not_to_the_present": _("The last entry has to reach up to now; write “至今” as its end."),
    "starts_after_work": _("You began to work in {from}, but the résumé starts later. Please add what is missing."),
    "no_family": _("Please list your family; spouse, children and parents first."),
    "concurrent_missing": _("Please list your concurrent posts, or tick that you hold none."),
    "concurrent_both": _("You listed concurrent posts and ticked that you hold none. Please correct one of them."),
    "material_missing": _("{label} is missing."),
    ("family", "unit"): _("Please fill in the unit of your {relation}; write “无” if there is none."),
    ("family", "missing"): _("Please fill in for your {relation}: {label}."),
}
FINDINGS = {
    "not_full_member": _("The person is not a full Party member."),
    "on_probation": _("The person states to be on probation within the Party."),
    "rights_deprived": _("The person states to have been deprived of political rights."),
    "sentenced": _("The person states to have been sentenced for an intentional crime."),
    "under_investigation": _("The person states to be under investigation or charged."),
    "joined_too_young": _("By these dates the person joined the Party before the age of {age}."),
    "full_too_early": _("Full membership began less than a year after joining ({joined_on} and {full_on})."),
    "membership_short": _(
        "{months} months of full membership, less than {years} year(s); full member since {full_on}."
    ),
    "too_old": _("The person is over {oldest} on the first day of the term."),
    "appraised_incompetent": _("Appraised as incompetent in {years}."),
    "disciplined": _("The person states to have been disciplined before."),
    "many_posts": _("{posts} concurrent posts, more than {most}."),
    "branch_differs": _("The membership is kept in another branch than the one to be led."),
    "not_in_management": _("The person is neither in the management nor key staff of the organization."),
    "relative_in_unit": _("{relatives} relative(s) work in the same organization."),
    "credit_report_old": _("The credit report of {issued_on} is older than {months} months."),
    "gap_explained": _("The résumé has {gaps} gap(s) with a reason given, the longest of {months} months."),
}
SOURCES = {
    "not_full_member": _(
        "Regulations on the Election of Grassroots Organizations (2020): only full members stand and vote"
    ),
    "on_probation": _(
        "Regulations on the Election of Grassroots Organizations (2020): not while on probation within the Party"
    ),
    "rights_deprived": _("Regulations on the Registration of Social Associations, art. 13"),
    "sentenced": _("Regulations on the Registration of Social Associations, art. 13; local rules on persons in charge"),
    "under_investigation": _(
        "Regulations on the Election of Grassroots Organizations (2020): rights suspended in custody or arrest"
    ),
    "joined_too_young": _("Constitution of the Party, art. 1: from the age of 18"),
    "full_too_early": _("Constitution of the Party, art. 7: probation of one year"),
    "membership_short": _(
        "Regulations on Branch Work (Trial, 2018), art. 23: as a rule at least one year of membership"
    ),
    "too_old": _("Measures on persons in charge of social organizations (2015, no. 166): at most 70"),
    "appraised_incompetent": _("Regulations on Branch Work (Trial, 2018), art. 23: quality of a branch secretary"),
    "disciplined": _("Declared by the person; to be weighed, no bar"),
    "many_posts": _("Measures on persons in charge of social organizations (2015, no. 166): concurrent posts"),
    "branch_differs": _("Regulations on Branch Work (Trial, 2018): the membership follows the post"),
    "not_in_management": _("Regulations on Branch Work (Trial, 2018), art. 23: preferably management or key staff"),
    "relative_in_unit": _("Civil Servants Law, art. 74 and 76, by analogy: recusal"),
    "credit_report_old": _("Materials, local practice: valid for 3 months"),
    "gap_explained": _("Registration form: the résumé is continuous"),
}


def label_of(name: str, *, section: str = "", relation: str = "") -> str:
    """Name a field; the years of appraisal and the reasons for gaps carry their own facts."""
    if name.startswith("appraisal_"):
        return gettext("Appraisal of {year}").format(year=name.removeprefix("appraisal_"))
    if name.startswith("reason-"):
        first, _sign, last = name.removeprefix("reason-").partition("_")
        return gettext("Reason for the gap {from_month} to {to_month}").format(
            from_month=month_words(first), to_month=month_words(last)
        )
    if name == "unit" and section in UNIT_LABELS:
        return str(UNIT_LABELS[section])
    return str(LABELS.get(name, name))


def choice_words(value: str) -> str:
    """Give the word of a stored choice; ethnic names are Chinese, or romanized elsewhere (GB 3304)."""
    if value in ETHNICITIES:
        return value if (get_language() or "").startswith("zh") else ETHNICITIES[value]
    return str(CHOICES.get(value, value))


def value_words(field: Field, value: object) -> str:
    """Write a stored value as people read it."""
    if field.kind == "tick":
        return gettext("Yes") if value is True else gettext("No")
    text = str(value)
    if field.kind == "choice":
        return choice_words(text)
    if field.kind in ("month", "end"):
        return month_words(text)
    day = day_of(text) if field.kind == "day" else None
    return dated(day, pgettext("format of a day with year", "j M Y")) if day else text


def month_words(text: str) -> str:
    """Write a stored month: 2015年3月, 至今; anything else as it stands."""
    if text == PRESENT:
        return pgettext("end of an entry of the résumé", "present")
    month = month_of(text)
    return dated(date(*month, 1), pgettext("format of a month", "M Y")) if month else text


def typed_words(field: Field, value: object) -> str:
    """Write a stored value the way it is typed, so that it can be read back."""
    if field.kind in ("month", "end", "day"):
        words = value_words(field, value)
        return words if (get_language() or "").startswith("zh") else str(value).replace(PRESENT, words)
    return str(value)


def problem_words(problem: Problem) -> str:
    """Say what is wrong and what to do, in one sentence."""
    facts = {name: _fact(value) for name, value in problem.facts.items()}
    relation = choice_words(str(problem.facts.get("relation", ""))) or gettext("relative")
    if problem.section == "materials":
        return str(PROBLEMS["material_missing"]).format(label=MaterialKind(problem.field).label)
    template = PROBLEMS[problem.code]
    if problem.section == "family" and problem.code == "missing" and problem.facts.get("relation"):
        template = PROBLEMS["family", "unit" if problem.field == "unit" else "missing"]
    label = label_of(problem.field, section=problem.section)
    return str(template).format(**{**facts, "label": label, "relation": relation})


def finding_words(code: str, facts: Mapping[str, object]) -> str:
    """Say what the automatic check found, with the number that matters."""
    return str(FINDINGS[code]).format(**{name: _fact(value) for name, value in facts.items()})


def finding_source(code: str) -> str:
    """Name the article a finding rests on."""
    return str(SOURCES.get(code, ""))


def _fact(value: object) -> object:
    if isinstance(value, list):
        return "、".join(str(one) for one in value)
    text = str(value)
    day = day_of(text)
    if day:
        return dated(day, pgettext("format of a day with year", "j M Y"))
    return month_words(text) if len(text) == 7 and text[4:5] == "-" else value
