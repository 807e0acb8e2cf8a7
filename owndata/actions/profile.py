"""Takes from an archive what a person says about themselves; address and roles are those of the account."""

from collections.abc import Mapping, Sequence
from typing import Any

from accounts.models import User
from accounts.portable import PROFILE
from owndata.actions.columns import read_column
from owndata.archive import BadArchiveError

_TAKEN = ("name", "time_zone", "theme", "shortcuts", "phd_started_on")


def take_profile(person: User, rows: Sequence[Mapping[str, Any]]) -> None:
    """Save name, zone, look and the start of the PhD, as far as they are there."""
    said = rows[0] if rows else {}
    try:
        facts = {name: read_column(PROFILE.column(name), said[name]) for name in _TAKEN if name in said}
    except BadArchiveError as error:
        raise BadArchiveError(f"profile: {error}.") from None
    if facts:
        User.objects.filter(pk=person.pk).update(**facts)
