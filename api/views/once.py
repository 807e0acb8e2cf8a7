"""Requests that a program may repeat without doing them twice: Idempotency-Key."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.db import transaction
from django.http import HttpRequest, JsonResponse
from ninja import Schema, Status

from accounts.models import Reply
from api.problems import Problem
from api.views.access import person
from tracker.lib import clock

_LONGEST = 100


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
    asked = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode() + request.body).hexdigest()
    made = {"asked": asked, "at": clock.now()}
    Reply.objects.bulk_create([Reply(person=person(request), key=key, **made)], ignore_conflicts=True)
    reply = Reply.objects.select_for_update(of=("self",)).get(person=person(request), key=key)
    if reply.asked != asked:
        raise Problem(422, "This Idempotency-Key was used for another request. Use a new one.")
    return reply
