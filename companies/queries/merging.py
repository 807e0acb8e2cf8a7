"""What curators decide about: companies that may be one, what a merge would move, and merges that can be taken back."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection, models
from django.db.models import Count, Max

from companies.duplicates import Candidate, Pair, duplicates
from companies.models import Alias, Company, Merge

LABELS = {
    "name": "Name",
    "kind": "Kind",
    "website": "Website",
    "careers_url": "Careers page",
    "city": "City",
    "country": "Country",
    "notes": "Notes",
    "source_url": "Source",
    "source_note": "Note on the source",
}
FIELDS = tuple(LABELS)
"""What a curator chooses of the two; topics are joined."""

_BOARDS = """
SELECT DISTINCT company_id, split_part(url_key, '/', 1) || '/' || split_part(url_key, '/', 2) FROM companies_posting
WHERE url_key LIKE '%%.%%/%%/%%' AND company_id = ANY(%s)
"""
_NOUNS = {"application": ("application", "applications"), "posting": ("posting", "postings"), "team": ("team", "teams"),
          "programme": ("programme", "programmes"), "paper": ("paper", "papers"),
          "alias": ("other name", "other names"), "company": ("earlier merge", "earlier merges")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """Two companies that may be one, as the list shows them."""

    one: Company
    other: Company
    reasons: str
    sureness: str


SURENESS = {3: "Very likely one", 2: "Likely one", 1: "Perhaps one"}


def links_to(company: Company) -> "Iterator[tuple[str, models.QuerySet[Any]]]":
    """Yield "app.Model.field" and the rows that point at a company, of every app, but for merges themselves."""
    for model, field in pointing():
        yield f"{model._meta.label}.{field}", model._default_manager.filter(**{field: company.pk})


def pointing() -> "Iterator[tuple[type[models.Model], str]]":
    """Yield each model and field that points at companies, those without a way back too."""
    return ((model, field) for model, field in pointing_at(Company) if model is not Merge)


def pointing_at(model: type[models.Model]) -> "Iterator[tuple[type[models.Model], str]]":
    """Yield each model and field that points at rows of a model, of every app."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel):
            yield relation.related_model, relation.field.name


def effect_of(company: Company) -> str:
    """Say what moves when a company is taken into another: "14 applications, 3 teams and 5 postings move.".

    Numbers alone: whose applications they are is nobody's business here.
    """
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for name, rows in links_to(company):
        noun = _NOUNS.get(name.split(".")[1].lower(), ("row", "rows"))
        counts[noun] += rows.count()
    parts = [f"{count:,} {noun[count != 1]}" for noun, count in counts.items() if count]
    if not parts:
        return "Nothing else points at it."
    said = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"{said} {'moves' if sum(counts.values()) == 1 else 'move'}."


def duplicate_lines() -> list[Line]:
    """Return the surest pairs; what is found is kept for as long as no company changes, for ten minutes at most."""
    state = Company.objects.filter(merged_into=None).aggregate(n=Count("pk"), last=Max("updated_at"))
    last = state["last"].timestamp() if state["last"] else 0
    # Plain values: what an older release kept is read by the next one.
    kept = cache.get_or_set(
        f"duplicates:{state['n']}:{last}", lambda: [astuple(pair) for pair in _pairs()], timeout=600
    )
    shown = [Pair(*values) for values in (kept or [])[: settings.WAYMARK_DUPLICATES_SHOWN]]
    known = Company.objects.filter(merged_into=None).in_bulk({pk for pair in shown for pk in (pair.one, pair.other)})
    return [
        Line(known[pair.one], known[pair.other], "; ".join(pair.reasons), SURENESS[pair.weight])
        for pair in shown
        if pair.one in known and pair.other in known
    ]


def _pairs() -> list[Pair]:
    rows = Company.objects.filter(merged_into=None).order_by("pk")
    facts = list(rows.values_list("pk", "name", "website", "careers_url"))
    aliases: dict[int, list[str]] = defaultdict(list)
    for pk, name in Alias.objects.values_list("company_id", "name"):
        aliases[pk].append(name)
    boards: dict[int, list[str]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_BOARDS, [[pk for pk, *_ in facts]])
        for pk, begin in cursor.fetchall():
            boards[pk].append(f"https://{begin}/x")
    return duplicates(
        Candidate(pk, name, tuple(aliases[pk]), tuple(filter(None, sites)), tuple(boards[pk]))
        for pk, name, *sites in facts
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """One field in which the two differ: what either says, and whether the keeper's is chosen at first."""

    name: str
    label: str
    one: str
    other: str
    is_one: bool


def choices(one: Company, other: Company) -> list[Choice]:
    """Return the fields that differ; the fuller value of the two is chosen at first, the name that of the keeper."""
    found = []
    for name in FIELDS:
        mine, theirs = str(getattr(one, name)), str(getattr(other, name))
        if mine != theirs:
            found.append(Choice(name, LABELS[name], mine, theirs, bool(mine) or name == "name"))
    return found


def fuller(one: Company, other: Company) -> tuple[Company, Company]:
    """Return the two with the one to keep first: the approved one, then the one that says more, then the older."""

    def order(company: Company) -> tuple[bool, int, int]:
        said = sum(bool(getattr(company, name)) for name in (*FIELDS, "topics"))
        return company.approved_at is None, -said, company.pk

    first, second = sorted((one, other), key=order)
    return first, second


def standing_merges(at: dt.datetime) -> Iterable[Merge]:
    """Return the newest merges that can still be taken back."""
    rows = (
        Merge.objects.standing().filter(at__gt=at - settings.WAYMARK_MERGE_UNDO).select_related("keeper", "taken", "by")
    )
    return rows.order_by("-at", "-pk")[: settings.WAYMARK_MERGES_SHOWN]
