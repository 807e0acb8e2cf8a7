"""The floor of the board and the table."""

import datetime as dt
from collections import defaultdict
from html import escape
from typing import Any

from django.http import HttpRequest, HttpResponse

from bench.floors.page import answer, day, me, sql
from tracker.lib import clock

_STAGES = ("interested", "preparing", "applied", "interviewing", "offer")
_OPEN = "stage IN ('interested', 'preparing', 'applied', 'interviewing', 'offer')"
_CLOCK, _ARROW_LEFT_RIGHT, _ARROW_RETURN_RIGHT, _SEND = (
    f'<svg class="i" aria-hidden="true"><use href="/static/icons.svg#{name}"/></svg>'
    for name in ("clock", "arrow-left-right", "arrow-return-right", "send")
)
_VIEWS = (
    f"count(*) FILTER (WHERE {_OPEN}), count(*) FILTER (WHERE {_OPEN} AND (next_step_on <= %s OR stage = 'offer' AND "
    "outcome = '' OR stage IN ('interested', 'preparing') AND closes_on BETWEEN %s AND %s OR EXISTS (SELECT 1 FROM "
    "applications_interviewround i WHERE i.application_id = a.id AND i.status = 'scheduled' AND i.on BETWEEN %s AND "
    "%s))), "
    "count(*) FILTER (WHERE stage IN ('interested', 'preparing') AND closes_on BETWEEN %s AND %s), "
    "count(*) FILTER (WHERE stage IN ('applied', 'interviewing') AND stage_since <= %s AND NOT EXISTS (SELECT 1 FROM "
    "applications_event e WHERE e.application_id = a.id AND e.on > %s)), "
    f"count(*) FILTER (WHERE {_OPEN} AND way_in = 'referred'), count(*) FILTER (WHERE {_OPEN} AND a.kind = 'scheme'), "
    "count(*) FILTER (WHERE stage = 'closed')"
)


_ARRANGED = (
    "SELECT (SELECT columns FROM applications_desk WHERE student_id = %s), "
    "(SELECT json_agg(json_build_array(public_id, name, query) ORDER BY lower(name), id) "
    "FROM applications_savedview WHERE student_id = %s)"
)


def _view_facts(on: dt.date) -> tuple[dt.date, ...]:
    quiet, week = on - dt.timedelta(weeks=3), on + dt.timedelta(days=7)
    return on, on, week, on, week, on, on + dt.timedelta(days=14), quiet, quiet


def board(request: HttpRequest) -> HttpResponse:
    """Count the views and stages, show the first 20 cards of each stage with the dots of their rounds."""
    on, student = clock.now().date(), me(request)
    stages = ", ".join(f"count(*) FILTER (WHERE stage = '{stage}')" for stage in _STAGES)
    (_arranged,) = sql(_ARRANGED, student, student)
    (counts,) = sql(
        f"SELECT {_VIEWS}, {stages} FROM applications_application a WHERE student_id = %s",
        *_view_facts(on),
        student,
    )
    cards = sql(
        "SELECT a.id, a.public_id, a.role, c.name, a.place, a.kind, a.stage, a.stage_since, a.outcome, a.applied_on, "
        "a.closes_on, a.next_step, a.next_step_on, a.way_in, a.on_hold, a.stage = 'applied' AND EXISTS (SELECT 1 FROM "
        "applications_event e WHERE e.application_id = a.id AND e.kind IN ('email', 'call') AND e.on > a.applied_on) "
        "FROM unnest(%s::text[]) AS s (stage) CROSS JOIN LATERAL (SELECT a.id, row_number() OVER (ORDER BY least("
        "(SELECT min(i.on) FROM applications_interviewround i WHERE i.application_id = a.id AND "
        "i.status = 'scheduled' AND i.on >= %s), a.next_step_on, "
        "CASE WHEN a.stage IN ('interested', 'preparing') THEN a.closes_on END, "
        "CASE WHEN a.stage = 'applied' THEN a.applied_on + 14 END) NULLS LAST, a.stage_since DESC, a.id) AS number "
        "FROM applications_application a WHERE a.student_id = %s AND a.stage = s.stage ORDER BY number LIMIT 20) f "
        "JOIN applications_application a ON a.id = f.id JOIN companies_company c ON c.id = a.company_id "
        "ORDER BY a.stage, f.number",
        list(_STAGES),
        on,
        student,
    )
    rounds = defaultdict(list)
    for application, *facts in sql(
        'SELECT application_id, status, kind, "on", starts_at FROM applications_interviewround '
        'WHERE application_id = ANY(%s) ORDER BY starts_at NULLS LAST, "on", id',
        [card[0] for card in cards],
    ):
        rounds[application].append(facts)
    columns: dict[str, list[str]] = {stage: [] for stage in _STAGES}
    for row in cards:
        columns[row[6]].append(_card(row, rounds[row[0]]))
    return answer(
        request,
        "board",
        [
            f'<section id="col-{stage}" class="col"><h2>{stage}</h2><span class="n">{counts[7 + place]}</span>'
            f'<ul class="tickets">{"".join(columns[stage])}</ul></section>'
            for place, stage in enumerate(_STAGES)
        ],
    )


def _card(row: tuple[Any, ...], rounds: list[list[Any]]) -> str:
    _id, public_id, role, company, place, kind, _stage, since, outcome, applied_on, closes_on, step, step_on, *way = row
    role, company = escape(role), escape(company)
    pills = "".join(
        f'<span class="pill soft">{_CLOCK}{text}</span>'
        for text in (
            day(step_on or closes_on),
            "Scheme" if kind == "scheme" else "",
            way[0] if way[0] != "none" else "",
        )
        if text
    )
    dots = "".join(f'<i class="{"f" if status == "passed" else "n"}"></i>' for status, *_ in rounds)
    step = next((f"{kind}, {day(on)}" for status, kind, on, _ in rounds if status == "scheduled"), step)
    return (
        f'<li><article class="tk {outcome}" id="tk-{public_id}"><div class="tk-h">'
        f'<span class="mono m1 s" aria-hidden="true">{company[:2]}</span><div class="tk-t">'
        f'<a class="role" href="/applications/{public_id}/">{role}</a><p class="co">{company}, {escape(place)}</p>'
        f'</div><button class="mv" form="move" formaction="/applications/{public_id}/stage/" '
        f'aria-label="Move {role} at {company}">{_ARROW_LEFT_RIGHT}</button></div><p class="step">{_ARROW_RETURN_RIGHT}'
        f'{escape(step)}{day(applied_on or since)}</p><div class="tk-f"><span class="rounds" role="img" '
        f'aria-label="{len(rounds)}">{dots}</span>{pills}</div></article></li>'
    )


_FACTS = (
    "SELECT a.public_id, a.role, c.name, a.stage, a.outcome, a.next_step, a.next_step_on, a.closes_on, "
    "a.applied_on, a.updated_at, a.way_in, a.on_hold, a.closeness FROM applications_application a "
    "JOIN companies_company c ON c.id = a.company_id WHERE a.id IN "
)


def table(request: HttpRequest) -> HttpResponse:
    """Count the views, show the 50 applications that changed last."""
    on, student = clock.now().date(), me(request)
    (_arranged,) = sql(_ARRANGED, student, student)
    (_counts,) = sql(
        f"SELECT {_VIEWS} FROM applications_application a WHERE student_id = %s", *_view_facts(on), student
    )
    order = "ORDER BY a.updated_at DESC, a.id DESC"
    rows = sql(
        f"{_FACTS} (SELECT a.id FROM applications_application a WHERE a.student_id = %s AND a.{_OPEN} {order} "
        f"LIMIT 51) {order}",
        student,
    )
    return answer(request, "table", [_row(row) for row in rows[:50]])


def filtered(request: HttpRequest) -> HttpResponse:
    """Count the views and what has a text, show the first 50 of these by company."""
    on, student, text = clock.now().date(), me(request), f"%{request.GET['q']}%"
    (_arranged,) = sql(_ARRANGED, student, student)
    has_text = "(a.role ILIKE %s OR c.name ILIKE %s OR a.place ILIKE %s)"
    source = "FROM applications_application a JOIN companies_company c ON c.id = a.company_id WHERE a.student_id = %s"
    (_counts,) = sql(
        f"SELECT {_VIEWS}, count(*) FILTER (WHERE {has_text}) {source}",
        *_view_facts(on),
        *[text] * 3,
        student,
    )
    order = "ORDER BY c.match_key, a.id"
    rows = sql(f"{_FACTS} (SELECT a.id {source} AND {has_text} {order} LIMIT 51) {order}", student, *[text] * 3)
    return answer(request, "filtered", [_row(row) for row in rows[:50]])


def _row(row: tuple[Any, ...]) -> str:
    public_id, role, company, stage, outcome, step, step_on, closes_on, applied_on, updated_at, way_in, hold, work = row
    role, company, here = escape(role), escape(company), f"/applications/{public_id}/row"
    swap = 'hx-target="closest td" hx-swap="outerHTML"'
    return (
        f'<tr><td class="pick"><label class="box"><input type="checkbox" class="form-check-input" name="ids" '
        f'value="{public_id}" form="bulk"><span class="vh">Tick {role}, {company}</span></label></td><th scope="row">'
        f'<span class="who"><span class="mono m1 s" aria-hidden="true">{company[:2]}'
        f'</span><span><a href="/applications/{public_id}/">{role}</a><span class="sub">{company}</span>'
        f'</span></span></th><td><a class="inl" href="{here}/stage/" hx-get="{here}/stage/" {swap}><span class="pill '
        f'st-{stage}">{_SEND}{stage}</span>{outcome}<span class="vh">, Move {role} at {company}</span></a></td><td>'
        f'<a class="inl" href="{here}/next/" hx-get="{here}/next/" {swap}>{escape(step)}<span class="sub">'
        f'{day(step_on)}</span><span class="vh">Edit the next step of {role} at {company}</span></a></td>'
        f'<td data-label="Closes">{day(closes_on)}</td><td data-label="Applied">{day(applied_on)}</td>'
        f"<td>{day(updated_at.date())}</td><td>{'Hold' if hold else way_in}</td><td>{work}</td></tr>"
    )
