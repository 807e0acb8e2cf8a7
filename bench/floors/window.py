"""The floor of the window."""

# ruff: noqa: E501 - SQL and markup read best in whole lines

import datetime as dt
from collections import defaultdict
from html import escape

from django.http import HttpRequest, HttpResponse

from bench.floors.page import answer, day, icon, me, named, seasons
from tracker.lib import clock

_MINE = "a.student_id = %(me)s"
_UNSENT = "a.stage IN ('interested', 'preparing')"
_DAYS = f"""
    WITH rounds AS MATERIALIZED (
        SELECT coalesce((r.starts_at AT TIME ZONE %(zone)s)::date, r.on) AS day FROM applications_application a
        JOIN applications_interviewround r ON r.application_id = a.id
        WHERE {_MINE} AND r.status NOT IN ('cancelled', 'moved') AND (r.status <> 'scheduled' OR a.stage <> 'closed')
    )
    SELECT 0, a.applied_on, count(*) FROM applications_application a
    WHERE {_MINE} AND a.applied_on BETWEEN %(opens)s AND greatest(%(closes)s, %(on)s) GROUP BY 2
    UNION ALL SELECT 1, day, count(*) FROM rounds WHERE day BETWEEN %(opens)s AND %(closes)s GROUP BY 2
    UNION ALL SELECT 2, a.closes_on, count(*) FROM applications_application a
    WHERE {_MINE} AND {_UNSENT} AND a.closes_on BETWEEN greatest(%(opens)s, %(on)s) AND %(closes)s GROUP BY 2
    UNION ALL SELECT 3, NULL, count(*) FROM applications_application a WHERE {_MINE} AND a.way_in = 'asked'
    UNION ALL SELECT 4, NULL, count(*) FROM applications_application a WHERE {_MINE} AND a.way_in = 'referred'
"""
_SCHEME = """
    SELECT y.closes_on, y.state, y.checked_on, c.name FROM companies_cycle y
    JOIN companies_programme p ON p.id = y.programme_id JOIN companies_company c ON c.id = p.company_id
    WHERE y.season_id = %(season)s AND p.kind = 'scheme' AND y.state <> 'closed' AND y.closes_on IS NOT NULL
    AND (c.approved_at IS NOT NULL OR c.proposed_by_id = %(me)s) ORDER BY y.closes_on, y.id LIMIT 1
"""
_STEPS = """
    SELECT key, public_id, title, begins_on, ends_on, is_removed, done_on FROM applications_planstep
    WHERE student_id = %(me)s AND season_id = %(season)s ORDER BY begins_on, id
"""
_CLOSING = f"""
    SELECT a.public_id, a.role, c.name, a.closes_on FROM applications_application a JOIN companies_company c ON c.id = a.company_id
    WHERE {_MINE} AND {_UNSENT} AND a.closes_on >= %(on)s ORDER BY a.closes_on, a.id LIMIT 8
"""
_PLAN = (
    ("summary", "CV, website and two-page research summary", -39), ("referrals", "Ask for referrals; write to paper authors", -35),
    ("apply", "Apply", -35), ("rounds", "Interview rounds", -22), ("scheme", "Enrichment scheme closes", -17), ("decide", "Decide", -13),
    ("agreement", "University agreement", -12), ("leave", "Leave and funder approval", -12), ("visa", "Visa, if you need one", -12),
    ("housing", "A place to live", -8), ("start", "Start", 0), ("end", "End", 16),
)  # fmt: skip


def window(request: HttpRequest) -> HttpResponse:
    """Show how far the window is, its days as cells and as rows, the plan, what closes next."""
    on, student = clock.now().date(), me(request)
    season, name, starts_on, opens, closes, goal, target, wished, weeks, planned_on, asked_on, carried = seasons(
        student, on
    )
    zone = request.user.time_zone  # type: ignore[union-attr]
    counts: list[dict[dt.date, int]] = [defaultdict(int) for _ in range(5)]
    for kind, one, number in named(_DAYS, me=student, on=on, opens=opens, closes=closes, zone=zone):
        counts[kind][one] = number
    scheme = named(_SCHEME, me=student, season=season)
    changed = {row[0] or row[1]: row for row in named(_STEPS, me=student, season=season)}
    days = [opens + dt.timedelta(days=number) for number in range((closes - opens).days + 1)]
    sent, talks, ends = counts[:3]
    start = wished or starts_on
    return answer(
        request,
        "window",
        [
            f"<p>{sum(sent.values())} of {goal}</p><b>{target}</b><p>{planned_on} {asked_on} {carried}</p><tbody>",
            *(
                f'<tr><th scope="row"><a href="/window/days/{one}/">{one:%a} {day(one)}</a></th><td>{sent[one]}</td>'
                f"<td>{talks[one]}</td><td>{ends[one]}</td></tr>"
                for one in days
                if one in sent or one in talks or one in ends
            ),
            f"</tbody><tfoot>{sum(sent.values())} {sum(talks.values())} {sum(ends.values())}</tfoot><svg>",
            *(_cell(one, (sent.get(one, 0), talks.get(one, 0), ends.get(one, 0)), on, opens) for one in days),
            f'</svg><section class="card pad" id="plan"><h2>Working back from {day(start)}, {weeks} weeks, {name}</h2><ol class="plan">',
            *(
                _step(
                    key,
                    title,
                    start + dt.timedelta(weeks=before),
                    str(changed.get(key, ("", 3 * counts[3][dt.date.min]))),
                )
                for key, title, before in _PLAN
            ),
            *(_step(key, row[2], row[3], str(row[6])) for key, row in changed.items() if row[2]),
            f"</ol><p>{[[str(value) for value in row] for row in scheme]} {list(counts[3].values())} {list(counts[4].values())}</p></section><ul>",
            *(
                f'<li><span class="mono m1 s" aria-hidden="true">{escape(row[2][:2])}</span><span><a href="/applications/{row[0]}/">'
                f'{escape(row[2])}</a><span class="sub">{escape(row[1])}</span></span><span class="r num">{day(row[3])}</span></li>'
                for row in named(_CLOSING, me=student, on=on)
            ),
            "</ul>",
        ],
    )


def _cell(one: dt.date, count: tuple[int, int, int], on: dt.date, opens: dt.date) -> str:
    sent, talks, ends = count
    x, y = 44 + 41 * ((one - opens).days // 7), 26 + 35 * one.weekday()
    words = ", ".join(
        f"{number} {what}" for number, what in zip(count, ("sent", "interviews", "close"), strict=True) if number
    )
    drawn = (
        f'<rect class="{"h2" if sent else "hf" if one > on else "h0"}" x="{x}" y="{y}" width="36" height="30" rx="6"/>'
    )
    if ends:
        drawn += f'<rect class="dl" x="{x + 0.75}" y="{y + 0.75}" width="34.5" height="28.5" rx="5.5"/><path class="dl f" d="M{x + 7} {y + 22.5}v-13h8.5l-2 3 2 3h-7v7z"/>'
    if sent:
        drawn += f'<text class="hn" x="{x + 18}" y="{y + 19}">{sent}</text>'
    if talks:
        drawn += f'<circle class="iv" cx="{x + 27}" cy="{y + 9}" r="4.5"/>'
    if one == on:
        drawn += f'<rect class="td" x="{x - 2}" y="{y - 2}" width="40" height="34" rx="8"/>'
    return f'<a href="/window/days/{one}/" data-dialog tabindex="-1"><title>{one:%a} {day(one)}: {words or "nothing"}</title>{drawn}</a>'


def _step(key: str, title: str, begins_on: dt.date, note: str) -> str:
    url, title = f"/window/steps/{key}/", escape(title)
    return (
        f'<li class="past"><span class="d num">{day(begins_on)}</span><button class="tk-off" formaction="{url}done/" name="done" '
        f'value="yes" aria-label="Tick off: {title}"><span class="k"></span></button><span id="step-{key}">{title}<span class="sub">'
        f'{escape(note)}</span></span><span class="tag"></span><a class="iconbtn" href="{url}" aria-label="Change: {title}">'
        f"{icon('pencil')}</a></li>"
    )
