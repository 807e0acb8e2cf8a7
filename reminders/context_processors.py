"""What the header of every page shows of the reminders."""

from django.http import HttpRequest


def bell(request: HttpRequest) -> dict[str, object]:
    """Return nothing yet."""
    return {}
