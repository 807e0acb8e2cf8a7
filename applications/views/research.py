"""What a student works on, and what of the shared list is close to it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from applications.actions.closeness import save_research
from applications.forms.research import ResearchForm
from applications.models import Desk
from applications.queries.closeness import close_to
from applications.views.roles import person, students_only
from tracker.lib import clock
from tracker.lib.http import UNPROCESSABLE, is_htmx, see, sent


@require_safe
@students_only
def near(request: HttpRequest) -> HttpResponse:
    """Show teams, postings and programmes, the closest first, each with the words that made it so."""
    template = "applications/near.html#lists" if is_htmx(request) else "applications/near.html"
    return render(request, template, {"close": close_to(person(request))})


@require_http_methods(["GET", "HEAD", "POST"])
@students_only
def research(request: HttpRequest) -> HttpResponse:
    """Take what a student works on."""
    student = person(request)
    desk = Desk.objects.visible_to(student).first() or Desk(student=student)
    initial = {"topics": desk.topics, "abstracts": desk.abstracts, "papers": desk.papers}
    form = ResearchForm(sent(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        save_research(student=student, at=clock.now(), **form.cleaned_data)
        messages.success(request, "Saved. The list is being ordered by it.")
        return see(request, "applications:near")
    return render(request, "applications/research.html", {"form": form}, status=UNPROCESSABLE if form.errors else 200)
