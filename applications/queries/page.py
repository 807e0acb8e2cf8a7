"""All that the page of one application shows: five queries, whatever it holds."""

import datetime as dt
import uuid
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from accounts.models import User
from applications.choices import WayIn
from applications.interviews.rounds import link_of
from applications.models import Application, InterviewRound
from applications.queries.beside import beside
from applications.queries.documents import Attached, attached
from applications.queries.facts import Fit, facts_of, fit_of, when
from applications.queries.preparation import Prep, prep_with
from applications.queries.rounds import HELD, RoundLine, round_lines, rounds_of
from applications.queries.talks import TalkLine, talk_lines
from applications.queries.timeline import Timeline, near_day, stage_days, timeline
from applications.stage import ACTIVE, LOOKS, UNSENT, Look, Outcome, Stage
from tracker.lib.dates import away, day

_BEFORE_INTERVIEWS = {Stage.INTERESTED, Stage.PREPARING, Stage.APPLIED}


@dataclass(frozen=True, slots=True)
class StageStep:
    """One of the five stages above the page; `state` is d (behind), c (here) or nothing (ahead)."""

    look: Look
    state: str
    text: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """What the student wants to do next."""

    text: str
    by: str
    is_due: bool


@dataclass(frozen=True, slots=True)
class ApplicationPage:
    """The page, ready to print."""

    application: Application
    when: str
    steps: list[StageStep]
    closed: str
    next_step: NextStep | None
    asks_for_step: bool
    rounds: list[RoundLine]
    more: dict[str, list[list[Any]]]
    hold: str
    offers_move: bool
    timeline: Timeline
    link: str
    host: str
    facts: list[tuple[str, str]]
    fit: Fit
    prep: Prep | None
    talks: list[TalkLine]
    matches_teams: bool
    documents: Attached
    copy_key: str


def application_page(application: Application, *, user: User, at: dt.datetime) -> ApplicationPage:
    """Gather the page of one application."""
    today = at.astimezone(user.tz).date()
    rounds = rounds_of(application)
    lines = round_lines(rounds, at=at, own=user.tz)
    upcoming = next((one for one, line in zip(rounds, lines, strict=True) if line.css == "up"), None)
    around, is_next = beside(application, upcoming), upcoming is not None
    link = link_of(application.url or (application.posting.url if application.posting else ""))
    return ApplicationPage(
        application=application,
        when=when(application),
        steps=_steps(application, stage_days(around.steps), lines, today),
        closed=_closed(application, rounds, lines, today),
        next_step=_next_step(application, today) if application.is_open and not is_next else None,
        asks_for_step=application.is_open and not is_next and application.outcome != Outcome.ACCEPTED,
        rounds=lines,
        more=around.more,
        hold=_hold(application, today),
        offers_move=offers_interviewing(application) and any(line.number for line in lines),
        timeline=timeline(application, today=today),
        link=link,
        host=(urlsplit(link).hostname or "").removeprefix("www."),
        facts=facts_of(application, today),
        fit=fit_of(application, around.requirements),
        prep=prep_with(upcoming, around.prep, by=user, today=today) if upcoming and around.prep else None,
        talks=talk_lines(around.talks, today=today),
        matches_teams=bool(around.talks) or any(one.kind == InterviewRound.Kind.TEAM_MATCH for one in rounds),
        documents=attached(around.versions),
        copy_key=str(uuid.uuid4()),
    )


def _hold(application: Application, today: dt.date) -> str:
    """Say whether it "waits" for a referral, or is "released" from that; nothing once it is sent."""
    if not application.on_hold or application.stage not in UNSENT:
        return ""
    return "waits" if application.referral.waits(today) else "released"


def offers_interviewing(application: Application) -> bool:
    """Say whether an application that has a round is still before Interviewing."""
    return application.stage in _BEFORE_INTERVIEWS


def _steps(
    application: Application, days: dict[str, dt.date], lines: list[RoundLine], today: dt.date
) -> list[StageStep]:
    open_now = application.stage != Stage.CLOSED
    reached = [ACTIVE.index(stage) for stage in days if stage in ACTIVE]
    here = ACTIVE.index(application.stage) if open_now else max(reached, default=0)
    steps = []
    for position, stage in enumerate(ACTIVE):
        state = "c" if position == here and open_now else "d" if position <= here else ""
        entered = near_day(days[stage], today) if stage in days and state else ""
        steps.append(
            StageStep(_look(application, stage, state), state, _words(state, entered) if state or open_now else "")
        )
    return _with_more(application, steps, lines)


def _look(application: Application, stage: str, state: str) -> Look:
    return application.look if state == "c" else LOOKS[stage]


def _words(state: str, entered: str) -> str:
    if state == "c":
        return f"since {entered}"
    return entered or ("passed over" if state else "no date yet")


def _with_more(application: Application, steps: list[StageStep], lines: list[RoundLine]) -> list[StageStep]:
    """Add the referral to Applied, and the number of the next round to Interviewing."""
    upcoming = next((line.number for line in lines if line.css == "up"), None)
    more = {
        Stage.APPLIED: ", referred" if application.way_in == WayIn.REFERRED else "",
        Stage.INTERVIEWING: f", round {upcoming}" if upcoming and application.stage == Stage.INTERVIEWING else "",
    }
    return [
        replace(step, text=step.text + more.get(Stage(step.look.value), ""))
        if step.state and step.look.value in more
        else step
        for step in steps
    ]


def _closed(application: Application, rounds: list[InterviewRound], lines: list[RoundLine], today: dt.date) -> str:
    """Return "Closed 3 Dec after round 3."; nothing while the application is open."""
    if application.is_open:
        return ""
    held = [line.number for round_, line in zip(rounds, lines, strict=True) if round_.status in HELD]
    after = f" after round {held[-1]}" if held else ""
    return f"Closed {near_day(application.stage_since, today)}{after}."


def _next_step(application: Application, today: dt.date) -> NextStep | None:
    if not application.next_step and application.next_step_on is None:
        return None
    by = application.next_step_on
    words = f"by {day(by)}, {away(by, today)}" if by else ""
    return NextStep(application.next_step or "Do the next step", words, is_due=by is not None and by <= today)
