"""Comments: the student says something to one supervisor, and either takes back what they said."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.models import User
from applications.models import Application
from supervision import actions
from supervision.forms import CommentForm
from supervision.models import Comment, Supervision
from supervision.queries.road import shared
from supervision.views.roles import person
from tracker.lib import clock
from tracker.lib.errors import DomainError, StaleError
from tracker.lib.http import refused, see


@require_POST
def comment(request: HttpRequest, public_id: str, application: str) -> HttpResponse:
    """Say something to one supervisor about one's own application."""
    student = person(request)
    own = Supervision.objects.visible_to(student).filter(student=student).accepted().select_related("supervisor")
    supervision = get_object_or_404(own, public_id=public_id)
    found = get_object_or_404(shared(supervision).select_related("company"), public_id=application)
    form = CommentForm(request.POST)
    if form.is_valid() and said(form, supervision, found, by=student):
        messages.success(request, f"Said. {supervision.supervisor} is told.")
        return see(request, f"{_page(found)}#talk-{public_id}")
    shown = {"form": form, "supervision": supervision, "application": found, "back": _page(found)}
    return refused(request, "supervision/comment.html", shown)


@require_POST
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take back what one said oneself."""
    reader = person(request)
    mine = Comment.objects.visible_to(reader).filter(by=reader).select_related("application__student")
    found = get_object_or_404(mine, public_id=public_id)
    actions.delete_comment(comment=found, by=reader)
    messages.success(request, "Taken back.")
    application = found.application
    if application.student_id == reader.pk:
        return see(request, _page(application))
    return see(
        request, "supervision:application", student=application.student.public_id, public_id=application.public_id
    )


def said(form: CommentForm, supervision: Supervision, application: Application, *, by: User) -> Comment | None:
    """Say what a valid form holds; None, with the error on the form, when there is too much already.

    404 when the application is not shared any more.
    """
    text = form.cleaned_data["text"]
    try:
        return actions.say(supervision=supervision, application=application, text=text, by=by, at=clock.now())
    except StaleError:
        raise Http404 from None
    except DomainError as error:
        form.add_error("text", error.sentence)
        return None


def _page(application: Application) -> str:
    return reverse("applications:detail", args=[application.public_id])
