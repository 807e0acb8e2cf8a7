"""Writes many rows of a model through COPY, filling in the defaults that the caller left out."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

type Value = str | int | bool | dt.date | dt.time | dt.datetime | uuid.UUID | list[str] | None


def reserve_ids(model: type[models.Model], number: int) -> list[int]:
    """Take this many keys from the table's own sequence, so that rows can refer to each other before they exist."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, number],
        )
        return [row[0] for row in cursor.fetchall()]


def copy_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> int:
    """COPY rows into the model's table and return how many there were.

    columns: attribute names ("student_id"), in the order of each row's values. Columns that are not named get the
    field's default, the same in every row; the database checks all constraints as for any other row.
    """
    rest = [field for field in model._meta.concrete_fields if _wants_default(field, columns)]
    names = [_column(model, name) for name in columns] + [field.column or "" for field in rest]
    tail = tuple(field.get_db_prep_save(field.get_default(), connection) for field in rest)
    statement = f"COPY {_quoted(model._meta.db_table)} ({', '.join(map(_quoted, names))}) FROM STDIN"
    number = 0
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for number, row in enumerate(rows, start=1):  # noqa: B007 - the last number is the answer
            copy.write_row((*row, *tail))
    return number


def _wants_default(field: "models.Field[Any, Any]", columns: Sequence[str]) -> bool:
    return not (field.attname in columns or field.primary_key or field.generated or field.has_db_default())


def _column(model: type[models.Model], name: str) -> str:
    return next(field.column or "" for field in model._meta.concrete_fields if field.attname == name)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
