"""One application as far as its student shares it: a supervisor's read-only page."""

import datetime as dt
import json
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from applications.models import Application, Event, InterviewRound, Offer
from applications.queries.offers import pay_words
from applications.queries.sql import fetch
from applications.stage import Look, look
from supervision.models import Supervision
from supervision.queries import road
from supervision.queries.student import days_of
from tracker.lib import dates

SHOWS_PAY = """EXISTS (SELECT FROM supervision_sharingexception e WHERE e.application_id = a.id
    AND e.shows_pay AND e.supervision_id = ANY(%(supervisions)s::bigint[]))"""
IS_SHARED = "e.is_shared"
_NOT_HELD = [InterviewRound.Status.MOVED.value, InterviewRound.Status.CANCELLED.value]
_WRITTEN = [kind.value for kind in (Event.Kind.NOTE, Event.Kind.EMAIL, Event.Kind.CALL, Event.Kind.INTERVIEW)]


@dataclass(frozen=True, slots=True)
class SharedRound:
    """A round's kind and time."""

    kind: str
    when: str


@dataclass(frozen=True, slots=True)
class SharedEntry:
    """An entry that the student marked as shared."""

    on: dt.date
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class SharedApplication:
    """What the page of one application shows."""

    company: str
    company_url: str
    role: str
    look: Look
    since: dt.date
    days: list[tuple[str, dt.date]]
    rounds: list[SharedRound]
    entries: list[SharedEntry]
    pay: str


def shared_application(supervision: Supervision, application: Application) -> SharedApplication:
    """Return the facts of one application, one query for what the level Details and a tick for the pay open."""
    company, opened = application.company, _opened(supervision, application)
    return SharedApplication(
        company=company.name,
        company_url=reverse("companies:detail", kwargs={"slug": company.slug}) if company.approved_at else "",
        role=application.title,
        look=look(application.stage),
        since=application.stage_since,
        days=days_of(application),
        rounds=[_round(*row) for kind, row in opened if kind == "round"],
        entries=[_entry(*row) for kind, row in opened if kind == "entry"],
        pay=next((_pay(*row) for kind, row in opened if kind == "pay"), ""),
    )


def _opened(supervision: Supervision, application: Application) -> list[tuple[str, list[str]]]:
    """Return (kind, values) of the pay, and of rounds and shared entries where the level opens them."""
    facts = {
        "application": application.pk,
        "supervisions": [supervision.pk],
        "stages": road.APPLICATIONS,
        "details": road.ROUNDS,
        "not_held": _NOT_HELD,
        "written": _WRITTEN,
    }
    stages, details = (
        f"a.id = %(application)s AND {road.STANDS.format(levels=name)}" for name in ("stages", "details")
    )
    parts = [
        f"""
        SELECT 'pay', json_build_array(o.pay::text, o.currency, o.pay_per)::text
        FROM applications_offer o JOIN applications_application a ON a.id = o.application_id
        WHERE {stages} AND o.pay IS NOT NULL AND {SHOWS_PAY}""",  # noqa: S608 - constants
        f"""
        (SELECT 'round', json_build_array(r.kind, r.starts_at, r."on")::text
        FROM applications_interviewround r JOIN applications_application a ON a.id = r.application_id
        WHERE {details} AND r.status <> ALL(%(not_held)s) ORDER BY r."on", r.time, r.id)""",  # noqa: S608 - constants
        f"""
        (SELECT 'entry', json_build_array(e.kind, e."on", e.text)::text
        FROM applications_event e JOIN applications_application a ON a.id = e.application_id
        WHERE {details} AND {IS_SHARED} AND e.kind = ANY(%(written)s) ORDER BY e."on" DESC, e.id DESC)""",  # noqa: S608
    ]
    statement = " UNION ALL ".join(parts if supervision.scope.rounds else parts[:1])
    return [(kind, json.loads(values)) for kind, values in fetch(statement, facts)]


def _round(kind: str, starts_at: str | None, on: str | None) -> SharedRound:
    label = str(InterviewRound.Kind(kind).label)
    if starts_at is not None:
        return SharedRound(label, dates.moment(dt.datetime.fromisoformat(starts_at)))
    return SharedRound(label, dates.day(dt.date.fromisoformat(on)) if on else "Expected, no date yet")


def _entry(kind: str, on: str, text: str) -> SharedEntry:
    return SharedEntry(dt.date.fromisoformat(on), str(Event.Kind(kind).label), text)


def _pay(pay: str, currency: str, per: str) -> str:
    return pay_words(Offer(pay=Decimal(pay), currency=currency, pay_per=per))
