"""Letters about programmes: one that is followed opens, and an enrichment scheme closes."""

import datetime as dt

from django.conf import settings
from django.urls import reverse

from companies.models import Cycle, CycleMove
from companies.windows import checked_words, window_words, zone_words
from reminders.plan import Rule
from reminders.queries import Facts
from reminders.queries.facts.programmes import Offered
from reminders.words.family import Family, about
from tracker.lib.dates import MONTHS, full_day


def _context(facts: Facts, at: dt.datetime) -> dict[str, object]:  # noqa: ARG001 - days, not instants
    offered = about(facts, Offered)
    cycle, programme = offered.cycle, offered.cycle.programme
    closes_on = cycle.closes_on
    return {
        "programme": programme.name,
        "company": programme.company.name,
        "season": cycle.season.name,
        "sure": offered.is_sure and (cycle.opens_on is not None or facts.delivery.rule != Rule.PROGRAMME_OPENS),
        "opens": full_day(offered.opens_on),
        "closes": full_day(closes_on) if closes_on else "",
        "closes_in": MONTHS[closes_on.month - 1] if closes_on else "February",
        "closes_sure": bool(closes_on) and offered.is_sure,
        "is_last": bool(closes_on) and facts.delivery.key.split(":")[5] == "last",
        "is_closed": cycle.state == Cycle.State.CLOSED,
        "now": _window(cycle.state, cycle.opens_on, cycle.closes_on, cycle.zone),
        "before": _before(offered.move),
        "where": zone_words(cycle.zone),
        "checked": checked_words(cycle.checked_on),
        "page": programme.url or cycle.source_url,
        "is_followed": offered.is_followed,
        "in_app": settings.SITE_URL + _target(facts),
    }


def _window(state: str, opens_on: dt.date | None, closes_on: dt.date | None, zone: str) -> str:
    """Return a window within a sentence of the letter."""
    words = window_words(state, opens_on, closes_on, zone).removesuffix(".")
    return words[:1].lower() + words[1:]


def _before(move: CycleMove | None) -> str:
    if move is None:
        return ""
    return window_words(move.state_before, move.opens_on_before, move.closes_on_before, move.zone_before)


def _target(facts: Facts) -> str:
    company = about(facts, Offered).cycle.programme.company
    return f"{reverse('companies:detail', args=[company.slug])}#programmes"


PROGRAMMES = Family(
    _context,
    _target,
    lambda: {
        Rule.PROGRAMME_OPENS: "You get this because you follow the programme.",
        Rule.PROGRAMME_MOVED: "You get this because you follow the programme.",
        Rule.SCHEME_CLOSES: "You get this twice in the window and a week before a scheme closes.",
    },
)
