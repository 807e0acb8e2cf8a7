"""Interview rounds: add, look, edit, delete, take along as a calendar file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications.actions.rounds import add_round, delete_round, edit_round
from applications.actions.undoing import undoable
from applications.forms.round import WHEN, RoundForm
from applications.interviews.rounds import both_times
from applications.models import InterviewRound
from applications.queries.debriefs import lessons
from applications.queries.page import offers_interviewing
from applications.queries.preparation import prep_of, suggested_items, time_needed
from applications.queries.rounds import asked_first, calendar_file, round_page, slot
from applications.views.page import own as own_application
from applications.views.roles import person
from applications.views.stale import or_gone, overtaken
from applications.views.told import tell
from tracker.lib import clock
from tracker.lib.errors import StaleError
from tracker.lib.http import CONFLICT, is_htmx, sent
from tracker.lib.ical import CONTENT_TYPE


@require_http_methods(["GET", "HEAD", "POST"])
@or_gone()
def add(request: HttpRequest, public_id: str) -> HttpResponse:
    """Add a round to an application; it opens with the student's own time zone and brings its plan."""
    application, user = own_application(request, public_id), person(request)
    back = reverse("applications:detail", args=[public_id])
    blank = InterviewRound(application=application, zone=user.time_zone)
    if request.method != "POST" and is_htmx(request):
        return preview(request, blank)
    form = RoundForm(sent(request), instance=blank)
    asked = _asked(request, form, adding=True)
    if not asked and form.is_valid():
        with undoable(student=user, text="", at=clock.now(), applications=[application]) as change:
            added = form.act(add_round, application=application, details=form.details(), by=user, at=clock.now())
            change.text = f"Added. {form.instance.get_kind_display()} at {application.company.name}."
        if added:
            tell(request, change.text, undo=change.undo, back=back)
            return redirect("applications:round", public_id=added.public_id)
    return _form(request, form, asked, {"application": application, "back": back, "title": "Add a round"})


@require_safe
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a round, what is odd about its time, its plan, and what earlier rounds of its kind taught."""
    interview, user = own(request, public_id), person(request)
    application = interview.application
    here = reverse("applications:round", args=[public_id])
    context = {
        "round": interview,
        "page": round_page(interview, at=clock.now(), own=user.tz),
        "prep": prep_of(interview, by=user, today=clock.today(user)),
        "lessons": lessons(interview, by=user, today=clock.today(user)),
        "application": application,
        "offers_move": offers_interviewing(application),
        "app_url": reverse("applications:detail", args=[application.public_id]),
        "here": here,
    }
    return render(request, "applications/round.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change a round; its plan follows another kind or another day."""
    interview, back = own(request, public_id), reverse("applications:round", args=[public_id])
    form = RoundForm(sent(request), instance=interview)
    asked = _asked(request, form)
    try:
        if not asked and form.is_valid() and _saved(request, form):
            return redirect(back)
    except StaleError:
        form = RoundForm(request.POST, instance=own(request, public_id))
        return overtaken(request, form, back=back, what="This round")
    context = {"application": interview.application, "round": interview, "back": back, "title": "Edit the round"}
    return _form(request, form, asked, context)


def _saved(request: HttpRequest, form: RoundForm) -> bool:
    version, by, at = form.seen_version(), person(request), clock.now()
    application = form.instance.application
    with undoable(student=by, text="Saved.", at=at, applications=[application]) as change:
        saved = form.act(edit_round, interview=form.instance, details=form.details(), version=version, by=by, at=at)
    if saved:
        tell(request, "Saved.", undo=change.undo)
    return saved is not None


def _asked(request: HttpRequest, form: RoundForm, *, adding: bool = False) -> list[str]:
    """Return what to ask before saving, once: a form that was sent with these very questions has answered them."""
    if not form.is_valid() or not (adding or WHEN & set(form.changed_data)):
        return []
    asked = asked_first(form.typed(), at=clock.now(), own=person(request).tz)
    return [] if request.POST.get("warned") == " ".join(asked) else asked


def _form(request: HttpRequest, form: RoundForm, asked: list[str], context: dict[str, object]) -> HttpResponse:
    shown = {**context, "form": form, "asked": asked, "warned": " ".join(asked), "look_at": request.path}
    if "round" in context:
        shown["look_at"] = reverse("applications:round-prep", args=[form.instance.public_id])
    return render(request, "applications/round_form.html", shown, status=CONFLICT if asked else form.status)


def preview(request: HttpRequest, interview: InterviewRound) -> HttpResponse:
    """Answer the form while it is filled in: both times, what to ask, and the plan that such a round gets."""
    typed, user = RoundForm(request.GET, instance=interview).typed(), person(request)
    items = suggested_items(typed.kind, typed.with_whom)
    context = {
        "times": both_times(slot(typed), user.tz),
        "asked": asked_first(typed, at=clock.now(), own=user.tz) if typed.on else [],
        "items": items,
        "needs": time_needed(sum(item.minutes for item in items)),
    }
    return render(request, "applications/_round_preview.html", context)


@require_POST
@or_gone()
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Delete a round with its plan and debrief; it can be taken back."""
    interview, user, at = own(request, public_id), person(request), clock.now()
    text = f"Deleted. {interview.get_kind_display()} is off the list."
    with undoable(student=user, text=text, at=at, applications=[interview.application]) as change:
        delete_round(interview=interview, by=user, at=at)
    tell(request, text, undo=change.undo)
    return redirect("applications:detail", public_id=interview.application.public_id)


@require_safe
def calendar(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return a round with a date as a file for calendars; a later file moves or cancels the same entry."""
    interview = own(request, public_id)
    if interview.on is None:
        raise Http404
    url = request.build_absolute_uri(reverse("applications:round", args=[public_id]))
    content = calendar_file(interview, url=url)
    name = f"{interview.kind}-{interview.on}.ics".replace("_", "-")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=CONTENT_TYPE, headers=headers)


def own(request: HttpRequest, public_id: str) -> InterviewRound:
    """Return a round of one of the person's applications; 404 for any other."""
    mine = InterviewRound.objects.visible_to(person(request)).select_related("application__company")
    return get_object_or_404(mine, public_id=public_id)
