"""What the header shows to those who keep the list."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from companies.queries.proposals import waiting_counts


def waiting(request: HttpRequest) -> dict[str, object]:
    """Return how much waits for a decision: asked once, and only when a page of a curator shows it."""
    user = getattr(request, "user", None)
    keeps = user is not None and user.is_authenticated and (user.is_curator or user.is_superuser)
    return {"waiting": SimpleLazyObject(waiting_counts)} if keeps else {}
