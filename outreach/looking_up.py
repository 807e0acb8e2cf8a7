"""Asks an open index for a paper known by its DOI or arXiv id alone, where whoever runs the site allowed that."""

import json
from urllib.parse import quote

from django.conf import settings

from companies.fetching import FetchError, Limits, fetch, is_allowed
from outreach.reading import Reading, Work, read_works
from tracker.lib.errors import DomainError

# arXiv registers a DOI for each of its papers, the old ones as well.
_ARXIV = "10.48550/arXiv."
_NOT_FOUND = "Nothing was found for this number just now. Paste its BibTeX, or type the title with its authors below."


def may_look_up() -> bool:
    """Say whether the index is among the addresses that may be fetched."""
    return is_allowed(settings.PAPER_INDEX, settings.FETCH_ALLOWED)


def look_up(work: Work) -> Reading:
    """Return what the index knows of a work that has a DOI or an arXiv id: one request, a few seconds at most.

    DomainError when it knows nothing, or cannot be asked just now.
    """
    doi = work.doi or f"{_ARXIV}{work.arxiv}"
    limits = Limits(settings.FETCH_ALLOWED, settings.WAYMARK_LOOKUP_BYTES, settings.WAYMARK_LOOKUP_SECONDS)
    try:
        found = fetch(f"{settings.PAPER_INDEX}/works/doi:{quote(doi, safe='/')}", limits=limits)
        reading = read_works(json.loads(found.data or b""), most=1)
    except (FetchError, ValueError, RecursionError):
        raise DomainError(_NOT_FOUND, field="text") from None
    if not reading.works or not reading.works[0].authors:
        raise DomainError(_NOT_FOUND, field="text")
    return reading
