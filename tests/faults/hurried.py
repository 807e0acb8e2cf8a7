"""The product's settings with short waits, for its own processes in the tests of faults: the code is the same."""

import datetime as dt

from tracker.schedule import BEAT
from tracker.settings import *  # noqa: F403 - all of them

WAYMARK_LEASE = dt.timedelta(seconds=6)
WAYMARK_RETRY_AFTER_MINUTES = (0.02, 0.05)
BEAT["tick"]["schedule"] = 1.0
