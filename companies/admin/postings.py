"""Postings, wherever they come from."""

import datetime as dt
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import User
from companies.actions.curating import save_posting
from companies.admin.base import CheckedFilter, CuratorAdmin, ModelForm
from companies.links import BadLinkError, link_key
from companies.models import Posting


class PostingForm(ModelForm):
    """Refuses a link that is in the list, and a team or programme of another company."""

    def clean_url(self) -> str:
        """Return the link; an imported posting may have none."""
        url: str = self.cleaned_data["url"]
        if not url and not self.instance.origin_id:
            raise ValidationError("Enter the link of the posting.")
        if not url:
            return url
        try:
            key = link_key(url)
        except BadLinkError as error:
            raise ValidationError(str(error)) from None
        if Posting.objects.filter(url_key=key).exclude(pk=self.instance.pk).exists():
            raise ValidationError("This link is in the list already.")
        return url

    def clean(self) -> dict[str, Any]:
        """Compare the company of team and programme."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("team", "programme"):
            part = cleaned.get(name)
            if part and part.company != cleaned.get("company"):
                self.add_error(name, f"Choose a {name} of the same company.")
        return cleaned


@admin.register(Posting)
class PostingAdmin(CuratorAdmin):
    """One advertised role: what it says, whether it is open, and whether it is shown."""

    form = PostingForm
    list_display = (
        "title",
        "company",
        "kind",
        "is_research",
        "is_open",
        "is_visible",
        "closes_on",
        "posted_at",
        "checked_on",
    )
    list_filter = ("is_open", "is_visible", "is_research", "kind", "origin", "sponsorship", CheckedFilter)
    list_select_related = ("company",)
    search_fields = ("title", "company__name")
    ordering = ("-listed_at", "-pk")
    autocomplete_fields = ("company", "team", "programme")
    fieldsets = (
        (None, {"fields": ("company", "team", "programme", "kind", "title", "url", "is_research")}),
        ("When and where", {"fields": (
            "places", "terms", "starts_on", "hours", "min_weeks", "max_weeks", "sponsorship",
        )}),
        ("State", {"fields": ("is_open", "is_visible", "closes_on", "zone")}),
        ("How we know", {"fields": (
            "source_url", "source_note", "checked_on", "checked_by", "origin", "origin_id", "posted_at",
            "origin_updated_at",
        )}),
    )  # fmt: skip
    readonly_fields = ("checked_on", "checked_by", "origin", "origin_id", "posted_at", "origin_updated_at")

    def view_on_site(self, obj: Posting) -> str:
        """Return the address of the posting's page."""
        return reverse("companies:posting", args=[obj.public_id])

    def save_fact(self, fact: Posting, by: User, at: dt.datetime) -> None:
        """Save through the action."""
        save_posting(posting=fact, by=by, at=at)
