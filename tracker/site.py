"""The admin site: raw tables for staff, and the shared list for curators."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest


class ManageSite(AdminSite):
    """Opens to staff and curators; each ModelAdmin says what either may touch."""

    site_header = "Waymark: manage"
    site_title = "Waymark"
    index_title = "The shared list"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Let active staff and curators in; everybody else is sent to the sign-in page."""
        user = request.user
        return user.is_authenticated and user.is_active and (user.is_staff or user.is_curator)
