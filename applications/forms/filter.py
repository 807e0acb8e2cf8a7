"""Filters of board and table, all optional: what they cannot mean narrows nothing, so nothing here is ever refused."""

from collections.abc import Iterable

from django import forms

from applications.forms.acting import ActingForm, Line
from applications.forms.plain import PlainForm
from applications.queries.asked import CHOICES, LONGEST_TEXT, MOST_WEEKS, Asked
from companies.models import Season


def _any(name: str, label: str, everything: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", everything), *CHOICES[name].items()], required=False)


def _search(label: str, **attrs: str) -> forms.CharField:
    widget = forms.SearchInput(attrs={"autocomplete": "off", **attrs})
    return forms.CharField(label=label, max_length=LONGEST_TEXT, required=False, widget=widget)


class _Day(forms.DateInput):
    input_type = "date"


class FilterForm(forms.Form):
    """A GET form, shown in a sheet; names and values are those of `applications.queries.asked`."""

    q = _search("Role, company or place")
    stage = _any("stage", "Stage", "Any stage")
    kind = _any("kind", "Kind", "Any kind")
    way = _any("way", "Way in", "Any way in")
    work = _any("work", "Team's work", "Any")
    source = _any("source", "Found through", "Anything")
    season = forms.ChoiceField(label="Season", required=False)
    tag = _search("Tag", list="tags-known")
    place = _search("Place")
    before = forms.CharField(label="Closes before", required=False, widget=_Day)
    quiet = forms.CharField(
        label="Quiet for, in weeks",
        required=False,
        widget=forms.NumberInput(attrs={"min": "1", "max": str(MOST_WEEKS), "inputmode": "numeric"}),
    )
    hold = forms.BooleanField(label="On hold for a referral", required=False, widget=forms.CheckboxInput)

    def __init__(self, asked: Asked, seasons: Iterable[Season]) -> None:
        """Show what is asked for now."""
        names = self.base_fields
        super().__init__(initial={name: getattr(asked, name) for name in names}, auto_id="filter_%s")
        self.fields["season"].choices = [("", "Any season"), *((one.slug, one.name) for one in seasons)]  # type: ignore[attr-defined]
        self.fields["hold"].widget.attrs["value"] = "1"


class ViewForm(PlainForm, ActingForm):
    """A name for what is looked at now."""

    name = Line(label="Name of the view", widget=forms.TextInput(attrs={"maxlength": "40"}))
    query = Line(widget=forms.HiddenInput)
