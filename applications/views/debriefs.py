"""The debrief of a round, and the question bank that grows out of debriefs."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from applications.actions.debriefs import FIELDS, answer_question, save_debrief
from applications.actions.undoing import undoable
from applications.forms.debrief import AnswerForm, DebriefForm, QuestionFilterForm
from applications.models import Debrief, InterviewRound, Question
from applications.queries.debriefs import came_up, question_page
from applications.views.roles import person, students_only
from applications.views.rounds import own
from applications.views.stale import overtaken
from applications.views.told import tell
from tracker.lib import clock
from tracker.lib.errors import StaleError
from tracker.lib.http import is_htmx, sent
from tracker.lib.ids import read_public_id


@require_http_methods(["GET", "HEAD", "POST"])
def debrief(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write down how a round went, or change it."""
    interview, back = own(request, public_id), reverse("applications:round", args=[public_id])
    form = _form(request, interview)
    try:
        if form.is_valid() and _saved(request, form, interview):
            return redirect(back)
    except StaleError:
        return overtaken(request, _form(request, own(request, public_id)), back=back, what="This debrief")
    context = {"form": form, "round": interview, "application": interview.application, "back": back}
    return render(request, "applications/debrief.html", context, status=form.status)


def _form(request: HttpRequest, interview: InterviewRound) -> DebriefForm:
    """Make the form of the debrief as it is saved now."""
    known = Debrief.objects.visible_to(person(request)).filter(round=interview).first()
    return DebriefForm(sent(request), instance=known or Debrief(round=interview), came_up=came_up(interview))


def _saved(request: HttpRequest, form: DebriefForm, interview: InterviewRound) -> Debrief | None:
    by, at, typed = person(request), clock.now(), form.details()
    details = {name: typed[name] for name in FIELDS}
    facts: dict[str, Any] = {name: typed[name] for name in ("came_up", "take_step", "step_on")} | {"by": by, "at": at}
    with undoable(student=by, text="Debrief saved.", at=at, applications=[interview.application]) as change:
        saved = form.act(save_debrief, interview=interview, details=details, version=form.seen_version(), **facts)
    if saved:
        tell(request, "Debrief saved.", undo=change.undo)
    return saved


@require_safe
@students_only
def questions(request: HttpRequest) -> HttpResponse:
    """List the questions that came up in one's own rounds."""
    user, form = person(request), QuestionFilterForm(request.GET)
    asked = {"q": "", "kind": "", "unanswered": False, **form.read()}
    after = read_public_id(request.GET.get("after", ""))
    page = question_page(user, **asked, after=after, today=clock.today(user))  # type: ignore[arg-type]
    following = request.GET.copy()
    following["after"] = page.after
    template = "applications/questions.html"
    if is_htmx(request):
        template += "#rows" if request.headers.get("HX-Target") == "more" else "#results"
    context = {"form": form, "page": page, "is_narrowed": any(asked.values()), "next_url": f"?{following.urlencode()}"}
    return render(request, template, context)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write what one would answer to a question."""
    question, back = _own_question(request, public_id), reverse("applications:questions")
    form = AnswerForm(sent(request), instance=question)
    try:
        if form.is_valid() and _answered(request, form):
            tell(request, "Saved.")
            return redirect(back)
    except StaleError:
        form = AnswerForm(request.POST, instance=_own_question(request, public_id))
        return overtaken(request, form, back=back, what="This answer")
    context = {"form": form, "question": question, "round": question.round, "back": back}
    return render(request, "applications/question.html", context, status=form.status)


def _answered(request: HttpRequest, form: AnswerForm) -> Question | None:
    seen, text = form.was_seen().answer or "", form.cleaned_data["answer"]
    return form.act(answer_question, question=form.instance, seen=seen, answer=text, by=person(request), at=clock.now())


def _own_question(request: HttpRequest, public_id: str) -> Question:
    """Return a question of one of the person's rounds; 404 for any other."""
    mine = Question.objects.visible_to(person(request)).select_related("round__application__company")
    return get_object_or_404(mine, public_id=public_id)
