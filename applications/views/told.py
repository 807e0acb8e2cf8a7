"""What is said after a change: a toast with its way back, for parts swapped by htmx and for whole pages alike."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse

from applications.models import Undo


def undo_url(undo: Undo | None, *, back: str = "") -> str:
    """Return where to post to take a change back, and where that leads; nothing when nothing changed."""
    if not undo:
        return ""
    url = reverse("applications:undo", args=[undo.public_id])
    return f"{url}?{urlencode({'next': back})}" if back else url


def tell(
    request: HttpRequest,
    text: str,
    *,
    undo: Undo | None = None,
    back: str = "",
    open_url: str = "",
    more_url: str = "",
    more_label: str = "",
) -> None:
    """Say it on the next page, with Undo (which leads `back`), Open and a link of another name where they are given."""
    urls = {"undo": undo_url(undo, back=back), "open": open_url, "more": more_url, "label": more_label}
    messages.success(request, text, extra_tags=urlencode({name: url for name, url in urls.items() if url}))
