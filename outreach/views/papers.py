"""From a paper to people: paste it, tick its authors."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import User
from applications.models import Application
from outreach import actions
from outreach.actions import Pick
from outreach.forms import PasteForm
from outreach.looking_up import look_up, may_look_up
from outreach.queries.authors import WorkLines, lines_of, ticked
from outreach.queries.referrals import open_applications
from outreach.reading import NOTHING, Reading, as_ris, read_papers
from outreach.reading.work import kept
from outreach.views.roles import student
from tracker.lib import clock
from tracker.lib.errors import DomainError
from tracker.lib.http import UNPROCESSABLE, is_htmx, sent
from tracker.lib.ids import read_public_id

_LONGEST_PLACE = 160


@require_http_methods(["GET", "HEAD", "POST"])
def from_paper(request: HttpRequest) -> HttpResponse:
    """Read what was pasted, show its authors, and add those who are ticked; the text stays with each step."""
    user = student(request)
    form = PasteForm(sent(request))
    shown: dict[str, object] = {"form": form, "looks_up": may_look_up()}
    if form.is_valid():
        reading, form = _read(form)
        shown["form"] = form
        most = settings.WAYMARK_PAPERS_SHOWN
        works = lines_of(reading, user, most=most, typed=request.POST.dict())
        if not any(one.authors for one in works):
            if not form.errors:
                form.add_error("text", reading.problems[0].reason if reading.problems else NOTHING)
        elif "add" in request.POST and (answer := _add(request, user, form, works)):
            return answer
        shown |= {"works": works, "reading": reading, "left": max(len(reading.works) - most, 0)}
        shown |= {"applications": open_applications(user), "chosen": request.POST.get("application", "")}
    page = "outreach/from_paper.html#paper" if is_htmx(request) else "outreach/from_paper.html"
    return render(request, page, shown, status=UNPROCESSABLE if form.errors else 200)


def _read(form: PasteForm) -> tuple[Reading, PasteForm]:
    """Read what was pasted; a number alone is looked up where that is allowed, and the form then has what was found."""
    reading = read_papers(form.cleaned_data["text"])
    first = reading.works[0] if len(reading.works) == 1 else None
    if first is None or first.title or not may_look_up():
        return reading, form
    try:
        found = look_up(first)
    except DomainError as error:
        form.add_error(error.field, error.sentence)
        return reading, form
    filled = PasteForm({"text": as_ris(found.works[0])})
    filled.full_clean()
    return found, filled


def _add(request: HttpRequest, user: User, form: PasteForm, works: list[WorkLines]) -> HttpResponse | None:
    chosen = ticked(works)
    if not chosen:
        form.add_error(None, "Tick at least one author.")
        return None
    if any(len(line.place) > _LONGEST_PLACE for _, line in chosen):
        form.add_error(None, f"Use at most {_LONGEST_PLACE} characters for where somebody works.")
        return None
    helps = Application.objects.visible_to(user).filter(public_id=read_public_id(request.POST.get("application", "")))
    picks = [Pick(work, line.author, kept(line.place, _LONGEST_PLACE)) for work, line in chosen]
    try:
        people = actions.add_authors(picks=picks, by=user, at=clock.now(), application=helps.first())
    except DomainError as error:
        form.add_error(None, error.sentence)
        return None
    messages.success(request, "Added." if len(people) == 1 else f"Added {len(people)} people.")
    return redirect("outreach:person", people[0].public_id) if len(people) == 1 else redirect("outreach:people")
