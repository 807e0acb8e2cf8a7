"""What there is to do about one application: each rule says one thing or nothing. Pure."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from applications.referral import NO_REFERRAL, Referral
from applications.season import weeks
from applications.stage import UNSENT, Outcome, Stage
from applications.today_rules.lines import Chosen, Limits, Rule, Todo, order
from tracker.lib.dates import DAYS, day, short_day

_WAITS = (Stage.APPLIED, Stage.INTERVIEWING)


@dataclass(frozen=True, slots=True)
class Meeting:
    """An interview round on the student's own clock; without a start it lasts all day."""

    id: str
    label: str
    on: dt.date
    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None
    scheduled: bool = True
    prepared: bool = False
    ready: str = ""
    debriefed: bool = False

    def is_over(self, at: dt.datetime, on: dt.date) -> bool:
        """Say whether it has ended; without times, whether its day has."""
        return self.ends_at <= at if self.ends_at else self.on < on

    def is_ahead(self, at: dt.datetime, on: dt.date) -> bool:
        """Say whether it is still to come, or under way."""
        return self.scheduled and not self.is_over(at, on)


@dataclass(frozen=True, slots=True)
class Known:
    """What the rules look at in one application; `news_on` is the day of its latest entry.

    `doubt` is a sentence on why its posting may not be open any more.
    """

    id: str
    title: str
    company: str
    stage: str
    outcome: str = ""
    stage_since: dt.date | None = None
    news_on: dt.date | None = None
    closes_on: dt.date | None = None
    next_step: str = ""
    next_step_on: dt.date | None = None
    applied_on: dt.date | None = None
    referral: Referral = NO_REFERRAL
    followed_up: bool = False
    answer_by: dt.date | None = None
    doubt: str = ""
    meetings: tuple[Meeting, ...] = ()


@dataclass(frozen=True, slots=True)
class Now:
    """The instant, the day it is for the student, and the intervals."""

    at: dt.datetime
    on: dt.date
    limits: Limits


def of_applications(
    known: Iterable[Known], *, at: dt.datetime, on: dt.date, limits: Limits, chosen: Chosen
) -> Iterator[Todo]:
    """Yield at most one line for each open application: the first that is neither ticked, put off nor switched off."""
    now = Now(at, on, limits)
    for one in known:
        if one.stage != Stage.CLOSED:
            shown = [todo for todo in _every(one, now) if chosen.shows(todo, on)]
            if shown:
                yield min(shown, key=order)


def _every(one: Known, now: Now) -> Iterator[Todo]:
    for rule in (_answer, _gone, _closes, _released, _step, _follow_up, _quiet, _keep):
        todo = rule(one, now)
        if todo:
            yield todo
    for meeting in one.meetings:
        yield from _meeting(one, meeting, now)


def dated_todos(one: Known, now: Now, last: dt.date) -> Iterator[Todo]:
    """Yield what has a day of its own until the last one, with follow-ups that are due by then."""
    ahead = replace(now, on=last)
    for todo in (_answer(one, now), _closes(one, now), _step(one, now), _follow_up(one, ahead)):
        if todo:
            yield todo


def _meeting(one: Known, meeting: Meeting, now: Now) -> Iterator[Todo]:
    if meeting.is_ahead(now.at, now.on):
        if not meeting.prepared and _is_near(meeting, now):
            yield Todo(
                Rule.INTERVIEW,
                meeting.id,
                max(meeting.on, now.on),
                f"Prepare for {_lower(meeting.label)} at {one.company}",
                meeting.ready or "Say your summary and your questions aloud once. Show how you think.",
                today=True,
                application=one.id,
                occurrence=meeting.on,
            )
    elif meeting.is_over(now.at, now.on) and not meeting.debriefed and meeting.on >= now.on - now.limits.week:
        yield _debrief(one, meeting, now)


def _is_near(meeting: Meeting, now: Now) -> bool:
    if meeting.starts_at:
        return now.at <= meeting.starts_at <= now.at + now.limits.interview
    return meeting.on <= now.on + now.limits.interview


def _debrief(one: Known, meeting: Meeting, now: Now) -> Todo:
    ended = meeting.ends_at
    fresh = ended + now.limits.fresh > now.at if ended else meeting.on + now.limits.fresh >= now.on
    held = "Has it happened? " if meeting.scheduled else ""
    return Todo(
        Rule.DEBRIEF,
        meeting.id,
        meeting.on,
        f"Note what came up in {_lower(meeting.label)} at {one.company}",
        f"{held}Five minutes now save an hour before the next one.",
        today=fresh,
        application=one.id,
    )


def _answer(one: Known, now: Now) -> Todo | None:
    by, on = one.answer_by, now.on
    if one.stage != Stage.OFFER or one.outcome == Outcome.ACCEPTED or by is None or abs(by - on) > now.limits.week:
        return None
    due = f"Your answer is due {_when(by, on)}."
    why = due if by >= on else f"Your answer was due on {day(by)}. Write to them today."
    what = f"Answer the offer of {one.company}"
    return Todo(Rule.ANSWER, one.id, by, what, why, by <= on + now.limits.pressing, application=one.id)


def _gone(one: Known, now: Now) -> Todo | None:
    if one.stage not in UNSENT or not one.doubt:
        return None
    since = one.stage_since or now.on
    what = f"See whether {one.title} at {one.company} is still open"
    return Todo(Rule.GONE, one.id, now.on, what, one.doubt, today=True, application=one.id, occurrence=since)


def _closes(one: Known, now: Now) -> Todo | None:
    by, on = one.closes_on, now.on
    if one.stage not in UNSENT or by is None or not on <= by <= on + now.limits.week:
        return None
    why = f"The posting closes {_when(by, on)}."
    if one.referral.is_released(on):
        why += f" {one.referral.words}"
    elif one.referral.on_hold:
        why += " A referral is under way: check with them before you submit."
    elif one.stage == Stage.INTERESTED:
        why += " If you meet most of the requirements, apply."
    return Todo(Rule.CLOSES, one.id, by, _submit(one), why, by <= on + now.limits.pressing, application=one.id)


def _released(one: Known, now: Now) -> Todo | None:
    if one.stage not in UNSENT or not one.referral.is_released(now.on):
        return None
    since = one.stage_since or now.on
    what, why = _submit(one), one.referral.words
    return Todo(Rule.RELEASED, one.id, now.on, what, why, today=True, application=one.id, occurrence=since)


def _submit(one: Known) -> str:
    return f"Submit {one.title} at {one.company}"


def _step(one: Known, now: Now) -> Todo | None:
    by, on = one.next_step_on, now.on
    if by is None or by > on + now.limits.week:
        return None
    what = f"{one.next_step}: {one.company}" if one.next_step else f"Take the next step at {one.company}"
    late = f"You planned this for {short_day(by)}." if by < on else "You planned this for today."
    why = late if by <= on else f"You planned this for {DAYS[by.weekday()]}."
    return Todo(Rule.STEP, one.id, by, what, why, by <= on, application=one.id)


def _follow_up(one: Known, now: Now) -> Todo | None:
    sent, on = one.applied_on, now.on
    if one.stage != Stage.APPLIED or sent is None or one.followed_up or on > sent + now.limits.quiet:
        return None
    due = weeks.working_days_after(sent, now.limits.follow_up_working_days)
    if due > on:
        return None
    why = f"You applied {(on - sent).days} days ago. One short note is normal."
    return Todo(Rule.FOLLOW_UP, one.id, due, f"Follow up with {one.company}", why, today=True, application=one.id)


def _quiet(one: Known, now: Now) -> Todo | None:
    since, news = one.stage_since, one.news_on or one.stage_since
    if (
        one.stage not in _WAITS
        or since is None
        or news is None
        or any(m.is_ahead(now.at, now.on) for m in one.meetings)
    ):
        return None
    due = max(since, news) + now.limits.quiet
    if due > now.on:
        return None
    what = f"Decide about {one.title} at {one.company}"
    why = f"No news for {(now.on - max(since, news)).days // 7} weeks. Keep waiting, or close as no reply?"
    return Todo(Rule.QUIET, one.id, due, what, why, today=False, application=one.id, occurrence=since)


def _keep(one: Known, now: Now) -> Todo | None:
    since = one.stage_since
    if one.stage != Stage.INTERESTED or since is None:
        return None
    touched = max(since, one.news_on or since)
    due = touched + now.limits.untouched
    if due > now.on:
        return None
    what = f"Decide about {one.title} at {one.company}"
    why = f"You have not touched it for {(now.on - touched).days} days. Keep, or let it go?"
    return Todo(Rule.KEEP, one.id, due, what, why, today=False, application=one.id)


def _when(by: dt.date, on: dt.date) -> str:
    return {0: "today", 1: "tomorrow"}.get((by - on).days) or f"on {DAYS[by.weekday()]}"


def _lower(words: str) -> str:
    return words if words[:2].isupper() else words[:1].lower() + words[1:]
