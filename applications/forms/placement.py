"""The forms of a placement: its facts, one line of its log, one thing that came of it."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row
from django import forms

from applications.forms.acting import ActingForm
from applications.forms.plain import PlainForm
from applications.forms.seen import SeenForm
from applications.models import Made, Placement, PlacementEntry
from tracker.lib.forms import DayField


class PlacementForm(SeenForm):
    """Mentor, buddy, goal and days."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        """The log and what came of it have forms of their own."""

        model = Placement
        fields = (
            "mentor", "buddy", "goal", "starts_on", "ends_on", "place", "looking_back", "is_shared", "tells_group",
        )  # fmt: skip
        field_classes = dict.fromkeys(("starts_on", "ends_on"), DayField)
        widgets = dict.fromkeys(("goal", "looking_back"), forms.Textarea(attrs={"rows": 3}))
        help_texts = {
            "buddy": "Somebody of your team for the small questions.",
            "looking_back": "What you learned, and what you would tell the next one.",
            "tells_group": "Students of your supervisors read your name and the year on the company's page.",
            "is_shared": "Company and days, to those who see stages or details. They plan the group's year with it.",
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Send the version along."""
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version


class EntryForm(PlainForm, ActingForm, forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when running
    """A meeting or an event."""

    part, title = "log", "Edit the entry"

    class Meta:
        """All of it."""

        model = PlacementEntry
        fields = ("kind", "on", "text")
        field_classes = {"on": DayField}
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}
        error_messages = {"text": {"required": "Enter what happened"}}

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Take ids of its own: it shares a page with the form of what came of it."""
        super().__init__(*args, **{"auto_id": "log_%s", **kwargs})
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(Row("kind", "on"), "text")


class MadeForm(PlainForm, ActingForm, forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when running
    """What came of it: a paper with its venue, open source, a patent, a chapter."""

    part, title = "made", "Edit what came of it"

    class Meta:
        """All of it."""

        model = Made
        fields = ("kind", "title", "venue", "state", "on", "url")
        field_classes = {"on": DayField}
        widgets = {"url": forms.URLInput}

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Take ids of its own: it shares a page with the form of the log."""
        super().__init__(*args, **{"auto_id": "made_%s", **kwargs})
