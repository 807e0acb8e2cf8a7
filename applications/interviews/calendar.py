"""An interview round as an entry of a calendar: the same one in the file of a round and in the feed. Pure."""

import datetime as dt
from zoneinfo import ZoneInfo

from applications.interviews.rounds import Slot
from tracker.lib.ical import Entry

USUAL_LENGTH = dt.timedelta(hours=1)


def round_entry(
    slot: Slot, *, uid: str, sequence: int, stamped: dt.datetime, kind: str, company: str, is_off: bool
) -> Entry:
    """Return title and time, on the clock of the invitation; without a time the day as a whole.

    The slot has a day. What a calendar is told beyond that is added by whoever may tell it.
    """
    begins, ends = _times(slot)
    return Entry(
        uid=uid,
        sequence=sequence,
        stamped=stamped,
        title=f"Interview: {_within(kind)}, {company}",
        begins=begins,
        ends=ends,
        is_off=is_off,
    )


def _times(slot: Slot) -> tuple[dt.date, dt.date]:
    if slot.starts_at is None:
        day = slot.on or dt.date.max
        return day, day
    zone = ZoneInfo(slot.zone)
    length = dt.timedelta(minutes=slot.minutes) if slot.minutes else USUAL_LENGTH
    return slot.starts_at.astimezone(zone), (slot.starts_at + length).astimezone(zone)


def _within(kind: str) -> str:
    """Return a label as it reads within a title: research discussion, ML fundamentals."""
    return kind if kind[:2].isupper() else kind[:1].lower() + kind[1:]
