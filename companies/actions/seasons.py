"""Makes seasons: the summers that people apply for, each with its default window."""

from collections.abc import Iterable

from companies.models import Season
from companies.terms import summer


def make_seasons(years: Iterable[int]) -> dict[int, Season]:
    """Return year -> season, each made with its default window unless it is there."""
    wanted = [summer(year) for year in sorted(years)]
    Season.objects.bulk_create(
        (
            Season(name=s.name, slug=s.slug, opens_on=s.opens_on, closes_on=s.closes_on, starts_on=s.starts_on)
            for s in wanted
        ),
        ignore_conflicts=True,
    )
    made = Season.objects.filter(name__in=[s.name for s in wanted])
    return {season.starts_on.year: season for season in made}
