"""What candidates type: one Django form per part of the registration form and per row, made from the schema."""

from collections.abc import Mapping, Sequence

from django import forms

from workflows.appointment_review.form_fields import CONFIRMATIONS, Field, Section
from workflows.appointment_review.rules.form import Problem
from workflows.appointment_review.words import HINTS, choice_words, label_of, problem_words, typed_words

# How phones help: the right keyboard, and what the browser knows already.
ATTRIBUTES = {
    "phone": {"inputmode": "tel", "autocomplete": "tel"},
    "email": {"inputmode": "email", "autocomplete": "email"},
    "year": {"inputmode": "numeric", "maxlength": "4"},
    "day": {"autocomplete": "off"},
    "month": {"autocomplete": "off"},
    "end": {"autocomplete": "off"},
}
SOON = frozenset(
    {"missing", "not_confirmed", "no_rows", "no_family", "concurrent_missing", "gap", "not_to_the_present"}
)


class SectionForm(forms.Form):
    """The single fields of one part."""

    def __init__(self, section: Section, held: Mapping[str, object], *, confirms: bool = True) -> None:
        """Build the fields.

        Args:
            section: The part.
            held: Its stored values.
            confirms: Whether the confirmations are offered; a helper cannot give them.
        """
        super().__init__(auto_id="id_%s")
        for field in section.fields:
            if confirms or field.name not in CONFIRMATIONS:
                self.fields[field.name] = form_field(field, held.get(field.name, ""), section.name)


class RowForm(forms.Form):
    """One row of a part; its addresses carry the key of the row."""

    def __init__(self, section: Section, row: Mapping[str, object]) -> None:
        super().__init__(auto_id="id_%s")
        self.key = row["id"]
        for field in section.row:
            self.fields[f"rows-{self.key}-{field.name}"] = form_field(field, row.get(field.name, ""), section.name)

    @property
    def named(self) -> dict[str, forms.BoundField]:
        """The fields by their short names, for templates."""
        return {name.split("-", 2)[2]: self[name] for name in self.fields}


class WordsForm(forms.Form):
    """A text in the person's own words: why a case is withdrawn, looked at again, or what is said to it."""

    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 6}), required=False)

    def __init__(self, *args, label: object, hint: object = "", longest: int = 1000, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = label
        self.fields["words"].help_text = hint
        self.fields["words"].max_length = longest
        self.fields["words"].widget.attrs["maxlength"] = str(longest)


def form_field(field: Field, value: object, section: str) -> forms.Field:
    """Make the control of one field with its stored value; templates read ``optional`` and ``short`` of it.

    Args:
        field: The field of the schema.
        value: What is stored.
        section: Name of its part.
    """
    made = _control(field, value, section)
    made.optional, made.short = not field.required, field.name
    return made


def _control(field: Field, value: object, section: str) -> forms.Field:
    common = {
        "label": label_of(field.name, section=section),
        "required": False,
        "help_text": HINTS.get(field.name, "") if section not in ("resume", "record", "family") else "",
    }
    if field.kind == "tick":
        return forms.BooleanField(initial=value is True, **common)
    common["initial"] = typed_words(field, value)
    attributes = dict(ATTRIBUTES.get(field.kind, {}))
    if field.given:
        attributes["readonly"] = "readonly"
    if field.kind == "choice":
        choices = [("", "—"), *((choice, choice_words(choice)) for choice in field.choices)]
        if value and value not in field.choices:
            choices.append((str(value), str(value)))
        return forms.ChoiceField(choices=choices, **common)
    return forms.CharField(widget=forms.TextInput(attrs=attributes), **common)


def add_problems(form: SectionForm, rows: Sequence[RowForm], problems: Sequence[Problem], *, refused: bool) -> None:
    """Write problems at their fields; before the first refused submit only what was typed wrongly.

    Args:
        form: The single fields.
        rows: The rows.
        problems: Problems of this part.
        refused: Whether handing in was refused before.
    """
    by_key = {row.key: row for row in rows}
    for problem in problems:
        if problem.code in SOON and not refused:
            continue
        target = by_key.get(problem.row, form) if problem.row else form
        name = f"rows-{problem.row}-{problem.field}" if problem.row else problem.field
        if name in target.fields:
            _write(target, name, problem_words(problem))


def anchor_of(problem: Problem) -> str:
    """Name the place on the page where a problem is solved."""
    if problem.section == "materials":
        return f"material-{problem.field}"
    if problem.code == "gap":
        return f"gap-{problem.field}"
    if problem.field == "rows":
        return "rows"
    return f"id_rows-{problem.row}-{problem.field}" if problem.row else f"id_{problem.field}"


def _write(form: forms.Form, name: str, words: str) -> None:
    # The forms show what is stored and are never bound, so their errors are filled in here.
    if form._errors is None:
        form._errors = forms.utils.ErrorDict()
    form._errors.setdefault(name, form.error_class()).append(words)
