"""The form of the record of approval."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Row
from django import forms

from applications.choices import Decision
from applications.forms.seen import SeenForm
from applications.models import Approval
from tracker.lib.forms import DayField

_DAYS = ("away_from", "away_until", "thesis_on", "thesis_moves_to", "decided_on")


class ApprovalForm(SeenForm):
    """Who pays, what it does to stipend and thesis, and what was decided."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        """All of it."""

        model = Approval
        fields = (
            "funder", "funder_name", "away_from", "away_until", "stipend", "thesis_on", "thesis_moves_to", "conditions",
            "decision", "decided_by", "decided_on",
        )  # fmt: skip
        field_classes = dict.fromkeys(_DAYS, DayField)
        widgets = {"conditions": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "funder_name": "As on your award letter.",
            "conditions": "From the funder, the university or your supervisor.",
            "decided_by": "Name and office, like the graduate office.",
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Send the version along, and lay the fields out."""
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "version",
            Fieldset("Funding", Row("funder", "funder_name"), "stipend"),
            Fieldset("Time", Row("away_from", "away_until"), Row("thesis_on", "thesis_moves_to")),
            Fieldset("Decision", "conditions", "decision", Row("decided_by", "decided_on")),
        )

    def clean(self) -> dict[str, Any]:
        """Ask who decided, and when, as soon as something is decided."""
        cleaned = super().clean()
        decision = cleaned.get("decision")
        if decision and decision != Decision.NOT_NEEDED:
            if not cleaned.get("decided_by") and "decided_by" not in self.errors:
                self.add_error("decided_by", "Enter who decided")
            if not cleaned.get("decided_on") and "decided_on" not in self.errors:
                self.add_error("decided_on", "Enter the day it was decided")
        return cleaned
