"""The tags a student has used."""

from accounts.models import User
from applications.models import MINE
from applications.queries.sql import fetch

_TAGS = f"SELECT DISTINCT unnest(a.tags) AS tag FROM applications_application a WHERE {MINE} ORDER BY tag LIMIT 200"  # noqa: S608


def known_tags(student: User) -> list[str]:
    """Return them in order."""
    return [tag for (tag,) in fetch(_TAGS, {"me": student.pk})]
