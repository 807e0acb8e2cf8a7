"""The goal and the days of one's own window."""

from django import forms

from applications.forms.acting import ActingForm
from tracker.lib.forms import DayField


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
    opens_on = DayField(label="Window opens", required=False)
    closes_on = DayField(label="Window closes", required=False)
