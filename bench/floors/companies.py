"""The floor of the list of postings and of a company's page."""

# ruff: noqa: E501 - SQL and markup read best in whole lines

from html import escape
from typing import Any

from django.http import HttpRequest, HttpResponse

from bench.floors.page import answer, day, me, named, sql


def postings(request: HttpRequest) -> HttpResponse:
    """Show the newest 50 postings that are open and seen by this person."""
    rows = sql(
        "SELECT p.public_id, p.title, p.url, c.name, p.places, p.terms, p.kind, p.closes_on, p.posted_at, "
        "p.sponsorship, p.is_research FROM companies_posting p JOIN companies_company c ON c.id = p.company_id "
        "WHERE p.is_visible AND p.is_open AND (c.approved_at IS NOT NULL OR c.proposed_by_id = %s) "
        "ORDER BY p.listed_at DESC, p.id DESC LIMIT 51",
        me(request),
    )
    return answer(request, "postings", [_posting(row) for row in rows[:50]])


def _posting(row: tuple[Any, ...]) -> str:
    public_id, title, url, company, places, terms, kind, closes_on, posted_at, sponsorship, is_research = row
    title, company = escape(title), escape(company)
    return (
        f'<li><span class="mono m1 s" aria-hidden="true">{company[:2]}</span><div class="body">'
        f'<a class="what" href="/postings/{public_id}/">{title}</a>'
        f'<p class="why">{company} · {escape(" · ".join(places))} · {escape(", ".join(terms))}</p><p class="meta">'
        f"{'' if kind == 'internship' else kind}{'<span>Research</span>' if is_research else ''}"
        f'<span class="pill soft">{"Closes " + day(closes_on) if closes_on else ""}</span><span>{sponsorship}</span>'
        f"<span>Posted {day(posted_at)}</span></p></div>"
        f'<span class="end"><a class="btn btn-s" href="/add/?url={escape(url)}&amp;title={title}" data-dialog '
        f'aria-label="Add {title}">Add</a></span></li>'
    )


_BESIDE = """
    SELECT (SELECT json_agg(json_build_array(p.title, p.authors, p.venue, p.year, p.url, t.name) ORDER BY p.year DESC, p.title, p.id)
        FROM companies_paper p LEFT JOIN companies_team t ON t.id = p.team_id WHERE p.company_id = %(company)s),
    (SELECT json_agg(json_build_array(o.role, o.public_id, o.stage, o.outcome, o.name)) FROM (
        SELECT a.role, a.public_id, a.stage, a.outcome, s.name FROM applications_application a
        LEFT JOIN companies_season s ON s.id = a.season_id WHERE a.student_id = %(me)s AND a.company_id = %(company)s
        ORDER BY a.id DESC LIMIT 20) o),
    (SELECT json_agg(json_build_array(k.team_id, k.words)) FROM applications_closeness k JOIN companies_team t ON t.id = k.team_id
        WHERE k.student_id = %(me)s AND t.company_id = %(company)s),
    (SELECT said FROM supervision_cohortfigure WHERE company_id = %(company)s),
    (SELECT json_agg(DISTINCT u.name) FROM applications_placement p JOIN applications_application a ON a.id = p.application_id
        JOIN accounts_user u ON u.id = a.student_id JOIN supervision_supervision t ON t.student_id = u.id AND t.ended_at IS NULL
        JOIN supervision_supervision m ON m.supervisor_id = t.supervisor_id AND m.ended_at IS NULL AND m.student_id = %(me)s
        WHERE a.company_id = %(company)s AND u.id <> %(me)s AND p.tells_group)
"""


def company(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one company: itself, aliases, teams, papers, programmes, newest open postings, one's own and others' history."""
    ((name, notes, topics, source, checked_on),) = sql(
        "SELECT name, notes, topics, source_note, checked_on FROM companies_company "
        "WHERE id = %s AND (approved_at IS NOT NULL OR proposed_by_id = %s)",
        pk,
        me(request),
    )
    aliases = sql("SELECT name FROM companies_alias WHERE company_id = %s ORDER BY name", pk)
    teams = sql("SELECT name, slug, topics, place, url FROM companies_team WHERE company_id = %s ORDER BY name, id", pk)
    programmes = sql(
        "SELECT p.name, p.kind, p.places, s.name, y.state, y.opens_on, y.closes_on, y.source_url "
        "FROM companies_programme p "
        "LEFT JOIN companies_cycle y ON y.programme_id = p.id LEFT JOIN companies_season s ON s.id = y.season_id "
        "WHERE p.company_id = %s ORDER BY p.name, s.starts_on DESC",
        pk,
    )
    ((papers, own, words, said, fellows),) = named(_BESIDE, me=me(request), company=pk)
    rows = sql(
        "SELECT p.public_id, p.title, p.url, %s, p.places, p.terms, p.kind, p.closes_on, p.posted_at, p.sponsorship, "
        "p.is_research FROM companies_posting p WHERE p.company_id = %s AND p.is_visible AND p.is_open "
        "ORDER BY p.listed_at DESC, p.id DESC LIMIT 11",
        name,
        pk,
    )
    return answer(
        request,
        "company",
        [
            "<h2>Open postings</h2><ul>",
            *(_posting(row) for row in rows[:10]),
            "</ul><h2>Programmes</h2>",
            *(f"<article><h3>{escape(p[0])}</h3><p>{p[1]} {escape(' · '.join(p[2]))}</p><dl><dt>{p[3]}</dt><dd>{p[4]} "
              f"{day(p[5])} {day(p[6])} {escape(p[7] or '')}</dd></dl></article>" for p in programmes),
            *(f"<li>{escape(t[0])} {escape(', '.join(t[2]))} {escape(t[3])}</li>" for t in teams),
            *(f"<li>{escape(p[0])} {escape(', '.join(p[1]))} {escape(p[2])} {p[3]} {escape(p[5] or '')}</li>"
              for p in papers or ()),
            *(f'<li><a href="/applications/{o[1]}/">{escape(o[0])}</a> {o[2]} {o[3]} {o[4] or ""}</li>'
              for o in own or ()),
            f"<section>{escape(str(words))} {escape(str(said))} {escape(str(fellows))}</section>",
            *(f'<li class="pill soft">{escape(topic)}</li>' for topic in topics),
            f"<p>{escape(', '.join(alias for (alias,) in aliases))}</p><p>{escape(notes)}</p>",
            f"<p>{escape(source)} {day(checked_on)}</p>",
        ],
    )  # fmt: skip
