"""The day of the one follow-up. Pure."""

import datetime as dt
from collections.abc import Sequence
from functools import partial

from applications.season.weeks import working_days_after
from outreach.choices import unanswered
from outreach.free_days import is_free


def follow_up_day(said: Sequence[tuple[str, dt.date]], country: str, working_days: int) -> dt.date | None:
    """Return the day on which to write once more: so many working days after a message that stands alone unanswered.

    said: kind and day of what was said, the newest first. country: whose public holidays are none of the days; its
    code, or nothing.
    """
    if unanswered(kind for kind, _ in said) != 1:
        return None
    return working_days_after(said[0][1], working_days, partial(is_free, country))
