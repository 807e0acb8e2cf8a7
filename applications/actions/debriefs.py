"""What a round taught: the debrief, the questions that came up, and one's own answers to them."""

import datetime as dt
from collections.abc import Mapping

from django.conf import settings

from accounts.models import User
from applications.actions.guarding import guarded, lock_application
from applications.actions.rounds import hold_round
from applications.models import Application, Debrief, Event, InterviewRound, Question
from tracker.lib.errors import DomainError, StaleError

FIELDS = ("felt", "went_well", "to_improve", "colleagues", "next_step", "thanked")
LONGEST_QUESTION = 500


def save_debrief(
    *,
    interview: InterviewRound,
    details: Mapping[str, object],
    came_up: str,
    take_step: bool,
    step_on: dt.date | None = None,
    version: int,
    by: User,
    at: dt.datetime,
) -> Debrief:
    """Write the debrief of a round, or change it; a round that was still scheduled has then happened.

    Each line of `came_up` is a question. One that stood there before keeps its answer. `take_step`, or a day for it,
    makes the step they named the application's next one. StaleError when `version`, 0 for none yet, is no longer saved.
    """
    with guarded():
        application = lock_application(interview.application, by)
        debrief = Debrief.objects.visible_to(by).filter(round=interview).first()
        if (debrief.version if debrief else 0) != version:
            raise StaleError("This debrief changed in another tab.")
        _ask(interview, _lines(came_up))
        if debrief is None:
            debrief = _begin(interview, by, at)
        else:
            debrief.version += 1
        for name in FIELDS:
            setattr(debrief, name, details[name])
        debrief.save()
        hold_round(interview=interview, by=by, at=at)
        if debrief.next_step and (take_step or step_on):
            _take_step(application, debrief.next_step, step_on, by=by, at=at)
    return debrief


def answer_question(*, question: Question, seen: str, answer: str, by: User, at: dt.datetime) -> Question:  # noqa: ARG001 - every action is told when
    """Write what one would answer; StaleError when the answer no longer reads as it was seen."""
    with guarded():
        lock_application(question.round.application, by)
        fresh = Question.objects.visible_to(by).filter(pk=question.pk).first()
        if fresh is None:
            raise StaleError("This question was deleted in another tab.")
        if fresh.answer != seen:
            raise StaleError("This answer changed in another tab.")
        fresh.answer = answer
        fresh.save(update_fields=["answer"])
    return fresh


def _begin(interview: InterviewRound, by: User, at: dt.datetime) -> Debrief:
    on = at.astimezone(by.tz).date()
    text = f"Debrief: {interview.get_kind_display().lower()}"
    Event.objects.create(application=interview.application, kind=Event.Kind.ROUND, on=on, text=text, by=by)
    return Debrief(round=interview, written_on=on)


def _lines(came_up: str) -> list[str]:
    """Return the questions, one a line, each once."""
    lines = list(dict.fromkeys(filter(None, (line.strip() for line in came_up.split("\n")))))
    most = settings.WAYMARK_QUESTIONS_OF_ROUND
    if len(lines) > most:
        raise DomainError(f"Keep to {most} questions; these are {len(lines)}.", field="came_up")
    for number, line in enumerate(lines, start=1):
        if len(line) > LONGEST_QUESTION:
            sentence = f"Use at most {LONGEST_QUESTION} characters a line; line {number} has {len(line):,}."
            raise DomainError(sentence, field="came_up")
    return lines


def _ask(interview: InterviewRound, lines: list[str]) -> None:
    """Make the questions of a round these, in this order."""
    known = {question.text: question for question in Question.objects.filter(round=interview)}
    Question.objects.filter(round=interview).exclude(text__in=lines).delete()
    for place, text in enumerate(lines):
        question = known[text] if text in known else Question(round=interview, text=text)
        if text not in known or question.position != place:
            question.position = place
            question.save()


def _take_step(application: Application, step: str, on: dt.date | None, *, by: User, at: dt.datetime) -> None:
    longest = Application._meta.get_field("next_step").max_length or 0
    if len(step) > longest:
        raise DomainError(f"A next step has at most {longest} characters. Make it shorter.", field="next_step")
    if application.next_step == step and (on is None or application.next_step_on == on):
        return
    application.next_step, application.next_step_on = step, on
    application.version += 1
    application.updated_at = at
    application.save(update_fields=["next_step", "next_step_on", "version", "updated_at"])
    today = at.astimezone(by.tz).date()
    Event.objects.create(application=application, kind=Event.Kind.EDIT, on=today, text="Edited: next step", by=by)
