"""What rows of the shared list are called in an archive, where their keys mean nothing: by name, address or slug."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from companies.models import Company, Posting, Programme, Season, Team
from supervision.models import Department

type Said = dict[str, str]

# Model -> what it is called by: word in the archive -> lookup.
CALLED: dict[type[models.Model], dict[str, str]] = {
    Company: {"name": "name", "slug": "slug"},
    Team: {"name": "name", "company": "company__name", "company_slug": "company__slug"},
    Posting: {"title": "title", "url": "url", "company": "company__name"},
    Programme: {"name": "name", "slug": "slug", "company": "company__name", "company_slug": "company__slug"},
    Season: {"name": "name", "slug": "slug"},
    Department: {"name": "name"},
}


def names_of(model: type[models.Model], keys: Iterable[int]) -> dict[int, Said]:
    """Return key -> what the row is called: one query."""
    words = CALLED[model]
    found: Iterable[tuple[Any, ...]] = model._default_manager.filter(pk__in=set(keys)).values_list(
        "pk", *words.values()
    )
    return {key: dict(zip(words, values, strict=True)) for key, *values in found}
