"""Filters above the table; all optional, and what they cannot read narrows nothing."""

from django import forms

from applications.queries.saved_views import LABELS
from applications.queries.table import SORTS, TableFilter
from applications.stage import STAGE_CHOICES
from companies.models import Kind


class TableForm(forms.Form):
    """A GET form."""

    view = forms.ChoiceField(choices=list(LABELS.items()), required=False, widget=forms.HiddenInput)
    q = forms.CharField(
        label="Search", max_length=200, required=False, widget=forms.SearchInput(attrs={"data-search": ""})
    )
    stage = forms.ChoiceField(label="Stage", choices=[("", "Any stage"), *STAGE_CHOICES], required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("", "Any kind"), *Kind.choices], required=False)
    sort = forms.ChoiceField(label="Sort", choices=[(name, sort.label) for name, sort in SORTS.items()], required=False)

    def filters(self) -> TableFilter:
        """Return what was asked for; a stage that is asked for shows closed ones as well."""
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        if "view" not in asked and ("stage" in asked or "q" in asked):
            asked["view"] = ""
        return TableFilter(**asked)
