"""When programmes opened and closed in earlier years, as their windows say or as their postings were first seen."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from companies.expecting import first_seen
from companies.models import Cycle, Kind, Posting, Programme, Season
from companies.terms import term_start


@dataclass(slots=True)
class History:
    """One programme: year of the summer -> day; `seen` are those openings that only a posting tells of."""

    programme_id: int
    zone: str = ""
    source_url: str = ""
    openings: dict[int, dt.date] = field(default_factory=dict)
    closings: dict[int, dt.date] = field(default_factory=dict)
    seen: dict[int, dt.date] = field(default_factory=dict)


def histories(season: Season) -> Iterator[History]:
    """Yield what is known of each programme that has no window in this season: three queries."""
    without = Programme.objects.exclude(cycles__season=season)
    found: dict[int, History] = {}
    past = Cycle.objects.filter(programme__in=without, season__starts_on__lt=season.starts_on).select_related("season")
    for cycle in past.exclude(state=Cycle.State.EXPECTED).order_by("season__starts_on", "pk"):
        one = found.setdefault(cycle.programme_id, History(cycle.programme_id))
        one.zone, one.source_url = cycle.zone, cycle.source_url or one.source_url
        year = cycle.season.starts_on.year
        for days, day in ((one.openings, cycle.opens_on), (one.closings, cycle.closes_on)):
            if day:
                days[year] = day
    for programme, seen in _seen(season).items():
        if programme in found:
            one = found[programme]
            one.seen = {year: day for year, day in seen.items() if year not in one.openings}
            one.openings |= one.seen
    yield from found.values()


def _seen(season: Season) -> dict[int, dict[int, dt.date]]:
    """Return programme -> year -> the first day on which a research posting for that summer was seen.

    A posting without a programme is one of the company's internship programme where there is one only.
    """
    owners: dict[int, list[int]] = defaultdict(list)
    for company, programme in Programme.objects.filter(kind=Kind.INTERNSHIP).values_list("company_id", "pk"):
        owners[company].append(programme)
    days: dict[int, list[tuple[int, dt.date]]] = defaultdict(list)
    rows = Posting.objects.filter(is_research=True, company__in=owners, listed_at__date__lt=season.starts_on)
    for company, programme, terms, listed_at in rows.values_list("company_id", "programme_id", "terms", "listed_at"):
        own = programme or (owners[company][0] if len(owners[company]) == 1 else None)
        if own is None:
            continue
        for term in terms:
            start = term_start(term)
            if start and term.startswith("Summer"):
                days[own].append((start.year, listed_at.date()))
    return {programme: first_seen(told) for programme, told in days.items()}
