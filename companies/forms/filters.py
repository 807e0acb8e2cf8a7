"""Filters above the lists; all optional, and what they cannot read narrows nothing."""

import datetime as dt

from django import forms
from django.conf import settings

from companies.models import Kind, Posting
from companies.queries.companies import CompanyFilters
from companies.queries.postings import PostingFilters
from companies.terms import terms_around


class FilterForm(forms.Form):
    """A GET form: every field optional, nothing marked as such."""

    def read(self) -> dict[str, object]:
        """Return the fields that could be read."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class CompanyFilterForm(FilterForm):
    """Narrows the list of companies."""

    q = forms.CharField(
        label="Search", max_length=200, required=False, widget=forms.SearchInput(attrs={"data-search": ""})
    )
    topic = forms.ChoiceField(label="Topic", required=False)
    place = forms.CharField(label="Place", max_length=80, required=False)
    has_open = forms.BooleanField(label="Has open postings", required=False)

    def __init__(self, data: object, *, topics: list[str]) -> None:
        """Offer the topics that are in use."""
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["topic"].choices = [("", "Any topic"), *((topic, topic) for topic in topics)]  # type: ignore[attr-defined]

    def filters(self) -> CompanyFilters:
        """Return what was asked for."""
        return CompanyFilters(**self.read())  # type: ignore[arg-type]


class PostingFilterForm(FilterForm):
    """Narrows the list of postings; open ones are shown unless closed ones are asked for."""

    q = forms.CharField(
        label="Search", max_length=200, required=False, widget=forms.SearchInput(attrs={"data-search": ""})
    )
    kind = forms.ChoiceField(label="Kind", choices=[("", "Any kind"), *Kind.choices], required=False)
    term = forms.ChoiceField(label="Term", required=False)
    place = forms.CharField(label="Place", max_length=80, required=False)
    sponsorship = forms.ChoiceField(
        label="Visa", choices=[("", "Any"), *(c for c in Posting.Sponsorship.choices if c[0])], required=False
    )
    company = forms.SlugField(required=False, widget=forms.HiddenInput)
    research = forms.BooleanField(label="Research and PhD roles only", required=False)
    soon = forms.BooleanField(label="Starts soon", required=False)
    closed = forms.BooleanField(label="Closed ones too", required=False)

    def __init__(self, data: object, *, on: dt.date) -> None:
        """Offer the terms around this day."""
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["term"].choices = [("", "Any term"), *((term, term) for term in terms_around(on))]  # type: ignore[attr-defined]

    def filters(self) -> PostingFilters:
        """Return what was asked for."""
        asked = self.read()
        soon = settings.WAYMARK_STARTS_SOON if asked.pop("soon", False) else None
        return PostingFilters(**asked, soon=soon)  # type: ignore[arg-type]
