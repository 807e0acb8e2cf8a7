"""What is said after a change: a toast with its way back, for parts swapped by htmx and for whole pages alike."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse

from applications.models import Undo


def undo_url(undo: Undo | None) -> str:
    """Return where to post to take a change back; nothing when nothing changed."""
    return reverse("applications:undo", args=[undo.public_id]) if undo else ""


def tell(
    request: HttpRequest,
    text: str,
    *,
    undo: Undo | None = None,
    open_url: str = "",
    more_url: str = "",
    more_label: str = "",
) -> None:
    """Say it on the next page, with Undo, Open and a link of another name where they are given."""
    urls = {"undo": undo_url(undo), "open": open_url, "more": more_url, "label": more_label}
    messages.success(request, text, extra_tags=urlencode({name: url for name, url in urls.items() if url}))
