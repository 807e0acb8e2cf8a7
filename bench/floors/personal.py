"""The floor of Today, of one application's page, and of a supervisor's first page."""

# ruff: noqa: E501 - SQL and markup read best in whole lines

import datetime as dt
from collections import defaultdict
from html import escape

from django.http import HttpRequest, HttpResponse

from bench.floors.page import answer, day, me, sql
from tracker.lib import clock

_WEEK = dt.timedelta(days=7)


def today(request: HttpRequest) -> HttpResponse:
    """Show the rounds of the week, what is due, the window with what was sent in it, and three that wait on others."""
    at, student = clock.now(), me(request)
    on = at.date()
    rounds = sql(
        "SELECT r.application_id, r.kind, r.on, r.starts_at, r.people, a.public_id, c.name FROM applications_interviewround "
        "r JOIN applications_application a ON a.id = r.application_id JOIN companies_company c ON c.id = a.company_id "
        "WHERE a.student_id = %s AND a.stage <> 'closed' AND r.status = 'scheduled' AND r.on BETWEEN %s AND %s "
        "ORDER BY r.on, r.starts_at NULLS LAST, r.id LIMIT 20",
        student,
        on,
        on + _WEEK,
    )
    rows = sql(
        "SELECT a.public_id, a.role, c.name, a.stage, a.closes_on, a.next_step, a.next_step_on, a.applied_on, a.on_hold, "
        "a.url, EXISTS (SELECT 1 FROM applications_event e WHERE e.application_id = a.id AND e.kind IN ('email', 'call') "
        "AND e.on > a.applied_on) FROM applications_application a JOIN companies_company c ON c.id = a.company_id WHERE "
        "a.student_id = %s AND a.stage <> 'closed' AND (a.stage IN ('interested', 'preparing') AND a.closes_on BETWEEN "
        "%s AND %s OR a.next_step_on <= %s OR a.stage = 'applied' AND a.applied_on BETWEEN %s AND %s) ORDER BY a.id",
        student,
        on,
        on + _WEEK,
        on + _WEEK,
        on - dt.timedelta(days=28),
        on - dt.timedelta(days=9),
    )
    seasons = sql(
        "SELECT s.name, coalesce(p.opens_on, s.opens_on), coalesce(p.closes_on, s.closes_on) AS until, p.goal FROM "
        "companies_season s LEFT JOIN applications_seasonplan p ON p.season_id = s.id AND p.student_id = %s ORDER BY until",
        student,
    )
    season, opens_on, closes_on, goal = next(row for row in seasons if row[2] >= on)
    ((total, quiet, days),) = sql(
        "SELECT count(*), count(*) FILTER (WHERE stage = 'applied'), array_agg(applied_on) FILTER (WHERE applied_on "
        "BETWEEN %s AND %s) FROM applications_application WHERE student_id = %s",
        opens_on,
        closes_on,
        student,
    )
    waiting = sql(
        "SELECT a.public_id, a.role, c.name, a.stage_since FROM applications_application a JOIN companies_company c "
        "ON c.id = a.company_id WHERE a.student_id = %s AND a.stage = 'applied' ORDER BY a.stage_since DESC, a.id LIMIT 3",
        student,
    )
    weeks: dict[int, int] = defaultdict(int)
    for sent in days or ():
        weeks[(sent - opens_on).days // 7] += 1
    bars = "".join(f'<rect x="{week * 14}" y="0" width="10" height="{weeks[week] * 8}"/>' for week in range(18))
    return answer(
        request,
        "today",
        [
            *(f"<section><b>{day(row[2])}</b><h2>{row[1]} with {escape(row[6])}</h2></section>" for row in rounds[:1]),
            "<ol>",
            *(
                f'<li><a href="/applications/{row[0]}/">{escape(row[1])} at {escape(row[2])}</a><p>{escape(row[5])} '
                f'{day(row[4])} {day(row[6])} {day(row[7])}</p><span class="pill">{row[3]}</span></li>'
                for row in rows[:9]
            ),
            f"</ol><p>{len(days or ())} of {goal} sent, {season}, {total}</p><svg>{bars}</svg><p>{quiet}</p><ul>",
            *(
                f'<li><a href="/applications/{r[0]}/">{escape(r[2])}</a>{escape(r[1])} {day(r[3])}</li>'
                for r in waiting
            ),
            "</ul>",
        ],
    )


def application(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one application: its facts, the days of its stages, its rounds and the newest 20 entries."""
    (
        (
            pk,
            role,
            stage,
            since,
            place,
            closes_on,
            source,
            way_in,
            referrer,
            notes,
            step,
            step_on,
            company,
            slug,
            *more,
        ),
    ) = sql(
        "SELECT a.id, a.role, a.stage, a.stage_since, a.place, a.closes_on, a.source, a.way_in, a.referrer, a.notes, "
        "a.next_step, a.next_step_on, c.name, c.slug, t.name, s.name, p.url, a.tags, a.posting_text, a.closeness, "
        "a.could_become, a.reasons, a.kind, a.hours, a.weeks, a.starts_from, a.starts_until, a.zone, a.applied_on, a.on_hold "
        "FROM applications_application a JOIN companies_company c ON c.id = a.company_id LEFT JOIN companies_team t ON t.id = a.team_id LEFT JOIN "
        "companies_season s ON s.id = a.season_id LEFT JOIN companies_posting p ON p.id = a.posting_id "
        "WHERE a.student_id = %s AND a.public_id = %s",
        me(request),
        public_id,
    )
    rounds = sql(
        "SELECT public_id, kind, with_whom, people, r.on, minutes, status, place FROM applications_interviewround r "
        "WHERE application_id = %s ORDER BY starts_at NULLS LAST, id",
        pk,
    )
    ((days, asked, talks, versions),) = sql(
        "SELECT (SELECT json_agg(json_build_array(stage, e.on) ORDER BY id) FROM applications_event e WHERE application_id "
        "= %s AND stage <> ''), (SELECT json_agg(json_build_array(public_id, text, meets) ORDER BY position, id) FROM "
        "applications_requirement WHERE application_id = %s), (SELECT json_agg(json_build_array(public_id, name, people, "
        "project, state) ORDER BY id) FROM applications_teamtalk WHERE application_id = %s), (SELECT json_agg("
        "json_build_array(v.public_id, d.name, v.number, s.on) ORDER BY d.name, v.number DESC) FROM applications_document d "
        "JOIN applications_documentversion v ON v.document_id = d.id LEFT JOIN applications_sentdocument s ON s.version_id "
        "= v.id AND s.application_id = %s WHERE d.student_id = %s)",
        pk,
        pk,
        pk,
        pk,
        me(request),
    )
    entries = sql(
        "SELECT public_id, kind, e.on, stage, outcome, text, is_shared FROM applications_event e WHERE application_id = %s "
        "AND kind <> 'edit' ORDER BY e.on DESC, id DESC LIMIT 21",
        pk,
    )
    return answer(
        request,
        "application",
        [
            *(f"<li><b>{entered}</b><span>{on}</span></li>" for entered, on in days or ()),
            *(
                f'<li id="asked-{a[0]}"><p>{escape(a[1])}</p><form method="post" action="/requirements/{a[0]}/meets/"><button '
                f'name="meets" value="{a[2]}">{a[2]}</button><a href="/requirements/{a[0]}/">Edit {escape(a[1])}</a></form></li>'
                for a in asked or ()
            ),
            *(
                f'<li><h3><a href="/talks/{t[0]}/">{escape(t[1])}</a></h3>{escape(t[2])} {escape(t[3])} {t[4]}</li>'
                for t in talks or ()
            ),
            *(f'<li><a href="/documents/{v[0]}/">{escape(v[1])}, {v[2]}</a> {v[3]}</li>' for v in versions or ()),
            f"<p>{escape(step)} {day(step_on)}</p><ol>",
            *(
                f'<li class="round"><h3><a href="/rounds/{r[0]}/">{r[1]}</a></h3><p>{day(r[4])} {r[5]} {r[2]} '
                f"{escape(r[3])} {escape(r[7])}</p>{r[6]}</li>"
                for r in rounds
            ),
            "</ol><ol>",
            *(
                f'<li><h3>{e[1]} {e[3]} {e[4]}</h3><p>{escape(e[5])}</p><time datetime="{e[2]}">{day(e[2])}</time>'
                f'<a href="/events/{e[0]}/edit/">Edit</a></li>'
                for e in entries[:20]
            ),
            f"</ol><dl><dt>{stage}</dt><dd>{day(since)}</dd><dd>{escape(role)} {escape(place)} {day(closes_on)} {source} ",
            f'{way_in} {escape(referrer)} {escape(notes)} <a href="/companies/{slug}/">{escape(company)}</a> {more}</dd></dl>',
        ],
    )


def students(request: HttpRequest) -> HttpResponse:
    """Show the students who share something, with the numbers of their stages and the next closing day."""
    shared = sql(
        "SELECT u.id, u.public_id, u.name, u.phd_started_on, s.level FROM supervision_supervision s JOIN accounts_user u "
        "ON u.id = s.student_id WHERE s.supervisor_id = %s AND s.ended_at IS NULL AND s.level <> 'nothing' AND u.is_active "
        "ORDER BY lower(u.name), u.email, s.id LIMIT 51",
        me(request),
    )
    counts = defaultdict(list)
    for student, stage, number, closes_on in sql(
        "SELECT student_id, stage, count(*), min(closes_on) FILTER (WHERE stage IN ('interested', 'preparing') AND "
        "closes_on >= %s) FROM applications_application WHERE student_id = ANY(%s) GROUP BY 1, 2",
        clock.now().date(),
        [row[0] for row in shared],
    ):
        counts[student].append((stage, number, closes_on))
    return answer(
        request,
        "students",
        [
            f'<tr><th scope="row"><span class="who"><span class="mono s">{escape(name[:2])}</span><a '
            f'href="/supervision/{public_id}/">{escape(name)}</a><span class="sub">{started}</span></span></th>'
            f'<td data-label="Shares">{level}</td><td data-label="Stages">'
            + "".join(f'<span class="pill st-{stage}">{number} {stage}</span>' for stage, number, _ in counts[pk])
            + f"</td><td>{day(min((c for _, _, c in counts[pk] if c), default=None))}</td></tr>"
            for pk, public_id, name, started, level in shared[:50]
        ],
    )
