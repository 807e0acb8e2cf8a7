"""People in the raw tables: staff switch roles and accounts on and off; curators do not see anybody."""

from typing import ClassVar

from allauth.socialaccount import admin as allauth
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from accounts.models import User

admin.site.unregister(Group)  # roles are fields of the person
# Where people sign in is a setting, and what they are called there is theirs.
admin.site.unregister([allauth.SocialApp, allauth.SocialAccount, allauth.SocialToken])


@admin.register(User)
class UserAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable when running
    """Roles and whether somebody may sign in. Passwords, names and addresses are the person's own to change."""

    list_display = ("email", "name", "is_student", "is_supervisor", "is_curator", "is_staff", "is_active", "last_login")
    list_filter = ("is_active", "is_curator", "is_staff", "is_supervisor")
    search_fields = ("email", "name")
    ordering = ("email", "pk")
    list_per_page = 50
    fields = ("email", "name", "is_active", "is_student", "is_supervisor", "is_curator", "is_staff", "last_login")
    facts: ClassVar[tuple[str, ...]] = ("email", "name", "last_login")

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Let superusers alone make staff, and nobody lock themselves out."""
        locked = self.facts if request.user.is_superuser else (*self.facts, "is_staff")
        return (*locked, "is_active", "is_staff") if obj == request.user else locked

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show people to staff only."""
        return self._is_staff(request)

    def has_view_permission(self, request: HttpRequest, obj: User | None = None) -> bool:  # noqa: ARG002
        """Show people to staff only."""
        return self._is_staff(request)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Let staff change people, but not superusers unless they are one."""
        return self._is_staff(request) and (obj is None or not obj.is_superuser or request.user.is_superuser)

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Let nobody be added: people sign up."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:  # noqa: ARG002
        """Let nobody be deleted here: their data would go unseen."""
        return False

    @staticmethod
    def _is_staff(request: HttpRequest) -> bool:
        return request.user.is_active and request.user.is_staff
