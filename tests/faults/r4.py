"""R4: the right instant. Any wall time in any zone is due at its first instant; one that does not exist, not early."""

import datetime as dt
from collections import Counter
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.faults.table import Row
from tests.instants import DAYS, TIMES, ZONES, candidates

_DAY = dt.timedelta(days=1)
_YEARS = range(2024, 2030)
_SMALL_HOURS = st.times(max_value=dt.time(4)).map(lambda time: time.replace(second=0, microsecond=0))


def _turns() -> list[tuple[dt.date, str]]:
    """Return the days on which a clock is changed somewhere, and where."""
    found = []
    for zone in ZONES:
        day, before = dt.datetime(_YEARS[0], 1, 1, tzinfo=ZoneInfo(zone)), None
        while day.year in _YEARS:
            if before is not None and day.utcoffset() != before:
                found.append(((day - _DAY).date(), zone))
            before, day = day.utcoffset(), day + _DAY
    return found


def run(*, examples: int) -> Row:
    """Draw so many days, wall times, zones and offsets in days, and compare with an oracle that tries each offset."""
    seen: Counter[str] = Counter()
    wrong: list[str] = []

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.one_of(_anywhere(), _at_turns(), _at_years_end()), st.integers(-16, 1))
    def tries(wall: tuple[dt.date, dt.time, str], offset: int) -> None:
        seen["all"] += 1
        day, time, zone = wall
        _compare(day, time, zone, seen, wrong)
        _compare(day + offset * _DAY, time, zone, seen, wrong)

    tries()
    told = f"{seen['gap']:,} in gaps, {seen['fold']:,} in folds; {len(wrong)} mismatches, {seen['early']} early"
    held = {
        "no mismatch": not wrong,
        "none early": not seen["early"],
        "all were tried": seen["all"] >= examples,
        "gaps and folds were among them": bool(seen["gap"] and seen["fold"]),
    }
    return Row(
        "R4",
        f"{seen['all']:,} days, wall times and zones, each with an offset in days",
        told,
        held,
        "; ".join(wrong[:3]),
    )


def _anywhere() -> st.SearchStrategy[tuple[dt.date, dt.time, str]]:
    return st.tuples(DAYS, TIMES, st.sampled_from(ZONES))


def _at_turns() -> st.SearchStrategy[tuple[dt.date, dt.time, str]]:
    """Draw from the small hours of days on which clocks are changed: gaps and folds."""
    return st.tuples(st.sampled_from(_turns()), _SMALL_HOURS).map(lambda drawn: (drawn[0][0], drawn[1], drawn[0][1]))


def _at_years_end() -> st.SearchStrategy[tuple[dt.date, dt.time, str]]:
    days = [dt.date(year, 12, 31) for year in _YEARS] + [dt.date(year, 2, 28) for year in _YEARS]
    return st.tuples(st.sampled_from(days), TIMES, st.sampled_from(["Etc/GMT+12", "Pacific/Kiritimati", *ZONES]))


def _compare(day: dt.date, time: dt.time, zone: str, seen: Counter[str], wrong: list[str]) -> None:
    from reminders import days

    found, wall, tz = days.wall(day, time, zone), dt.datetime.combine(day, time), ZoneInfo(zone)
    real = candidates(wall, tz)
    seen["fold"] += len(real) > 1
    if real:
        seen["early"] += found < real[0]
        if found != real[0]:
            wrong.append(f"{wall} {zone}: {found}, not {real[0]}")
        return
    seen["gap"] += 1
    local = found.astimezone(tz).replace(tzinfo=None)
    just_before = (found - (local - wall) - dt.timedelta(minutes=1)).astimezone(tz).replace(tzinfo=None)
    seen["early"] += local <= wall
    if not just_before < wall < local:
        wrong.append(f"{wall} {zone}, which does not exist: {found}")
