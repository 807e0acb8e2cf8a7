"""Answers over HTTP: headers of every response, partials for htmx, safe local redirects."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

UNPROCESSABLE = 422
CONFLICT = 409

_HEADERS = {
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def security_headers(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Add what SecurityMiddleware lacks, and keep private pages out of every shared cache."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    return middleware


def is_htmx(request: HttpRequest) -> bool:
    """Say whether htmx asks for a fragment (boosted and history requests want the whole page)."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and "HX-Boosted" not in headers
        and (headers.get("HX-History-Restore-Request") != "true")
    )


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what a form was sent with, be it nothing at all; None while it is only looked at."""
    return request.POST if request.method == "POST" else None


def refused(request: HttpRequest, template: str, context: dict[str, object], status: int = 0) -> HttpResponse:
    """Show a form again with what was typed and why it was refused: 422 unless another status is given."""
    return render(request, template, {"refused": True, **context}, status=status or UNPROCESSABLE)


def see(request: HttpRequest, to: str, **kwargs: str | int) -> HttpResponse:
    """Send the person on after a change: a redirect, or for htmx the same by header."""
    response = redirect(resolve_url(to, **kwargs))
    if is_htmx(request):
        return HttpResponse(status=204, headers={"HX-Redirect": _afresh(request, response.headers["Location"])})
    return response


def _afresh(request: HttpRequest, location: str) -> str:
    """Return an address without its place on the page where that page is open: a browser would load nothing."""
    page = location.partition("#")[0]
    here = request.headers.get("HX-Current-URL", "").partition("#")[0]
    return page if here.endswith(page) else location


def local_path(request: HttpRequest, name: str = "next", default: str = "/") -> str:
    """Return the path asked for in POST or GET, if it is one of this site, from its root; else the default."""
    wanted = request.POST.get(name) or request.GET.get(name) or ""
    host = {request.get_host()}
    is_path = wanted.startswith("/") and wanted.isprintable()
    safe = is_path and url_has_allowed_host_and_scheme(wanted, allowed_hosts=host, require_https=request.is_secure())
    return wanted if safe else default
