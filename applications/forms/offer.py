"""The form of an offer: its terms, and how good each is in the student's own judgement."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Row
from django import forms

from applications.choices import CouldBecome
from applications.forms.seen import SeenForm
from applications.models import Offer
from applications.offers import MARKS, TERMS
from tracker.lib.forms import DayField

_BECOMES = {f"becomes_{value}": (value, label) for value, label in CouldBecome.choices}
_MARKED = {f"mark_{term}": term for term in TERMS}
_TEXTS = ("advice", "speaks_for", "speaks_against")


class OfferForm(SeenForm):
    """What they offer. What is not known yet stays empty, and the comparison says what to ask."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    pay = forms.DecimalField(min_value=0, max_digits=10, decimal_places=2, required=False)

    class Meta:
        """Marks and what it could become are fields of their own below."""

        model = Offer
        fields = (
            "answer_by", "project", "mentor", "closeness", "publishing", "ip", "compute", "pay", "currency", "pay_per",
            "starts_on", "ends_on", "place", "visa", "hours", *_TEXTS,
        )  # fmt: skip
        field_classes = dict.fromkeys(("answer_by", "starts_on", "ends_on"), DayField)
        widgets = dict.fromkeys(_TEXTS, forms.Textarea(attrs={"rows": 3}))
        labels = {"pay_per": "Per", "currency": "Currency", "ip": "Who owns code, data and patents"}
        help_texts = {"currency": "Three letters, like GBP.", "project": "One or two lines are enough."}

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Add what it could become and the marks, send the version along, and lay the fields out."""
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version if self.instance.pk else 0
        for name, (value, label) in _BECOMES.items():
            self._add(name, forms.BooleanField(label=label, required=False), value in self.instance.could_become)
        for name, term in _MARKED.items():
            field = forms.ChoiceField(label=TERMS[term].label, choices=list(MARKS.items()), required=False)
            self._add(name, field, self.instance.marks.get(term, ""))
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = _layout()

    def _add(self, name: str, field: forms.Field, value: object) -> None:
        field.show_hidden_initial = True
        self.word(name, field)
        self.fields[name], self.initial[name] = field, value

    def clean_currency(self) -> str:
        """Keep a currency as its three letters."""
        currency = str(self.cleaned_data["currency"]).strip().upper()
        if currency and not (len(currency) == 3 and currency.isascii() and currency.isalpha()):  # noqa: PLR2004 - ISO 4217
            raise forms.ValidationError("Enter the three letters of the currency, like GBP")
        return currency

    def details(self) -> dict[str, Any]:
        """Return what was typed, with marks and what it could become as the offer keeps them."""
        typed = super().details()
        becomes = [value for name, (value, _label) in _BECOMES.items() if typed.pop(name)]
        marks = {term: mark for name, term in _MARKED.items() if (mark := typed.pop(name))}
        return typed | {"could_become": becomes, "marks": marks}


def _layout() -> Layout:
    return Layout(
        "version",
        Fieldset("The answer", "answer_by"),
        Fieldset("The work", "project", "mentor", "closeness", "compute"),
        Fieldset("What may come of it", "publishing", "ip", *_BECOMES),
        Fieldset("Pay", Row("pay", "currency", "pay_per")),
        Fieldset("When and where", Row("starts_on", "ends_on"), "place", Row("visa", "hours")),
        Fieldset("Thinking it over, only for you", *_TEXTS),
        Fieldset("How good is it, in your judgement?", *[Row(*pair) for pair in _pairs(list(_MARKED))]),
    )


def _pairs(names: list[str]) -> list[list[str]]:
    return [names[start : start + 2] for start in range(0, len(names), 2)]
