"""Puts the demo's invented companies and their postings into the shared list."""

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.utils.text import slugify

from accounts.models import User
from applications.actions.prep_sets import import_sets, read_sets
from companies.actions import import_roster
from companies.actions.seasons import make_seasons
from companies.cells import document
from companies.links import link_key
from companies.models import Company, Paper, Posting, Season, Team
from companies.naming import match_key, search_text
from companies.roster import read_roster
from companies.terms import summer_applied_for
from tracker.demo_data.firms import FIRMS, PUBLISHED
from tracker.demo_data.offers import OFFERS
from tracker.demo_data.shapes import Firm, Offer, workday

SEED_LIST = Path(settings.BASE_DIR) / "companies" / "data" / "companies.json"
SEED_SETS = Path(settings.BASE_DIR) / "applications" / "data" / "preparation.json"
INVENTED = "Invented for the demo"


def season_of(on: dt.date) -> Season:
    """Return the season that one applies for on this day, making it where the list has none."""
    year = summer_applied_for(on)
    return make_seasons([year])[year]


def list_all(*, by: User, at: dt.datetime) -> None:
    """Import what comes with Waymark, then add the invented companies with their teams and postings."""
    import_sets(entries=read_sets(document(SEED_SETS.read_bytes())))
    content = document(SEED_LIST.read_bytes())
    import_roster(roster=read_roster(content, most=settings.WAYMARK_IMPORT_ROWS), at=at)
    companies = {firm.name: _company(firm, by, at) for firm in FIRMS}
    _publish(companies, by, at)
    season = season_of(at.date())
    Posting.objects.bulk_create(
        _posting(number, offer, companies[offer.firm], season=season, at=at)
        for number, offer in enumerate(OFFERS, start=1)
    )


def _publish(companies: dict[str, Company], by: User, at: dt.datetime) -> None:
    teams = {(team.company_id, team.name): team for team in Team.objects.filter(company__in=companies.values())}
    Paper.objects.bulk_create(
        Paper(
            company=companies[firm],
            team=teams[companies[firm].pk, team],
            title=title,
            authors=list(authors),
            venue=venue,
            year=at.year + ago,
            url=f"https://papers.{slugify(firm)}.example/{slugify(title)}",
            source_note=INVENTED,
            checked_on=at.date(),
            checked_by=by,
        )
        for firm, team, title, authors, venue, ago in PUBLISHED
    )


def posting_url(firm: str, number: int) -> str:
    """Return the address of a posting; hosts below .example lead nowhere, by the standard."""
    return f"https://jobs.{slugify(firm)}.example/roles/{number}"


def _company(firm: Firm, by: User, at: dt.datetime) -> Company:
    company = Company.objects.create(
        name=firm.name,
        slug=slugify(firm.name),
        match_key=match_key(firm.name),
        search_text=search_text(firm.name, firm.city, firm.country, firm.kind, list(firm.topics)),
        kind=firm.kind,
        website=f"https://{slugify(firm.name)}.example/",
        careers_url=f"https://jobs.{slugify(firm.name)}.example/",
        city=firm.city,
        country=firm.country,
        topics=list(firm.topics),
        source_note=INVENTED,
        checked_on=at.date(),
        checked_by=by,
        approved_at=at,
    )
    Team.objects.bulk_create(
        Team(company=company, name=name, slug=slugify(name), topics=list(topics), place=firm.city, source_note=INVENTED)
        for name, topics in firm.teams
    )
    return company


def _posting(number: int, offer: Offer, company: Company, *, season: Season, at: dt.datetime) -> Posting:
    url = posting_url(offer.firm, number)
    places, terms = list(offer.places), [season.name]
    closes_on = None if offer.closes is None else workday(at.date(), offer.closes)
    shortest, longest = offer.weeks or (None, None)
    return Posting(
        company=company,
        kind=offer.kind,
        title=offer.title,
        url=url,
        url_key=link_key(url),
        origin="demo",
        origin_id=str(number),
        places=places,
        terms=terms,
        hours=offer.hours,
        min_weeks=shortest,
        max_weeks=longest,
        starts_on=season.starts_on,
        is_research=True,
        is_open=closes_on is None or closes_on >= at.date(),
        posted_at=at + dt.timedelta(days=offer.posted),
        closes_on=closes_on,
        source_note=INVENTED,
        checked_on=at.date(),
        search_text=search_text(offer.title, company.name, places, terms),
    )
