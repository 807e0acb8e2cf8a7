"""Runs the few statements written in SQL: the lists opened most, whose queries cost more to build than to run.

They are put together from constants of this package when it is imported; everything that comes from a request is a
parameter. Each begins from `MINE`, the twin of `visible_to`.
"""

from collections.abc import Mapping
from typing import Any

from django.db import connection


def fetch(statement: str, facts: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Return all rows of a statement with named parameters."""
    with connection.cursor() as cursor:
        cursor.execute(statement, facts)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
