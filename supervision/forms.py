"""What a student types to share."""

from django import forms

from supervision.level import LEVEL_CHOICES
from tracker.lib.forms import PlainWords


class InvitationForm(PlainWords, forms.Form):
    """Whom to invite."""

    email = forms.EmailField(
        label="Your supervisor's e-mail address",
        max_length=254,
        error_messages={"invalid": "Enter an e-mail address, like name@university.example"},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class LevelForm(forms.Form):
    """How much to share."""

    level = forms.ChoiceField(
        choices=LEVEL_CHOICES,
        error_messages={
            "required": "Choose one of the four levels.",
            "invalid_choice": "Choose one of the four levels.",
        },
    )
