"""A paper as it was read, and what could not be. Pure."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

MOST_AUTHORS = 300
MOST_PROBLEMS = 100
LONGEST_TITLE, LONGEST_VENUE, LONGEST_NAME, LONGEST_URL = 500, 300, 160, 2_000

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]+")
_COMBINING = re.compile(r"[\u0300-\u036f]+")
_APART = re.compile(r"[\W_]+")
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody who wrote a paper; a group, or whoever has one name, has no given one."""

    family: str
    given: str = ""
    affiliation: str = ""

    @property
    def name(self) -> str:
        """The name as it is said."""
        return f"{self.given} {self.family}".strip()[:LONGEST_NAME].strip()

    @property
    def key(self) -> str:
        """Family name and first initial without accents and case, so that "J. Müller" and "Jörg Muller" share it."""
        return f"{_bare(self.family)[:LONGEST_NAME]} {_bare(self.given)[:1]}".strip()


@dataclass(frozen=True, slots=True)
class Work:
    """One paper; `line` is where it begins in what was pasted."""

    title: str
    authors: tuple[Author, ...] = ()
    venue: str = ""
    year: int | None = None
    doi: str = ""
    arxiv: str = ""
    url: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read: the line, and a sentence that says why."""

    line: int
    reason: str


@dataclass(slots=True)
class Reading:
    """What was read, in order, and what was not; of many problems the first hundred, with the number of others."""

    works: list[Work] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unsaid: int = 0

    def is_full(self, most: int) -> bool:
        """Say whether so many works were read, or twice as many things looked at."""
        return len(self.works) >= most or len(self.works) + len(self.problems) + self.unsaid >= 2 * most

    def refuse(self, line: int, reason: str) -> None:
        """Note that something could not be read."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(line, reason))
        else:
            self.unsaid += 1


def kept(text: str, longest: int) -> str:
    """Return a text as it is kept: composed letters, single spaces, nothing that the database refuses."""
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFC", _CONTROL.sub(" ", text))
    return " ".join(text.split())[:longest].strip()


def year_in(text: str) -> int | None:
    """Return the first year from 1800 to 2099 that a text names."""
    found = _YEAR.search(text)
    return int(found[0]) if found else None


def distinct(authors: list[Author]) -> tuple[Author, ...]:
    """Return each author once: "J. Müller" beside "Jörg Müller" is the same, under the fuller name."""
    found: list[Author] = []
    places: dict[str, list[int]] = {}
    for author in authors[:MOST_AUTHORS]:
        if not author.family:
            continue
        alike = places.setdefault(author.key, [])
        known = next((place for place in alike if _may_be(found[place], author)), None)
        if known is None:
            alike.append(len(found))
            found.append(author)
        elif len(author.given) > len(found[known].given):
            found[known] = author
    return tuple(found)


def _may_be(one: Author, other: Author) -> bool:
    """Say whether two of one key are one person under initials: no given name stands against another."""
    names = zip(_given(one), _given(other), strict=False)
    return all(a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]) for a, b in names)


def _given(author: Author) -> list[str]:
    return _bare(author.given.replace(".", ". ").replace("-", " ")).split()


@lru_cache(maxsize=20_000)
def _bare(name: str) -> str:
    plain = name if name.isascii() else _COMBINING.sub("", unicodedata.normalize("NFKD", name))
    return _APART.sub(" ", plain.casefold()).strip()
