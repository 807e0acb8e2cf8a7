"""What the header of every page shows of the reminders."""

import datetime as dt

from django.http import HttpRequest
from django.utils.functional import cached_property

from accounts.models import User
from reminders.models import DAYS
from reminders.queries import Rings, rings
from tracker.lib import clock


class Bell:
    """The bell of one page, and the pause of e-mail: asked once, and only when a page shows it."""

    def __init__(self, user: User) -> None:
        """Keep whose bell it is."""
        self._user = user

    @property
    def unread(self) -> int:
        """How many notices are unread."""
        return self._rings.unread

    @property
    def paused_until(self) -> dt.date | None:
        """The first day with e-mail again; None while nothing rests."""
        until = self._rings.paused_until
        return until if until and clock.today(self._user) < until else None

    @property
    def weekly_days(self) -> list[tuple[int, str, bool]]:
        """The days of the week, and which of them the weekly plan comes on."""
        chosen = self._rings.weekly_day or 0
        return [(number, name, number == chosen) for number, name in DAYS]

    @cached_property
    def _rings(self) -> Rings:
        return rings(self._user)


def bell(request: HttpRequest) -> dict[str, object]:
    """Return the bell of whoever is signed in; error pages have no user."""
    user = getattr(request, "user", None)
    return {"bell": Bell(user)} if user is not None and user.is_authenticated else {}
