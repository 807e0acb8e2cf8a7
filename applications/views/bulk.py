"""One change of all that is ticked in the table: one request, one transaction, one Undo."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.models import User
from applications.actions import bulk as acts
from applications.actions.bulk import Done
from applications.actions.undoing import undoable
from applications.forms.bulk import EXPORTS, BulkForm
from applications.models import Application
from applications.queries.asked import Asked, read_query
from applications.queries.export import these
from applications.queries.table import chosen_keys
from applications.views.export import as_file
from applications.views.roles import person, students_only
from applications.views.told import tell
from tracker.lib import clock
from tracker.lib.errors import DomainError
from tracker.lib.http import UNPROCESSABLE
from tracker.lib.ids import read_public_id


@require_POST
@students_only
def bulk(request: HttpRequest) -> HttpResponseBase:
    """Do one thing with the ticked applications, or with all that the table's address asks for."""
    user, form, asked = person(request), BulkForm(request.POST), read_query(request.POST.get("query", ""))
    keys = _keys(request, form, user, asked)
    if not form.is_valid():
        return _again(request, form, asked, keys)
    act, on = form.chosen, clock.today(user)
    if act in EXPORTS:
        return as_file(act, these(user, keys, asked), on)
    if act == "delete" and not request.POST.get("sure") and (rounds := acts.with_rounds(keys=keys, by=user)):
        return _again(request, form, asked, keys, rounds=rounds)
    done = _do(request, form, keys, _action(form, user, on))
    return _again(request, form, asked, keys) if done is None else redirect(_table(asked))


def _keys(request: HttpRequest, form: BulkForm, user: User, asked: Asked) -> list[int]:
    """Return the keys of one's own that are meant; whose ids are all unknown, or another's, get a 404."""
    most = int(settings.WAYMARK_BULK_MOST)
    ids = [public_id for text in request.POST.getlist("ids") if (public_id := read_public_id(text))]
    if request.POST.get("all"):
        keys = chosen_keys(user, asked, on=clock.today(user), most=most)
    else:
        mine = Application.objects.visible_to(user).filter(public_id__in=ids[: most + 1]).order_by("pk")
        keys = list(mine.values_list("pk", flat=True))
        if ids and not keys:
            raise Http404
    if not keys:
        form.add_error(None, "Tick at least one application.")
    elif len(keys) > most or len(ids) > most:
        form.add_error(None, f"Choose at most {most:,} applications at once. A filter makes them fewer.")
    return keys


def _action(form: BulkForm, user: User, on: dt.date) -> Callable[..., Done]:
    """Return what is to be done, with all that it needs but the applications."""
    act, typed = form.chosen, form.cleaned_data
    facts: dict[str, Any] = {"by": user, "at": clock.now(), "on": on}
    if act.startswith("move-"):
        return partial(acts.move_all, to=act.removeprefix("move-"), **facts)
    if act == "next":
        return partial(acts.set_next_step, text=typed["next_step"], day=typed["next_step_on"], **facts)
    if act == "tag":
        return partial(acts.add_tags, typed=typed["tag"], **facts)
    return partial(acts.close_all, **facts) if act == "close" else partial(acts.delete_all, by=user)


def _do(request: HttpRequest, form: BulkForm, keys: list[int], action: Callable[..., Done]) -> Done | None:
    """Run it and say what came of it; None when it was refused, which the form shows."""
    user, at = person(request), clock.now()
    try:
        with undoable(student=user, text="Bulk change", at=at, applications=acts.named(keys)) as change:
            done = action(applications=acts.own(keys=keys, by=user))
            change.text = done.text
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, error.sentence)
        return None
    review = {"more_url": f"{reverse('applications:table')}?hold=1", "more_label": "Review"} if done.held else {}
    tell(request, done.text, undo=change.undo, **review)
    return done


def _again(request: HttpRequest, form: BulkForm, asked: Asked, keys: list[int], *, rounds: int = 0) -> HttpResponseBase:
    """Show what is missing, or ask before rounds are deleted, with everything that was ticked and typed."""
    context = {
        "form": form,
        "number": len(keys),
        "rounds": rounds,
        "ids": request.POST.getlist("ids")[: settings.WAYMARK_BULK_MOST],
        "all": request.POST.get("all", ""),
        "query": asked.query(),
        "back": _table(asked),
    }
    return render(request, "applications/bulk.html", context, status=200 if rounds else UNPROCESSABLE)


def _table(asked: Asked) -> str:
    return f"{reverse('applications:table')}{asked.address()}".rstrip("?")
