"""The form of a webhook, new or changed."""

from django import forms

from applications.forms.acting import ActingForm
from applications.forms.plain import PlainForm
from tracker.lib.fields import URL_LENGTH
from webhooks.models import EventType, Webhook


class WebhookForm(PlainForm, ActingForm):
    """What it is for, where it is, and what it is told of."""

    name = forms.CharField(
        label="What it is for",
        max_length=80,
        help_text="Such as “my group's chat”.",
        error_messages={"required": "Enter what it is for"},
    )
    url = forms.CharField(
        label="Address",
        max_length=URL_LENGTH,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        help_text="It begins with https:// and can be reached from everywhere.",
    )
    events = forms.MultipleChoiceField(
        label="What it is told",
        choices=EventType.choices,
        initial=EventType.values,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick what it is told"},
    )

    @classmethod
    def of(cls, webhook: Webhook) -> "WebhookForm":
        """Return the form with what there is."""
        return cls(initial={"name": webhook.name, "url": webhook.url, "events": webhook.events})
