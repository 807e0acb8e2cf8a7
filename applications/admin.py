"""What to prepare for interviews, for curators at /manage/."""

from typing import Any, cast

from django.contrib import admin, messages
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import User
from applications.actions.guarding import guarded
from applications.models import PrepSet, PrepSetItem
from companies.admin.base import CheckedFilter, Curated, CuratorAdmin, FormSet, ModelForm, StackedInline
from tracker.lib import clock


class PrepSetItemForm(ModelForm):
    """Leaves it to the set as a whole that no two items have one place: two may change places."""

    def validate_constraints(self) -> None:
        """Look at no row that is saved now; `save_formset` does, when all are saved."""


class PrepSetItemInline(Curated, StackedInline):
    """The things to do, in the order of their position."""

    model = PrepSetItem
    form = PrepSetItemForm
    fields = ("text", ("minutes", "position"), "url")
    ordering = ("position", "pk")
    extra = 0


@admin.register(PrepSet)
class PrepSetAdmin(CuratorAdmin):
    """Sets by kind of round. Students copy them into plans of their own, which a change here leaves alone."""

    list_display = ("name", "kind", "with_whom", "position", "is_suggested", "is_active", "checked_on")
    list_filter = ("kind", "with_whom", "is_suggested", "is_active", CheckedFilter)
    search_fields = ("name", "about")
    ordering = ("position", "pk")
    prepopulated_fields = {"slug": ("name",)}
    fields = (
        "name", "slug", "kind", "with_whom", "about", "position", "is_suggested", "is_active", "source_url",
        "checked_on",
    )  # fmt: skip
    readonly_fields = ("checked_on",)
    inlines = (PrepSetItemInline,)

    def save_model(self, request: HttpRequest, obj: PrepSet, form: ModelForm, change: bool) -> None:  # noqa: ARG002, FBT001 - Django's signature
        """Save; who changes a set has looked at it, and an import leaves it alone from then on."""
        if form.changed_data:
            obj.checked_on = clock.today(cast("User", request.user))
        obj.save()

    def save_formset(self, request: HttpRequest, form: ModelForm, formset: FormSet, change: bool) -> None:  # noqa: FBT001 - Django's signature
        """Save the items; who changes one has looked at the set."""
        with guarded(), connection.cursor() as cursor:
            super().save_formset(request, form, formset, change)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        if formset.has_changed():
            form.instance.checked_on = clock.today(cast("User", request.user))
            form.instance.save(update_fields=["checked_on"])

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, ...]:  # noqa: ANN401 - Django's signature
        """Delete a set with its items; nobody's plan hangs on them."""
        return admin.ModelAdmin.get_deleted_objects(self, objs, request)

    @admin.action(description="Checked today")
    def checked_today(self, request: HttpRequest, queryset: QuerySet[PrepSet]) -> None:
        """Note that the sets were looked at."""
        count = queryset.update(checked_on=clock.today(cast("User", request.user)))
        self.message_user(request, f"{count} noted as checked today.", messages.SUCCESS)
