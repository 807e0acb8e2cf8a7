"""Follows links from page to page as one person, and keeps an address of each kind of page."""

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

from accounts.models import User

ELSEWHERE = ("/manage/", "/static/", "/media/")
"""Not ours: Django's admin has pages and styles of its own."""
STATES = {"applications:detail": 3, "applications:welcome": 4, "supervision:application": 2, "companies:postings": 2}
"""How many of a kind are kept; one, unless its pages look different from each other."""
HTML = "text/html; charset=utf-8"
_walked: dict[tuple[str, str], dict[str, str]] = {}


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href")
        if tag == "a" and href:
            self.found.append(href)


def links(html: str, base: str) -> Iterator[str]:
    """Yield the addresses on this site that a page links to, without what follows #."""
    reader = _Links()
    reader.feed(html)
    for href in reader.found:
        parts = urlsplit(urljoin(f"http://testserver{base}", href))
        if parts.netloc == "testserver" and parts.scheme == "http" and not parts.path.startswith(ELSEWHERE):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def kind_of(path: str) -> str:
    """Return the name of the view behind an address; the address itself where there is none."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return path


def crawl(client: Client, start: str = "/") -> dict[str, str]:
    """Return address -> HTML of every kind of page that can be reached; any answer but 200 is an error."""
    seen: dict[str, int] = {}
    pages: dict[str, str] = {}
    waiting = [start]
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(path)
        if path in pages or seen.get(kind, 0) >= STATES.get(kind, 1):
            continue
        seen[kind] = seen.get(kind, 0) + 1
        answer = client.get(path, follow=True)
        assert answer.status_code == 200, f"{path} answers {answer.status_code}"
        if answer.headers["Content-Type"] != HTML:
            continue
        if answer.redirect_chain:
            to = answer.redirect_chain[-1][0]
            waiting[:0] = [] if to.startswith(ELSEWHERE) else [to]
            continue
        pages[path] = answer.content.decode()
        waiting.extend(links(pages[path], path))
    return pages


def pages_of(person: User, start: str = "/") -> dict[str, str]:
    """Return what `crawl` finds for somebody of a fresh demo, once: its copies are alike, ids included."""
    kept = (person.public_id, start)
    if kept not in _walked:
        client = Client()
        client.force_login(person)
        _walked[kept] = crawl(client, start)
    return _walked[kept]
