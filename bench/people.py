"""Measures the pages of a student with 2,000 people and 5,000 papers beside those of one with 120, and a long paste."""

import datetime as dt
import statistics

from django.db import connection
from django.test import Client

from accounts.models import User
from applications.models import Application
from bench.measure import timed
from bench.report import Bar
from companies.models import Company
from outreach.models import Contact, Message, Paper

FEW, MANY, PAPERS_EACH, AT_ONE = 120, 2_000, 2.5, 5
TIMES, RATIO, MOST_MS = 40, 1.5, 100.0
PASTED, MOST_SECONDS = 5_000, 2.0
_HOWS, _STANDINGS = ("paper", "event", "friend"), ("to_write", "written", "written", "replied", "talking", "no_answer")


def people_bars(at: dt.datetime) -> list[Bar]:
    """Fill two lists of people, then read their pages in turns."""
    few, many = _Reader(FEW, at), _Reader(MANY, at)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return [*(_bar(name, few, many) for name in few.paths), _pasted(many)]


class _Reader:
    """A student with so many people, of whom a few work where they apply."""

    def __init__(self, count: int, at: dt.datetime) -> None:
        self.student = User.objects.create_user(f"knows{count}@bench.example", None, name="Knows")
        self.client = Client()
        self.client.force_login(self.student)
        company = Company.objects.create(
            name=f"Known {count}", slug=f"known-{count}", match_key=f"known {count}", approved_at=at
        )
        people = self._people(count, company, at)
        one = Application.objects.create(
            student=self.student, company=company, role="Intern", stage="preparing", stage_since=at.date()
        )
        self.paths = {
            "people": "/people/",
            "outreach": "/people/outreach/",
            "a person": f"/people/{people[-1].public_id}/",
            "today with people": "/today/",
            "an application with people": f"/applications/{one.public_id}/",
            "a search for people": "/search/?q=person",
        }

    def _people(self, count: int, company: Company, at: dt.datetime) -> list[Contact]:
        mine, on = {"student": self.student, "created_at": at}, at.date()
        people = Contact.objects.bulk_create(
            Contact(
                **mine, name=f"Person {n:04}", key=f"person{n} p", work="Known", how=_HOWS[n % 3],
                standing=_STANDINGS[n % 6], last_on=on - dt.timedelta(days=n % 200), source="A paper",
                company=company if n < AT_ONE else None,
                follow_up_on=on + dt.timedelta(days=n % 200) if _STANDINGS[n % 6] == "written" else None,
            )
            for n in range(count)
        )  # fmt: skip
        Message.objects.bulk_create(
            Message(contact=one, kind="sent", on=one.last_on or on, text="Hello") for one in people
        )
        papers = Paper.objects.bulk_create(
            Paper(student=self.student, title=f"Paper {n}", authors=["A", "B"], year=2025, key=f"paper {n}")
            for n in range(int(count * PAPERS_EACH))
        )
        links = Contact.papers.through
        links.objects.bulk_create(
            links(contact_id=people[n % count].pk, paper_id=paper.pk) for n, paper in enumerate(papers)
        )
        return people

    def read(self, name: str) -> float:
        """Return the milliseconds of one page."""
        return timed(lambda: self.client.get(self.paths[name]))[0] * 1_000


def _bar(name: str, few: _Reader, many: _Reader) -> Bar:
    few.read(name), many.read(name)
    pairs = [(few.read(name), many.read(name)) for _ in range(TIMES)]
    small, large = (statistics.median(column) for column in zip(*pairs, strict=True))
    slowest = statistics.quantiles([pair[1] for pair in pairs], n=20)[-1]
    return Bar(
        "P4",
        f"{name}, of {MANY:,}: at most {RATIO:g} x the same of {FEW}, and {MOST_MS:.0f} ms",
        f"{large / small:.2f} x: {large:.1f} ms beside {small:.1f} ms, p95 {slowest:.0f} ms",
        large <= RATIO * small and slowest <= MOST_MS,
    )


def _pasted(reader: _Reader) -> Bar:
    """Paste 5,000 entries into the page."""
    text = "\n".join(
        f'@article{{k{n}, title = {{Paper {n} of {{Tides}}}}, author = {{M{{\\"u}}ller, J{{\\"o}}rg and Bee, A{n}}}, '
        f"journal = {{Waves}}, year = {{2024}}, doi = {{10.1000/{n}}}}}"
        for n in range(PASTED)
    )
    seconds, answer = timed(lambda: reader.client.post("/people/from-paper/", {"text": text, "read": ""}))
    said = f"{seconds:.2f} s for {len(text):,} characters"
    promise = f"a paste of {PASTED:,} entries: its page within {MOST_SECONDS:g} s"
    return Bar("P4", promise, said, answer.status_code == 200 and seconds <= MOST_SECONDS)
