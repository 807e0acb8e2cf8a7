"""Whether an application waits for a referral, and why it waits no longer. Pure."""

import datetime as dt
from dataclasses import dataclass

from tracker.lib.dates import short_day

NONE, ASKED, REFERRED, DECLINED = "none", "asked", "referred", "declined"
_ANSWERED = {REFERRED, DECLINED}


@dataclass(frozen=True, slots=True)
class Referral:
    """How it stands with a referral; `hold_until` is the last day on which a hold waits for it, if it has one."""

    way_in: str
    referrer: str = ""
    on_hold: bool = False
    hold_until: dt.date | None = None

    def is_released(self, on: dt.date) -> bool:
        """Say whether it was held back and need not be any longer: there is an answer, or the last day is over."""
        over = self.hold_until is not None and self.hold_until < on
        return self.on_hold and (self.way_in in _ANSWERED or over)

    def waits(self, on: dt.date) -> bool:
        """Say whether it is held back still."""
        return self.on_hold and not self.is_released(on)

    @property
    def words(self) -> str:
        """Say what came of it, and what to do: for one that is released."""
        if self.way_in == REFERRED:
            return f"{self.referrer} referred you: submit now." if self.referrer else "You are referred: submit now."
        if self.way_in == DECLINED:
            return f"{self.referrer or 'The answer'} {'declined' if self.referrer else 'was no'}: apply directly."
        until = f" by {short_day(self.hold_until)}" if self.hold_until else ""
        return f"No answer{f' of {self.referrer}' if self.referrer else ''}{until}: apply directly."


NO_REFERRAL = Referral(NONE)

RELEASED = "a.on_hold AND (a.way_in IN ('referred', 'declined') OR a.hold_until < %(on)s)"
"""The same of `is_released` in SQL: `a` is the application."""
