"""Companies with their other names, programmes and teams."""

import datetime as dt
from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from accounts.models import User
from companies.actions.companies import clean_name, refresh_search
from companies.actions.curating import approve_companies, save_company, save_paper, save_part
from companies.admin.base import (
    CheckedFilter,
    Curated,
    CuratorAdmin,
    FormSet,
    ModelForm,
    StackedInline,
    stamp,
)
from companies.links import BadLinkError, link_key
from companies.models import Alias, Company, Paper, Programme, Team
from companies.naming import match_key
from companies.queries.known import companies_by_key, has_paper
from tracker.lib import clock
from tracker.lib.errors import DomainError


class CompanyForm(ModelForm):
    """Refuses a name that another company of the list has, as its name or as an alias."""

    def clean_name(self) -> str:
        """Return the name with single spaces."""
        try:
            name = clean_name(self.cleaned_data["name"])
        except DomainError as error:
            raise ValidationError(error.sentence) from None
        shown = self.instance.pk is None or self.instance.approved_at is not None
        holder = companies_by_key({match_key(name)}).get(match_key(name))
        if shown and holder not in {None, self.instance.pk}:
            raise ValidationError("This company is in the list already, perhaps under another name.")
        return name


class AliasForm(ModelForm):
    """Refuses a name that another company of the list has."""

    def clean_name(self) -> str:
        """Return the name, whose key is taken along."""
        name: str = self.cleaned_data["name"]
        key = match_key(name)
        if not key:
            raise ValidationError("Enter a name with at least one letter or digit.")
        holder = Alias.objects.filter(match_key=key).exclude(pk=self.instance.pk).exists()
        if holder or companies_by_key({key}).get(key, self.instance.company_id) != self.instance.company_id:
            raise ValidationError("Another company of the list has this name.")
        self.instance.match_key = key
        return name


class AliasFormSet(FormSet):
    """Refuses two spellings of one name at once."""

    def clean(self) -> None:
        """Look for two forms with one key."""
        super().clean()
        keys = [match_key(f.cleaned_data.get("name", "")) for f in self.forms if hasattr(f, "cleaned_data")]
        keys = [key for key in keys if key]
        if len(keys) != len(set(keys)):
            raise ValidationError("Two of these names are the same.")


class AliasInline(Curated, StackedInline):
    """Other names of a company."""

    model = Alias
    form = AliasForm
    formset = AliasFormSet
    extra = 1


class ProgrammeInline(Curated, StackedInline):
    """Programmes in short; each has a page of its own. Stacked, since every field then has a label that is read out."""

    model = Programme
    fields = ("name", "kind", "min_weeks", "max_weeks", "url", "source_url")
    extra = 0
    show_change_link = True


class WaitingFilter(admin.SimpleListFilter):
    """Companies by whether everybody sees them."""

    title = "approval"
    parameter_name = "approval"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:  # noqa: ARG002 - Django's signature
        return [("waiting", "Waiting"), ("approved", "Approved")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Company]) -> QuerySet[Company]:  # noqa: ARG002 - Django's signature
        if self.value() in {"waiting", "approved"}:
            return queryset.filter(approved_at__isnull=self.value() == "waiting")
        return queryset


@admin.register(Company)
class CompanyAdmin(CuratorAdmin):
    """Names, place, topics, and approval of what students added."""

    form = CompanyForm
    list_display = ("name", "kind", "city", "country", "approved_at", "checked_on")
    list_filter = (WaitingFilter, CheckedFilter, "kind", "country")
    search_fields = ("name", "aliases__name")
    ordering = ("match_key", "pk")
    fieldsets = (
        (None, {"fields": ("name", "slug", "kind", "website", "careers_url", "city", "country", "topics", "notes")}),
        ("How we know", {"fields": ("source_url", "source_note", "checked_on", "checked_by", "approved_at")}),
    )
    readonly_fields = ("slug", "checked_on", "checked_by", "approved_at")
    inlines = (AliasInline, ProgrammeInline)
    actions = ("checked_today", "approve")

    def view_on_site(self, obj: Company) -> str:
        """Return the address of the company's page."""
        return reverse("companies:detail", args=[obj.slug])

    def save_fact(self, fact: Company, by: User, at: dt.datetime) -> None:
        """Save through the action."""
        save_company(company=fact, by=by, at=at)

    def save_formset(self, request: HttpRequest, form: ModelForm, formset: FormSet, change: bool) -> None:  # noqa: ARG002, FBT001 - Django's signature
        """Save programmes through their action; names as they are."""
        by, at = cast("User", request.user), clock.now()
        rows = formset.save(commit=False)
        for gone in formset.deleted_objects:
            gone.delete()
        for row in rows:
            if isinstance(row, Programme):
                stamp(row, by)
                save_part(part=row, by=by, at=at)
            else:
                row.save()
        formset.save_m2m()

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: list[FormSet], change: bool) -> None:  # noqa: FBT001 - Django's signature
        """Bring search up to the names once all are saved."""
        super().save_related(request, form, formsets, change)
        refresh_search(company=form.instance)

    @admin.action(description="Approve: show to everybody")
    def approve(self, request: HttpRequest, queryset: QuerySet[Company]) -> None:
        """Approve the chosen companies, and name those that the list has already."""
        result = approve_companies(companies=queryset, by=cast("User", request.user), at=clock.now())
        if result.approved or not result.refused:
            self.message_user(request, f"{result.approved} approved.", messages.SUCCESS)
        if result.refused:
            names = ", ".join(result.refused)
            self.message_user(request, f"The list has these already: {names}.", messages.WARNING)


@admin.register(Team)
class TeamAdmin(CuratorAdmin):
    """Groups within companies."""

    list_display = ("name", "company", "place", "checked_on")
    list_filter = (CheckedFilter,)
    list_select_related = ("company",)
    search_fields = ("name", "company__name")
    ordering = ("name", "pk")
    autocomplete_fields = ("company",)
    fields = (
        "company",
        "name",
        "slug",
        "topics",
        "place",
        "url",
        "source_url",
        "source_note",
        "checked_on",
        "checked_by",
    )
    readonly_fields = ("slug", "checked_on", "checked_by")

    def save_fact(self, fact: Team, by: User, at: dt.datetime) -> None:
        """Save through the action."""
        save_part(part=fact, by=by, at=at)


class PaperForm(ModelForm):
    """Refuses a paper that its company has, and a team of another one."""

    def clean(self) -> dict[str, Any]:
        """Look at company, team and link together."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        company, team, url = cleaned.get("company"), cleaned.get("team"), cleaned.get("url")
        if company and team and team.company_id != company.pk:
            self.add_error("team", "Choose a team of the same company.")
        try:
            if company and url and has_paper(company.pk, link_key(url), but=self.instance.pk):
                self.add_error("url", "This company has this paper already.")
        except BadLinkError as error:
            self.add_error("url", str(error))
        return cleaned


@admin.register(Paper)
class PaperAdmin(CuratorAdmin):
    """Public papers by people of companies."""

    form = PaperForm
    list_display = ("title", "company", "team", "year", "checked_on")
    list_filter = (CheckedFilter,)
    list_select_related = ("company", "team")
    search_fields = ("title", "company__name")
    ordering = ("-year", "title", "pk")
    autocomplete_fields = ("company", "team")
    fields = (
        "company",
        "team",
        "title",
        "authors",
        "venue",
        "year",
        "url",
        "source_url",
        "source_note",
        "checked_on",
        "checked_by",
    )
    readonly_fields = ("checked_on", "checked_by")

    def save_fact(self, fact: Paper, by: User, at: dt.datetime) -> None:
        """Save through the action."""
        save_paper(paper=fact, by=by, at=at)
