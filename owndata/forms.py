"""What people send about their data: an archive, and that they want to go."""

from django import forms

from applications.forms.acting import ActingForm
from applications.forms.plain import PlainForm


class BringForm(PlainForm, ActingForm):
    """An archive that Waymark made, here or elsewhere."""

    file = forms.FileField(
        label="Archive",
        help_text="The zip that Waymark made, up to 256 MB.",
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
        error_messages={"required": "Choose the archive", "empty": "The file is empty."},
    )


class LeaveForm(PlainForm, ActingForm):
    """Whoever deletes an account types its address, so that no slip of the hand does it."""

    email = forms.EmailField(label="Your e-mail address", max_length=254)

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Let the browser fill in nothing: it is to be typed."""
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "off"
