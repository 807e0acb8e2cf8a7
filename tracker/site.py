"""The admin site: raw tables for staff, and the shared list for curators."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils.decorators import method_decorator

from tracker.lib.http import local_path

METHODS = ("GET", "HEAD", "POST")


class ManageSite(AdminSite):
    """Opens to staff and curators; each ModelAdmin says what either may touch."""

    site_header = "Waymark: manage"
    site_title = "Waymark"
    index_title = "The shared list"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Let active staff and curators in."""
        user = request.user
        return user.is_authenticated and user.is_active and (user.is_staff or user.is_curator)

    def admin_view(  # type: ignore[override]  # Django's types want HttpResponse
        self,
        view: Callable[..., HttpResponseBase],
        cacheable: bool = False,  # noqa: FBT001, FBT002 - as Django's own
    ) -> Callable[..., HttpResponseBase]:
        """Guard every page: strangers sign in where guesses are counted; to people without the role it is not there."""
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 - any view's
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not self.has_permission(request):
                raise Http404
            if "%00" in request.META["QUERY_STRING"]:  # its filters hand it on to PostgreSQL, which takes none
                raise BadRequest
            # Django's own pages take any other method for GET.
            return inner(request, *args, **kwargs) if request.method in METHODS else HttpResponseNotAllowed(METHODS)

        return update_wrapper(guarded, inner)

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG002
        """Lead to the one sign-in page, or past it."""
        if not request.user.is_authenticated:
            return redirect_to_login(local_path(request, default="/manage/"))
        if not self.has_permission(request):
            raise Http404
        return redirect("admin:index")

    def password_change(  # type: ignore[override]  # a redirect instead of a page
        self,
        request: HttpRequest,  # noqa: ARG002
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        """Lead to the one page that changes passwords."""
        return redirect("account_change_password")
