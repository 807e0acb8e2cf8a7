"""Reads a mail that is pasted into the timeline: of which step it tells, on which day, about which company. Pure.

It only ever suggests. A sentence that says what would be ("if your profile fits, we will invite you") tells of nothing,
nor does one that is quoted from an earlier mail. The time grows with the text, of which no more than a part is read.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from applications.reading import mail_words as words
from applications.reading.mail_days import day_in_header
from applications.stage import Outcome, Stage
from companies.naming import match_key

_LONGEST = 20_000
_SHORTEST = 40
"""Shorter than that it is a line of the student's own, not a mail."""
_SENTENCE_MOST = 600
_NAME_LEAST, _NAME_WORDS = 3, 6

_GREETING = re.compile(r"^\W{0,3}(?:dear|hi|hello|hey|good (?:morning|afternoon|evening))\b.{0,60}$", re.IGNORECASE)
_HEADER = re.compile(r"^\W{0,3}(?:from|sent|date|to|cc|subject|reply-to)\W{0,3}:", re.IGNORECASE)
_ANSWERED = re.compile(r"^\W{0,3}(?:on\b.{4,160}\bwrote:|-{2,} ?original message ?-{2,})\s*$", re.IGNORECASE)
_ENDS = re.compile(r"(?<=[.!?])\s+|\n{2,}|\n(?= ?[-*\u2022])")
_APART = re.compile(r"[^\w]+|_+")

_STEPS = (
    (words.GONE, f"{Stage.CLOSED}:{Outcome.ROLE_CLOSED}"),
    (words.NO, f"{Stage.CLOSED}:{Outcome.NOT_THIS_TIME}"),
    (words.OFFER, Stage.OFFER.value),
    (words.TALK, Stage.INTERVIEWING.value),
    (words.SENT, Stage.APPLIED.value),
)
"""The first that any sentence tells of counts: a refusal often thanks for an interview, hardly ever the other way."""


@dataclass(frozen=True, slots=True)
class Mail:
    """What a text reads like; `step` is one of ENTRY_CHOICES or nothing, `on` the day of its header if it has one."""

    step: str = ""
    on: date | None = None
    is_mail: bool = False


def read_mail(text: str, *, on: date) -> Mail:
    """Return what a pasted text reads like to somebody who reads it on this day."""
    lines = text[:_LONGEST].splitlines()
    if len(text.strip()) < _SHORTEST:
        return Mail()
    newest = _newest(lines)
    return Mail(_step(_own_words(newest)), day_in_header(newest, on=on), any(map(_is_of_mail, lines)))


def companies_named(text: str, names: Iterable[str]) -> list[str]:
    """Return which of these companies a text names, in a sentence or in an address, however it spells them."""
    keys = {key: name for name in names if len(key := match_key(name)) >= _NAME_LEAST}
    spelt = [word for word in _APART.split(_plain(text[:_LONGEST])) if word]
    found = set()
    for start in range(len(spelt)):
        for end in range(start + 1, min(start + _NAME_WORDS, len(spelt)) + 1):
            found.add("".join(spelt[start:end]))
    return [name for key, name in keys.items() if key in found]


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.replace("&", " and ")).casefold()
    return "".join(c for c in apart if not unicodedata.combining(c)).replace("'", "").replace("\u2019", "")


def _is_of_mail(line: str) -> bool:
    return bool(_GREETING.match(line) or _HEADER.match(line))


def _newest(lines: Sequence[str]) -> Sequence[str]:
    """Leave out the mail that was answered; where nothing else is there, that one is meant."""
    ends = next((number for number, line in enumerate(lines) if _ANSWERED.match(line[:200])), len(lines))
    return lines[:ends] if any(map(str.strip, lines[:ends])) else lines


def _own_words(lines: Sequence[str]) -> list[str]:
    """Leave out what is quoted, and the header but for its subject."""
    said = [line for line in lines if not _HEADER.match(line) or line.lower().lstrip().startswith("subject")]
    own = [line for line in said if not line.lstrip().startswith(">")]
    return own if any(map(str.strip, own)) else [line.lstrip("> ") for line in said]


def _step(lines: Sequence[str]) -> str:
    told = list(_sentences(lines))
    for pattern, step in _STEPS:
        if any(pattern.search(one) and not _is_idle(one, step) for one in told):
            return step
    return ""


def _is_idle(sentence: str, step: str) -> bool:
    """Say whether a sentence with the words of a step tells of none all the same."""
    if words.WOULD_BE.search(sentence):
        return True
    closes = step.startswith(Stage.CLOSED)
    return bool((words.MOVED if closes else words.AS_A_RULE).search(sentence))


def _sentences(lines: Sequence[str]) -> Iterator[str]:
    """Yield what is said, in lower case, each on one line."""
    text = "\n".join(" ".join(line.split()) for line in lines).lower().replace("\u2019", "'")
    parts = (" ".join(part.split())[:_SENTENCE_MOST] for part in _ENDS.split(text))
    yield from filter(None, parts)
