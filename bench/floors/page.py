"""What all floors share: run SQL, join strings, and put the product's own HTML around them."""

import datetime as dt
import functools
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def sql(statement: str, *values: str | int | dt.date | list[int] | list[str]) -> list[tuple[Any, ...]]:
    """Run one statement and return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def named(statement: str, **values: str | int | dt.date | list[int] | list[str]) -> list[tuple[Any, ...]]:
    """Run one statement with named parameters and return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def seasons(student: int, on: dt.date) -> tuple[Any, ...]:
    """Return the season whose window closes next, with the student's plan for it."""
    rows = sql(
        "SELECT s.id, s.name, s.starts_on, coalesce(p.opens_on, s.opens_on), coalesce(p.closes_on, s.closes_on), "
        "p.goal, p.weekly_target, p.starts_on, p.weeks, p.planned_on, p.asked_about, p.carried FROM companies_season s "
        "LEFT JOIN applications_seasonplan p ON p.season_id = s.id AND p.student_id = %s ORDER BY 5, s.id",
        student,
    )
    return next(row for row in rows if row[4] >= on)


def icon(name: str) -> str:
    """Return an icon of the sprite."""
    return f'<svg class="i" aria-hidden="true"><use href="/static/icons.000000000000.svg#{name}"/></svg>'


def answer(request: HttpRequest, name: str, parts: Sequence[str]) -> HttpResponse:
    """Put the rows between the two halves of the page; count the bell, which the header of every page shows."""
    before, after = shells()[name]
    ((unread,),) = sql("SELECT count(*) FROM reminders_notice WHERE person_id = %s AND read_at IS NULL", me(request))
    return HttpResponse(f"{before}{''.join(parts)}{after}<!-- {unread} unread -->")


@functools.cache
def shells() -> dict[str, tuple[str, str]]:
    """Read the two halves of every page once."""
    known: dict[str, tuple[str, str]] = json.loads(Path(os.environ["BENCH_SHELLS"]).read_text())
    return known


def me(request: HttpRequest) -> int:
    """Return the key of whoever is signed in, which loads session and person."""
    return int(request.user.pk)  # type: ignore[arg-type]


def day(value: dt.date | None) -> str:
    """Return "12 Nov", or nothing."""
    return f"{value.day} {MONTHS[value.month - 1]}" if value else ""
