"""What is on the sheet for paper."""

from collections.abc import Sequence

from django import forms

from applications.queries.insights import Choice

ALL = "all"


class SheetForm(forms.Form):
    """Season and notes; the view reads the address itself, so that a season that is not theirs is a 404."""

    season = forms.ChoiceField(label="Season", required=False)
    notes = forms.BooleanField(label="With my notes", required=False, widget=forms.CheckboxInput(attrs={"value": "1"}))

    def __init__(self, *, seasons: Sequence[Choice], season: Choice | None, notes: bool) -> None:
        """Show what is chosen."""
        super().__init__(initial={"season": season.slug if season else ALL, "notes": notes})
        self.fields["season"].choices = [*((one.slug, one.name) for one in seasons), (ALL, "All")]  # type: ignore[attr-defined]
