"""How good the list's own judgements are, measured against what people said and what came. Pure."""

import datetime as dt
import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from companies.duplicates import Candidate, Pair, duplicates
from companies.expecting import misses
from companies.research import is_research

_MONTH = 31


@dataclass(frozen=True, slots=True)
class Title:
    """A title with what a person said of it; `doubt` where another person might say otherwise."""

    company: str
    title: str
    research: bool
    doubt: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """How the filter did on so many titles: which share of what it took was right, and which of the right it took."""

    n: int
    research: int
    precision: float
    recall: float
    wrong: tuple[Title, ...]


def judged(titles: Iterable[Title]) -> Judged:
    """Compare the filter with the labels; a share of nothing is 1."""
    rows = list(titles)
    taken = {row for row in rows if is_research(row.title)}
    right = {row for row in rows if row.research}
    both = len(taken & right)
    return Judged(
        n=len(rows),
        research=len(right),
        precision=both / len(taken) if taken else 1.0,
        recall=both / len(right) if right else 1.0,
        wrong=tuple(row for row in rows if row in taken ^ right),
    )


@dataclass(frozen=True, slots=True)
class Doubles:
    """The pairs found among so many companies, by name, and how many of them a person calls one company."""

    n: int
    pairs: tuple[tuple[str, str, Pair], ...]
    same: int


def doubles(companies: Mapping[str, Iterable[str]], same: Iterable[frozenset[str]]) -> Doubles:
    """Search companies by name and links of postings, and compare with the pairs that are one."""
    names = dict(enumerate(sorted(companies)))
    found = duplicates(Candidate(pk, name, postings=tuple(companies[name])) for pk, name in names.items())
    pairs = tuple((names[pair.one], names[pair.other], pair) for pair in found)
    known = set(same)
    return Doubles(len(names), pairs, sum(frozenset({one, other}) in known for one, other, _ in pairs))


@dataclass(frozen=True, slots=True)
class Foresight:
    """How well the last year was expected, in days: the middle error, and that of 1 October for everybody."""

    n: int
    error: float
    error_of_usual: float
    within_month: int


def foresight(histories: Iterable[Mapping[int, dt.date]]) -> Foresight | None:
    """Measure on all histories of two years or more; None without any."""
    found = misses(histories)
    if not found:
        return None
    return Foresight(
        n=len(found),
        error=statistics.median(abs(miss.days) for miss in found),
        error_of_usual=statistics.median(abs(miss.days_of_usual) for miss in found),
        within_month=sum(abs(miss.days) <= _MONTH for miss in found),
    )
