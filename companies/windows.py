"""Says in words when one can apply, how sure that is, and how we know. Pure."""

import datetime as dt

from tracker.lib.clock import ANYWHERE_ON_EARTH
from tracker.lib.dates import MONTHS, full_day


def zone_words(zone: str) -> str:
    """Return "anywhere on earth (UTC-12)", "UTC" or "London time"."""
    if zone == ANYWHERE_ON_EARTH:
        return "anywhere on earth (UTC-12)"
    return zone if "/" not in zone else f"{zone.rpartition('/')[2].replace('_', ' ')} time"


def window_words(state: str, opens_on: dt.date | None, closes_on: dt.date | None, zone: str) -> str:
    """Return a sentence on the window of a cycle; expected ones are no promise and name months only."""
    if state == "closed":
        return f"Closed on {full_day(closes_on)}, {zone_words(zone)}." if closes_on else "Closed."
    if state == "expected":
        return _expected(opens_on, closes_on)
    if opens_on and closes_on:
        return f"Opens on {full_day(opens_on)} and closes on {full_day(closes_on)}, {zone_words(zone)}."
    if closes_on:
        return f"Closes on {full_day(closes_on)}, {zone_words(zone)}."
    if opens_on:
        return f"Opens on {full_day(opens_on)}, {zone_words(zone)}. No closing day is stated."
    return "Confirmed, without days."


def _expected(opens_on: dt.date | None, closes_on: dt.date | None) -> str:
    said = [
        f"{verb} in {MONTHS[day.month - 1]} {day.year}"
        for verb, day in (("open", opens_on), ("close", closes_on))
        if day
    ]
    if not said:
        return "Expected. No days are known yet."
    return f"Expected to {' and '.join(said)}. No day is announced yet."


def checked_words(checked_on: dt.date | None) -> str:
    """Say on which day a curator last looked at the source."""
    return f"Checked on {full_day(checked_on)}" if checked_on else "Not checked yet"


def length_words(min_weeks: int | None, max_weeks: int | None) -> str:
    """Return "12 to 16 weeks", "12 weeks", "up to 16 weeks", "12 weeks or more", or nothing."""
    if min_weeks and max_weeks:
        return f"{max_weeks} weeks" if min_weeks == max_weeks else f"{min_weeks} to {max_weeks} weeks"
    if max_weeks:
        return f"up to {max_weeks} weeks"
    return f"{min_weeks} weeks or more" if min_weeks else ""


def places_words(places: list[str], most: int = 3) -> str:
    """Return the first places and how many more there are."""
    shown = " · ".join(places[:most])
    more = len(places) - most
    return f"{shown} and {more} more" if more > 0 else shown


def doubt_words(gone_on: dt.date | None, dead_on: dt.date | None) -> str:
    """Say why a posting may not be open any more though nobody closed it; empty when nothing speaks against it."""
    if gone_on:
        return f"Its source has not had it since {full_day(gone_on)}."
    return f"Its link has led nowhere since {full_day(dead_on)}." if dead_on else ""
