"""Wall times and zones as they come, and an oracle for the instants they name that knows nothing of the product."""

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from tracker.lib.clock import zone_choices

ZONES = [zone for zone, _ in zone_choices()]
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2037, 12, 31))
TIMES = st.times().map(lambda time: time.replace(second=0, microsecond=0))


def candidates(wall: dt.datetime, zone: ZoneInfo) -> list[dt.datetime]:
    """Every UTC instant whose local time is this wall time, found by trying each offset in use around it."""
    around = [wall.replace(tzinfo=dt.UTC) + dt.timedelta(hours=hours) for hours in range(-36, 37, 6)]
    offsets = {moment.astimezone(zone).utcoffset() for moment in around}
    tries = {(wall - offset).replace(tzinfo=dt.UTC) for offset in offsets}
    return sorted(moment for moment in tries if moment.astimezone(zone).replace(tzinfo=None) == wall)
