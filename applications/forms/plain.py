"""Fields and words that the forms of applications share."""

from django import forms
from django.forms.utils import ErrorDict

from tracker.lib.forms import PlainWords
from tracker.lib.http import UNPROCESSABLE

OK = 200

_TIMES = ("%H:%M", "%H.%M", "%H:%M:%S", "%I:%M %p", "%I %p", "%I%p")
_WORDS = {
    "max_length": "Use at most %(limit_value)d characters; this has %(show_value)d.",
    "invalid_choice": "Choose one from the list.",
    "null_characters_not_allowed": "Enter plain text.",
    "min_value": "Enter a number from %(limit_value)s up.",
    "max_value": "Enter a number up to %(limit_value)s.",
}


class StartTimeField(forms.TimeField):
    """A time of day, on 24 hours or with am and pm."""

    def __init__(self, **kwargs: object) -> None:
        """Take what the browser's own picker sends, and what people write."""
        kwargs["widget"] = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
        super().__init__(**{"input_formats": _TIMES, **kwargs})  # type: ignore[arg-type]
        self.error_messages["invalid"] = "Enter the start time, like 15:00"


class PlainForm(PlainWords):
    """Mix into a form: every refusal is a sentence that says what to type."""

    errors: ErrorDict

    @property
    def status(self) -> int:
        """The status of an answer that shows this form: 422 when it was refused."""
        return UNPROCESSABLE if self.errors else OK

    def word(self, name: str, field: forms.Field) -> None:
        """Give one field its words."""
        super().word(name, field)
        field.error_messages.update(_WORDS)
        if isinstance(field, forms.IntegerField):
            field.error_messages["invalid"] = "Enter a whole number, like 60"


def one_newline(value: object) -> object:
    """Return text with the line ends that we store; browsers send two characters for each."""
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value
