"""What rounds taught: the debrief of one, those of earlier rounds of its kind, and the question bank."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.models import User
from applications.choices import Felt
from applications.models import Debrief, InterviewRound, Question
from applications.queries.timeline import near_day
from companies.queries.pages import Page


@dataclass(frozen=True, slots=True)
class Lesson:
    """The debrief of one round, ready to print, with what came up."""

    url: str
    title: str
    debrief: Debrief | None
    questions: list[Question]

    @property
    def felt(self) -> str:
        """How it felt, in a word."""
        return Felt(self.debrief.felt).label if self.debrief and self.debrief.felt else ""


@dataclass(frozen=True, slots=True)
class Lessons:
    """What is known of this round and of earlier ones of its kind."""

    own: Lesson | None
    earlier: list[Lesson]


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One line of the question bank."""

    id: str
    text: str
    answer: str
    where: str
    url: str


def lessons(interview: InterviewRound, *, by: User, today: dt.date) -> Lessons:
    """Return the debriefs of rounds of this kind at any company, and their questions: two queries."""
    of_kind = Q(round=interview) | Q(round__kind=interview.kind)
    most = settings.WAYMARK_EARLIER_DEBRIEFS + 1
    debriefs = list(
        Debrief.objects.visible_to(by)
        .filter(of_kind)
        .select_related("round__application__company")
        .order_by("-written_on", "-pk")[:most]
    )
    if not debriefs:
        return Lessons(None, [])
    asked: dict[int, list[Question]] = {}
    rounds = [debrief.round_id for debrief in debriefs]
    for question in Question.objects.visible_to(by).filter(round__in=rounds).order_by("position", "pk"):
        asked.setdefault(question.round_id, []).append(question)
    told = {one.round_id: _lesson(one, asked.get(one.round_id, []), today) for one in debriefs}
    own = told.pop(interview.pk, None)
    return Lessons(own, list(told.values())[: most - 1])


def _lesson(debrief: Debrief, questions: list[Question], today: dt.date) -> Lesson:
    interview = debrief.round
    title = f"{interview.application.company.name}, {near_day(debrief.written_on, today)}"
    return Lesson(reverse("applications:round", args=[interview.public_id]), title, debrief, questions)


def came_up(interview: InterviewRound) -> str:
    """Return the questions of a round as its debrief lists them, one a line."""
    return "\n".join(Question.objects.filter(round=interview).order_by("position", "pk").values_list("text", flat=True))


def question_page(user: User, *, q: str, kind: str, unanswered: bool, after: str, today: dt.date) -> Page[QuestionRow]:
    """Return the person's questions, latest first, from the one after the given public id: at most two queries."""
    found = _matching(Question.objects.visible_to(user), q, kind, unanswered=unanswered)
    last = (
        Question.objects.visible_to(user).filter(public_id=after).values_list("pk", flat=True).first()
        if after
        else None
    )
    if last is not None:
        found = found.filter(pk__lt=last)
    size = settings.WAYMARK_TABLE_PAGE
    rows = list(found.select_related("round__application__company").order_by("-pk")[: size + 1])
    shown = [_row(question, today) for question in rows[:size]]
    return Page(shown, ("question", "questions"), shown[-1].id if len(rows) > size else "")


def _matching(questions: QuerySet[Question], q: str, kind: str, *, unanswered: bool) -> QuerySet[Question]:
    if q:
        company = Q(round__application__company__name__icontains=q)
        questions = questions.filter(Q(text__icontains=q) | Q(answer__icontains=q) | company)
    if kind:
        questions = questions.filter(round__kind=kind)
    return questions.filter(answer="") if unanswered else questions


def _row(question: Question, today: dt.date) -> QuestionRow:
    interview = question.round
    on = f", {near_day(interview.on, today)}" if interview.on else ""
    return QuestionRow(
        id=question.public_id,
        text=question.text,
        answer=question.answer,
        where=f"{interview.get_kind_display()}, {interview.application.company.name}{on}",
        url=reverse("applications:round", args=[interview.public_id]),
    )
