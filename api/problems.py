"""What is wrong with a request, as RFC 9457 has it: application/problem+json with a sentence for people."""

from collections.abc import Mapping

from django.http import HttpRequest, JsonResponse

MEDIA_TYPE = "application/problem+json"

TITLES = {
    400: "The request cannot be read",
    401: "A token is needed",
    403: "The token does not open this",
    404: "There is no such thing here",
    405: "This address does not do that",
    409: "Something else was first",
    412: "It has changed since",
    413: "The request is too large",
    415: "Another media type is needed",
    422: "Something in it cannot be taken",
    429: "Too many requests",
    500: "There is a problem with the service",
    503: "The service is away",
}


class Problem(Exception):  # noqa: N818 - the name that RFC 9457 gives it
    """A request that is refused. `errors` maps a field to what is wrong with it."""

    def __init__(self, status: int, sentence: str, *, errors: Mapping[str, str] | None = None) -> None:
        """Keep what the answer says."""
        super().__init__(sentence)
        self.status, self.sentence, self.errors = status, sentence, dict(errors or {})


def answer(request: HttpRequest, problem: Problem) -> JsonResponse:
    """Return the answer that tells of a problem."""
    told: dict[str, object] = {
        "type": "about:blank",
        "title": TITLES.get(problem.status, "There is a problem"),
        "status": problem.status,
        "detail": problem.sentence,
        "instance": request.path,
    }
    if problem.errors:
        told["errors"] = [{"field": field, "detail": words} for field, words in problem.errors.items()]
    response = JsonResponse(told, status=problem.status, content_type=MEDIA_TYPE)
    if problem.status == 401:  # noqa: PLR2004 - the status says it
        response.headers["WWW-Authenticate"] = 'Bearer realm="Waymark"'
    return response
