"""The floor of one application's page."""

# ruff: noqa: E501 - SQL and markup read best in whole lines

from html import escape
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token

from bench.floors.page import answer, day, icon, me, named

_ONE = """
    SELECT a.id, a.role, a.stage, a.stage_since, a.outcome, c.name, c.slug, t.name, s.name, p.url, a.kind, a.place, a.closes_on, a.zone,
    a.applied_on, a.source, a.way_in, a.referrer, a.on_hold, a.notes, a.next_step, a.next_step_on, a.url, a.tags, a.posting_text,
    a.closeness, a.could_become, a.reasons, a.hours, a.weeks, a.starts_from, a.starts_until, a.version, o.answer_by, o.project, o.mentor
    FROM applications_application a JOIN companies_company c ON c.id = a.company_id
    LEFT JOIN companies_team t ON t.id = a.team_id LEFT JOIN companies_season s ON s.id = a.season_id
    LEFT JOIN companies_posting p ON p.id = a.posting_id LEFT JOIN applications_offer o ON o.application_id = a.id
    WHERE a.student_id = %(me)s AND a.public_id = %(one)s
"""
_ROUNDS = """
    SELECT id, public_id, kind, status, "on", starts_at, minutes, zone, with_whom, people, place FROM applications_interviewround
    WHERE application_id = %(id)s ORDER BY starts_at NULLS LAST, id
"""
_BESIDE = """
    SELECT (SELECT json_agg(json_build_array(stage, "on") ORDER BY "on", id) FROM applications_event WHERE application_id = %(id)s AND stage <> ''),
    (SELECT json_agg(json_build_array(public_id, text, meets) ORDER BY position, id) FROM applications_requirement WHERE application_id = %(id)s),
    (SELECT json_agg(json_build_array(public_id, text, minutes, url, "on", done_at) ORDER BY position, id) FROM applications_prepitem
        WHERE round_id = %(next)s),
    (SELECT json_agg(json_build_array(public_id, name, people, project, link, talked_on, state, interest) ORDER BY id)
        FROM applications_teamtalk WHERE application_id = %(id)s),
    (SELECT json_agg(json_build_array(v.public_id, v.number, v.uploaded_at, d.public_id, d.name, d.kind, s.public_id, s.on)
        ORDER BY d.name, d.id, v.number DESC) FROM applications_document d JOIN applications_documentversion v ON v.document_id = d.id
        LEFT JOIN applications_sentdocument s ON s.version_id = v.id AND s.application_id = %(id)s WHERE d.student_id = %(me)s)
"""
_ENTRIES = """
    SELECT public_id, kind, "on", stage, came_from, outcome, text, is_shared FROM applications_event
    WHERE application_id = %(id)s AND kind <> 'edit' ORDER BY "on" DESC, id DESC LIMIT 21
"""


def application(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one application: its facts and offer, stages, rounds, the next one's preparation, teams, fit, documents, entries."""
    student, token = me(request), f'<input type="hidden" name="csrfmiddlewaretoken" value="{get_token(request)}">'
    ((pk, role, stage, since, outcome, company, slug, *facts),) = named(_ONE, me=student, one=public_id)
    rounds = named(_ROUNDS, id=pk)
    ahead = next((row[0] for row in rounds if row[3] == "scheduled"), 0)
    ((days, asked, prep, teams, versions),) = named(_BESIDE, id=pk, me=student, next=ahead)
    known = "".join(f'<dt>Fact</dt><dd class="num">{escape(str(fact))}</dd>' for fact in facts if fact)
    here = f"/applications/{public_id}/"
    return answer(
        request,
        "application",
        [
            f'<div class="stack"><h2>Interview rounds</h2><a class="more" href="{here}rounds/new/">{icon("plus-lg")}Add round</a><ol>',
            *(_round(row) for row in rounds),
            "</ol><ul>",
            *(_prepared(row, here, token) for row in prep or ()),
            f'</ul><h2>Team matching</h2><a class="more" href="{here}teams/new/">{icon("plus-lg")}Add a team</a><ul>',
            *(
                f'<li class="round talk"><div><h3><a href="/talks/{t[0]}/">{escape(t[1])}</a></h3><p class="meta num">with {escape(t[2])}, '
                f'last talked {t[5]}</p><p class="said">{escape(t[3])} {escape(t[4])}</p></div><span class="pill soft">{t[6]} {t[7]}</span></li>'
                for t in teams or ()
            ),
            f"</ul><h2>Timeline</h2>{_composer(here, token)}<ol>",
            *(_entry(row) for row in named(_ENTRIES, id=pk)[:20]),
            f'</ol></div><aside class="stack"><h2>{escape(role)}, <a href="/companies/{slug}/">{escape(company)}</a>, {stage} {outcome}</h2>',
            f"<p>{day(since)}</p><ol>",
            *(
                f'<li class="d step-{entered}"><b>{icon("check-lg")}{entered}</b><span class="num">{on}</span></li>'
                for entered, on in days or ()
            ),
            "</ol>",
            *(_section(here, name) for name in ("way-in", "fit", "facts", "notes", "posting")),
            f'<dl class="facts">{known}</dl><ul class="asked">',
            *(_asked(*row) for row in asked or ()),
            f'</ul><form method="post" action="{here}requirements/">{token}<label class="vh" for="id_lines">What they ask for</label><textarea ',
            'class="field" id="id_lines" name="lines" rows="5"></textarea><button class="btn btn-s">Add</button></form><ul class="quiet">',
            *(_sent(row, token) for row in versions or ()),
            f'</ul><a class="btn btn-s" href="{here}documents/">Choose</a><a class="btn btn-s" href="/documents/new/">{icon("upload")}Upload</a></aside></div>',
        ],
    )


def _round(row: tuple[Any, ...]) -> str:
    _id, key, kind, status, on, starts_at, minutes, zone, whom, people, place = row
    when = f"{day(on)}, {starts_at:%H:%M} {zone}" if starts_at else "Expected"
    join = (
        f'<a class="btn btn-s" href="{escape(place)}" rel="noopener noreferrer external">{icon("camera-video")}Join</a>'
        if place
        else ""
    )
    return (
        f'<li class="round"><span class="no">1</span><div><h3><a href="/rounds/{key}/">{kind}</a></h3><p class="meta num">{when}, {minutes} min, '
        f'with {escape(people or whom)}</p></div><span class="pill ok">{icon("check-lg")}{status}</span><span class="r">{join}</span></li>'
    )


def _prepared(row: list[Any], here: str, token: str) -> str:
    key, text, minutes, url, on, done_at = row
    return (
        f'<li id="prep-{key}"><form method="post" action="/prep/{key}/tick/" hx-post="/prep/{key}/tick/" hx-target="#prep-{key}" hx-swap="outerHTML" '
        f'hx-sync="this:drop">{token}<input type="hidden" name="next" value="{here}"><button class="tick" id="tick-{key}" name="done" value="on" '
        f'role="checkbox" aria-checked="{"true" if done_at else "false"}" aria-labelledby="what-{key}" data-line-key="t"><span class="box">'
        f'{icon("check-lg")}</span></button></form><span class="t"><span id="what-{key}">{escape(text)}</span>{escape(url)}</span>'
        f'<span class="r num">{on}, {minutes} min</span></li>'
    )


def _composer(here: str, token: str) -> str:
    kinds = "".join(
        f'<button class="btn btn-s btn-q" name="kind" value="{kind}">{icon(kind)}{kind}</button>'
        for kind in ("note", "email", "call", "interview")
    )
    return (
        f'<form class="compose" id="composer" method="post" action="{here}events/" hx-post="{here}events/" hx-target="#entries" hx-swap="afterbegin">{token}'
        f'<label class="vh" for="id_text">Log an update</label><textarea name="text" cols="40" rows="1" placeholder="What happened?" maxlength="5000" '
        f'class="field" required id="id_text"></textarea><div class="row">{kinds}<span class="right sees">{icon("eye")}<label class="vh" for="id_is_shared">'
        f'Who sees this</label><select name="is_shared" class="who-sees" id="id_is_shared"><option value="">Only you</option><option value="on">Shared'
        "</option></select></span></div></form>"
    )


def _entry(row: tuple[Any, ...]) -> str:
    key, kind, on, stage, came_from, outcome, text, is_shared = row
    title = f"{kind} {stage} {outcome}"
    return (
        f'<li><span class="ic">{icon("sticky")}</span><div class="b"><h3>{title} <span class="lockn">{icon("lock")}{came_from or is_shared}</span></h3>'
        f'<p class="said">{escape(text).replace(chr(10), "<br>")}</p></div><span class="when"><time class="num" datetime="{on}">{day(on)}</time>'
        f'<a href="/events/{key}/edit/">Edit<span class="vh"> {title}, {day(on)}</span></a></span></li>'
    )


def _section(here: str, name: str) -> str:
    url = f"{here}edit/{name}/"
    return (
        f'<section class="card pad" id="section-{name}" aria-labelledby="{name}"><div class="sec-h"><h2 id="{name}">{name}</h2><span class="lockn">'
        f'{icon("lock")}Only you</span><a class="more" href="{url}" hx-get="{url}" hx-target="#section-{name}" hx-swap="outerHTML">Edit'
        f'<span class="vh"> {name}</span></a></div></section>'
    )


def _asked(key: str, text: str, meets: str) -> str:
    text, url = escape(text), f"/requirements/{key}/"
    buttons = "".join(
        f'<button form="ticks" formaction="{url}meets/" hx-post="{url}meets/" name="meets" value="{value}" '
        f'aria-pressed="{"true" if value == meets else "false"}">{value}</button>'
        for value in ("yes", "partly", "no")
    )
    return (
        f'<li id="asked-{key}"><p>{text}</p><div><span class="meets" role="group" aria-label="Do you meet it: {text}" hx-target="#section-fit" '
        f'hx-swap="outerHTML">{buttons}</span><a class="more" href="{url}" hx-get="{url}" hx-target="#asked-{key}" hx-swap="innerHTML">Edit'
        f'<span class="vh"> {text}</span></a></div></li>'
    )


def _sent(row: list[Any], token: str) -> str:
    key, number, _uploaded_at, document, name, kind, going, on = row
    if not going:
        return ""
    words = f"{escape(name)}, version {number}"
    return (
        f'<li><span><a href="/documents/{document}/" class="{kind}">{words}</a><span class="sub num">sent {on}</span></span><form class="r" '
        f'method="post" action="/sent/{going}/delete/" id="{key}">{token}<button class="btn btn-s btn-q">{icon("x-lg")}<span class="vh">Take {words}, off'
        "</span></button></form></li>"
    )
