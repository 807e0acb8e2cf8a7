"""Forms of the requirements: lines to paste, and the correction of one."""

from django import forms

from applications.forms.acting import ActingForm, Line
from applications.forms.plain import PlainForm
from applications.forms.seen import SeenForm
from applications.models import Requirement


class LinesForm(PlainForm, ActingForm):
    """What they ask for, a line each."""

    lines = Line(
        label="What they ask for",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Paste the list from the posting: each line becomes one.",
    )


class RequirementForm(SeenForm):
    """One line of what they ask for, and whether it is met."""

    class Meta:
        """All of it is the student's to change."""

        model = Requirement
        fields = ("text", "meets")
        widgets = {"meets": forms.RadioSelect}

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Begin with the words; several of these forms may be open on one page."""
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["autofocus"] = True
        self.fields["text"].error_messages["required"] = "Enter what they ask for"
        self.auto_id = f"id_{self.instance.public_id}_%s"
