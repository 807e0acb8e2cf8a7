"""Today: what to do next, and permission to stop. A tick, a snooze and letting go change one line of it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications.actions.today import Doing, finish, let_go, mark, put_off, switch_rules
from applications.actions.undoing import Change, undoable
from applications.forms.plain import OK
from applications.forms.today import ADVICE, SWITCHES, RulesForm, SnoozeForm
from applications.models import Application, TodayMark
from applications.others import OTHERS
from applications.queries.today import Today, advice_key, is_own, lines_of, switched_off
from applications.queries.today import today as gather
from applications.queries.today_facts import facts_of
from applications.today_rules import Todo
from applications.views.parts import answer, in_place
from applications.views.roles import person, students_only
from applications.views.told import tell, undo_url
from tracker.lib import clock
from tracker.lib.errors import DomainError
from tracker.lib.http import CONFLICT, is_htmx, see, sent

_ANSWER = {"HX-Trigger": "waymark:close-dialog", "HX-Retarget": "#today", "HX-Reswap": "innerHTML"}


@require_safe
@students_only
def today(request: HttpRequest) -> HttpResponse:
    """Show the day; `?all=1` shows more than the first few things."""
    page = _page(request)
    return render(request, "applications/today.html", {"page": page, "today_count": page.count})


@require_POST
@students_only
def done(request: HttpRequest, key: str) -> HttpResponse:
    """Tick a line."""
    return _act(request, key, finish)


@require_POST
@students_only
def dismiss(request: HttpRequest, key: str) -> HttpResponse:
    """Let a line go, or this week's advice."""
    user = person(request)
    on = clock.today(user)
    if key != advice_key(on):
        return _act(request, key, let_go)
    with undoable(student=user, text="Advice of this week put away.", at=clock.now(), desk=True) as change:
        mark(student=user, key=key, state=TodayMark.State.DISMISSED, on=on)
    return _show(request, change.text, change)


@require_http_methods(["GET", "HEAD", "POST"])
@students_only
def snooze(request: HttpRequest, key: str) -> HttpResponse:
    """Put a line off: offer tomorrow, Monday and any other day."""
    found = _find(request, key)
    if found is None:
        return _gone(request, key)
    form = SnoozeForm(sent(request), on=clock.today(person(request)))
    if form.is_valid():
        try:
            return _do(request, found, partial(put_off, until=form.cleaned_data["day"]))
        except DomainError as error:
            form.add_error(error.field, error.sentence)
    context = {"todo": found.todo, "form": form, "key": key, "query": _query(request)}
    return in_place(request, "applications/snooze.html", context, status=form.status)


@require_http_methods(["GET", "HEAD", "POST"])
@students_only
def why(request: HttpRequest) -> HttpResponse:
    """List the rules, each with its switch."""
    user, form = person(request), RulesForm(sent(request))
    if form.is_valid():
        with undoable(student=user, text="Changed what Today tells you.", at=clock.now(), desk=True) as change:
            switch_rules(student=user, off=form.off - {ADVICE}, advice_off=ADVICE in form.off)
        text, back = change.text if change.undo else "Nothing changed.", reverse("applications:today")
        tell(request, text, undo=change.undo, back=back)
        return see(request, "applications:today")
    off = switched_off(user)
    switches = [(name, title, sentence, name not in off) for name, (title, sentence) in SWITCHES.items()]
    return in_place(request, "applications/why.html", {"form": form, "switches": switches}, status=form.status)


@dataclass(frozen=True, slots=True)
class _Found:
    """A line of the present list, and the addresses of all of them."""

    todo: Todo
    keys: list[str]


def _find(request: HttpRequest, key: str) -> _Found | None:
    user, at = person(request), clock.now()
    on = clock.today(user)
    lines = lines_of(facts_of(user, at=at, on=on), at=at, on=on)
    todo = next((line for line in lines if line.key == key), None)
    return _Found(todo, [line.key for line in lines]) if todo else None


def _act(request: HttpRequest, key: str, act: Callable[[Doing], str]) -> HttpResponse:
    found = _find(request, key)
    if found is None:
        return _gone(request, key)
    try:
        return _do(request, found, act)
    except DomainError as error:
        return _show(request, error.sentence, status=CONFLICT)


def _do(request: HttpRequest, found: _Found, act: Callable[[Doing], str]) -> HttpResponse:
    user, at, todo = person(request), clock.now(), found.todo
    mine = Application.objects.visible_to(user).select_related("company")
    application = mine.filter(public_id=todo.application).first() if todo.application else None
    subjects = [application] if application else []
    thing = todo.thing if todo.rule in OTHERS else ""
    with undoable(student=user, text=todo.what, at=at, applications=subjects, desk=True, thing=thing) as change:
        change.text = act(Doing(todo, application, user, at, clock.today(user)))
    return _show(request, change.text, change, after=found)


def _gone(request: HttpRequest, key: str) -> HttpResponse:
    """Answer for a line that is not there any more: the second click of a double click, or a tab that is behind."""
    if not is_own(person(request), key):
        raise Http404
    return _show(request, "")


def _show(
    request: HttpRequest,
    text: str,
    change: Change | None = None,
    *,
    after: _Found | None = None,
    status: int = OK,
) -> HttpResponse:
    """Show the list as it is now: for htmx in its place, with the focus on the next line; else on the page."""
    undo = change.undo if change else None
    says = bool(undo) or status != OK
    if not is_htmx(request):
        here = reverse("applications:today") + _query(request)
        if says:
            tell(request, text, undo=undo, back=here)
        return redirect(here)
    page = _page(request)
    context = {"page": page, "today_count": page.count, "focus": _next(page, after), "text": text}
    context |= {"undo_url": undo_url(undo), "says": says}
    return answer(request, "applications/_today_changed.html", context, headers=_ANSWER, status=status)


def _next(page: Today, after: _Found | None) -> str:
    """Return the key of the line to focus: the one that followed, else the last one shown."""
    shown = [line.key for line in (*page.today, *page.later)]
    if after is None:
        return ""
    following = after.keys[after.keys.index(after.todo.key) :]
    return next((key for key in following if key in shown), shown[-1] if shown else "none")


def _page(request: HttpRequest) -> Today:
    user = person(request)
    return gather(user, at=clock.now(), on=clock.today(user), everything=bool(_query(request)))


def _query(request: HttpRequest) -> str:
    return "?all=1" if "all" in request.GET else ""
