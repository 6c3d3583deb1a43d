"""What the office types: filters, a new matter of each kind, why a case is withdrawn."""

from datetime import date

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from approvals.enums import CaseState, MatterKind
from approvals.errors import NoPolicy
from approvals.queries import policy_in_force
from organizations.enums import PostSource, Title
from organizations.models import Account, PartyOrganization, Post
from workflows.appointment_review.candidate_queries import FLOW
from workflows.appointment_review.queries import years_of_term
from workflows.appointment_review.rules.terms import term_end

SHORTEST, LONGEST = 20, 800
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


class MatterFilter(forms.Form):
    """Words and filters of the list; anything unknown narrows nothing."""

    q = forms.CharField(label=_("Name, organization or number"), required=False, max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", ""), *MatterKind.choices])
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", ""), *CaseState.choices])

    def asked(self) -> dict[str, str]:
        """Give what was asked for."""
        self.is_valid()
        asked = self.cleaned_data
        return {"words": asked.get("q", ""), "kind": asked.get("kind", ""), "state": asked.get("state", "")}


class WithdrawForm(forms.Form):
    """Why a case is withdrawn."""

    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 4}))


class DayInput(forms.DateInput):
    """A day, typed or picked."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day(label, **kwargs) -> forms.DateField:
    """Make the field of a day."""
    return forms.DateField(label=label, widget=DayInput(), **kwargs)


class PlaceForm(forms.Form):
    """Which organization a matter is about, and why."""

    organization = forms.CharField(
        label=_("Organization"),
        max_length=160,
        help_text=_("Type part of its name, or its code; choose it from the list."),
    )

    def __init__(self, *args, viewer: Account, on: date, **kwargs) -> None:
        """Keep who types.

        Args:
            viewer: Only organizations in their sight can be chosen.
            on: The day at which their role has to hold.
        """
        super().__init__(*args, **kwargs)
        self.viewer, self.on = viewer, on
        self.fields["reason"] = forms.CharField(
            label=_("Reason"),
            min_length=SHORTEST,
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 5}),
            help_text=_("20 to 800 characters; the deciding bodies read it."),
        )
        listed = {"list": "places", "autocomplete": "off", "hx-get": "/matters/new/places/", "hx-target": "#places"}
        listed |= {"hx-trigger": "input changed delay:250ms", "hx-vals": '{"from": "new"}'}
        self.fields["organization"].widget.attrs |= listed

    def clean_organization(self) -> PartyOrganization:
        """Find the one organization that is meant."""
        typed = self.cleaned_data["organization"].strip()
        seen = PartyOrganization.objects.visible_to(self.viewer, on=self.on)
        exact = seen.filter(code=typed.rpartition(" ")[2] or typed).first() or seen.filter(name=typed).first()
        if exact is not None:
            return exact
        found = list(seen.filter(search_key__contains=typed.lower())[:2])
        if len(found) == 1:
            return found[0]
        raise forms.ValidationError(
            _("Several organizations fit; choose one from the list.")
            if found
            else _("No organization in your sight is called so.")
        )


class PersonFields(forms.Form):
    """Who is proposed."""

    name = forms.CharField(label=_("Name"), max_length=30, help_text=_("As on the identity card."))
    identity_number = forms.CharField(
        label=_("Identity number"),
        max_length=18,
        help_text=_("Kept sealed; whoever the ledger knows is found by it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class AssignmentForm(PlaceForm, PersonFields):
    """The assignment of a secretary."""

    title = forms.ChoiceField(label=_("Intended post"), choices=Title.choices, initial=Title.SECRETARY)
    source = forms.ChoiceField(
        label=_("How obtained"),
        choices=[choice for choice in PostSource.choices if choice[0] != PostSource.ACTING],
        initial=PostSource.ASSIGNED,
    )
    term_number = forms.IntegerField(label=_("Term number"), required=False, min_value=1, max_value=99)
    from_on = day(_("Term begins"))
    until_on = day(_("Term ends"), required=False, help_text=_("Empty for a whole term."))
    channel = forms.ChoiceField(
        label=_("How the person comes in"),
        choices=[("sheet", _("A printed sheet with a code")), ("email", _("A link by e-mail"))],
        initial="sheet",
        help_text=_("Only for people without an account."),
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    field_order = [
        "organization", "name", "identity_number", "title", "source", "term_number", "from_on", "until_on", "reason",
        "channel", "email",
    ]  # fmt: skip

    def clean(self) -> dict[str, object]:
        """Fill in the end of the term, and ask for the address a link is sent to."""
        cleaned = super().clean()
        begins, ends = cleaned.get("from_on"), cleaned.get("until_on")
        if begins and not EARLIEST < begins < LATEST:
            self.add_error("from_on", _("This day cannot be right."))
        elif begins and ends and ends <= begins:
            self.add_error("until_on", _("The term ends before it begins."))
        elif begins and cleaned.get("organization"):
            self._fit_term(cleaned, begins)
        if cleaned.get("channel") == "email" and not cleaned.get("email"):
            self.add_error("email", _("A link needs an e-mail address."))
        return cleaned

    def _fit_term(self, cleaned: dict[str, object], begins: date) -> None:
        """Fill in the end of the term as the policy has it; nobody is assigned for longer."""
        place = cleaned["organization"]
        try:
            years = years_of_term(policy_in_force(FLOW, place, on=self.on), place)
        except NoPolicy:  # said when the matter is opened
            return
        last = term_end(from_on=begins, years=years)
        cleaned["until_on"] = cleaned.get("until_on") or last
        if cleaned["until_on"] > last:
            self.add_error("until_on", _("A term there is over on {day} at the latest.").format(day=date_format(last)))


class ActingForm(PlaceForm, PersonFields):
    """The naming of an acting secretary."""

    until_on = day(_("Acting until"))
    field_order = ["organization", "name", "identity_number", "until_on", "reason"]


class PostForm(PlaceForm):
    """A matter about a post somebody holds: its removal."""

    post = forms.ModelChoiceField(label=_("Post"), queryset=Post.objects.none(), required=False, empty_label=None)
    field_order = ["organization", "post", "reason"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].label_from_instance = lambda post: f"{post.person.name} · {post.get_title_display()}"
        place = self._place()
        if place is not None:
            held = Post.objects.visible_to(self.viewer, on=self.on).held_on(self.on).filter(organization=place)
            self.fields["post"].queryset = held.select_related("person").order_by("title", "pk")

    def clean(self) -> dict[str, object]:
        """Ask for the post once the organization is known; the only one there is taken by itself."""
        cleaned = super().clean()
        if cleaned.get("organization") and not cleaned.get("post") and "post" not in self.errors:
            held = list(self.fields["post"].queryset[:2])
            if len(held) == 1:
                cleaned["post"] = held[0]
            else:
                self.add_error("post", _("Choose the post.") if held else _("Nobody holds a post there."))
        return cleaned

    def _place(self) -> PartyOrganization | None:
        typed = str(self.data.get("organization") or self.initial.get("organization") or "").strip()
        code = typed.rpartition(" ")[2] or typed
        seen = PartyOrganization.objects.visible_to(self.viewer, on=self.on)
        return (seen.filter(code=code).first() or seen.filter(name=typed).first()) if typed else None


class ExtensionForm(PostForm):
    """The extension of a term."""

    until_on = day(_("Extended until"))
    field_order = ["organization", "post", "until_on", "reason"]
