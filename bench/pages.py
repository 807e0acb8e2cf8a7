"""The pages that are measured, each with the floor that shows the same facts."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from accounts.models import User
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
    student = readers.student
    cookie = cookie_of(student)
    company = Company.objects.approved().order_by("pk")[0]
    return [
        Plan("board", "/applications/board/", "/floor/board/", student, cookie, 60, 'id="board">', '<a class="rail"'),
        Plan("table", "/applications/", "/floor/table/", student, cookie, 50, "<tbody>", "</tbody>"),
        Plan("postings", "/postings/", "/floor/postings/", student, cookie, 50, '<ul class="card rows">', "</ul>"),
        Plan(
            "company",
            f"/companies/{company.slug}/",
            f"/floor/companies/{company.pk}/",
            student,
            cookie,
            0,
            '<div class="cols">',
            "</main>",
        ),
    ]


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
