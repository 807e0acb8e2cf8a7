"""Opens, renews and shuts the address of a person's calendar feed."""

import datetime as dt
import secrets

from accounts.models import User
from reminders.models import CalendarFeed
from reminders.models.feed import hash_token

_BYTES = 32


def open_feed(*, by: User, at: dt.datetime) -> str:
    """Return a new secret, which is kept nowhere; from now on the former one opens nothing."""
    token = secrets.token_urlsafe(_BYTES)
    CalendarFeed.objects.update_or_create(person=by, defaults={"token_hash": hash_token(token), "made_at": at})
    return token


def shut_feed(*, by: User) -> None:
    """End the feed; shutting it twice is shutting it once."""
    CalendarFeed.objects.filter(person=by).delete()
