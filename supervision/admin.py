"""Departments and their coordinators at /manage/: who reads sums is set by the staff, and by no curator."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from supervision.actions.counting import know_coordinators
from supervision.models import Department


@admin.register(Department)
class DepartmentAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable when running
    """Name and coordinators."""

    list_display = ("name",)
    search_fields = ("name",)
    fields = ("name", "coordinators")
    autocomplete_fields = ("coordinators",)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: ANN401, FBT001 - Django's own
        """Let whoever coordinates now find the page, and whoever does no more not."""
        super().save_related(request, form, formsets, change)
        know_coordinators()

    def delete_model(self, request: HttpRequest, obj: Department) -> None:
        """Forget who coordinated it alone."""
        super().delete_model(request, obj)
        know_coordinators()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Department]) -> None:
        """Forget the same of several."""
        super().delete_queryset(request, queryset)
        know_coordinators()

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show them to staff only."""
        return _is_staff(request)

    def has_view_permission(self, request: HttpRequest, obj: Department | None = None) -> bool:  # noqa: ARG002
        """Show them to staff only."""
        return _is_staff(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let staff add one."""
        return _is_staff(request)

    def has_change_permission(self, request: HttpRequest, obj: Department | None = None) -> bool:  # noqa: ARG002
        """Let staff name coordinators."""
        return _is_staff(request)

    def has_delete_permission(self, request: HttpRequest, obj: Department | None = None) -> bool:  # noqa: ARG002
        """Let staff delete one, with the consents to be counted in it."""
        return _is_staff(request)


def _is_staff(request: HttpRequest) -> bool:
    return request.user.is_active and request.user.is_staff
