"""Today: what to do next, the next interview, how the window goes, what waits on others."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from accounts.models import User
from applications import advice
from applications.interviews.rounds import both_times, link_of
from applications.models import ROLE_TO_ADD, Application, Desk, InterviewRound, TodayMark
from applications.others import OTHERS
from applications.queries.today_facts import Facts, Waits, facts_of
from applications.queries.today_lines import Line, Printer
from applications.queries.today_rounds import LIMITS, Round
from applications.queries.window import StudentWindow, pace_of
from applications.season.chart import Weeks, weekly
from applications.season.pace import in_words, pace
from applications.season.weeks import monday
from applications.today_rules import (
    WEEK,
    Rule,
    Todo,
    arrange,
    headline,
    key_of,
    of_applications,
    of_plan,
    of_season,
    quick_days,
    read_key,
)
from companies.models import Posting
from tracker.lib.dates import away, day, full_day, weekday
from tracker.templatetags.waymark import mark_html

BAR = 144
ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Interview:
    """The banner of the next interview; `bar` is how much of the progress bar is full, of BAR.

    `line` is there when the interview is also to be prepared: the banner has its buttons, and Do next leaves it out.
    """

    weekday: str
    day: int
    eyebrow: str
    title: str
    when: str
    url: str
    join: str
    calendar: str
    ready: str
    bar: int
    line: Line | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """One application that waits on others."""

    mark: SafeString
    company: str
    title: str
    url: str
    days: str


@dataclass(frozen=True, slots=True)
class Advice:
    """A piece of the guide, and where to send it away."""

    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Today:
    """The page; `count` is what is for today, `more` what a longer list would show."""

    date: str
    headline: str
    count: int
    today: list[Line]
    later: list[Line]
    more: int
    query: str
    interview: Interview | None
    window: StudentWindow | None
    when: str
    sent: int
    chart: Weeks | None
    pace: str
    waiting: list[Waiting]
    waiting_count: int
    advice: Advice | None
    is_new: bool
    ideas: list[tuple[str, str]]
    quick: list[tuple[str, str, str]]


def lines_of(facts: Facts, *, at: dt.datetime, on: dt.date) -> list[Todo]:
    """Return every line in its order."""
    chosen = facts.chosen
    lines = [*of_applications(facts.known(), at=at, on=on, limits=LIMITS, chosen=chosen)]
    lines += of_plan(facts.steps, on=on, limits=LIMITS, chosen=chosen)
    lines += [todo for todo in facts.others(on) if chosen.shows(todo, on)]
    lines += of_season(facts.season(), on=on, limits=LIMITS, chosen=chosen)
    return arrange(lines)


def today(student: User, *, at: dt.datetime, on: dt.date, everything: bool) -> Today:
    """Gather the page in four queries, or five when nothing is due; the first few lines, or everything."""
    facts = facts_of(student, at=at, on=on)
    todos = lines_of(facts, at=at, on=on)
    count = sum(todo.today for todo in todos)
    ahead = _ahead(student, facts, on)
    first = next((one for one in todos if ahead and one.rule is Rule.INTERVIEW and one.thing == ahead.public_id), None)
    shown, left = _shown([todo for todo in todos if todo is not first], everything=everything)
    printer, window, base = Printer(facts.rows, on), facts.window, reverse("applications:table")
    lines = [printer.line(todo, number) for number, todo in enumerate(shown)]
    return Today(
        date=weekday(on),
        headline=headline(count),
        count=count,
        today=[line for line in lines if line.today],
        later=[line for line in lines if not line.today],
        more=left,
        query="?all=1" if everything else "",
        interview=_banner(ahead, printer.line(first, len(shown)) if first else None, student, on) if ahead else None,
        window=window,
        when=_when(window, on) if window else "",
        sent=len(facts.sent),
        chart=weekly(window.opens_on, window.closes_on, facts.sent, on) if window else None,
        pace=_pace(window, len(facts.sent), on) if window else "",
        waiting=[_waiting(one, base, on) for one in facts.waiting],
        waiting_count=facts.waiting_count,
        advice=_advice(facts, on),
        is_new=not facts.total and not facts.others(on),
        ideas=[] if count or not facts.total else list(_ideas(student, facts, at)),
        quick=[(name, name.capitalize(), day(until)) for name, until in quick_days(on).items()],
    )


def _shown(todos: list[Todo], *, everything: bool) -> tuple[list[Todo], int]:
    """Return the lines of this page, and how many more there are."""
    shown = todos if everything else todos[: settings.WAYMARK_TODAY_ROWS]
    return shown, len(todos) - len(shown)


def _when(window: StudentWindow, on: dt.date) -> str:
    week = window.week(on)
    if not week:
        return f"The window opens on {full_day(window.opens_on)}"
    return f"Week {week} of {window.weeks} in the window" if week <= window.weeks else "The main window has closed"


def _pace(window: StudentWindow, sent: int, on: dt.date) -> str:
    """Say when the goal is reached at one's own target; without one, how many a week are left."""
    goal, target = window.goal, window.weekly_target
    if not target or not goal or sent >= goal or not window.opens_on <= on <= window.closes_on:
        return pace_of(window, sent, on)
    told = pace(goal, target, sent, opens_on=window.opens_on, closes_on=window.closes_on, on=on)
    _, _, more = told.words.partition(". ")
    reached = f"At {in_words(target)} a week you reach {goal} by {told.value}."
    return f"{reached} {more}." if more else reached


def _ahead(student: User, facts: Facts, on: dt.date) -> Round | None:
    """Return the next interview, if it is within a week."""
    return next((one for one in facts.rounds if one.meeting(student.tz).on <= on + LIMITS.week), None)


def _banner(one: Round, line: Line | None, student: User, on: dt.date) -> Interview:
    here = one.meeting(student.tz).on
    times = both_times(one.slot, student.tz) or "time not set"
    when = f"{day(one.on)}, {times}"
    return Interview(
        weekday=day(here)[:3].upper(),
        day=here.day,
        eyebrow=f"Next interview, {away(here, on)}",
        title=f"{one.label} with {one.company}",
        when=f"{when}, with {one.people}" if one.people else when,
        url=reverse("applications:round", args=[one.public_id]),
        join=link_of(one.place),
        calendar=reverse("applications:round-ics", args=[one.public_id]) if one.starts_at else "",
        ready=one.ready.text,
        bar=BAR * one.ready.done // one.ready.total if one.ready.total else 0,
        line=line,
    )


def _waiting(one: Waits, base: str, on: dt.date) -> Waiting:
    days = (on - one.since).days
    return Waiting(
        mark=mark_html(one.company, "s"),
        company=one.company,
        title=one.role or ROLE_TO_ADD,
        url=f"{base}{one.public_id}/",
        days="today" if days <= 0 else f"{days} day{'s' * (days != 1)}",
    )


def advice_key(on: dt.date) -> str:
    """Name this week's piece of advice, as a line is named."""
    return key_of(ADVICE, WEEK, monday(on))


def is_own(student: User, key: str) -> bool:
    """Say whether a line of this name is, or could have been, one of the student's own."""
    rule, thing = read_key(key)
    if rule not in set(Rule):
        return False
    if TodayMark.objects.visible_to(student).filter(key=key).exists():
        return True
    if rule in {Rule.INTERVIEW, Rule.DEBRIEF}:
        return InterviewRound.objects.visible_to(student).filter(public_id=thing).exists()
    if rule in OTHERS:
        return OTHERS[Rule(rule)].is_own(student, thing)
    return thing == WEEK or Application.objects.visible_to(student).filter(public_id=thing).exists()


def switched_off(student: User) -> set[str]:
    """Return the rules that are switched off, and "advice" if that is."""
    desk = Desk.objects.visible_to(student).first()
    return {*desk.rules_off, *[ADVICE][: desk.advice_off]} if desk else set()


def _advice(facts: Facts, on: dt.date) -> Advice | None:
    key = advice_key(on)
    if facts.advice_off or key in facts.chosen.marks:
        return None
    return Advice(advice.of_the_day(on), f"{reverse('applications:today')}{key}/")


def _ideas(student: User, facts: Facts, at: dt.datetime) -> Iterator[tuple[str, str]]:
    """Yield what one could do with ten minutes, with its address: what is real, and at most two."""
    ahead = next((one for one in facts.rounds if one.ready.done < one.ready.total or not one.ready.total), None)
    if ahead:
        yield f"prepare for {ahead.company} on {day(ahead.on)}", reverse("applications:round", args=[ahead.public_id])
    new = Posting.objects.visible_to(student).open().filter(listed_at__gte=at - settings.WAYMARK_TODAY_NEW).count()
    if new:
        yield f"look at {new:,} new posting{'s' * (new != 1)}", reverse("companies:postings")
    elif not ahead and facts.saved:
        roles = f"{in_words(facts.saved)} role{'s' * (facts.saved != 1)}"
        yield f"look again at the {roles} you saved", reverse("applications:board")
