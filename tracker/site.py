"""The admin site: raw tables for staff, and the shared list for curators."""

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator

from tracker.lib.http import local_path


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

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:  # noqa: ARG002
        """Send strangers to the one sign-in page, which counts guesses; everybody without the role gets 404."""
        if not request.user.is_authenticated:
            return redirect_to_login(local_path(request, default="/manage/"))
        if not self.has_permission(request):
            raise Http404
        return redirect("admin:index")

    def password_change(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:  # type: ignore[override]  # noqa: ARG002
        """Send people to the one page that changes passwords."""
        return redirect("account_change_password")
