"""The forms of what a supervisor sets for the group."""

from typing import Any

from django import forms

from accounts.models import User
from companies.models import Company
from companies.queries import find_company
from tracker.lib.forms import DayField, PlainWords


class IntroductionForm(PlainWords, forms.Form):
    """At which company one can introduce people, and how."""

    company = forms.CharField(label="Company", max_length=160)
    person = forms.CharField(
        label="Whom you know there", max_length=120, required=False, help_text="A name, if they agreed to be named."
    )
    note = forms.CharField(
        label="What you can do", max_length=200, required=False, help_text="Like: I know the speech team well."
    )

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:  # noqa: ANN401 - what Django takes
        """Know whose list of companies it is."""
        super().__init__(*args, **kwargs)
        self.reader = reader

    def clean_company(self) -> Company:
        """Take a company that the shared list knows by this name or another of its names."""
        found = find_company(self.reader, str(self.cleaned_data["company"]))
        if found is None or found.approved_at is None:
            raise forms.ValidationError("The shared list has no company of this name. Choose one that it has.")
        return found


class MilestoneForm(PlainWords, forms.Form):
    """What the group works towards, and when."""

    title = forms.CharField(
        label="Milestone", max_length=120, help_text="Like: NeurIPS deadline, review of the grant, course to teach."
    )
    starts_on = DayField(label="Day, or first day")
    ends_on = DayField(label="Last day", required=False)

    def clean(self) -> dict[str, Any]:
        """Keep the days in order."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "The last day is before the first.")
        return cleaned
