"""What curators answer: whose value stays in a merge, and why a proposal is not taken as it is."""

from collections.abc import Sequence

from django import forms

from companies.models import Company, Proposal
from companies.queries.merging import Choice
from tracker.lib.forms import PlainWords


class MergeForm(forms.Form):
    """For each field in which two companies differ, whose value stays: `one` is the keeper's."""

    def __init__(self, data: object, *, choices: Sequence[Choice]) -> None:
        """Offer both values of each."""
        super().__init__(data)  # type: ignore[arg-type]
        self.choices = choices
        for choice in choices:
            self.fields[choice.name] = forms.ChoiceField(
                label=choice.label,
                choices=[("one", choice.one or "Nothing"), ("other", choice.other or "Nothing")],
                initial="one" if choice.is_one else "other",
                widget=forms.RadioSelect,
                error_messages={
                    "required": f"Choose one for {choice.label.lower()}",
                    "invalid_choice": f"Choose one for {choice.label.lower()}",
                },
            )

    def values(self, keeper: Company, taken: Company) -> dict[str, str]:
        """Return the fields as the keeper shall have them."""
        whose = {"one": keeper, "other": taken}
        return {name: getattr(whose[said], name) for name, said in self.cleaned_data.items()}


class AskForm(PlainWords, forms.Form):
    """Asks the proposer for something."""

    answer = forms.CharField(
        label="What is missing",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what is missing: the student reads it"},
    )


class DeclineForm(PlainWords, forms.Form):
    """Says no, and why."""

    reason = forms.ChoiceField(label="Why", choices=[("", "Choose"), *Proposal.Reason.choices])
    answer = forms.CharField(
        label="In your words", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, object]:
        """Another reason needs words."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("reason") == Proposal.Reason.OTHER and not cleaned.get("answer"):
            self.add_error("answer", "Say why: the student reads it")
        return cleaned
