"""The preparation plan of a round: look, tick, add, change, take out, spread again."""

from contextlib import AbstractContextManager

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from applications.actions.preparation import (
    add_item,
    add_set,
    delete_item,
    edit_item,
    make_plan,
    spread_again,
    tick,
)
from applications.actions.undoing import Change, undoable
from applications.forms.prep import PrepItemForm, SetForm, SpreadForm
from applications.interviews.preparing import is_weekend
from applications.models import InterviewRound, PrepItem
from applications.queries.preparation import prep_line, prep_of, sets_to_add
from applications.views.roles import person
from applications.views.rounds import own, preview
from applications.views.stale import or_gone, overtaken
from applications.views.told import tell
from tracker.lib import clock
from tracker.lib.errors import StaleError
from tracker.lib.http import UNPROCESSABLE, is_htmx, local_path, sent


@require_http_methods(["GET", "HEAD", "POST"])
@or_gone()
def plan(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the plan with all that changes it, and add a line; for htmx, what another kind of round would suggest."""
    interview = own(request, public_id)
    if request.method != "POST" and is_htmx(request):
        return preview(request, interview)
    form = PrepItemForm(sent(request), instance=PrepItem(round=interview))
    if form.is_valid():
        with _undoable(request, interview, "Added to the plan.") as change:
            added = form.act(add_item, interview=interview, details=form.details(), by=person(request), at=clock.now())
        if added:
            tell(request, "Added to the plan.", undo=change.undo)
            return redirect("applications:round-prep", public_id=public_id)
    return _page(request, interview, form)


@require_POST
@or_gone()
def take_set(request: HttpRequest, public_id: str) -> HttpResponse:
    """Copy a set into the plan; without one, what is suggested for such a round."""
    interview, by, at = own(request, public_id), person(request), clock.now()
    form = SetForm(request.POST, sets=sets_to_add(interview))
    wants_one = "prep_set" in request.POST
    if wants_one and not form.is_valid():
        return _page(request, interview, PrepItemForm(instance=PrepItem(round=interview)), sets=form)
    with _undoable(request, interview, "Added to the plan.") as change:
        if wants_one:
            new = form.act(add_set, interview=interview, prep_set=form.cleaned_data["prep_set"], by=by, at=at)
        else:
            new = make_plan(interview=interview, by=by, at=at)
        change.text = _added(new or [])
    if new is None:
        return _page(request, interview, PrepItemForm(instance=PrepItem(round=interview)), sets=form)
    tell(request, change.text, undo=change.undo)
    return redirect(local_path(request, default=_plan_url(interview)))


def _added(new: list[PrepItem]) -> str:
    if not new:
        return "All of it is in the plan already."
    return f"{len(new)} line{'s' * (len(new) != 1)} added to the plan."


@require_POST
@or_gone()
def spread(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give what is left a day anew."""
    interview, form = own(request, public_id), SpreadForm(request.POST)
    form.full_clean()
    weekends = form.cleaned_data["weekends"]
    text = "Spread over the days left." if interview.on else "Without a date there are no days to spread over."
    with _undoable(request, interview, text) as change:
        spread_again(interview=interview, weekends=weekends, by=person(request), at=clock.now())
    tell(request, text, undo=change.undo)
    return redirect(_plan_url(interview))


@require_POST
@or_gone()
def tick_item(request: HttpRequest, public_id: str) -> HttpResponse:
    """Tick a line, or take the tick back; htmx gets the line and the progress."""
    item, user = _own_item(request, public_id), person(request)
    done = bool(request.POST.get("done"))
    text = f"{'Ticked' if done else 'Not ticked'}: {item.text}"
    with _undoable(request, item.round, text):
        item = tick(item=item, done=done, by=user, at=clock.now())
    here = local_path(request, default=reverse("applications:round", args=[item.round.public_id]))
    if not is_htmx(request):
        return redirect(here)
    today = clock.today(user)
    context = {
        "line": prep_line(item, by=user, today=today),
        "prep": prep_of(item.round, by=user, today=today),
        "here": here,
        "editable": here == _plan_url(item.round),
    }
    return render(request, "applications/_prep_ticked.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change a line."""
    item = _own_item(request, public_id)
    form, back = PrepItemForm(sent(request), instance=item), _plan_url(item.round)
    try:
        if form.is_valid() and _changed(request, form):
            return redirect(back)
    except StaleError:
        form = PrepItemForm(request.POST, instance=_own_item(request, public_id))
        return overtaken(request, form, back=back, what="This line")
    context = {"form": form, "round": item.round, "back": back}
    return render(request, "applications/prep_form.html", context, status=form.status)


def _changed(request: HttpRequest, form: PrepItemForm) -> PrepItem | None:
    by, at = person(request), clock.now()
    return form.act(edit_item, item=form.instance, seen=form.was_seen(), details=form.details(), by=by, at=at)


@require_POST
@or_gone()
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a line out."""
    item, text = _own_item(request, public_id), "Taken out of the plan."
    with _undoable(request, item.round, text) as change:
        delete_item(item=item, by=person(request), at=clock.now())
    tell(request, text, undo=change.undo)
    return redirect(_plan_url(item.round))


def _page(
    request: HttpRequest, interview: InterviewRound, form: PrepItemForm, *, sets: SetForm | None = None
) -> HttpResponse:
    user = person(request)
    today = clock.today(user)
    prep = prep_of(interview, by=user, today=today)
    weekends = any(on is not None and is_weekend(on) for on in prep.days)
    context = {
        "round": interview,
        "application": interview.application,
        "prep": prep,
        "form": form,
        "sets": sets or SetForm(sets=sets_to_add(interview)),
        "days": SpreadForm(initial={"weekends": weekends}),
        "here": _plan_url(interview),
        "editable": True,
        "refused": bool(sets and sets.errors),
    }
    status = UNPROCESSABLE if context["refused"] else form.status
    return render(request, "applications/prep.html", context, status=status)


def _undoable(request: HttpRequest, interview: InterviewRound, text: str) -> AbstractContextManager[Change]:
    application, at = interview.application, clock.now()
    return undoable(student=person(request), text=text, at=at, applications=[application])


def _plan_url(interview: InterviewRound) -> str:
    return reverse("applications:round-prep", args=[interview.public_id])


def _own_item(request: HttpRequest, public_id: str) -> PrepItem:
    """Return a line of one of the person's plans; 404 for any other."""
    mine = PrepItem.objects.visible_to(person(request)).select_related("round__application__company")
    return get_object_or_404(mine, public_id=public_id)
