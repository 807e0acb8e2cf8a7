"""The facts of the insights, in one statement, and the page."""

import datetime as dt
from dataclasses import dataclass

from accounts.models import User
from applications.insights import effort
from applications.insights.drawing import Bar, Dots, bars, dots
from applications.insights.effort import WEEKS, Week
from applications.insights.figures import Comparison, Step, funnel, helps, rounds
from applications.insights.flow import Flow, flow
from applications.insights.replies import Replies, replies
from applications.insights.traces import Trace
from applications.models import MINE
from applications.queries.sql import fetch

REPLIED_ON = """(SELECT min(e.on) FROM applications_event e
        WHERE e.application_id = a.id AND e.on >= a.applied_on AND (
            e.kind = 'round' OR e.stage IN ('interviewing', 'offer')
            OR e.stage = 'closed' AND e.outcome = 'not_this_time'
        ))"""
"""The first day on which they answered application `a`, in SQL."""
ROUNDS_HELD = """(SELECT count(*) FROM applications_interviewround r WHERE r.application_id = a.id
        AND r.on <= %(on)s AND r.status NOT IN ('moved', 'cancelled'))"""
"""How many rounds of application `a` were held by the day `on`."""
_TRACES = f"""
    SELECT a.stage, a.outcome,
    (SELECT array_agg(DISTINCT e.stage) FROM applications_event e WHERE e.application_id = a.id AND e.stage <> ''),
    a.stage_since, a.applied_on,
    {REPLIED_ON},
    {ROUNDS_HELD},
    a.way_in, a.source, a.closeness
    FROM applications_application a WHERE {MINE} AND (%(season)s::bigint IS NULL OR a.season_id = %(season)s)
    ORDER BY a.id
"""  # noqa: S608 - constants
_SEASONS = f"""
    SELECT s.slug, s.name, s.id FROM companies_season s
    WHERE s.id IN (SELECT a.season_id FROM applications_application a WHERE {MINE}) ORDER BY s.starts_on DESC
"""  # noqa: S608 - constants


_WEEKS = f"""
    SELECT w.week, sum(w.sent)::int, sum(w.minutes)::int FROM (
        SELECT date_trunc('week', a.applied_on)::date AS week, 1 AS sent, 0 AS minutes
        FROM applications_application a
        WHERE {MINE} AND a.applied_on IS NOT NULL AND (%(season)s::bigint IS NULL OR a.season_id = %(season)s)
        UNION ALL
        SELECT date_trunc('week', i.done_at AT TIME ZONE %(zone)s)::date, 0, i.minutes
        FROM applications_prepitem i JOIN applications_interviewround r ON r.id = i.round_id
        JOIN applications_application a ON a.id = r.application_id
        WHERE {MINE} AND i.done_at IS NOT NULL AND (%(season)s::bigint IS NULL OR a.season_id = %(season)s)
    ) w GROUP BY w.week ORDER BY w.week DESC LIMIT %(most)s
"""  # noqa: S608 - constants


@dataclass(frozen=True, slots=True)
class Choice:
    """One season to choose."""

    slug: str
    name: str
    key: int


@dataclass(frozen=True, slots=True)
class Insights:
    """The page; bars and dots are what is drawn of the figures beside them."""

    count: int
    funnel: list[Step]
    funnel_bars: list[Bar]
    rounds: list[Step]
    rounds_bars: list[Bar]
    replies: Replies
    dots: Dots
    helps: list[Comparison]
    sentence: str
    rounds_sentence: str
    flow: Flow
    weeks: list[Week]
    weeks_bars: list[Bar]
    weeks_sentence: str


def seasons_of(student: User) -> list[Choice]:
    """Return the seasons in which this student has applications, the latest first: one query."""
    return [Choice(*row) for row in fetch(_SEASONS, {"me": student.pk})]


def traces_of(student: User, season: int | None, on: dt.date) -> list[Trace]:
    """Return what happened to each application of a season, or of all: one query."""
    rows = fetch(_TRACES, {"me": student.pk, "season": season, "on": on})
    return [
        Trace(stage, outcome, frozenset(stages or ()), since, applied, replied, held, way, source, work)
        for stage, outcome, stages, since, applied, replied, held, way, source, work in rows
    ]


def insights(student: User, season: int | None, on: dt.date) -> Insights:
    """Gather the page in two queries."""
    traces, weeks = traces_of(student, season, on), weeks_of(student, season)
    steps, held, waits = funnel(traces), rounds(traces), replies(traces, on=on)
    return Insights(
        count=len(traces),
        funnel=steps,
        funnel_bars=bars(steps),
        rounds=held,
        rounds_bars=bars(held),
        replies=waits,
        dots=dots(waits),
        helps=helps(traces),
        sentence=_funnel_words(steps),
        rounds_sentence=_rounds_words(held),
        flow=flow(traces),
        weeks=weeks,
        weeks_bars=effort.bars(weeks),
        weeks_sentence=effort.sentence(weeks),
    )


def weeks_of(student: User, season: int | None) -> list[Week]:
    """Return the newest weeks in which something was sent or prepared, in order: one query."""
    facts = {"me": student.pk, "season": season, "zone": student.time_zone, "most": WEEKS}
    return [Week(*row) for row in fetch(_WEEKS, facts)][::-1]


def _funnel_words(steps: list[Step]) -> str:
    saved, sent, heard, offers = steps[0].count, steps[2].count, steps[3].count, steps[4].count
    return f"Of {saved} saved, {sent} {_be(sent)} sent; {heard} came to an interview, {offers} to an offer."


def _rounds_words(held: list[Step]) -> str:
    if not held:
        return "No round was held yet."
    last = held[-1]
    return f"{held[0].count} had a first round; the furthest came to {last.label.lower()}."


def _be(count: int) -> str:
    return "was" if count == 1 else "were"
