"""What all tables of the shared list have in common: who may, provenance, and refusals as sentences."""

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import NestedObjects
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import SuspiciousOperation
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst

from accounts.models import User
from companies.actions.curating import check_facts
from companies.forms.lines import LinesField
from companies.models import Sourced
from tracker.lib import clock
from tracker.lib.errors import DomainError

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    StackedInline = admin.StackedInline[Any, Any]
    ModelForm = forms.ModelForm[Any]
    FormSet = forms.BaseInlineFormSet[Any, Any, Any]
else:
    ModelAdmin = admin.ModelAdmin
    StackedInline = admin.StackedInline
    ModelForm = forms.ModelForm
    FormSet = forms.BaseInlineFormSet

STALE = dt.timedelta(days=180)


def may_curate(request: HttpRequest) -> bool:
    """Say whether this person keeps the shared list."""
    user = cast("User", request.user)
    return user.is_active and (user.is_curator or user.is_superuser)


class Curated:
    """Opens a table or an inline to curators, whatever Django's own permissions say."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_curate(request)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:  # noqa: ARG002 - Django's signature
        return may_curate(request)

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:  # noqa: ARG002 - Django's signature
        return may_curate(request)

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:  # noqa: ARG002 - Django's signature
        return may_curate(request)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:  # noqa: ARG002 - Django's signature
        return may_curate(request)

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:  # type: ignore[type-arg]  # noqa: ANN401 - Django's signature
        """Offer time zones as a list, with "anywhere on earth" first, and lists of texts as lines."""
        if isinstance(db_field, ArrayField):
            longest = db_field.base_field.max_length or 0
            return LinesField(label=capfirst(str(db_field.verbose_name)), longest=longest, required=not db_field.blank)
        if db_field.name == "zone":
            return forms.ChoiceField(label="Time zone", choices=clock.zone_choices, initial=clock.ANYWHERE_ON_EARTH)
        return super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]


class CheckedFilter(admin.SimpleListFilter):
    """Facts by how long ago a curator looked."""

    title = "checked"
    parameter_name = "checked"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:  # noqa: ARG002 - Django's signature
        return [("never", "Never"), ("stale", f"More than {STALE.days} days ago"), ("fresh", "Lately")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        since = clock.today(cast("User", request.user)) - STALE
        narrowed: dict[str, dict[str, object]] = {
            "never": {"checked_on__isnull": True},
            "stale": {"checked_on__lt": since},
            "fresh": {"checked_on__gte": since},
        }
        return queryset.filter(**narrowed.get(self.value() or "", {}))


class CuratorAdmin(Curated, ModelAdmin):
    """A table of the shared list; `save_fact` is the action that saves one row of it."""

    list_per_page = 50
    show_full_result_count = False
    actions: Any = ("checked_today",)

    def save_fact(self, fact: Any, by: User, at: dt.datetime) -> None:  # noqa: ANN401, ARG002 - a model of this table
        """Save one row; a table whose rows have slugs or keys calls their action instead."""
        fact.save()

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:  # noqa: ANN401, ARG002, FBT001 - Django's signature
        """Save through the action; who changes a fact has looked at it."""
        if form.changed_data:
            stamp(obj, cast("User", request.user))
        self.save_fact(obj, cast("User", request.user), clock.now())

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the table, or act on chosen rows; a forged choice is 400, since the database would refuse it."""
        if not all(map(is_id, request.POST.getlist(ACTION_CHECKBOX_NAME))):
            raise SuspiciousOperation("Not the id of a row.")
        return super().changelist_view(request, extra_context)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Say in a sentence what only the database could see, such as two curators adding the same company at once."""
        self._refuse_forged_keys(request)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except DomainError as error:
            self.message_user(request, error.sentence, messages.ERROR)
            return redirect(request.get_full_path())

    def _refuse_forged_keys(self, request: HttpRequest) -> None:
        """Answer 400 to what cannot be a key where a key belongs: Django would ask the database for it."""
        tables = [self.model, *(inline.model for inline in self.inlines)]
        keys = {field.name for table in tables for field in table._meta.fields if field.is_relation}
        for name, values in request.POST.lists():
            if name.rpartition("-")[2] in keys and not all(is_id(value) for value in values if value):
                raise SuspiciousOperation("Not the id of a row.")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Read what the address fills in; what cannot be the id of a row fills in nothing."""
        asked = super().get_changeform_initial_data(request)
        relations = {field.name for field in self.opts.fields if field.is_relation}
        return {name: value for name, value in asked.items() if name not in relations or is_id(value)}

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, ...]:  # noqa: ANN401 - Django's signature
        """Delete nothing that people keep of their own, and count it instead of naming it: a role is theirs alone."""
        shown, counts, missing, protected = super().get_deleted_objects(objs, request)
        return shown, counts, missing, kept_by_people(objs) or protected

    @admin.action(description="Checked today")
    def checked_today(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Note that the sources were looked at."""
        user = cast("User", request.user)
        count = check_facts(facts=queryset, by=user, on=clock.today(user))
        self.message_user(request, f"{count} noted as checked today.", messages.SUCCESS)


def stamp(fact: object, by: User) -> None:
    """Note who looked at a fact today; seasons and aliases carry no such note."""
    if isinstance(fact, Sourced):
        fact.checked_on, fact.checked_by = clock.today(by), by


def is_id(value: object) -> bool:
    """Say whether a text may be the id of a row."""
    text = str(value)
    return text.isascii() and text.isdecimal() and len(text) < _DIGITS


_DIGITS = 19
"""Longer numbers fit no key."""


def kept_by_people(facts: Any) -> list[str]:  # noqa: ANN401 - a list or a queryset, as Django passes it
    """Return what would go with these facts, or holds them, outside the shared list: "2 applications"."""
    collector = NestedObjects(using=DEFAULT_DB_ALIAS, origin=facts)
    collector.collect(facts)
    touched = [*collector.protected, *(row for rows in collector.data.values() for row in rows)]
    kept = Counter(type(row) for row in touched if row._meta.app_label != Sourced._meta.app_label)
    return [
        f"{count} {model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural}"
        for model, count in kept.items()
    ]
