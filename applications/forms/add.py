"""Quick add: a link or a company, a role, a stage; and the full form, which goes on from there."""

import uuid
from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout, Row
from django import forms

from applications.actions.adding import DETAILS
from applications.forms.acting import ActingForm, Line
from applications.forms.edit import DAYS, ApplicationForm
from applications.forms.plain import PlainForm, one_newline
from applications.forms.several import OneOf
from applications.models import Application
from applications.reading.shared import LONGEST_TEXT, kept_text
from applications.reading.slugs import LONGEST_PLACE
from applications.stage import ACTIVE, LOOKS, Stage
from tracker.lib.clock import ANYWHERE_ON_EARTH
from tracker.lib.forms import DayField
from tracker.lib.zones import ZoneField

_LOOKUP = {
    "hx-post": "/add/lookup/",
    "hx-trigger": "input changed delay:400ms, change",
    "hx-target": "#lookup",
    "hx-include": "closest form",
    "hx-sync": "#lookup:queue last",
}


class _TeamOf(OneOf):
    """Offers the teams of the company that is typed; the action knows whether one of them was chosen."""

    def valid_value(self, value: object) -> bool:
        """Take any number."""
        return str(value).isdecimal()


class AddForm(PlainForm, ActingForm):
    """The three questions; with the day of applying, and with the key that makes a double click one request."""

    is_full = False
    query = ""

    company_or_link = Line(
        label="Link or company",
        widget=forms.TextInput(attrs={**_LOOKUP, "autofocus": True, "autocomplete": "off", "spellcheck": "false"}),
    )
    role = Line(label="Role", widget=forms.TextInput(attrs={**_LOOKUP, "autocomplete": "off"}))
    stage = forms.ChoiceField(
        label="Stage",
        choices=[(stage, LOOKS[stage].label) for stage in ACTIVE],
        initial=Stage.INTERESTED.value,
        widget=forms.RadioSelect(attrs={**_LOOKUP, "hx-trigger": "change"}),
        error_messages={"required": "Choose a stage."},
    )
    applied_on = DayField(label="Applied on", required=False)
    posting_text: forms.CharField = Line(widget=forms.HiddenInput)
    request_key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Name the controls apart from those of the page under the dialog."""
        super().__init__(*args, **{"auto_id": "add_%s", **kwargs})

    def word(self, name: str, field: forms.Field) -> None:
        """Name the list to choose from."""
        super().word(name, field)
        if name == "stage":
            field.error_messages["invalid_choice"] = "Choose a stage from the list."

    def clean_request_key(self) -> uuid.UUID:
        """Read the key; a form without one is a request of its own."""
        try:
            return uuid.UUID(self.cleaned_data["request_key"])
        except ValueError:
            return uuid.uuid4()

    def facts(self) -> dict[str, Any]:
        """Return what the action takes."""
        asked = ("company_or_link", "role", "stage", "applied_on", "request_key")
        return {name: self.cleaned_data[name] for name in asked} | {"details": self.details()}

    def details(self) -> dict[str, object]:
        """Return the rest, by field of an application."""
        return {"posting_text": kept_text(self.cleaned_data["posting_text"])}


class ReadAddForm(AddForm):
    """The same with what a posting's page said of place and closing day, to be confirmed or corrected."""

    query = "?read=1"

    place = forms.CharField(label="Place", required=False, max_length=LONGEST_PLACE)
    closes_on = DayField(label="Closing day", required=False)

    def details(self) -> dict[str, object]:
        """Return the rest, by field of an application."""
        return super().details() | {name: self.cleaned_data[name] for name in ("place", "closes_on")}


class FullAddForm(AddForm, forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when running
    """The same with everything else that one may know already."""

    is_full = True
    query = "?more=1"

    team_id = _TeamOf(label="Team", help_text="Those of the company above.")
    zone = ZoneField(label="Closing time zone", initial=ANYWHERE_ON_EARTH)
    posting_text = forms.CharField(
        label=ApplicationForm.Meta.labels["posting_text"],
        help_text=ApplicationForm.Meta.help_texts["posting_text"],
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    class Meta:
        """What may be given is written beside the action; the words are those of the edit form."""

        model = Application
        fields = tuple(name for name in DETAILS if name != "team_id")
        field_classes = dict.fromkeys(DAYS, DayField)
        widgets = {"notes": forms.Textarea(attrs={"rows": 4})}
        labels = ApplicationForm.Meta.labels
        help_texts = {"hold_until": ApplicationForm.Meta.help_texts["hold_until"]}

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Lay out what comes after the three questions."""
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Fieldset("The role", Row("kind", "hours"), Row("place", "source"), Div("team_id", css_id="add-team")),
            Fieldset("Closing day", Row("closes_on", "zone")),
            Fieldset("Next step", Row("next_step", "next_step_on")),
            Fieldset("Your way in", Row("way_in", "referrer"), Row("on_hold", "hold_until")),
            Fieldset("When you would be there", Row("starts_from", "starts_until", "weeks")),
            Fieldset("To keep", "posting_text", "notes"),
        )

    def offer(self, teams: Iterable[tuple[int, str]]) -> None:
        """Offer these teams."""
        self.fields["team_id"].offer(teams)  # type: ignore[attr-defined]

    def details(self) -> dict[str, object]:
        """Return what was given, by field of an application."""
        return {name: one_newline(self.cleaned_data[name]) for name in DETAILS}
