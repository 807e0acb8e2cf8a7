"""Figures of many students about one company: said only where no single student shows through. Pure.

From five students on a band of how many; all else from ten, shares to the nearest ten per cent. What was published
stays as it is until the records of at least five students differ, so that neither two weeks nor two views tell of one.
Rounded in the manner of official statistics of the United Kingdom.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median_low
from typing import Any

from applications.insights.replies import Wait, median
from tracker.lib.dates import MONTHS

FEW, ENOUGH, REPLIES = 5, 10, 8
"""Students from whom on a band is said; students for all else; answers for the middle of how long they took."""
_BANDS = ((20, "20 or more"), (10, "10 to 19"), (5, "5 to 9"))
_WEEK = 7
WORDING = "2026-11"
"""Which wording of the consent somebody agreed to."""


@dataclass(frozen=True, slots=True)
class Record:
    """What one student knows about one company; months are 1 to 12."""

    sent_in: frozenset[int]
    answered_in: frozenset[int] = frozenset()
    interviewed: bool = False
    rounds: int = 0
    waits: tuple[Wait, ...] = ()


def band(count: int) -> str:
    """Return "5 to 9"; nothing below five."""
    return next((words for least, words in _BANDS if count >= least), "")


def figure(records: Sequence[Record]) -> dict[str, Any] | None:
    """Return what is published of so many students, as plain data; None below five of them."""
    if len(records) < FEW:
        return None
    said: dict[str, Any] = {"students": band(len(records))}
    if len(records) < ENOUGH:
        return said
    said["interviewed"] = round(10 * sum(one.interviewed for one in records) / len(records)) * 10
    said["sent_in"] = _months(one.sent_in for one in records)
    said["answered_in"] = _months(one.answered_in for one in records)
    waits = sorted((wait for one in records for wait in one.waits), key=lambda wait: (wait.days, not wait.answered))
    middle = median(waits) if sum(wait.answered for wait in waits) >= REPLIES else None
    said["weeks"] = max(1, round(middle / _WEEK)) if middle is not None else None
    held = [one.rounds for one in records if one.rounds]
    said["rounds"] = median_low(held) if len(held) >= REPLIES else None
    return said


def may_replace(old: Mapping[str, str], new: Mapping[str, str]) -> bool:
    """Say whether what stands may be replaced: when the records of five students or more came, went or changed."""
    return sum(old.get(student) != new.get(student) for student in {*old, *new}) >= FEW


def to_fives(count: int) -> str:
    """Return a count to the nearest five, as "about 25"; "fewer than 5" below, "none" for none."""
    if count == 0:
        return "none"
    return "fewer than 5" if count < FEW else f"about {(count + 2) // 5 * 5}"


def _months(told: Iterable[frozenset[int]]) -> list[str]:
    """Return the months that five students or more name, from July on as a search goes."""
    counts = Counter(month for months in told for month in months)
    return [MONTHS[month - 1] for month in (*range(7, 13), *range(1, 7)) if counts[month] >= FEW]


def record(rows: Iterable[tuple[dt.date, dt.date | None, dt.date | None, bool, int]], *, on: dt.date) -> Record:
    """Return one student's record of one company on a day; rows: (sent, first answer, closed, interviewed, rounds)."""
    found = list(rows)
    return Record(
        sent_in=frozenset(sent.month for sent, *_ in found),
        answered_in=frozenset(answered.month for _, answered, *_ in found if answered),
        interviewed=any(interviewed for *_, interviewed, _ in found),
        rounds=max((rounds for *_, rounds in found), default=0),
        waits=tuple(
            Wait(max(0, ((answered or closed or on) - sent).days), answered=answered is not None)
            for sent, answered, closed, *_ in found
        ),
    )
