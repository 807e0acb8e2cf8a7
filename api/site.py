"""The API as a whole: its operations, how it refuses, and what every answer carries."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFilesSent
from django.db import DataError, IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path
from ninja.errors import AuthenticationError, HttpError, ValidationError

from api.describing import DescribedAPI
from api.problems import Problem, answer
from api.views import applications, data, events, imports, people, rounds, shared, webhooks
from api.views.access import Bearer, limits_of
from tracker.lib.errors import DomainError, StaleError

log = structlog.get_logger(__name__)

_ABOUT = """The same actions as the pages, for programs of your own. Make a token under Settings,
API tokens, and send it along:

    curl -H "Authorization: Bearer waymark_..." https://your.site/api/v1/me

Lists come in parts: `next` of one is `after` of the following one. What can be read alone has an ETag for If-None-Match
and If-Match. A POST with an Idempotency-Key can be repeated within a day without being done twice. Refusals are
`application/problem+json` with a sentence. Each token has 120 requests a minute; RateLimit headers say what is left.
"""

api = DescribedAPI(
    title="Waymark",
    version="1",
    description=_ABOUT,
    urls_namespace="api-v1",
    auth=Bearer(),
    docs_url=None,
    openapi_url="openapi.json",
)
api.add_router("/applications", applications.router)
api.add_router("", events.router)
api.add_router("", rounds.router)
api.add_router("/people", people.router)
api.add_router("", shared.router)
api.add_router("/imports", imports.router)
api.add_router("", data.router)
if settings.WEBHOOKS:
    api.add_router("", webhooks.router)


@api.exception_handler(Problem)
def _problem(request: HttpRequest, error: Problem) -> HttpResponse:
    return answer(request, error)


@api.exception_handler(StaleError)
def _stale(request: HttpRequest, error: StaleError) -> HttpResponse:
    return answer(request, Problem(409, error.sentence))


@api.exception_handler(DomainError)
def _refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    errors = {error.field: error.sentence} if error.field else {}
    return answer(request, Problem(422, error.sentence, errors=errors))


@api.exception_handler(AuthenticationError)
def _nobody(request: HttpRequest, error: AuthenticationError) -> HttpResponse:  # noqa: ARG001 - it says nothing more
    return answer(request, Problem(401, "Send a token that is not over: Authorization: Bearer waymark_..."))


@api.exception_handler(ValidationError)
def _unfit(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = {}
    for one in error.errors:
        place = [str(part) for part in one["loc"][1:] if part not in {"body", "data"}]
        errors[".".join(place) or "body"] = str(one["msg"]).removeprefix("Value error, ")
    return answer(request, Problem(422, "Some of the fields cannot be taken.", errors=errors))


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    return answer(request, Problem(error.status_code, "The body cannot be read. Send JSON in UTF-8."))


@api.exception_handler(RequestDataTooBig)
@api.exception_handler(TooManyFilesSent)
def _large(request: HttpRequest, error: Exception) -> HttpResponse:  # noqa: ARG001 - as above
    return answer(request, Problem(413, "This is larger than the API takes."))


@api.exception_handler(BadRequest)
def _bad(request: HttpRequest, error: BadRequest) -> HttpResponse:  # noqa: ARG001 - as above
    return answer(request, Problem(400, "The request cannot be read."))


@api.exception_handler(IntegrityError)
@api.exception_handler(DataError)
def _unfitting(request: HttpRequest, error: Exception) -> HttpResponse:
    """Say which rule of the database does not hold, such as days in order, and nothing of the values."""
    which = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or "a value"
    return answer(request, Problem(422, f"This does not fit together: {which.replace('_', ' ')}."))


def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponse:  # noqa: ARG001 - any other address
    """Answer an address that the API does not have."""
    return answer(request, Problem(404, "The API has no such address. /api/v1/openapi.json lists them all."))


def _dressed(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Open a view to requests without a session, and give each of its answers what every answer carries."""

    @wraps(view)
    def dressed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 - passed on
        if request.method == "HEAD":
            request.method = "GET"  # the server sends no body
        response = view(request, *args, **kwargs)
        if response.status_code == 405:  # noqa: PLR2004 - the status says it
            allowed = response.headers.get("Allow", "")
            response = answer(request, Problem(405, f"Use one of these methods: {allowed}."))
            response.headers["Allow"] = allowed
        for name, value in limits_of(request).items():
            response.headers[name] = value
        return response

    dressed.login_required = False  # type: ignore[attr-defined]  # read by Django's LoginRequiredMiddleware
    dressed.csrf_exempt = True  # type: ignore[attr-defined]  # no cookie opens the API
    return dressed


def urls() -> tuple[list[URLPattern], str, str]:
    """Return the addresses below /api/v1/."""
    patterns, app, namespace = api.urls
    nothing = _dressed(nothing_here)
    for pattern in patterns:
        # The description takes its base from the root, which has no page of its own.
        pattern.callback = nothing if pattern.name == "api-root" else _dressed(pattern.callback)  # type: ignore[union-attr, arg-type]
    return [*patterns, path("<path:rest>", nothing, name="nothing")], app, namespace  # type: ignore[list-item]
