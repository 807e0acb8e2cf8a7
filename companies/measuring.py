"""How good the list's own judgements are, measured against what people said. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from companies.research import is_research


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
