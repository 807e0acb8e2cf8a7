"""Whether somebody has what there is: ETag, If-None-Match and If-Match, from what an answer says."""

import hashlib

from django.http import HttpRequest, HttpResponse
from ninja import Schema

from api.problems import Problem


def tag_of(shape: Schema) -> str:
    """Return the ETag of what would be answered: the same for the same content."""
    return f'"{hashlib.sha256(shape.model_dump_json().encode()).hexdigest()[:32]}"'


def fresh(request: HttpRequest, response: HttpResponse, shape: Schema) -> Schema | HttpResponse:
    """Return the answer with its ETag, or 304 to whoever has it."""
    tag = tag_of(shape)
    response.headers["ETag"] = tag
    if tag in _tags(request.headers.get("If-None-Match", "")):
        return HttpResponse(status=304, headers={"ETag": tag})
    return shape


def expect(request: HttpRequest, shape: Schema) -> None:
    """Refuse a change by whoever says what they have seen, when it is not that any more."""
    seen = request.headers.get("If-Match", "")
    if seen and "*" not in (tags := _tags(seen)) and tag_of(shape) not in tags:
        raise Problem(412, "This has changed since you read it. Read it again, then decide.")


def _tags(header: str) -> set[str]:
    return {one.strip().removeprefix("W/") for one in header.split(",")}
