"""What a tick, a snooze or letting go on Today does: the line is marked, and what it stands for is done."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q

from accounts.models import User
from applications.actions.editing import finish_next_step
from applications.actions.events import log_event
from applications.actions.guarding import lock_application
from applications.actions.planning import answer_shortfall
from applications.actions.rounds import edit_round
from applications.actions.stages import close, move
from applications.models import Application, Desk, Event, InterviewRound, PlanStep, TodayMark
from applications.others import OTHERS
from applications.queries.stage import closing_words, moved_words
from applications.queries.window import season_of, window_of
from applications.season.pace import in_words
from applications.stage import Outcome, Stage
from applications.today_rules import Rule, Todo
from tracker.lib.dates import day as day_words
from tracker.lib.errors import DomainError

State = TodayMark.State
_LATEST = dt.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Doing:
    """One line in the hands of its student; season lines have no application."""

    todo: Todo
    application: Application | None
    by: User
    at: dt.datetime
    on: dt.date

    @property
    def subject(self) -> Application:
        """The application that the line is about."""
        if self.application is None:
            raise DomainError("This is not on your list any more.")
        return self.application


def finish(doing: Doing) -> str:
    """Tick a line: do what it stands for, mark it, and say what was done."""
    todo, other = doing.todo, OTHERS.get(doing.todo.rule)
    if other:
        words = other.finish(todo, doing.by, doing.on)
        mark(student=doing.by, key=todo.key, state=State.DONE, on=doing.on)
        return words
    words = _FINISH[todo.rule](doing) if todo.rule in _FINISH else f"Done: {todo.what}."
    if doing.application and todo.covers(lock_application(doing.application, doing.by).next_step):
        finish_next_step(application=doing.application, by=doing.by, at=doing.at)
    if todo.rule is not Rule.KEEP:
        mark(student=doing.by, key=todo.key, state=State.DONE, on=doing.on)
    return words


def let_go(doing: Doing) -> str:
    """Let a line go: do what that means, mark it, and say what was done."""
    todo, other = doing.todo, OTHERS.get(doing.todo.rule)
    if other:
        words = other.let_go(todo, doing.by, doing.on)
        mark(student=doing.by, key=todo.key, state=State.DISMISSED, on=doing.on)
        return words
    words = _LET_GO[todo.rule](doing) if todo.rule in _LET_GO else f"Off the list: {todo.what}."
    mark(student=doing.by, key=todo.key, state=State.DISMISSED, on=doing.on)
    return words


def put_off(doing: Doing, *, until: dt.date) -> str:
    """Put a line off until a day after today."""
    if until <= doing.on:
        raise DomainError("Enter a day after today.", field="day")
    if until > doing.on + _LATEST:
        raise DomainError("Enter a day within a year.", field="day")
    mark(student=doing.by, key=doing.todo.key, state=State.SNOOZED, on=doing.on, until=until)
    return f"Put off until {day_words(until)}: {doing.todo.what}."


def mark(*, student: User, key: str, state: str, on: dt.date, until: dt.date | None = None) -> TodayMark:
    """Mark one line; marking it again replaces the mark."""
    facts = {"state": state, "until": until, "on": on}
    marked, _made = TodayMark.objects.update_or_create(student=student, key=key, defaults=facts)
    return marked


def switch_rules(*, student: User, off: set[str], advice_off: bool) -> Desk:
    """Keep which rules, and whether the advice, are switched off."""
    choices = {"rules_off": [rule.value for rule in Rule if rule in off], "advice_off": advice_off}
    desk, _made = Desk.objects.update_or_create(student=student, defaults=choices)
    return desk


def _sent(doing: Doing) -> str:
    """Move what was sent to Applied; a hold ends with it."""
    application = doing.subject
    move(
        application=application,
        to=Stage.APPLIED,
        by=doing.by,
        at=doing.at,
        on=doing.on,
        expected_stage=application.stage,
    )
    if application.on_hold:
        application.on_hold = False
        application.version += 1
        application.save(update_fields=["on_hold", "version"])
    return moved_words(application)


def _took_step(doing: Doing) -> str:
    """Note the step that was planned for this day, and make room for the next one."""
    fresh = lock_application(doing.subject, doing.by)
    step = fresh.next_step or "The next step"
    if fresh.next_step_on == doing.todo.day:
        fresh.next_step, fresh.next_step_on = "", None
        fresh.version += 1
        fresh.save(update_fields=["next_step", "next_step_on", "version"])
        _log(doing, Event.Kind.NOTE, f"Done: {step}")
    return f"Done: {step}."


def _followed_up(doing: Doing) -> str:
    _log(doing, Event.Kind.EMAIL, "Followed up")
    return f"Noted: you followed up with {doing.subject.company.name}."


def _log(doing: Doing, kind: str, text: str) -> None:
    log_event(application=doing.subject, kind=kind, text=text, is_shared=False, on=doing.on, by=doing.by, at=doing.at)


def _held(doing: Doing) -> str:
    """Take it that the round has happened."""
    found = InterviewRound.objects.visible_to(doing.by).filter(public_id=doing.todo.thing).first()
    if found and found.status == InterviewRound.Status.SCHEDULED:
        details = {"status": InterviewRound.Status.DONE.value}
        edit_round(interview=found, details=details, version=found.version, by=doing.by, at=doing.at)
    return f"Done: {doing.todo.what}."


def _keep(doing: Doing) -> str:
    """Ask again in 21 days."""
    until = doing.on + settings.WAYMARK_TODAY_UNTOUCHED
    mark(student=doing.by, key=doing.todo.key, state=State.SNOOZED, on=doing.on, until=until)
    return f"Kept. Today asks again on {day_words(until)}."


def _wait_on(doing: Doing) -> str:
    return f"Still waiting for {doing.subject.company.name}. Today does not ask again."


def _carry_over(doing: Doing) -> str:
    carried = _answer_week(doing, carry=True)
    return f"{in_words(carried).capitalize()} more for this week." if carried else "Nothing to carry over."


def _leave_week(doing: Doing) -> str:
    _answer_week(doing, carry=False)
    return "Left. This week starts afresh."


def _took_plan_step(doing: Doing) -> str:
    """Tick the step in the plan; a derived one gets a row that says so."""
    window, key = window_of(doing.by, doing.on), doing.todo.thing
    if window:
        mine = PlanStep.objects.visible_to(doing.by).filter(season=window.season_id)
        if not mine.filter(Q(key=key) | Q(key="", public_id=key)).update(done_on=doing.on):
            PlanStep.objects.create(student=doing.by, season_id=window.season_id, key=key, done_on=doing.on)
    return f"Done: {doing.todo.what}."


def _answer_week(doing: Doing, *, carry: bool) -> int:
    window = window_of(doing.by, doing.on)
    return answer_shortfall(student=doing.by, season=season_of(window), carry=carry, on=doing.on) if window else 0


def _close(outcome: Outcome) -> Callable[[Doing], str]:
    def closed(doing: Doing) -> str:
        application = doing.subject
        close(
            application=application,
            outcome=outcome,
            reason=application.closing_reason,
            by=doing.by,
            at=doing.at,
            on=doing.on,
            expected_stage=application.stage,
        )
        return closing_words(application)

    return closed


_FINISH: dict[Rule, Callable[[Doing], str]] = {
    Rule.CLOSES: _sent,
    Rule.RELEASED: _sent,
    Rule.STEP: _took_step,
    Rule.FOLLOW_UP: _followed_up,
    Rule.DEBRIEF: _held,
    Rule.MISSED: _carry_over,
    Rule.PLAN: _took_plan_step,
    Rule.QUIET: _wait_on,
    Rule.KEEP: _keep,
}
_LET_GO: dict[Rule, Callable[[Doing], str]] = {
    Rule.GONE: _close(Outcome.WITHDREW),
    Rule.CLOSES: _close(Outcome.WITHDREW),
    Rule.RELEASED: _close(Outcome.WITHDREW),
    Rule.MISSED: _leave_week,
    Rule.QUIET: _close(Outcome.NO_REPLY),
    Rule.KEEP: _close(Outcome.WITHDREW),
}
