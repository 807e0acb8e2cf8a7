"""The first steps of a new student."""

import uuid
from typing import Any

from django import forms
from django.db.models import QuerySet

from applications.forms.acting import ActingForm, Line
from applications.forms.plain import PlainForm, one_newline
from applications.forms.window import MOST_GOAL
from applications.models import Desk
from applications.reading.typed import once, read_tags, write_tags
from applications.season.pace import MOST_A_WEEK
from companies.models import Season
from tracker.lib.forms import DayField

MOST_TOPICS = 12
LONGEST_TOPIC = 60
# Months -> weeks, as they are kept.
LENGTHS = {"13": "3 months", "17": "4 months", "22": "5 months", "26": "6 months"}
_LENGTHS = [("", "Not decided"), *LENGTHS.items()]


class TopicsField(forms.CharField):
    """Topics with commas between."""

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 - as Django's own
        """Show a list as it is typed."""
        return write_tags(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - as Django's own
        """Return the topics, each once."""
        topics = read_tags(super().clean(value))
        if len(topics) > MOST_TOPICS:
            raise forms.ValidationError(f"Use at most {MOST_TOPICS} topics; these are {len(topics)}.")
        longest = max(topics, key=len, default="")
        if len(longest) > LONGEST_TOPIC:
            raise forms.ValidationError(f"Use at most {LONGEST_TOPIC} characters for a topic.")
        if not all(topic.isprintable() for topic in topics):
            raise forms.ValidationError("Enter the topics in letters and digits.")
        return topics


class YouForm(PlainForm, ActingForm):
    """Who one is."""

    name = forms.CharField(label="Your name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phd_started_on = DayField(
        label="PhD started on",
        required=False,
        help_text="Tells the year of your PhD, and which summers suit most people.",
        error_messages={"invalid": "Enter the day your PhD started, like 1 10 2024."},
    )
    topics = TopicsField(
        label="Your topics",
        required=False,
        max_length=1_000,
        help_text="With commas between, like graph learning, causality.",
    )
    thesis = forms.CharField(
        label=Desk._meta.get_field("thesis").verbose_name.capitalize(),
        max_length=Desk._meta.get_field("thesis").max_length,
        required=False,
    )

    def __init__(self, *args: Any, named: bool, **kwargs: Any) -> None:  # noqa: ANN401 - as Django's own
        """Ask for the name only where there is none."""
        super().__init__(*args, **kwargs)
        if named:
            del self.fields["name"]

    def facts(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {"name": "", **self.cleaned_data, "thesis": " ".join(self.cleaned_data["thesis"].split())}


class WhenForm(PlainForm, ActingForm):
    """When one wants to go, and how much to do for it."""

    season = forms.ModelChoiceField(label="Which summer", queryset=Season.objects.none(), empty_label=None)
    starts_on = DayField(label="Earliest start", required=False)
    weeks = forms.TypedChoiceField(
        label="How long",
        required=False,
        choices=_LENGTHS,
        coerce=int,
        empty_value=None,
    )
    weekly_target = forms.IntegerField(
        label="Applications a week",
        min_value=1,
        max_value=MOST_A_WEEK,
        required=False,
        help_text="Two suit most people beside research.",
    )
    goal = forms.IntegerField(label="Applications in all", min_value=1, max_value=MOST_GOAL, required=False)

    def __init__(self, *args: Any, seasons: QuerySet[Season], **kwargs: Any) -> None:  # noqa: ANN401 - as Django's own
        """Offer the seasons one may plan for, and a length that was planned elsewhere."""
        super().__init__(*args, **kwargs)
        self.fields["season"].queryset = seasons  # type: ignore[attr-defined]
        planned = self.initial["weeks"]
        if planned and str(planned) not in LENGTHS:
            self.fields["weeks"].choices = [*_LENGTHS, (planned, f"{planned} weeks")]  # type: ignore[attr-defined]


class HaveForm(PlainForm, ActingForm):
    """Links or companies, one a line, and companies that were ticked."""

    lines = forms.CharField(
        label="Links or companies, one a line",
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )
    request_key = Line(widget=forms.HiddenInput)

    def clean_request_key(self) -> uuid.UUID:
        """Read the key; a form without one is a request of its own."""
        try:
            return uuid.UUID(self.cleaned_data["request_key"])
        except ValueError:
            return uuid.uuid4()

    @classmethod
    def again(cls, left: list[str], later: int) -> "HaveForm":
        """Return the form with the lines that were not added, which says so; empty when all were."""
        if not left:
            return cls(initial={"request_key": uuid.uuid4()})
        form = cls({"request_key": str(uuid.uuid4()), "lines": "\n".join(left)})
        more = f" {later} more line{'s wait' if later > 1 else ' waits'} there, at most 20 are added at once."
        form.add_error("lines", "What was not added is kept below." + more * bool(later))
        return form

    def typed(self, picked: list[str]) -> list[str]:
        """Return the lines that were typed, then the companies that were ticked, each once."""
        return once([*str(one_newline(self.cleaned_data["lines"])).split("\n"), *picked])
