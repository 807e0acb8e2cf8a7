"""What the header of every page shows of the reminders."""

from django.http import HttpRequest
from django.utils.functional import cached_property

from accounts.models import User
from reminders.queries import unread_count


class Bell:
    """The bell of one page: counts once, and only when a page shows it."""

    def __init__(self, user: User) -> None:
        """Keep whose bell it is."""
        self._user = user

    @cached_property
    def unread(self) -> int:
        """How many notices are unread."""
        return unread_count(self._user)


def bell(request: HttpRequest) -> dict[str, object]:
    """Return the bell of whoever is signed in; error pages have no user."""
    user = getattr(request, "user", None)
    return {"bell": Bell(user)} if user is not None and user.is_authenticated else {}
