"""What a student chooses to share."""

from typing import Any

from django import forms

from supervision.level import LEVEL_CHOICES
from supervision.models import Supervision
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


class ExceptionForm(forms.Form):
    """What one supervisor sees of one application beside what their level says."""

    hidden = forms.BooleanField(required=False)
    pay = forms.BooleanField(required=False)

    def __init__(self, data: Any, *, supervision: Supervision, has_pay: bool) -> None:  # noqa: ANN401 - what Django takes
        """Say what is ticked now, out of its exceptions for this application; ask about pay where there is some."""
        kept = next(iter(supervision.exceptions.all()), None)
        initial = {"hidden": bool(kept and kept.is_hidden), "pay": bool(kept and kept.shows_pay)}
        super().__init__(data, prefix=supervision.public_id, initial=initial)
        self.supervision = supervision
        who = supervision.supervisor
        self.fields["hidden"].label = f"Hide this application from {who}"
        self.fields["pay"].label = f"Show {who} the pay of the offer"
        if not has_pay:
            del self.fields["pay"]

    def clean(self) -> dict[str, Any]:
        """Refuse to hide it and show its pay."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("hidden") and cleaned.get("pay"):
            self.add_error("pay", f"{self.supervision.supervisor} cannot see the pay of what is hidden. Choose one.")
        return cleaned

    @property
    def said(self) -> dict[str, bool]:
        """What was ticked, as the action takes it."""
        return {"is_hidden": self.cleaned_data["hidden"], "shows_pay": self.cleaned_data.get("pay", False)}
