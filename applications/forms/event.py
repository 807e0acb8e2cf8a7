"""Forms of the timeline: one line to log, and the correction of an entry."""

from django import forms

from applications.actions.events import LOGGED
from applications.forms.acting import ActingForm, Line
from applications.forms.plain import PlainForm
from applications.forms.seen import SeenForm
from applications.models import Event
from applications.queries.suggesting import Suggestion
from applications.stage import ENTRY_CHOICES, entry_word, read_entry
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
    # The answer to what the text reads like: which step, and whether to take it.
    suggested = Line()
    entered = Line()
    suggestion: Suggestion | None = None

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


class PastStageForm(PlainForm, ActingForm):
    """A stage it was in, and since when."""

    entered = forms.ChoiceField(label="Stage", choices=ENTRY_CHOICES)
    on = DayField(label="Since", error_messages={"required": "Enter the day, like 30 11 2026"})


class EventForm(SeenForm):
    """Day and words of an entry, and the stage that it names."""

    entered = forms.ChoiceField(label="Stage", choices=ENTRY_CHOICES)

    class Meta:
        """`entered` is stage and outcome in one."""

        model = Event
        fields = ("on", "text", "is_shared")
        field_classes = {"on": DayField}
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}

    field_order = ("entered", "on", "text", "is_shared")

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Ask for words where they are all there is, and for a stage where the entry names one."""
        super().__init__(*args, **kwargs)
        self.fields["on"].error_messages["required"] = "Enter the day, like 30 11 2026"
        self.fields["text"].required = self.instance.kind in LOGGED
        self.fields["text"].error_messages["required"] = "Enter what happened"
        if self.instance.stage:
            self.fields["text"].label = "Words about it"
            self.initial["entered"] = entry_word(self.instance.stage, self.instance.outcome)
        else:
            del self.fields["entered"]

    def was_seen(self) -> Event:
        """Return the entry as it was when the form was made."""
        seen: Event = super().was_seen()
        seen.stage, seen.outcome = read_entry(str(getattr(seen, "entered", "") or ""))
        return seen
