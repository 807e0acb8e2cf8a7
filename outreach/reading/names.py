"""Takes lists of authors apart, as BibTeX, RIS and people write them. Pure."""

import re
from functools import lru_cache

from outreach.reading.latex import decode
from outreach.reading.work import LONGEST_NAME, Author, distinct, kept

_TOKEN = re.compile(r"\\[A-Za-z]+\s*|\\.|[{}]|\s+and\s+|,|\s+", re.DOTALL | re.IGNORECASE)
_OTHERS = {"others", "et al", "et al.", ""}
_TITLES = re.compile(r"^(?:(?:dr|prof|professor|mr|mrs|ms|mx)\.?\s+)+", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|ph\.?d|md)\.?", re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:;|\n|\s+(?:and|&)\s+|,\s*(?:and|&)\s+)\s*")
_MARKER = re.compile(r"[*\u2020\u2021\u00a7\u00b9\u00b2\u00b3\u2070-\u2079]+|(?<=[^\W\d])\d+(?:,\d+)*$")


def bibtex_names(value: str) -> tuple[Author, ...]:
    """Return the authors of a field; braces keep words together, "others" is nobody."""
    return distinct([one for parts in _people(value) if (one := _person(parts)) is not None])


def listed_names(text: str) -> tuple[Author, ...]:
    """Return the authors of a line that people wrote: "A. Bee, C. Dee and E. Eff", or "Bee, A.; Dee, C."."""
    chunks = [chunk for chunk in _LISTED.split(text.strip()) if chunk]
    found: list[Author] = []
    for chunk in chunks:
        pieces = [_bare(piece) for piece in chunk.split(",")]
        inverted = ";" in text or (len(pieces) == 2 and " " not in pieces[0] and len(chunks) != 1)  # noqa: PLR2004
        found += [one_name(", ".join(pieces))] if inverted else [one_name(piece) for piece in pieces]
    return distinct(found)


def one_name(text: str) -> Author:
    """Return one author of a plain name: "Bee, Ann", "Ann van der Bee", "Madonna"."""
    words = kept(_TITLES.sub("", decode(text).strip()), LONGEST_NAME)
    if words.casefold() in _OTHERS:
        return Author("")
    family, comma, given = words.partition(",")
    if comma:
        parts = [part.strip() for part in given.split(",")]
        return Author(family.strip(), next((part for part in parts if part and not _SUFFIX.fullmatch(part)), ""))
    return _in_order(words.split())


def _bare(name: str) -> str:
    """Return a name without the footnote marks that stand behind it on a paper."""
    return _MARKER.sub("", name.strip()).strip()


def _people(value: str) -> list[list[list[str]]]:
    """Split at "and" outside braces; of each person the parts between commas, and of each part the words."""
    people: list[list[list[str]]] = [[[]]]
    depth, begun = 0, 0

    def end_word(at: int) -> None:
        word = value[begun:at].strip()
        if word and word.lower() != "and":
            people[-1][-1].append(_decoded(word))

    for found in _TOKEN.finditer(value):
        mark = found[0]
        depth += {"{": 1, "}": -1}.get(mark, 0)
        if depth <= 0 and mark[0] not in "\\{}":
            end_word(found.start())
            begun = found.end()
            if mark == ",":
                people[-1].append([])
            elif mark.strip():
                people.append([[]])
    end_word(len(value))
    return people


def _person(parts: list[list[str]]) -> Author | None:
    said = [" ".join(words).strip() for words in parts]
    if len(said) > 1 and said[0]:
        given = next((part for part in said[1:] if part and not _SUFFIX.fullmatch(part)), "")
        return Author(kept(said[0], LONGEST_NAME), kept(given, LONGEST_NAME))
    if said[0].casefold() in _OTHERS:
        return None
    return _in_order(parts[0])


_decoded = lru_cache(maxsize=20_000)(decode)


def _in_order(words: list[str]) -> Author:
    """Return who "First von Last" is: small words begin the family name; what braces held together is one word."""
    plain = [word for word in words if word]
    if not plain:
        return Author("")
    while len(plain) > 1 and _SUFFIX.fullmatch(plain[-1]):
        plain.pop()
    small = next((place for place, word in enumerate(plain[:-1]) if place and word[:1].islower()), len(plain) - 1)
    return Author(kept(" ".join(plain[small:]), LONGEST_NAME), kept(" ".join(plain[:small]), LONGEST_NAME))
