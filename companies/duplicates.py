"""Finds companies that may be one, with the reasons, the surest first. Pure; curators decide, nothing is merged."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from companies.boards import read_board
from companies.links import host_of
from companies.naming import match_key

SURE, LIKELY, POSSIBLE = 3, 2, 1
_SAME_SITE, _SAME_BOARD = "the same website", "the same job board"
_SHORTEST_TYPO = 6
_MOST_OF_ONE = 12
"""A host or board that more companies share says nothing about any two of them."""

# Words that companies add to their own name in one list and leave out in another.
_ADDED = frozenset(
    "ai america analytics capital careers corporate group holding holdings international investments lab labs "
    "laboratories laboratory management motors research solutions systems tech technologies technology the usa us uk "
    "ventures".split()
)
_WORD = re.compile(r"[^\W_]+")
_IN_BRACKETS = re.compile(r"\(([^()]+)\)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One company as the search sees it: its key in the list, its names, its own pages, and links of its postings.

    A posting tells of a company by its job board alone: other links often lead through somebody else's site.
    """

    pk: int
    name: str
    aliases: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    postings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two companies that may be one, the older first; weight from 1 (possible) to 3 (sure), and why."""

    one: int
    other: int
    weight: int
    reasons: tuple[str, ...]


def duplicates(companies: Iterable[Candidate]) -> list[Pair]:
    """Return every pair with a reason; the time grows with the number of companies, not with that of pairs."""
    found: dict[tuple[int, int], list[tuple[int, str]]] = defaultdict(list)
    rows = list(companies)
    for weight, reason, groups in (
        (SURE, "one goes by the other's name", _by_name(rows)),
        (LIKELY, _SAME_SITE, _by_host(rows)),
        (LIKELY, _SAME_BOARD, _by_board(rows)),
        (LIKELY, "the same name but for a word such as Labs or Group", _by_core(rows)),
        (LIKELY, "names that differ in one letter", _by_typo(rows)),
        (POSSIBLE, "one name begins with the other", _by_beginning(rows)),
    ):
        for group in groups:
            for pair in combinations(sorted(group), 2):
                found[pair].append((weight, reason))
    boards = {row.pk: _boards(row) for row in rows}
    pairs = (_pair(one, other, why, boards) for (one, other), why in found.items())
    return sorted(pairs, key=lambda pair: (-pair.weight, -len(pair.reasons), pair.one, pair.other))


def _pair(one: int, other: int, why: list[tuple[int, str]], boards: dict[int, set[str]]) -> Pair:
    weight, reasons = max(w for w, _ in why), [reason for _, reason in why]
    links = {_SAME_SITE, _SAME_BOARD} & set(reasons)
    if links and len(links) < len(reasons):
        weight = SURE  # a parent and its daughters share a site, and hardly ever a name too
    if weight < SURE and boards[one] and boards[other] and not boards[one] & boards[other]:
        weight -= weight > POSSIBLE
        reasons.append("but each has a job board of its own")
    return Pair(one, other, weight, tuple(reasons))


def _grouped(keys: Iterable[tuple[str, int]], most: int | None = None) -> Iterator[set[int]]:
    groups: dict[str, set[int]] = defaultdict(set)
    for key, pk in keys:
        if key:
            groups[key].add(pk)
    yield from (group for group in groups.values() if 1 < len(group) <= (most or len(group)))


def _by_name(rows: list[Candidate]) -> Iterator[set[int]]:
    return _grouped((match_key(name), row.pk) for row in rows for name in _names(row))


def _names(row: Candidate) -> Iterator[str]:
    """Yield all names of a company: "Hewlett Packard (HP)" is also HP and Hewlett Packard."""
    for name in (row.name, *row.aliases):
        yield name
        inner = _IN_BRACKETS.search(name)
        if inner:
            yield inner[1]
            yield _IN_BRACKETS.sub(" ", name)


def _by_host(rows: list[Candidate]) -> Iterator[set[int]]:
    keys = ((_site(link), row.pk) for row in rows for link in row.sites if read_board(link) is None)
    return _grouped(keys, _MOST_OF_ONE)


def _site(link: str) -> str:
    """Return the host without what stands before a company's own name in it: careers.waymo.com -> waymo.com."""
    labels = host_of(link).split(".")
    while len(labels) > 2 and labels[0] in {"careers", "jobs", "apply", "work", "join", "research", "about", "en"}:  # noqa: PLR2004
        labels = labels[1:]
    return ".".join(labels)


def _by_board(rows: list[Candidate]) -> Iterator[set[int]]:
    return _grouped(((key, row.pk) for row in rows for key in _boards(row)), _MOST_OF_ONE)


def _boards(row: Candidate) -> set[str]:
    """Return the job boards on which a company's pages and postings lie."""
    boards = (read_board(link) for link in (*row.sites, *row.postings))
    return {board.keys[0] for board in boards if board}


def _by_core(rows: list[Candidate]) -> Iterator[set[int]]:
    return _grouped((" ".join(word for word in _words(row.name) if word not in _ADDED), row.pk) for row in rows)


def _by_typo(rows: list[Candidate]) -> Iterator[set[int]]:
    """Group names that become the same by leaving out at most one letter of each."""
    keys = {row.pk: match_key(row.name) for row in rows}
    groups: dict[str, set[int]] = defaultdict(set)
    for pk, key in keys.items():
        if len(key) >= _SHORTEST_TYPO:
            for left_out in {key, *(key[:n] + key[n + 1 :] for n in range(len(key)))}:
                groups[left_out].add(pk)
    seen: set[tuple[int, int]] = set()
    for group in groups.values():
        for pair in combinations(sorted(group), 2):
            if pair not in seen and keys[pair[0]] != keys[pair[1]]:
                seen.add(pair)
                yield set(pair)


def _by_beginning(rows: list[Candidate]) -> Iterator[set[int]]:
    """Pair "Samsung" with "Samsung Research America": whole words, and the shorter name is no everyday word alone."""
    whole = defaultdict(set)
    for row in rows:
        whole[tuple(_words(row.name))].add(row.pk)
    for row in rows:
        words = tuple(_words(row.name))
        for length in range(1, len(words)):
            begin = words[:length]
            if sum(map(len, begin)) >= 4 and begin in whole:  # noqa: PLR2004 - letters of the shortest telling name
                for other in whole[begin] - {row.pk}:
                    yield {row.pk, other}


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.replace("&", " and ")).casefold()
    return _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))
