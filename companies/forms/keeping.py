"""What curators type to keep the list true: windows, feeds, and what they saw of stale postings."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from companies.fetching import is_allowed
from companies.forms.facts import Facts, control
from companies.models import Company, Cycle, Feed
from companies.naming import match_key
from companies.queries.known import companies_by_key
from tracker.lib.forms import DayField, PlainWords


class CycleForm(Facts):
    """The window of a programme in one season."""

    class Meta:
        """Its days, how sure they are, and who says so."""

        model = Cycle
        fields = ("state", "opens_on", "closes_on", "zone", "source_url", "source_note")
        formfield_callback = control


class FeedForm(Facts):
    """Where postings come from, and how often."""

    owner = forms.CharField(
        label="Company", required=False, help_text="For the board of one company. You say so that the board is theirs."
    )

    class Meta:
        """What a curator decides about a feed."""

        model = Feed
        fields = ("name", "format", "url", "research_only", "is_on", "every_hours")
        formfield_callback = control

    def __init__(self, *args: Any, origins: list[str], **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        """Offer reading by itself only where fetching is allowed at all."""
        super().__init__(*args, **kwargs)
        self.origins = origins
        self.initial.setdefault("owner", self.instance.company.name if self.instance.company else "")
        if not origins:
            del self.fields["is_on"], self.fields["every_hours"]

    def clean_url(self) -> str:
        """Refuse an address that may not be fetched."""
        url: str = self.cleaned_data["url"]
        if url and self.origins and not is_allowed(url, self.origins):
            raise ValidationError(f"Only these may be fetched: {', '.join(self.origins)}.")
        return url

    def clean_owner(self) -> Company | None:
        """Find the company of this name."""
        key = match_key(self.cleaned_data["owner"])
        if not key:
            return None
        found = companies_by_key({key}).get(key)
        if found is None:
            raise ValidationError("No company of this name is in the list.")
        return Company.objects.get(pk=found)

    def clean(self) -> dict[str, Any]:
        """Take the company along."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "owner" in cleaned:
            self.instance.company = cleaned["owner"]
        return cleaned


class UploadForm(PlainWords, forms.Form):
    """A file of the feed's format."""

    file = forms.FileField(label="File", error_messages={"empty": "The file is empty."})


class LookForm(PlainWords, forms.Form):
    """What a curator saw of the ticked postings."""

    do = forms.ChoiceField(choices=[("open", "Still open"), ("closed", "Closed"), ("day", "New date")])
    day = DayField(label="New closing day", required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for the new date where there is one."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("do") == "day" and not cleaned.get("day") and "day" not in self.errors:
            self.add_error("day", "Enter the new closing day")
        return cleaned

    @property
    def day_said(self) -> dt.date | None:
        """The new day, where that was chosen."""
        return self.cleaned_data["day"] if self.cleaned_data["do"] == "day" else None
