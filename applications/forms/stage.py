"""Where an application goes, and how it ended."""

from django import forms

from applications.forms.acting import ActingForm, Line
from applications.stage import CLOSING_OUTCOMES


class StageForm(ActingForm):
    """A stage, and the one the person saw when choosing it."""

    stage = Line(label="Stage")
    seen = Line(widget=forms.HiddenInput)


class CloseForm(ActingForm):
    """How it ended; a reason is for the student alone."""

    outcome = forms.ChoiceField(
        label="How did it end?",
        choices=CLOSING_OUTCOMES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it ended.", "invalid_choice": "Choose how it ended."},
    )
    reason = Line(label="Why, for you alone", widget=forms.Textarea(attrs={"rows": 2}))
    seen = Line(widget=forms.HiddenInput)
