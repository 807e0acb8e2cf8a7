"""The full form of an application, and the same in sections, each of which is edited in its place on the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, LayoutObject, Row
from django import forms

from applications.actions.editing import FIELDS
from applications.choices import CouldBecome, Reason
from applications.forms.seen import SeenForm
from applications.forms.several import OneOf, SeveralField, TagsField
from applications.models import Application
from companies.models import Season, Team
from tracker.lib.forms import DayField
from tracker.lib.zones import ZoneField

DAYS = ("closes_on", "next_step_on", "hold_until", "starts_from", "starts_until")
# Not fields of the model as they stand: rows by their key, and lists in one control.
_OWN = ("team_id", "season_id", "tags", "could_become", "reasons")


@dataclass(frozen=True, slots=True)
class Section:
    """One card of the page that opens as a form."""

    title: str
    fields: tuple[str, ...]


SECTIONS: Mapping[str, Section] = {
    "next": Section("Next step", ("next_step", "next_step_on")),
    "way-in": Section("Your way in", ("way_in", "referrer", "on_hold", "hold_until")),
    "fit": Section("Fit", ("team_id", "closeness", "could_become", "reasons")),
    "facts": Section(
        "Key facts",
        ("role", "url", "source", "kind", "closes_on", "zone", "season_id", "starts_from", "starts_until", "weeks",
         "hours", "place", "tags"),
    ),
    "posting": Section("Text of the posting", ("posting_text",)),
    "notes": Section("Notes", ("notes",)),
}  # fmt: skip


class ApplicationForm(SeenForm):
    """All that an application says of itself, or one section of it; its stage is moved elsewhere."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    zone = ZoneField(
        label="Closing time zone",
        help_text="Many close “anywhere on earth”, the last zone of all.",
    )
    team_id = OneOf(label="Team")
    season_id = OneOf(label="Season")
    tags = TagsField(label="Tags", required=False, help_text="With commas between, at most ten.")
    could_become = SeveralField(label="Could become", choices=CouldBecome.choices, required=False)
    reasons = SeveralField(label="You hope for", choices=Reason.choices, required=False)

    class Meta:
        """What may be edited is written beside the action."""

        model = Application
        fields = tuple(name for name in FIELDS if name not in _OWN)
        field_classes = dict.fromkeys(DAYS, DayField)
        widgets = {
            "notes": forms.Textarea(attrs={"rows": 4}),
            "posting_text": forms.Textarea(attrs={"rows": 8}),
            "closeness": forms.RadioSelect,
            "url": forms.URLInput,
        }
        labels = {
            "url": "Link to the posting",
            "closes_on": "Closes on",
            "next_step_on": "By",
            "way_in": "Referral",
            "on_hold": "Hold: wait for the referral before applying",
            "hold_until": "Wait until",
            "notes": "Notes, only for you",
            "weeks": "Length in weeks",
            "closeness": "The team's work and yours",
            "posting_text": "Text of the posting, as it reads now",
        }
        help_texts = {
            "hold_until": "Without an answer by then, Today says to apply directly.",
            "weeks": "Most last 3 to 6 months: 13 to 26 weeks.",
            "posting_text": "Postings vanish. Paste it while it is there; only you see it.",
        }

    def __init__(self, *args: object, section: Section | None = None, **kwargs: object) -> None:
        """Keep the fields of a section, fill in what can be chosen, send the version along and lay the fields out."""
        super().__init__(*args, **kwargs)
        if section:
            self.fields = {name: self.fields[name] for name in ("version", *section.fields)}
            next(iter(self.visible_fields())).field.widget.attrs["autofocus"] = True
        self.initial.update({name: getattr(self.instance, name) for name in ("version", *_OWN)})
        self._offer()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout("version", *(section.fields if section else _whole()))

    def touched(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return what the person changed, and what they saw there: field -> value, twice."""
        names, seen = [field.name for field in self.remembered() if field.name in self.changed_data], self.seen()
        return {name: self.cleaned_data[name] for name in names}, {name: seen[name] for name in names}

    def _offer(self) -> None:
        """Offer the company's teams and the seasons."""
        if "team_id" in self.fields:
            teams = Team.objects.filter(company=self.instance.company_id).order_by("name", "pk")
            self.fields["team_id"].offer(teams.values_list("pk", "name"))  # type: ignore[attr-defined]
        if "season_id" in self.fields:
            seasons = Season.objects.order_by("-starts_on", "pk").values_list("pk", "name")
            self.fields["season_id"].offer(seasons)  # type: ignore[attr-defined]


def _whole() -> list[LayoutObject]:
    return [
        Fieldset("The role", "role", Row("kind", "hours"), "url", Row("place", "source"), "tags"),
        Fieldset("Next step", Row("next_step", "next_step_on")),
        Fieldset("Closing day", Row("closes_on", "zone")),
        Fieldset("Your way in", Row("way_in", "referrer"), Row("on_hold", "hold_until")),
        Fieldset("Fit", "team_id", "closeness", "could_become", "reasons"),
        Fieldset("When you would be there", "season_id", Row("starts_from", "starts_until", "weeks")),
        Fieldset("Text of the posting", "posting_text"),
        Fieldset("Notes", "notes"),
    ]
