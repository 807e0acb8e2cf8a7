"""The forms of people, of what was said, and of papers."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row
from django import forms

from applications.forms.several import OneOf
from outreach.actions import Facts
from outreach.choices import How, Said
from outreach.free_days import countries
from outreach.reading.work import LONGEST_NAME
from tracker.lib.forms import DayField, PlainWords

_LONG = {"max_length": "Use at most %(limit_value)d characters; this has %(show_value)d."}
LONGEST_PASTE = 1_000_000


class ContactForm(PlainWords, forms.Form):
    """Public details of somebody's work, and from where one has them."""

    name = forms.CharField(max_length=LONGEST_NAME, error_messages=_LONG)
    how = forms.ChoiceField(
        label="How you know of them",
        choices=How.choices,
        error_messages={"invalid_choice": "Choose one from the list."},
    )
    work = forms.CharField(
        label="Where they work", max_length=LONGEST_NAME, required=False, help_text="Company or university, team."
    )
    country = forms.ChoiceField(
        label="Country",
        required=False,
        help_text="Public holidays there are no working days.",
        error_messages={"invalid_choice": "Choose one from the list."},
    )
    team_id = OneOf(label="Team")
    email = forms.EmailField(
        label="E-mail address at work",
        max_length=254,
        required=False,
        error_messages={"invalid": "Enter an e-mail address, like name@company.example"},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    url = forms.URLField(
        label="Their page",
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": "Enter a web address, like https://people.example/ann"},
    )
    source = forms.CharField(
        label="Where you have this from",
        max_length=300,
        required=False,
        help_text="Like: first page of the paper, programme of the workshop.",
        error_messages=_LONG,
    )
    why = forms.CharField(
        label="Why them",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages=_LONG,
    )
    next_step = forms.CharField(label="Next step", max_length=200, required=False, error_messages=_LONG)
    next_on = DayField(label="On", required=False)

    def __init__(self, *args: Any, teams: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:  # noqa: ANN401 - what Django takes
        """Offer the teams of their company, and put what belongs together side by side."""
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", "Not noted"), *countries().items()]  # type: ignore[attr-defined]
        if teams:
            self.fields["team_id"].offer(teams)  # type: ignore[attr-defined]
        else:
            del self.fields["team_id"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "name",
            Row("work", "country"),
            *(["team_id"] if teams else []),
            Row("how", "source"),
            Row("email", "url"),
            "why",
            Row("next_step", "next_on"),
        )

    def facts(self) -> Facts:
        """Return what was typed."""
        return Facts(**self.cleaned_data)


class MessageForm(PlainWords, forms.Form):
    """What was said, and when."""

    kind = forms.ChoiceField(
        label="What happened",
        choices=Said.choices,
        widget=forms.Select(attrs={"data-key": "w"}),
        error_messages={"invalid_choice": "Choose one from the list."},
    )
    on = DayField(label="Day")
    text = forms.CharField(
        label="What was said",
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=_LONG,
    )


class PasteForm(PlainWords, forms.Form):
    """Papers in any of the forms that can be read."""

    text = forms.CharField(
        label="Papers",
        max_length=LONGEST_PASTE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text="BibTeX, RIS, JSON of OpenAlex or Semantic Scholar, or a title with its authors on the line below.",
        error_messages={"required": "Paste a paper, or type its title and authors.", **_LONG},
    )
