"""The forms of a conference, and of who will be there."""

from typing import Any

from django import forms

from outreach.actions import Dates
from outreach.reading.work import LONGEST_NAME
from tracker.lib.fields import URL_LENGTH, validate_web_url
from tracker.lib.forms import DayField, PlainWords


class ConferenceForm(PlainWords, forms.Form):
    """What it is called, when and where."""

    name = forms.CharField(label="Conference or workshop", max_length=160)
    begins_on = DayField(label="First day")
    ends_on = DayField(label="Last day", required=False, help_text="Empty for a single day.")
    place = forms.CharField(max_length=160, required=False)
    url = forms.CharField(
        label="Web page",
        max_length=URL_LENGTH,
        required=False,
        validators=[validate_web_url],
        widget=forms.URLInput,
    )

    def clean(self) -> dict[str, Any]:
        """Take a single day for both, and keep them in order."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("begins_on"), cleaned.get("ends_on")
        if first and not last:
            cleaned["ends_on"] = first
        elif first and last < first:
            self.add_error("ends_on", "The last day is before the first.")
        return cleaned

    def dates(self) -> Dates:
        """Return what was typed."""
        return Dates(**self.cleaned_data)


class ThereForm(PlainWords, forms.Form):
    """Who of one's people will be there."""

    name = forms.CharField(
        label="Who will be there",
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"list": "names"}),
        error_messages={"required": "Enter the name of one of your people."},
    )
