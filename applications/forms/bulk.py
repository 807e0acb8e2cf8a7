"""What one does with many applications at once."""

from typing import Any

from django import forms

from applications.forms.acting import ActingForm, Line
from applications.forms.plain import PlainForm
from applications.stage import ACTIVE, LOOKS
from tracker.lib.forms import DayField

MOVES = {f"move-{stage}": LOOKS[stage].label for stage in ACTIVE}
EXPORTS = {"csv": "CSV", "xlsx": "XLSX"}
_ACTS = ("next", "tag", "close", "delete", *MOVES, *EXPORTS)
_NEEDS = {"next": ("next_step", "next_step_on"), "tag": ("tag",)}
_SUBMITS = {"next": "Set next step", "tag": "Add tag", "delete": "Delete for good"}


class BulkForm(PlainForm, ActingForm):
    """One act and what it needs; which applications it is about is read apart."""

    do = Line(widget=forms.HiddenInput)
    next_step = Line(label="Next step")
    next_step_on = DayField(label="By", required=False)
    tag = Line(label="Tags", help_text="With commas between.")

    def clean_do(self) -> str:
        """Take Enter in a field for the act that the field belongs to."""
        act = self.cleaned_data["do"] or next((act for act, (name, *_) in _NEEDS.items() if self.data.get(name)), "")
        if act not in _ACTS:
            message = "Choose what to do with them."
            raise forms.ValidationError(message)
        return act

    def clean(self) -> dict[str, Any]:
        """Look at nothing that the act does not need: it was typed for another."""
        for name in set(self.errors) & {name for names in _NEEDS.values() for name in names}:
            if name not in _NEEDS.get(self.chosen, ()):
                del self.errors[name]
        if "do" in self.errors:  # there is no field to lead to
            self.add_error(None, list(self.errors.pop("do")))
        return self.cleaned_data

    @property
    def chosen(self) -> str:
        """The act, as far as it can be told from what was sent."""
        return str(self.cleaned_data.get("do", ""))

    @property
    def asked_fields(self) -> list[forms.BoundField]:
        """The fields that the act needs."""
        return [self[name] for name in _NEEDS.get(self.chosen, ())]

    @property
    def submit(self) -> str:
        """What the button of the page says that asks again."""
        return _SUBMITS.get(self.chosen, "")
