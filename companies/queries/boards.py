"""Boards that postings of the list are on: each is proposed as a feed, and none is one before a curator says so."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, F, Func, Q, TextField, Value
from django.urls import reverse

from companies.boards import FEEDS, feed_address
from companies.formats import FORMATS
from companies.models import Feed, Posting


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One company's board, how many open postings of the list are on it, and the form that would make it a feed."""

    company: str
    system: str
    postings: int
    form_url: str


def boards_seen() -> list[BoardLine]:
    """Return boards that no feed reads, those with most open postings first: two queries."""
    on_a_board = Q()
    for host in FEEDS:
        on_a_board |= Q(url_key__startswith=f"{host}/")
    rows = Posting.objects.open().filter(on_a_board, is_visible=True, company__approved_at__isnull=False)
    counted = rows.annotate(host=_part(1), slug=_part(2)).values_list("host", "slug", "company__name")
    found = counted.annotate(n=Count("pk")).order_by("-n", "company__name", "slug")
    read = set(Feed.objects.exclude(url="").values_list("url", flat=True))
    lines = []
    for host, slug, company, count in found[: 2 * settings.WAYMARK_BOARDS_SHOWN]:
        address = feed_address(host, slug)
        if address and address not in read:
            lines.append(_line(company, FEEDS[host][0], address, count))
    return lines[: settings.WAYMARK_BOARDS_SHOWN]


def _part(number: int) -> Func:
    return Func(F("url_key"), Value("/"), Value(number), function="split_part", output_field=TextField())


def _line(company: str, system: str, address: str, count: int) -> BoardLine:
    label = FORMATS[system].label
    filled = {"name": f"{company}: {label}"[:120], "format": system, "url": address, "owner": company}
    return BoardLine(company, label, count, f"{reverse('companies:feed-new')}?{urlencode(filled)}")
