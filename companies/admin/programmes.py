"""Programmes with their cycles, and the seasons these are in."""

import datetime as dt
from typing import cast

from django.contrib import admin
from django.http import HttpRequest

from accounts.models import User
from companies.actions.curating import save_part, save_season
from companies.actions.cycles import save_cycle
from companies.admin.base import CheckedFilter, Curated, CuratorAdmin, FormSet, ModelForm, StackedInline, stamp
from companies.models import Cycle, Programme, Season
from tracker.lib import clock


class CycleInline(Curated, StackedInline):
    """The seasons of a programme."""

    model = Cycle
    fields = ("season", "state", "opens_on", "closes_on", "zone", "source_url", "source_note", "checked_on")
    readonly_fields = ("checked_on",)
    extra = 0


@admin.register(Programme)
class ProgrammeAdmin(CuratorAdmin):
    """What companies offer again and again."""

    list_display = ("name", "company", "kind", "min_weeks", "max_weeks", "checked_on")
    list_filter = ("kind", CheckedFilter)
    list_select_related = ("company",)
    search_fields = ("name", "company__name")
    ordering = ("name", "pk")
    autocomplete_fields = ("company",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "company",
                    "name",
                    "slug",
                    "kind",
                    "hours",
                    "min_weeks",
                    "max_weeks",
                    "places",
                    "url",
                    "notes",
                )
            },
        ),
        ("How we know", {"fields": ("source_url", "source_note", "checked_on", "checked_by")}),
    )
    readonly_fields = ("slug", "checked_on", "checked_by")
    inlines = (CycleInline,)

    def save_fact(self, fact: Programme, by: User, at: dt.datetime) -> None:
        """Save through the action."""
        save_part(part=fact, by=by, at=at)

    def save_formset(self, request: HttpRequest, form: ModelForm, formset: FormSet, change: bool) -> None:  # noqa: ARG002, FBT001 - Django's signature
        """Note who looked at each cycle that changed."""
        for cycle in formset.save(commit=False):
            stamp(cycle, cast("User", request.user))
            save_cycle(cycle=cycle, by=cast("User", request.user), at=clock.now())
        for gone in formset.deleted_objects:
            gone.delete()
        formset.save_m2m()


@admin.register(Season)
class SeasonAdmin(CuratorAdmin):
    """Summers and the windows in which one applies for them."""

    list_display = ("name", "opens_on", "closes_on", "starts_on")
    search_fields = ("name",)
    ordering = ("-starts_on", "pk")
    fields = ("name", "slug", "opens_on", "closes_on", "starts_on")
    readonly_fields = ("slug",)
    actions = ()

    def save_fact(self, fact: Season, by: User, at: dt.datetime) -> None:
        """Save through the action."""
        save_season(season=fact, by=by, at=at)


@admin.register(Cycle)
class CycleAdmin(CuratorAdmin):
    """All windows, by season: what closes when, and how we know."""

    list_display = ("programme", "company", "season", "state", "opens_on", "closes_on", "zone", "checked_on")
    list_filter = ("season", "state", CheckedFilter)
    list_select_related = ("programme__company", "season")
    search_fields = ("programme__name", "programme__company__name")
    ordering = ("-season__starts_on", "closes_on", "pk")
    autocomplete_fields = ("programme", "season")
    fields = (
        "programme", "season", "state", "opens_on", "closes_on", "zone", "source_url", "source_note", "checked_on",
        "checked_by",
    )  # fmt: skip
    readonly_fields = ("checked_on", "checked_by")

    def save_fact(self, fact: Cycle, by: User, at: dt.datetime) -> None:
        """Save through the action, which tells followers of other days."""
        save_cycle(cycle=fact, by=by, at=at)

    @admin.display(ordering="programme__company__match_key")
    def company(self, cycle: Cycle) -> str:
        """Return whose programme it is."""
        return cycle.programme.company.name
