"""The goal and the days of one's own window."""

from django import forms

from applications.forms.acting import ActingForm
from tracker.lib.fields import validate_sensible_day


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        validators=[validate_sensible_day],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Enter a day, like 2026-10-01."},
    )


class PlanForm(ActingForm):
    """What one wants from the season; an empty day is the season's own."""

    goal = forms.IntegerField(
        label="Applications to send",
        min_value=1,
        max_value=200,
        required=False,
        error_messages={
            "invalid": "Enter a whole number, like 20.",
            "min_value": "Enter a number from 1 to 200.",
            "max_value": "Enter a number from 1 to 200.",
        },
    )
    opens_on = _day("Window opens")
    closes_on = _day("Window closes")
