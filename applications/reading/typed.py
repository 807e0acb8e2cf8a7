"""What people type or paste into one box and mean as several things: tags, and the lines of a posting. Pure."""

import re
from collections.abc import Iterable

LONGEST_TAG = 40
LONGEST_LINE = 300

_BETWEEN_TAGS = re.compile(r"[,;\n]")
_BULLET = re.compile(r"^(?:[-*•·\u2013\u2014▪◦‣]+\s*|\d{1,2}[.)]\s+)+")


def read_tags(text: str) -> list[str]:
    """Return the tags in the order typed, without #; a tag counts once, in capitals or not."""
    return once(part.strip().lstrip("#") for part in _BETWEEN_TAGS.split(text))


def write_tags(tags: Iterable[str]) -> str:
    """Return tags as they are typed."""
    return ", ".join(tags)


def read_lines(text: str) -> list[str]:
    """Return the lines of a list without its bullets and numbers, each once."""
    return once(_BULLET.sub("", line.strip()) for line in text.splitlines())


def once(words: Iterable[str]) -> list[str]:
    """Return each of the words once, with single spaces; empty ones are left out."""
    found: dict[str, str] = {}
    for word in (" ".join(word.split()) for word in words):
        if word:
            found.setdefault(word.casefold(), word)
    return list(found.values())
