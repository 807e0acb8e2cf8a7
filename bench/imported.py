"""Measures the import of a student's spreadsheet beside a bare COPY of the same applications and events."""

import datetime as dt
import statistics
from itertools import count

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from accounts.models import User
from applications.models import Application, Event
from applications.queries.export import HEAD
from applications.sheets import csv_lines
from bench.measure import PeakOf, timed
from bench.report import Bar
from companies.models import Company
from companies.naming import match_key
from imports.actions import ask_for_run, begin_import, match_columns, run_due
from imports.models import Import
from imports.queries.matching import guesses_for
from tracker.lib import clock

ROWS, COMPANIES = 20_000, 400
RATIO, GROWTH_MB, RUNS = 0.25, 50, 5
_STAGES = (("Interested", ""), ("Applied", ""), ("Applied", ""), ("Interviewing", ""), ("Closed", "No reply"))
_WORDS = {"Interested": "interested", "Applied": "applied", "Interviewing": "interviewing", "Closed": "closed:no_reply"}
_STEPS = ("reading", "planning", "adding")


def spreadsheet_bars(at: dt.datetime) -> list[Bar]:
    """Import 20,000 applications as our own export writes them, from the bytes to the rows, some times over."""
    _companies(at)
    content, students = _content(ROWS, at), (_student(number) for number in count())
    _imported(next(students), _content(200, at), at)  # loads what the first call loads
    runs = []
    with PeakOf() as memory:
        runs = [_imported(next(students), content, at) for _ in range(RUNS)]
    copied = statistics.median(_copied(User.objects.get(email="sheet1@bench.example")) for _ in range(RUNS))
    took = statistics.median(map(sum, runs))
    steps = ", ".join(
        f"{name} {statistics.median(times):.2f} s" for name, times in zip(_STEPS, zip(*runs, strict=True), strict=True)
    )
    return [
        Bar(
            "P8",
            f"import of {ROWS:,} applications at {RATIO} x a bare COPY of the same rows or more",
            f"{copied / took:.2f} x: {ROWS / took:,.0f} rows/s ({steps}); a bare COPY {ROWS / copied:,.0f}",
            copied / took >= RATIO,
        ),
        Bar(
            "P8",
            f"the import of a spreadsheet holds at most {GROWTH_MB} MB more",
            f"{memory.growth:.0f} MB",
            memory.growth <= GROWTH_MB,
        ),
    ]


def _companies(at: dt.datetime) -> None:
    names = [f"Sheet company {number}" for number in range(COMPANIES)]
    Company.objects.bulk_create(
        Company(name=name, slug=f"sheet-{n}", match_key=match_key(name), search_text=name, approved_at=at)
        for n, name in enumerate(names)
    )


def _student(number: int) -> User:
    return User.objects.create_user(f"sheet{number}@bench.example", None, name="Sheet")


def _content(rows: int, at: dt.datetime) -> bytes:
    """Return a file with every column of our export."""
    return "".join(csv_lines(HEAD, (_row(number, at.date()) for number in range(rows)))).encode()


def _row(number: int, on: dt.date) -> list[str | int | dt.date | None]:
    stage, outcome = _STAGES[number % len(_STAGES)]
    since = on - dt.timedelta(days=number % 40)
    applied = since - dt.timedelta(days=9) if stage != "Interested" else None
    return [
        f"Sheet company {number % COMPANIES}", f"Research Intern {number}", "Internship", stage,
        outcome, since, "Write to the team" if number % 3 == 0 else "", on if number % 3 == 0 else None,
        on + dt.timedelta(days=30), applied, on, "No referral", "", "", None, "Close", "Zurich", "",
        "vision, robots", "LinkedIn", None, None, 12, "Full time", f"https://jobs.example.org/{number}",
    ]  # fmt: skip


def _imported(student: User, content: bytes, at: dt.datetime) -> tuple[float, float, float]:
    """Return the seconds of reading, planning and adding."""
    read, file = timed(lambda: begin_import(student=student, name="a.csv", content=content, at=at))
    fields = guesses_for(file, student).fields
    planned, _ = timed(lambda: match_columns(file=file, fields=fields, words=_WORDS, day_first=None, by=student, at=at))
    ask_for_run(file=file, by=student, at=at, clock=clock.now)
    added, _ = timed(lambda: run_due(at=at, clock=clock.now))
    done = Import.objects.get(pk=file.pk)
    assert done.state == Import.State.DONE or done.rows_read < ROWS, done.problem
    return read, planned, added


def _copied(student: User) -> float:
    """Return the seconds in which PostgreSQL alone copies the same rows into the same tables."""
    mine = f"(SELECT id FROM applications_application WHERE student_id = {student.pk})"
    asked = {Application: f"id IN {mine}", Event: f"application_id IN {mine}"}
    tables = {model._meta.db_table: condition for model, condition in asked.items()}
    with connection.cursor() as cursor:
        kept = {table: _rows(cursor, table, condition) for table, condition in tables.items()}
        cursor.execute("; ".join(f"DELETE FROM {table} WHERE {tables[table]}" for table in reversed(tables)))
        for table in tables:
            cursor.execute(f"VACUUM {table}")  # what was deleted shall not be in the way

        def work() -> None:
            with transaction.atomic():  # at its end the keys that rows name are looked up
                for table, rows in kept.items():
                    with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                        copy.write(rows)

        seconds, _ = timed(work)
    return seconds


def _rows(cursor: CursorWrapper, table: str, condition: str) -> bytes:
    with cursor.copy(f"COPY (SELECT * FROM {table} WHERE {condition}) TO STDOUT") as copy:
        return b"".join(copy)
