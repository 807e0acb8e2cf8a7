"""Runs the few statements written in SQL: the lists opened most, whose queries cost more to build than to run.

They are put together from constants of this package when it is imported; everything that comes from a request is a
parameter. Each begins from `MINE`, the twin of `visible_to`.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.db import connection, models


def fetch(statement: str, facts: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Return all rows of a statement with named parameters."""
    with connection.cursor() as cursor:
        cursor.execute(statement, facts)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def objects[M: models.Model](model: type[M], rest: str, facts: Mapping[str, Any]) -> list[M]:
    """Return rows of a model, `t`, as its objects; `rest` is what follows FROM."""
    return [made(model, row) for row in fetch(f"SELECT {columns(model)} FROM {model._meta.db_table} t {rest}", facts)]  # noqa: S608


def made[M: models.Model](model: type[M], values: Sequence[Any], *names: str) -> M:
    """Make an object out of a row: of all columns in their order, or of those named, the others loaded when read."""
    return model.from_db(connection.alias, names or _names(model), values)


@cache
def columns(model: type[models.Model], table: str = "t") -> str:
    """Return the columns of a model in their order."""
    return ", ".join(f'{table}."{field.column}"' for field in model._meta.concrete_fields)


@cache
def _names(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields)
