"""Letters about applications: a posting that closes, a follow-up, the answer to an offer."""

import datetime as dt
from collections.abc import Callable, Iterator

from django.conf import settings
from django.urls import reverse

from applications.choices import Meets
from applications.drafts import About, follow_up
from applications.interviews.rounds import city
from applications.models import Application, Offer
from applications.queries.offers import terms_of
from applications.stage import Stage
from reminders.days import day_ends
from reminders.plan import Rule
from reminders.queries import Facts
from reminders.queries.facts import Tracked
from reminders.words.family import Family, clock_time, page
from tracker.lib.clock import ANYWHERE_ON_EARTH
from tracker.lib.dates import DAYS, MONTHS, away, day, weekday

_LISTED = 3
_WEEK = 7
_LAST_MINUTE = dt.time(23, 59)


def _context(facts: Facts, at: dt.datetime) -> dict[str, object]:
    tracked, rule = facts.about, Rule(facts.delivery.rule)
    if not isinstance(tracked, Tracked) or tracked.day is None:
        raise ValueError("A letter about an application needs it, and its day.")
    one = tracked.application
    today = at.astimezone(facts.delivery.person.tz).date()
    return {
        "company": one.company.name,
        "role": one.title,
        "day": weekday(tracked.day),
        "short_day": day(tracked.day),
        "date": f"{tracked.day.day} {MONTHS[tracked.day.month - 1]}",
        "near": _near(tracked.day, today),
        "away": away(tracked.day, today),
        **_MORE[rule](facts, tracked, today),
    }


def _near(by: dt.date, today: dt.date) -> str:
    """Say today, tomorrow, on Friday; on 4 December beyond six days."""
    days = (by - today).days
    if days in {0, 1}:
        return ("today", "tomorrow")[days]
    return f"on {DAYS[by.weekday()]}" if 0 < days < _WEEK else f"on {by.day} {MONTHS[by.month - 1]}"


def _closing(facts: Facts, tracked: Tracked, today: dt.date) -> dict[str, object]:
    one, person = tracked.application, facts.delivery.person
    closes_on = tracked.day or today
    last = (day_ends(closes_on, one.zone) - dt.timedelta(minutes=1)).astimezone(person.tz)
    is_ours = (last.date(), last.time()) == (closes_on, _LAST_MINUTE)
    return {
        "preparing": one.stage == Stage.PREPARING,
        "where": city(one.zone) if one.zone == ANYWHERE_ON_EARTH else f"in {city(one.zone)}",
        "ends": "" if is_ours else f"{weekday(last)}, {clock_time(last, person.time_zone)}",
        "ready": _ready(tracked),
        "missing": list(_missing(tracked)),
        "posting": one.url,
        "advice": _advice(one, today),
    }


def _ready(tracked: Tracked) -> str:
    """Name the documents, and count what is met: "CV, Summary. You meet 3 of 5 of what they ask for."."""
    met = sum(line.meets == Meets.YES for line in tracked.requirements)
    documents = f"{', '.join(tracked.documents)}." if tracked.documents else ""
    asked = f"You meet {met} of {len(tracked.requirements)} of what they ask for." if met else ""
    return f"{documents} {asked}".strip()


def _missing(tracked: Tracked) -> Iterator[str]:
    if not tracked.documents:
        yield "a document to send: none is attached"
    left = [line.text for line in tracked.requirements if line.meets in {Meets.UNKNOWN, Meets.NO}]
    yield from left[:_LISTED]
    if len(left) > _LISTED:
        yield f"and {len(left) - _LISTED} more of what they ask for"
    if tracked.application.next_step:
        yield f"your next step: {tracked.application.next_step}"


def _advice(one: Application, today: dt.date) -> str:
    if one.referral.waits(today):
        return "A referral is under way: check with them first."
    if one.on_hold:
        return one.referral.words
    return "If you meet most of what a role asks for, apply."


def _follow_up(facts: Facts, tracked: Tracked, today: dt.date) -> dict[str, object]:
    one = tracked.application
    sent = one.applied_on or today
    about = About(role=one.title, company=one.company.name, name=facts.delivery.person.name, applied_on=one.applied_on)
    return {
        "sent": f"{sent.day} {MONTHS[sent.month - 1]}",
        "days": (today - sent).days,
        "draft": [" ".join(part.split()) for part in follow_up(about).text.split("\n\n")],
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
        return page("applications:offers")
    return reverse("applications:detail", args=[one.public_id])


def _why() -> dict[Rule, str]:
    return {
        Rule.POSTING_CLOSES: "You get this 7 and 2 days before a posting closes, until you have sent your application.",
        Rule.FOLLOW_UP: "You get this once, 10 working days after you applied.",
        Rule.OFFER_ANSWER: "You get this 7, 3 and 1 days before the answer to an offer is due.",
    }


APPLICATIONS = Family(_context, _target, _why)
