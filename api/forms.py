"""The form of a new token."""

from django import forms
from django.conf import settings

from accounts.models import Scope
from applications.forms.acting import ActingForm
from applications.forms.plain import PlainForm

DAYS = ((30, "30 days"), (90, "90 days"), (365, "a year"))


class TokenForm(PlainForm, ActingForm):
    """What it is for, what it opens, and how long."""

    name = forms.CharField(label="What it is for", max_length=80, help_text="Such as “my calendar script”.")
    scopes = forms.MultipleChoiceField(
        label="What it opens",
        choices=[(value, label) for value, label in Scope.choices if value != Scope.WEBHOOKS or settings.WEBHOOKS],
        initial=[Scope.READ],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick what it opens"},
    )
    days = forms.TypedChoiceField(label="How long", choices=DAYS, coerce=int, initial=90)
