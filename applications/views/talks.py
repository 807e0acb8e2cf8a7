"""Team matching within an application: add a team, change it, take it off the list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from applications.actions.talks import add_talk, delete_talk, edit_talk
from applications.actions.undoing import undoable
from applications.forms.talk import TalkForm
from applications.models import Application, TeamTalk
from applications.views.page import own as own_application
from applications.views.roles import person
from applications.views.stale import or_gone, overtaken
from applications.views.told import tell
from tracker.lib import clock
from tracker.lib.errors import StaleError
from tracker.lib.http import sent


@require_http_methods(["GET", "HEAD", "POST"])
@or_gone()
def add(request: HttpRequest, public_id: str) -> HttpResponse:
    """Add a team to talk to."""
    application, user, at = own_application(request, public_id), person(request), clock.now()
    form, back = TalkForm(sent(request), instance=TeamTalk(application=application)), _teams_of(application)
    if form.is_valid():
        text = f"{form.cleaned_data['name']} added."
        with undoable(student=user, text=text, at=at, applications=[application]) as change:
            added = form.act(add_talk, application=application, details=form.details(), by=user, at=at)
        if added:
            tell(request, text, undo=change.undo)
            return redirect(back)
    context = {"form": form, "application": application, "back": back, "title": "Add a team"}
    return render(request, "applications/talk_form.html", context, status=form.status)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change a conversation."""
    talk = _own(request, public_id)
    form, back = TalkForm(sent(request), instance=talk), _teams_of(talk.application)
    try:
        if form.is_valid() and _saved(request, form):
            return redirect(back)
    except StaleError:
        form = TalkForm(request.POST, instance=_own(request, public_id))
        return overtaken(request, form, back=back, what="This team")
    context = {"form": form, "application": talk.application, "talk": talk, "back": back, "title": "Edit the team"}
    return render(request, "applications/talk_form.html", context, status=form.status)


def _saved(request: HttpRequest, form: TalkForm) -> TeamTalk | None:
    by, at, application = person(request), clock.now(), form.instance.application
    with undoable(student=by, text="Saved.", at=at, applications=[application]) as change:
        saved = form.act(
            edit_talk, talk=form.instance, details=form.details(), version=form.seen_version(), by=by, at=at
        )
    if saved:
        tell(request, "Saved.", undo=change.undo)
    return saved


@require_POST
@or_gone()
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a team off the list; it can be taken back."""
    talk, user, at = _own(request, public_id), person(request), clock.now()
    text = f"Deleted. {talk.name} is off the list."
    with undoable(student=user, text=text, at=at, applications=[talk.application]) as change:
        delete_talk(talk=talk, by=user, at=at)
    tell(request, text, undo=change.undo)
    return redirect(_teams_of(talk.application))


def _own(request: HttpRequest, public_id: str) -> TeamTalk:
    """Return a team of one of the person's applications; 404 for any other."""
    mine = TeamTalk.objects.visible_to(person(request)).select_related("application__company", "team")
    return get_object_or_404(mine, public_id=public_id)


def _teams_of(application: Application) -> str:
    return f"{reverse('applications:detail', args=[application.public_id])}#teams"
