"""Quick add: a link or a company, a role, a stage."""

import uuid

from django import forms

from applications.forms.acting import ActingForm, Line
from applications.stage import ACTIVE, LOOKS, Stage

_LOOKUP = {
    "hx-post": "/add/lookup/",
    "hx-trigger": "input changed delay:400ms, change",
    "hx-target": "#lookup",
    "hx-include": "closest form",
    "hx-sync": "#lookup:queue last",
}


class AddForm(ActingForm):
    """The three questions, with the key that makes a double click one request, and the duplicate one was told of."""

    company_or_link = Line(
        label="Link or company",
        widget=forms.TextInput(attrs={**_LOOKUP, "autofocus": True, "autocomplete": "off", "spellcheck": "false"}),
    )
    role = Line(label="Role", widget=forms.TextInput(attrs={**_LOOKUP, "autocomplete": "off"}))
    stage = forms.ChoiceField(
        label="Stage",
        choices=[(stage, LOOKS[stage].label) for stage in ACTIVE],
        initial=Stage.INTERESTED.value,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose a stage from the list.", "required": "Choose a stage."},
    )
    request_key = forms.CharField(widget=forms.HiddenInput, required=False)
    warned = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)

    def clean_request_key(self) -> uuid.UUID:
        """Read the key; a form without one is a request of its own."""
        try:
            return uuid.UUID(self.cleaned_data["request_key"])
        except ValueError:
            return uuid.uuid4()
