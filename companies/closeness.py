"""Which texts are close to what somebody works on, and by which words: BM25 over an inverted index. Pure.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009. A weight orders texts for one
person; it says nothing of that person, and is never shown.
"""

import heapq
import math
import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

_K1, _B = 1.2, 0.75
_MOST_TERMS = 80
"""Of a long text only the words that tell most are compared, so that the time does not grow with it."""
_WORDS_SHOWN = 4
_WORD = re.compile(r"[a-z0-9]+")
_SHORTEST = 3
_KNOWN_SHORT = frozenset("3d ai cv ml nlp rl".split()) - {"ai", "ml", "cv"}

# Words that every posting or abstract has, and so tell nothing of research.
_COMMON = frozenset(
    "about above academic across after all also although among and any applied approach are around art associate based "
    "because been before being between both but can candidate center centre company could data department des der die "
    "does each either engineer engineering etc existing experience few first for found from full further given group "
    "has have her here how however http https industry intern interns internship internships into its join lab labs "
    "large late less like machine made make many may method methods model models more most much must need new non not "
    "novel off often one only open opportunity other our out over paper papers part per phd position postdoc present "
    "problem problems program programme project proposed provide recent research researcher result results role same "
    "scientist see several show shown shows since some state student students study such summer system systems task "
    "tasks team than that the their them then there these they this those three through time two under understanding "
    "use used user using very via was way well were what when where which while who will winter with within without "
    "work working works world would year years you your learning intelligence artificial university spring fall "
    "autumn".split()
)


def terms_of(text: str) -> Counter[str]:
    """Return the words of a text and the pairs of neighbours, with how often each stands there.

    A pair may hold one word that alone tells nothing: "language model", "graph learning".
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    found: Counter[str] = Counter()
    for piece in re.split(r"[.,;:!?()\[\]{}|/\n]+", plain):
        words = _WORD.findall(piece)
        found.update(_root(word) for word in words if _tells(word))
        found.update(f"{_root(a)} {_root(b)}" for a, b in pairwise(words) if _tells(a) or _tells(b) if _pairs(a, b))
    return found


def _tells(word: str) -> bool:
    return word in _KNOWN_SHORT or (len(word) >= _SHORTEST and word not in _COMMON and not word.isdigit())


_GLUE = frozenset(
    "and are but can for from has have into its not our out over per some such than that the their then these they "
    "this those through use used using very via was well were which while who will with within without you your".split()
)


def _pairs(one: str, other: str) -> bool:
    """Say whether two neighbours can be one expression: neither is a small word or a number."""
    return all(len(word) >= _SHORTEST and word not in _GLUE and not word.isdigit() for word in (one, other))


def _root(word: str) -> str:
    """Take plural endings off: "policies" and "policy", "networks" and "network" are one."""
    if len(word) > 4 and word.endswith("ies"):  # noqa: PLR2004 - "ties" is no plural of "ty"
        return f"{word[:-3]}y"
    plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))  # noqa: PLR2004
    return word[:-1] if plural else word


@dataclass(frozen=True, slots=True)
class Match:
    """One text that is close: its number, a weight that orders, and the words that made it so, the strongest first."""

    number: int
    weight: float
    words: tuple[str, ...]


class Index:
    """Texts by number, ready to be compared; adding one again replaces it."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self._where: dict[str, tuple[array[int], array[int]]] = {}
        # By row, of which each put makes one: whose it is, and its terms; None for what was replaced.
        self._number: list[int] = []
        self._terms: list[Counter[str] | None] = []
        self._row: dict[int, int] = {}
        self._norms: list[float] = []

    def __len__(self) -> int:
        """Return how many texts there are."""
        return len(self._row)

    def put(self, number: int, terms: Counter[str]) -> None:
        """Add a text, or put another in its place: what it said before is dropped."""
        self.drop(number)
        row = len(self._number)
        self._row[number] = row
        self._number.append(number)
        self._terms.append(terms)
        for term, count in terms.items():
            rows, counts = self._where.setdefault(term, (array("l"), array("l")))
            rows.append(row)
            counts.append(count)

    def drop(self, number: int) -> None:
        """Take a text away."""
        self._norms = []
        row = self._row.pop(number, None)
        if row is not None:
            self._terms[row] = None

    def closest(self, own: Counter[str], most: int) -> list[Match]:
        """Return the texts that are closest to these terms, the closest first; equal ones as they were put."""
        norms, telling = self._lengths(), self._telling(own)
        weights = [0.0] * len(self._number)
        for term, importance in telling:
            for row, count in zip(*self._where[term], strict=True):
                weights[row] += importance * count / (count + norms[row])
        close = [row for row, weight in enumerate(weights) if weight > 0]
        best = heapq.nsmallest(most, close, key=lambda row: (-weights[row], row))
        return [Match(self._number[row], weights[row], self._why(row, telling)) for row in best]

    def _lengths(self) -> list[float]:
        """Return by row how much a word counts less for the length of its text; what was replaced counts nothing."""
        if not self._norms:
            lengths = [None if terms is None else sum(terms.values()) for terms in self._terms]
            mean = max(1.0, sum(filter(None, lengths)) / max(1, len(self._row)))
            self._norms = [math.inf if n is None else _K1 * (1 - _B + _B * n / mean) for n in lengths]
        return self._norms

    def _telling(self, own: Counter[str]) -> list[tuple[str, float]]:
        """Return the terms that tell most, with their importance: rare in the list, frequent in one's own text."""
        known = len(self._row)
        found = []
        for term, count in own.items():
            if term in self._where:
                often = min(len(self._where[term][0]), known)
                rarity = math.log(1 + (known - often + 0.5) / (often + 0.5))
                found.append(((_K1 + 1) * rarity * (1 + math.log(count)), term))
        return [(term, importance) for importance, term in sorted(found, reverse=True)[:_MOST_TERMS]]

    def _why(self, row: int, telling: Sequence[tuple[str, float]]) -> tuple[str, ...]:
        terms, norm = self._terms[row] or Counter(), self._norms[row]
        return _strongest(
            [(weight * terms[term] / (terms[term] + norm), term) for term, weight in telling if terms[term]]
        )


def _strongest(parts: Sequence[tuple[float, str]]) -> tuple[str, ...]:
    """Return the words that weigh most; a pair says its words already."""
    chosen: list[str] = []
    for _part, term in sorted(parts, key=lambda one: (-one[0] * (1 + (" " in one[1])), one[1])):
        if not any(_within(term, other) for other in chosen):
            chosen.append(term)
    return tuple(chosen[:_WORDS_SHOWN])


def _within(term: str, other: str) -> bool:
    return set(term.split()) <= set(other.split()) or set(other.split()) <= set(term.split())


def weigh(*parts: tuple[str | Iterable[str], int]) -> Counter[str]:
    """Join texts to the terms of one, each counted so many times: topics that a person names say more than prose."""
    joined: Counter[str] = Counter()
    for texts, times in parts:
        for text in [texts] if isinstance(texts, str) else texts:
            for term, count in terms_of(text).items():
                joined[term] += count * times
    return joined
