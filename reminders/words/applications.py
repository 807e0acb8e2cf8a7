"""Letters about applications: a posting that closes, a follow-up, the answer to an offer."""

import datetime as dt
from collections.abc import Callable

from django.conf import settings
from django.urls import reverse

from applications.choices import Meets
from applications.drafts import About, follow_up
from applications.models import Application, Offer
from applications.queries.offers import terms_of
from reminders.days import day_ends
from reminders.plan import Rule
from reminders.queries import Facts
from reminders.queries.facts import Tracked
from reminders.words.family import Family, clock_time
from tracker.lib.dates import DAYS, MONTHS, weekday

_LISTED = 3
_WEEK = 7


def _context(facts: Facts, at: dt.datetime) -> dict[str, object]:
    tracked, rule = facts.about, Rule(facts.delivery.rule)
    if not isinstance(tracked, Tracked) or tracked.day is None:
        raise ValueError("A letter about an application needs it, and its day.")
    one = tracked.application
    today = at.astimezone(facts.delivery.person.tz).date()
    return {
        "application": one,
        "company": one.company.name,
        "role": one.title,
        "day": weekday(tracked.day),
        "near": _near(tracked.day, today),
        "page": settings.SITE_URL + reverse("applications:detail", args=[one.public_id]),
        **_MORE[rule](facts, tracked, today),
    }


def _near(by: dt.date, today: dt.date) -> str:
    """Say today, tomorrow, on Friday; on 4 December beyond six days."""
    away = (by - today).days
    if away in {0, 1}:
        return ("today", "tomorrow")[away]
    return f"on {DAYS[by.weekday()]}" if 0 < away < _WEEK else f"on {by.day} {MONTHS[by.month - 1]}"


def _closing(facts: Facts, tracked: Tracked, today: dt.date) -> dict[str, object]:
    one, person = tracked.application, facts.delivery.person
    ends_at = day_ends(tracked.day or today, one.zone)
    own = (ends_at - dt.timedelta(minutes=1)).astimezone(person.tz)
    met = [line for line in tracked.requirements if line.meets == Meets.YES]
    open_lines = [line.text for line in tracked.requirements if line.meets not in {Meets.YES, Meets.PARTLY}]
    return {
        "ends": f"{weekday(own)}, {clock_time(own, person.time_zone)}",
        "anywhere": one.zone != person.time_zone,
        "documents": ", ".join(tracked.documents),
        "met": len(met),
        "requirements": len(tracked.requirements),
        "open_lines": open_lines[:_LISTED],
        "more_lines": max(0, len(open_lines) - _LISTED),
        "next_step": one.next_step,
        "posting": one.url,
    }


def _follow_up(facts: Facts, tracked: Tracked, today: dt.date) -> dict[str, object]:
    one = tracked.application
    sent = one.applied_on or today
    about = About(role=one.title, company=one.company.name, name=facts.delivery.person.name, applied_on=one.applied_on)
    return {
        "sent": f"{sent.day} {MONTHS[sent.month - 1]}",
        "days": (today - sent).days,
        "draft": " ".join(follow_up(about).text.split()),
    }


def _answer(facts: Facts, tracked: Tracked, today: dt.date) -> dict[str, object]:  # noqa: ARG001 - as its siblings
    known, questions = terms_of(tracked.offer or Offer(application=tracked.application))
    return {
        "known": known,
        "questions": questions[:_LISTED],
        "more_questions": max(0, len(questions) - _LISTED),
        "draft": settings.SITE_URL + _draft(tracked.application, "more-time"),
    }


_MORE: dict[Rule, Callable[[Facts, Tracked, dt.date], dict[str, object]]] = {
    Rule.POSTING_CLOSES: _closing,
    Rule.FOLLOW_UP: _follow_up,
    Rule.OFFER_ANSWER: _answer,
}


def _draft(one: Application, name: str) -> str:
    return reverse("applications:draft", args=[one.public_id, name])


def _target(facts: Facts) -> str:
    one = facts.application
    if one is None:
        raise ValueError("A letter about an application needs it.")
    if facts.delivery.rule == Rule.FOLLOW_UP:
        return _draft(one, "follow-up")
    if facts.delivery.rule == Rule.OFFER_ANSWER:
        return reverse("applications:offers")
    return reverse("applications:detail", args=[one.public_id])


def _why() -> dict[Rule, str]:
    return {
        Rule.POSTING_CLOSES: "You get this 7 and 2 days before a posting closes, until you have sent your application.",
        Rule.FOLLOW_UP: "You get this once, 10 working days after you applied.",
        Rule.OFFER_ANSWER: "You get this 7, 3 and 1 days before the answer to an offer is due.",
    }


APPLICATIONS = Family(_context, _target, _why)
