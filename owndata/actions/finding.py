"""Finds what an archive names of the shared list; a company that nobody knows here becomes the person's own."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from accounts.models import User
from companies.actions import propose_company
from companies.models import Company, Posting, Programme, Season, Team
from companies.queries.lookup import find_company, find_posting_by_url
from owndata.archive import BadArchiveError
from owndata.queries.names import CALLED
from supervision.models import Department
from tracker.lib.errors import DomainError

_LONGEST = 3_000


@dataclass
class Finder:
    """What was found so far, so that nothing is asked for twice."""

    person: User
    at: dt.datetime
    _found: dict[tuple[object, ...], int | None] = field(default_factory=dict)

    def key_of(self, model: type[models.Model], said: object) -> int | None:
        """Return the key of what is named; None when it is not in the list here."""
        if not isinstance(said, dict):
            raise BadArchiveError("names something of the shared list as it is not written")
        words = {name: said.get(name) or "" for name in CALLED[model]}
        if not all(isinstance(word, str) and len(word) <= _LONGEST and "\0" not in word for word in words.values()):
            raise BadArchiveError("names something of the shared list by something that is no text")
        place = (model, *words.values())
        if place not in self._found:
            self._found[place] = _ROADS[model](self, words)
        return self._found[place]

    def company(self, words: dict[str, Any]) -> int | None:
        """Find a company by name, or let it be the person's own."""
        found = find_company(self.person, words["name"])
        if found is None:
            try:
                found = propose_company(name=words["name"], by=self.person, at=self.at)
            except DomainError as error:
                raise BadArchiveError(f"names a company that cannot be added: {error.sentence}") from None
        return found.pk

    def team(self, words: dict[str, Any]) -> int | None:
        """Find a team of a company that is known here."""
        company = self._known(words["company"])
        return _first(Team.objects.filter(company=company, name=words["name"])) if company else None

    def programme(self, words: dict[str, Any]) -> int | None:
        """Find a programme of a company that is known here."""
        company = self._known(words["company"])
        return _first(Programme.objects.filter(company=company, slug=words["slug"])) if company else None

    def posting(self, words: dict[str, Any]) -> int | None:
        """Find a posting by its link."""
        found = find_posting_by_url(self.person, words["url"])
        return found.pk if found else None

    def season(self, words: dict[str, Any]) -> int | None:
        """Find a season by name."""
        return _first(Season.objects.filter(name=words["name"]))

    def _known(self, name: str) -> int | None:
        found = find_company(self.person, name)
        return found.pk if found else None


_ROADS: dict[type[models.Model], Callable[[Finder, dict[str, Any]], int | None]] = {
    Company: Finder.company,
    Team: Finder.team,
    Programme: Finder.programme,
    Posting: Finder.posting,
    Season: Finder.season,
    Department: lambda finder, words: None,  # noqa: ARG005 - nobody is counted by an archive
}


def _first(found: "models.QuerySet[Any]") -> int | None:
    key: int | None = found.order_by("pk").values_list("pk", flat=True).first()
    return key
