"""Keeps what a student works on, and orders the shared list by it: all is computed by a worker, none on a page."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import F, Max, OuterRef, Q

from accounts.models import User
from applications.models import Closeness, Desk
from applications.reading.bibtex import subjects
from companies.closeness import Index, Match, weigh
from companies.models import Company, Paper, Posting, Programme, Team
from tracker.lib.nudging import nudge

_TOPIC, _TITLE, _PROSE = 4, 2, 1
_BATCH = 2_000


def save_research(*, student: User, topics: list[str], abstracts: str, papers: str, at: dt.datetime) -> None:
    """Keep what a student works on; a worker orders the list anew."""
    told = {"topics": topics, "abstracts": abstracts, "papers": papers, "research_changed_at": at}
    Desk.objects.update_or_create(student=student, defaults=told)
    transaction.on_commit(lambda: nudge("applications.rank"))


def rank_waiting(*, at: dt.datetime) -> int:
    """Order the list for each student whose text, or the list itself, changed since the last time; return how many.

    What everybody shares is read once for all of them.
    """
    newest = _newest()
    waiting = Desk.objects.filter(research_changed_at__isnull=False, student__is_active=True)
    waiting = waiting.filter(
        Q(ranked_at=None) | Q(ranked_at__lt=F("research_changed_at")) | Q(ranked_at__lt=newest or at)
    )
    desks = list(waiting.select_related("student").order_by("pk"))
    if not desks:
        return 0
    indexes = {name: build(rows()) for name, rows in SOURCES.items()}
    for desk in desks:
        _rank(desk, indexes, at)
    return len(desks)


def build(rows: "Iterable[tuple[int, Counter[str]]]") -> Index:
    """Return the index of these texts."""
    index = Index()
    for number, terms in rows:
        index.put(number, terms)
    return index


def research_terms(desk: Desk) -> Counter[str]:
    """Return the terms of all that a student says of their research: what they name says more than prose."""
    return weigh(
        (desk.topics, _TOPIC), (desk.thesis, _TITLE), (subjects(desk.papers), _TITLE), (desk.abstracts, _PROSE)
    )


def _rank(desk: Desk, indexes: dict[str, Index], at: dt.datetime) -> None:
    own = research_terms(desk)
    rows = [
        Closeness(
            student=desk.student, place=place, words=[word[:80] for word in match.words], **{f"{name}_id": match.number}
        )
        for name, index in indexes.items()
        for place, match in enumerate(_known(name, index.closest(own, settings.WAYMARK_CLOSE_KEPT)), start=1)
    ]
    with transaction.atomic():
        changed = Desk.objects.select_for_update().filter(pk=desk.pk).values_list("research_changed_at", flat=True)
        if changed.first() != desk.research_changed_at:
            return  # changed meanwhile: the next run takes it
        Closeness.objects.visible_to(desk.student).delete()
        Closeness.objects.bulk_create(rows, batch_size=_BATCH)
        Desk.objects.filter(pk=desk.pk).update(ranked_at=at)


def _known(name: str, matches: list[Match]) -> list[Match]:
    """Keep those whose row is still there."""
    model = {"team": Team, "programme": Programme, "posting": Posting}[name]
    there = set(model._default_manager.filter(pk__in=[one.number for one in matches]).values_list("pk", flat=True))
    return [one for one in matches if one.number in there]


def _newest() -> dt.datetime | None:
    """Return when something of the list changed last."""
    moments = [model._default_manager.aggregate(at=Max("updated_at"))["at"] for model in (Company, Posting)]
    return max(filter(None, moments), default=None)


def _postings() -> Iterator[tuple[int, Counter[str]]]:
    rows = Posting.objects.open().filter(is_visible=True, is_research=True, company__approved_at__isnull=False)
    fields = ("pk", "title", "company__topics", "team__name", "team__topics", "programme__name")
    for pk, title, company, team, topics, programme in rows.values_list(*fields).iterator(chunk_size=_BATCH):
        yield pk, weigh((title, 3), (topics or [], 2), (team or "", 2), (programme or "", 1), (company, 1))


def _teams() -> Iterator[tuple[int, Counter[str]]]:
    titles = ArraySubquery(Paper.objects.filter(team=OuterRef("pk")).order_by("pk").values("title"))
    rows = Team.objects.filter(company__approved_at__isnull=False).annotate(titles=titles)
    for pk, name, topics, company, papers in rows.values_list(
        "pk", "name", "topics", "company__topics", "titles"
    ).iterator():
        yield pk, weigh((name, 2), (topics, 3), (company, 1), (papers, 2))


def _programmes() -> Iterator[tuple[int, Counter[str]]]:
    rows = Programme.objects.filter(company__approved_at__isnull=False)
    for pk, name, notes, company in rows.values_list("pk", "name", "notes", "company__topics").iterator():
        yield pk, weigh((name, 2), (notes, 1), (company, 2))


SOURCES = {"team": _teams, "programme": _programmes, "posting": _postings}
