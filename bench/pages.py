"""The pages that are measured, each with the floor that shows the same facts."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.db.models import Count, Q
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from applications.models import Application
from bench.data import Readers, cookie_of
from companies.models import Company


@dataclass(frozen=True, slots=True)
class Plan:
    """A page of the product, its floor, who looks, and between which marks of its HTML the rows stand."""

    name: str
    path: str
    floor: str
    reader: User
    cookie: str
    rows: int
    first: str
    last: str


def plans(readers: Readers) -> list[Plan]:
    """Return every page, in the order of the report."""
    student, cookie = readers.student, cookie_of(readers.student)
    large, large_cookie = readers.large, cookie_of(readers.large)
    supervisor = readers.supervisor
    company = Company.objects.approved().annotate(number=Count("postings")).order_by("-number", "pk")[0]
    busiest = _busiest(student).public_id
    everything = ('<div class="cols">', "</main>")
    board, table, rows = (
        ('id="board">', '<a class="rail"'),
        ("<tbody>", "</tbody>"),
        ('<ul class="card rows">', "</ul>"),
    )
    text = "?q=research&sort=company"
    return [
        Plan("today", "/today/", "/floor/today/", student, cookie, 0, '<form id="do"', "</main>"),
        Plan("window", "/window/", "/floor/window/", student, cookie, 0, '<div class="trio">', "</main>"),
        Plan("board", "/applications/board/", "/floor/board/", student, cookie, 60, *board),
        Plan("table", "/applications/", "/floor/table/", student, cookie, 50, *table),
        Plan("filtered", f"/applications/{text}", f"/floor/filtered/{text}", student, cookie, 50, *table),
        Plan(
            "application",
            f"/applications/{busiest}/",
            f"/floor/applications/{busiest}/",
            student,
            cookie,
            0,
            *everything,
        ),
        Plan(
            "company",
            f"/companies/{company.slug}/",
            f"/floor/companies/{company.pk}/",
            student,
            cookie,
            0,
            *everything,
        ),
        Plan("postings", "/postings/", "/floor/postings/", student, cookie, 50, *rows),
        Plan("students", "/supervision/", "/floor/students/", supervisor, cookie_of(supervisor), 10, *table),
        Plan("board of 1,000", "/applications/board/", "/floor/board/", large, large_cookie, 100, *board),
        Plan("table of 1,000", "/applications/", "/floor/table/", large, large_cookie, 50, *table),
        Plan("filtered of 1,000", f"/applications/{text}", f"/floor/filtered/{text}", large, large_cookie, 50, *table),
    ]


def _busiest(student: User) -> Application:
    """Return the application with most on its page: one with a round to come, and a plan for it."""
    mine = Application.objects.visible_to(student).annotate(
        ahead=Count("rounds__prep", filter=Q(rounds__status="scheduled"), distinct=True),
        teams=Count("team_talks", distinct=True),
        told=Count("events", distinct=True),
    )
    return mine.order_by("-ahead", "-teams", "-told", "pk")[0]


def counted(plan: Plan, path: str, urls: str = "tracker.urls") -> int:
    """Return how many queries a page needs, the session's and the person's among them."""
    client = Client()
    client.force_login(plan.reader)
    with override_settings(ROOT_URLCONF=urls):
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answers {answer.status_code}.")
    return len(queries)


def cut_shells(plans: Sequence[Plan], path: Path) -> None:
    """Write what stands around the rows of each page: the floor sends the same bytes without making them anew."""
    shells = {}
    for plan in plans:
        client = Client()
        client.force_login(plan.reader)
        html = client.get(plan.path).content.decode()
        before, mark, rest = html.partition(plan.first)
        _, end, after = rest.partition(plan.last) if plan.last != "</main>" else _split_last(rest, plan.last)
        shells[plan.name] = [before + mark, end + after]
    path.write_text(json.dumps(shells))


def _split_last(text: str, mark: str) -> tuple[str, str, str]:
    return text.rpartition(mark)
