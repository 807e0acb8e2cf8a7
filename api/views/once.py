"""Requests that a program may repeat without doing them twice: Idempotency-Key."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, cast

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from ninja import Schema, Status

from accounts.models import Reply
from api.problems import Problem
from api.views.access import person
from tracker.lib import clock

_LONGEST = 100

KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Any text of yours: a repetition with the same key within a day is answered as the first time.",
    "schema": {"type": "string", "maxLength": _LONGEST},
}
"""How the description tells of it."""


def once[**P, T: Schema](
    view: Callable[Concatenate[HttpRequest, P], Status[T]],
) -> Callable[Concatenate[HttpRequest, P], Any]:
    """Answer a repetition with the first answer, for a day; a key with another request is refused.

    The key and what was done are committed together: after a crash either both are there, or neither.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> Any:  # noqa: ANN401 - shape or answer
        key = request.headers.get("Idempotency-Key", "")
        if not key:
            return view(request, *args, **kwargs)
        if len(key) > _LONGEST or not key.isprintable():
            raise Problem(422, f"Use an Idempotency-Key of at most {_LONGEST} printable characters.")
        with transaction.atomic():
            reply = _claimed(request, key)
            if reply.status is not None:
                return JsonResponse(reply.body, status=reply.status, headers={"Idempotent-Replayed": "true"})
            done = view(request, *args, **kwargs)
            reply.status, reply.body = done.status_code, done.value.model_dump(mode="json")
            reply.save(update_fields=["status", "body"])
        return done

    return guarded


def _claimed(request: HttpRequest, key: str) -> Reply:
    """Return the row of the key, new or known; who has it at this moment is waited for."""
    made = {"asked": _fingerprint(request), "at": clock.now()}
    Reply.objects.bulk_create([Reply(person=person(request), key=key, **made)], ignore_conflicts=True)
    reply = Reply.objects.select_for_update(of=("self",)).get(person=person(request), key=key)
    if reply.asked != made["asked"]:
        raise Problem(422, "This Idempotency-Key was used for another request. Use a new one.")
    return reply


def _fingerprint(request: HttpRequest) -> str:
    """Return what tells a request from another; of a multipart body its files, for its boundary differs each time."""
    said = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type != "multipart/form-data":
        said.update(request.body)
        return said.hexdigest()
    for place, sent in request.FILES.items():
        file = cast("UploadedFile[Any]", sent)
        said.update(f"{place}\0{file.name}\0{file.size}\0".encode())
        for piece in file.chunks():
            said.update(piece)
        file.seek(0)
    return said.hexdigest()
