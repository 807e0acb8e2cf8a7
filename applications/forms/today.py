"""Putting a line of Today off, and switching its rules on and off."""

import datetime as dt

from django import forms

from applications.forms.acting import ActingForm, Line
from applications.forms.plain import PlainForm
from applications.today_rules import RULES, quick_days
from tracker.lib.forms import DayField

ADVICE = "advice"
SWITCHES = {
    **{rule.value: words for rule, words in RULES.items()},
    ADVICE: ("Advice", "One piece of the guide a week."),
}
"""Name of a switch -> what it is called, and when the rule speaks."""
_ASK = "Enter the day, like 30 11 2026"


class SnoozeForm(PlainForm, ActingForm):
    """Until when: tomorrow, Monday, or a day."""

    until = Line(widget=forms.HiddenInput)
    day = DayField(label="Until which day", required=False)

    def __init__(self, *args: object, on: dt.date, **kwargs: object) -> None:
        """Keep the day it is for the student."""
        super().__init__(*args, **kwargs)
        self.choices = quick_days(on)

    def clean(self) -> dict[str, object]:
        """Turn a choice into its day, and ask for one where there is none."""
        cleaned = super().clean() or self.cleaned_data
        chosen = self.choices.get(str(cleaned.get("until", "")))
        if chosen:
            self.errors.pop("day", None)
            cleaned["day"] = chosen
        elif not cleaned.get("day") and "day" not in self.errors:
            self.add_error("day", _ASK)
        return cleaned


class RulesForm(PlainForm, ActingForm):
    """Which rules speak."""

    on = forms.MultipleChoiceField(
        label="What Today tells you about",
        choices=[(name, title) for name, (title, _) in SWITCHES.items()],
        required=False,
        error_messages={"invalid_choice": "Choose from the list."},
    )

    def word(self, name: str, field: forms.Field) -> None:
        """Keep the words above, in which nothing is to be filled in."""
        super().word(name, field)
        field.error_messages["invalid_choice"] = "Choose from the list."

    @property
    def off(self) -> set[str]:
        """The switches that are off."""
        return SWITCHES.keys() - set(self.cleaned_data["on"])
