"""Forms of the timeline: one line to log, and the correction of an entry."""

from django import forms

from applications.actions.events import LOGGED
from applications.forms.acting import ActingForm, Line
from applications.forms.plain import PlainForm, one_newline
from applications.forms.seen import SeenForm
from applications.models import Event
from tracker.lib.forms import DayField

WHO_SEES = [("", "Only you"), ("on", "Shared")]


class LogForm(PlainForm, ActingForm):
    """What happened; the button that is pressed says of which kind it was."""

    text = forms.CharField(
        label="Log an update",
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 1, "placeholder": "What happened?"}),
        error_messages={"required": "Enter what happened"},
    )
    kind = Line()
    is_shared = forms.BooleanField(
        label="Who sees this", required=False, widget=forms.Select(choices=WHO_SEES, attrs={"class": "who-sees"})
    )
    on = DayField(required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Set the classes that crispy would, for the composer is laid out by hand."""
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["class"] = "field"

    @classmethod
    def again(cls) -> "LogForm":
        """Return an empty line that takes the focus, for the next thing that happened."""
        form = cls()
        form.fields["text"].widget.attrs["data-focus"] = ""
        return form


class EventForm(SeenForm):
    """Day and words of an entry."""

    class Meta:
        """Its stage is not edited: deleting the entry, or moving the application, does that."""

        model = Event
        fields = ("on", "text", "is_shared")
        field_classes = {"on": DayField}
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Ask for words where they are all there is."""
        super().__init__(*args, **kwargs)
        self.fields["on"].error_messages["required"] = "Enter the day, like 30 11 2026"
        self.fields["text"].required = self.instance.kind in LOGGED
        self.fields["text"].error_messages["required"] = "Enter what happened"
        if self.instance.stage:
            self.fields["text"].label = "Words about it"

    def was_seen(self) -> Event:
        """Return the entry as it was when the form was made, out of the hidden inputs."""
        seen = Event()
        for field in self.remembered():
            hidden = field.field.hidden_widget()
            value = hidden.value_from_datadict(self.data, self.files, field.html_initial_name)
            setattr(seen, field.name, self._was(field.field, value))
        return seen

    @staticmethod
    def _was(field: forms.Field, value: object) -> object:
        try:
            return one_newline(field.to_python(value))
        except forms.ValidationError:
            return None
