"""What the sharing page shows of a student's own data: a sample for each level, and where they can be counted."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings

from accounts.models import User
from applications.models import MINE, Application, InterviewRound
from applications.queries.sql import fetch
from applications.queries.window import window_of
from applications.stage import LOOKS, Stage
from companies.models import Company
from supervision.level import SCOPES, Level, Scope
from supervision.queries.student import week_words
from tracker.lib.dates import full_day, moment

_SHOWN = f"""{MINE} AND NOT EXISTS (
        SELECT FROM supervision_sharingexception x WHERE x.application_id = a.id AND x.is_hidden
    )"""
# Numbers by stage; the newest application and the next round that no supervisor is kept from; what one is counted in.
_READ = f"""
    SELECT (SELECT coalesce(json_object_agg(n.stage, n.count), '{{}}') FROM (
        SELECT a.stage, count(*) FROM applications_application a WHERE {MINE} GROUP BY a.stage
    ) n),
    (SELECT json_build_array(a.role, a.kind, c.name, a.stage, a.outcome, a.stage_since)
        FROM applications_application a JOIN companies_company c ON c.id = a.company_id
        WHERE {_SHOWN} ORDER BY a.stage_since DESC, a.id DESC LIMIT 1),
    (SELECT json_build_array(r.kind, r.starts_at)
        FROM applications_interviewround r JOIN applications_application a ON a.id = r.application_id
        WHERE {_SHOWN} AND r.status = 'scheduled' AND r.starts_at >= %(at)s ORDER BY r.starts_at, r.id LIMIT 1),
    (SELECT k.since FROM supervision_counted k
        WHERE k.student_id = %(me)s AND k.until IS NULL AND k.department_id IS NULL),
    (SELECT coalesce(json_agg(json_build_array(d.public_id, d.name, d.since) ORDER BY d.name), '[]') FROM (
        SELECT d.public_id, d.name, k.since FROM supervision_department d LEFT JOIN supervision_counted k
            ON k.department_id = d.id AND k.student_id = %(me)s AND k.until IS NULL
        ORDER BY d.name LIMIT %(most)s
    ) d)
"""  # noqa: S608 - constants
_FIGURES = "From five students on a company's page says how many applied; from ten also shares, months, rounds."
_SUMS = "Its coordinator reads sums to the nearest five, and nothing of fewer than five students."


@dataclass(frozen=True, slots=True)
class Card:
    """One level to choose, with what it shows of the student's own data."""

    scope: Scope
    sample: str


@dataclass(frozen=True, slots=True)
class Counting:
    """One place to be counted in: the figures about companies (no key), or a department; and whether one is."""

    key: str
    label: str
    about: str
    is_on: bool


def samples_of(student: User, *, at: dt.datetime) -> tuple[list[Card], list[Counting]]:
    """Return the levels with their samples, and where the student can be counted: two queries."""
    known = {"me": student.pk, "at": at, "most": settings.WAYMARK_TABLE_PAGE}
    ((counts, one, held, figures, departments),) = fetch(_READ, known)
    on = at.astimezone(student.tz).date()
    window = window_of(student, on)
    numbers = ", ".join(f"{counts[stage]} {LOOKS[stage].label}" for stage in Stage if stage in counts)
    samples = {Level.SUMMARY: f"{numbers}. {week_words(window, on)}" if numbers and window else numbers}
    samples[Level.STAGES] = _application(*one) if one else ""
    samples[Level.DETAILS] = _round(*held) if held else ""
    cards = [Card(scope, samples.get(Level(scope.value), "")) for scope in SCOPES.values()]
    places = [Counting(key, name, _SUMS, since is not None) for key, name, since in departments]
    return cards, [Counting("", "Figures about companies", _FIGURES, figures is not None), *places]


def _application(role: str, kind: str, company: str, stage: str, outcome: str, since: str) -> str:  # noqa: PLR0917 - a row
    one = Application(role=role, kind=kind, company=Company(name=company), stage=stage, outcome=outcome)
    return f"{one.title}, {company}: {one.look.label} since {full_day(dt.date.fromisoformat(since))}"


def _round(kind: str, starts_at: str) -> str:
    return f"{InterviewRound(kind=kind).get_kind_display()}, {moment(dt.datetime.fromisoformat(starts_at))}"
