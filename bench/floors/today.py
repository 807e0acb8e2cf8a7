"""The floor of Today."""

# ruff: noqa: E501 - SQL and markup read best in whole lines

import datetime as dt
from collections import Counter
from html import escape
from typing import Any

from django.http import HttpRequest, HttpResponse

from bench.floors.page import answer, day, icon, me, named, seasons
from tracker.lib import clock

_WEEK = dt.timedelta(days=7)
_ROUNDS = """
    SELECT a.id, a.public_id, r.public_id, r.kind, r.status, r.on, r.starts_at, r.minutes, r.zone, r.people, r.place,
    c.name, d.id IS NOT NULL, p.done, p.number, p.minutes
    FROM applications_interviewround r JOIN applications_application a ON a.id = r.application_id
    JOIN companies_company c ON c.id = a.company_id LEFT JOIN applications_debrief d ON d.round_id = r.id
    CROSS JOIN LATERAL (
        SELECT count(done_at) AS done, count(*) AS number, coalesce(sum(minutes) FILTER (WHERE done_at IS NULL), 0) AS minutes
        FROM applications_prepitem WHERE round_id = r.id
    ) p
    WHERE a.student_id = %(me)s AND a.stage <> 'closed' AND r.status IN ('scheduled', 'done')
    AND r.on BETWEEN %(on)s - 8 AND %(on)s + 8 ORDER BY r.on, r.starts_at NULLS LAST, r.id LIMIT 40
"""
_ROWS = """
    SELECT a.public_id, a.role, c.name, a.stage, a.stage_since, a.closes_on, a.next_step, a.next_step_on, a.applied_on, a.on_hold,
    a.way_in, a.referrer, a.url, EXISTS (SELECT 1 FROM applications_event e WHERE e.application_id = a.id
    AND e.kind IN ('email', 'call') AND e.on > a.applied_on), o.answer_by,
    (SELECT max(e.on) FROM applications_event e WHERE e.application_id = a.id)
    FROM applications_application a JOIN companies_company c ON c.id = a.company_id
    LEFT JOIN applications_offer o ON o.application_id = a.id AND a.stage = 'offer' AND a.outcome = ''
    WHERE a.student_id = %(me)s AND a.stage <> 'closed' AND (
        a.id = ANY(%(rounds)s) OR a.next_step_on <= %(on)s + 7
        OR a.stage IN ('interested', 'preparing') AND (a.closes_on BETWEEN %(on)s AND %(on)s + 7 OR a.on_hold AND a.way_in = 'referred')
        OR a.stage = 'applied' AND a.applied_on >= %(on)s - 42 AND a.applied_on < %(on)s
        OR o.answer_by BETWEEN %(on)s - 7 AND %(on)s + 7
        OR a.stage IN ('applied', 'interviewing') AND a.stage_since <= %(on)s - 42 AND NOT EXISTS (
            SELECT 1 FROM applications_event e WHERE e.application_id = a.id AND e.on > %(on)s - 42)
        OR a.stage = 'interested' AND a.stage_since <= %(on)s - 21 AND NOT EXISTS (
            SELECT 1 FROM applications_event e WHERE e.application_id = a.id AND e.on > %(on)s - 21)
    ) ORDER BY least(a.next_step_on, a.closes_on, o.answer_by), a.id
"""
_SUMMARY = """
    SELECT count(*), count(*) FILTER (WHERE stage IN ('interested', 'preparing')), count(*) FILTER (WHERE stage = 'applied'),
    array_agg(applied_on) FILTER (WHERE applied_on BETWEEN %(opens)s AND %(closes)s),
    (SELECT json_agg(json_build_array(w.public_id, w.role, w.name, w.stage_since)) FROM (
        SELECT b.public_id, b.role, c.name, b.stage_since FROM applications_application b JOIN companies_company c ON c.id = b.company_id
        WHERE b.student_id = %(me)s AND b.stage = 'applied' ORDER BY b.stage_since DESC, b.id LIMIT 3) w),
    (SELECT json_build_array(rules_off, advice_off) FROM applications_desk WHERE student_id = %(me)s),
    (SELECT json_object_agg(key, until) FROM applications_todaymark WHERE student_id = %(me)s
        AND (until > %(on)s OR until IS NULL AND "on" >= %(on)s - 60)),
    (SELECT json_agg(json_build_array(key, public_id, title, begins_on, ends_on, is_removed, done_on))
        FROM applications_planstep WHERE student_id = %(me)s AND season_id = %(season)s)
    FROM applications_application WHERE student_id = %(me)s
"""


def today(request: HttpRequest) -> HttpResponse:
    """Show the next round with its preparation, the first lines, the window with what was sent, three that wait."""
    on, student = clock.now().date(), me(request)
    rounds = named(_ROUNDS, me=student, on=on)
    season, name, starts_on, opens_on, closes_on, goal, target, *_plan = seasons(student, on)
    rows = named(_ROWS, me=student, on=on, rounds=[row[0] for row in rounds])
    ((total, saved, quiet, sent, waiting, _desk, marks, steps),) = named(
        _SUMMARY, me=student, on=on, opens=opens_on, closes=closes_on, season=season
    )
    weeks = Counter((one - opens_on).days // 7 for one in sent or ())
    bars = "".join(
        f'<rect class="b0" x="{week * 17.8:.1f}" y="4" width="12.4" height="51" rx="3"/>'
        f'<rect class="b" x="{week * 17.8:.1f}" y="{55 - weeks[week] * 8:.1f}" width="12.4" height="{weeks[week] * 8:.1f}" rx="3"/>'
        for week in range((closes_on - opens_on).days // 7 + 1)
    )
    return answer(
        request,
        "today",
        [
            *(_banner(row) for row in rounds[:1]),
            "<ol>",
            *(_line(row, number, on, marks or {}) for number, row in enumerate(rows[:5])),
            f'</ol><p><a href="?all=1">Show {len(rows)} more</a></p><p>{len(sent or ())} of {goal} sent, {target}, {name}, {saved} of {total}, ',
            f"{starts_on} {len(steps or ())}</p><svg>{bars}</svg><p>All {quiet}</p><ul>",
            *(
                f'<li>{_mark(r[2])}<span><a href="/applications/{r[0]}/">{escape(r[2])}</a><span class="sub">{escape(r[1])}</span>'
                f'</span><span class="r num">{(on - dt.date.fromisoformat(r[3])).days} days</span></li>'
                for r in waiting or ()
            ),
            "</ul>",
        ],
    )


def _mark(company: str) -> str:
    return f'<span class="mono m1 s" aria-hidden="true">{escape(company[:2])}</span>'


def _banner(row: tuple[Any, ...]) -> str:
    (
        _id,
        _application,
        key,
        kind,
        _status,
        on,
        starts_at,
        minutes,
        zone,
        people,
        place,
        company,
        _told,
        done,
        number,
        left,
    ) = row
    return (
        f'<section class="next"><div class="tile"><b>{on.strftime("%a")}</b><span>{on.day}</span></div><div><h2>{kind} with '
        f'{escape(company)}</h2><p>{day(on)} {starts_at:%H:%M} {minutes} {zone}, with {escape(people)}</p><p class="prog">'
        f'<rect class="bar-fg" width="{144 * done // max(number, 1)}" height="8"/>{done} of {number}, {left} minutes left</p></div>'
        f'<div class="acts"><a class="btn btn-p" href="/rounds/{key}/">Prepare</a><a class="btn" href="{escape(place)}">'
        f'{icon("camera-video")}Join</a><a class="btn" href="/rounds/{key}/round.ics">{icon("calendar-plus")}Calendar</a></div></section>'
    )


def _line(row: tuple[Any, ...], number: int, on: dt.date, marks: dict[str, Any]) -> str:
    key, role, company, stage, since, closes, step, step_on, sent, hold, way, who, url, wrote, answer_by, news_on = row
    what = f"{escape(step or role)} at {escape(company)}"
    path = f"/today/step-{key}-{step_on or closes or on}/"
    snooze = f'form="do" formaction="{path}snooze/" hx-post="{path}snooze/" name="until"'
    why = escape(f"{day(since)} {day(sent)} {who} {way} {hold} {wrote} {day(news_on)} {marks.get(path, '')}")
    return (
        f'<li data-row><button class="tick" form="do" formaction="{path}done/" hx-post="{path}done/" aria-label="Mark done: {what}" '
        f'data-done>{icon("check-lg")}</button><div><a class="what" href="/applications/{key}/">{what}</a><p class="why">{why}</p>'
        f'<div class="meta"><span class="pill due">{icon("clock")}{day(answer_by or closes or step_on)}</span><span class="pill '
        f'st-{stage}">{icon("send")}{stage}</span></div></div><div class="do"><a class="btn btn-s" href="{escape(url)}">Open posting'
        f'<span class="vh">: {what}</span></a><button class="btn btn-s btn-q" type="button" popovertarget="later-{number}" data-snooze>'
        f'{icon("alarm")}Snooze<span class="vh">: {what}</span></button><div class="menu later" id="later-{number}" popover role="group" '
        f'aria-label="Snooze: {what}"><p class="mh">Bring it back</p><button {snooze} value="tomorrow">Tomorrow<span class="r num">'
        f'{day(on)}</span></button><button {snooze} value="monday">Monday<span class="r num">{day(on + _WEEK)}</span></button>'
        f'<a href="{path}snooze/" data-dialog>{icon("calendar3")}Pick a date</a></div></div></li>'
    )
