"""The form of an interview round; only its kind is required."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Fieldset, Layout, Row
from django import forms

from applications.forms.plain import StartTimeField
from applications.forms.seen import SeenForm
from applications.models import InterviewRound
from tracker.lib.forms import DayField
from tracker.lib.zones import ZoneField

LONGEST_ROUND = 7 * 24 * 60
_CHOICES = '{{% include "applications/_choices.html" with field=form.{} %}}'
_LOOK = '{% include "applications/_round_look.html" %}'
WHEN = frozenset({"on", "time", "minutes", "zone", "status"})


class RoundForm(SeenForm):
    """What, when, with whom, where, and how it went."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    minutes = forms.IntegerField(label="Minutes", min_value=1, max_value=LONGEST_ROUND, required=False)
    zone = ZoneField(
        label="Time zone",
        help_text="Theirs, as the invitation says. Your own is shown beside it.",
    )

    class Meta:
        """Instant and revision are derived from these."""

        model = InterviewRound
        fields = ("kind", "with_whom", "people", "on", "time", "minutes", "zone", "place", "status", "notes")
        field_classes = {"on": DayField, "time": StartTimeField}
        widgets = {
            "kind": forms.RadioSelect,
            "with_whom": forms.RadioSelect,
            "notes": forms.Textarea(attrs={"rows": 3}),
        }
        labels = {"place": "Where", "notes": "Notes, only for you", "people": "Names"}
        help_texts = {"place": "A link or an address."}

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Send the version along, and lay the fields out."""
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        self.fields["kind"].choices = InterviewRound.Kind.choices  # type: ignore[attr-defined]
        self.fields["with_whom"].choices = InterviewRound.With.choices  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "version",
            Fieldset("", HTML(_CHOICES.format("kind")), HTML(_CHOICES.format("with_whom")), "people"),
            Fieldset("When", Row("on", "time", "minutes"), "zone", HTML(_LOOK)),
            Fieldset("Where and how it went", "place", "status", "notes"),
        )

    def typed(self) -> InterviewRound:
        """Return the round as it was typed, as far as it can be read; it is not saved."""
        self.full_clean()
        typed: InterviewRound = self.instance
        if typed.on is None or "zone" in self.errors:
            typed.time = None
        typed.starts_at = typed.derived_start()
        return typed
