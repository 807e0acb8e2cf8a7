"""Puts the rows of one table of an archive into the database, as they were: with their moments, under new ids."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from django.conf import settings
from django.db import connection, models
from psycopg import sql

from accounts.models import User
from owndata.actions.columns import read_column, written
from owndata.actions.finding import Finder
from owndata.archive import BadArchiveError
from owndata.queries.names import CALLED
from owndata.queries.rows import ME
from tracker.lib.ids import LENGTH, new_public_id
from tracker.lib.portable import Table

type Row = Mapping[str, Any]
type Extra = Callable[[Row], dict[str, object]]

_ID = re.compile(rf"[2-9a-z]{{{LENGTH}}}")
_MOST_ID = 40


@dataclass
class Bringing:
    """One import as it goes on: whose, and the new key and public id of each row that was put in."""

    person: User
    finder: Finder
    keys: dict[type[models.Model], dict[str, int]] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    left: int = 0

    def put(self, table: Table, rows: list[Row], extra: Extra) -> int:
        """Put a table in, and return how many rows; `extra` gives the columns that the archive has elsewhere.

        A row about something that the list here does not have is left out, and counted. BadArchiveError says which
        row is wrong, and why.
        """
        known = self.keys[table.model] = {}
        ready: list[dict[str, object]] = []
        for (number, row), key in zip(enumerate(rows, start=1), self._new_keys(table, len(rows)), strict=True):
            try:
                columns = self._columns(table, row)
                if columns is None:
                    self.left += 1
                    continue
                name = self._name(row, known)
                ready.append({table.model._meta.pk.attname: key, **columns, **extra(row)})
            except BadArchiveError as error:
                raise BadArchiveError(f"{table.name}, row {number}: {error}.") from None
            known[name] = key
        for some in batched(ready, settings.WAYMARK_ARCHIVE_BATCH):
            _insert(table.model, some)
        for one in table.lists():
            self._put_list(table, one, rows)
        return len(ready)

    def _new_keys(self, table: Table, count: int) -> list[int]:
        if table.model._meta.pk.remote_field:
            if count > 1:
                raise BadArchiveError(f"{table.name} has {count} rows where there is one for each person.")
            return [self.person.pk] * count
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [table.model._meta.db_table, table.model._meta.pk.column, count],
            )
            return [key for (key,) in cursor]

    @staticmethod
    def _name(row: Row, known: Mapping[str, int]) -> str:
        name = row.get("id")
        if not isinstance(name, str) or not 0 < len(name) <= _MOST_ID:
            raise BadArchiveError("id is missing")
        if name in known:
            raise BadArchiveError("another row has the same id")
        return name

    def _columns(self, table: Table, row: Row) -> dict[str, object] | None:
        """Return column -> value; None for a row about what is not in the list here."""
        columns: dict[str, object] = {}
        for one in table.fields():
            value = row.get(one.name)
            if one.name == "public_id":
                value = self.ids[str(row.get("id"))] = new_public_id()
            elif one.remote_field:
                value = self._related(one, value)
                if value is None and not one.null:
                    return None
            elif one.name not in row and (one.blank or one.null or one.has_default()):
                value = one.get_default()  # an archive of before there was this column
            else:
                value = read_column(one, self._renamed(value) if one.name in table.holds_ids else value)
            columns[one.attname] = written(value)
        for name in table.leaves_out:
            left, again = table.column(name), table.again.get(name)
            columns[left.attname] = again(row) if again else written(left.get_default())
        return columns

    def _related(self, one: "models.Field[Any, Any]", value: object) -> int | None:
        model: Any = one.related_model
        if model is User:
            return self.person.pk if value == ME or not one.null else None
        if value is None:
            return None
        if model in CALLED:
            return self.finder.key_of(model, value)
        found = self.keys[model].get(value) if isinstance(value, str) else None
        if found is None:
            raise BadArchiveError(f"{one.name} is no row of this archive")
        return found

    def _renamed(self, value: object) -> object:
        return _ID.sub(lambda found: self.ids.get(found[0], found[0]), value) if isinstance(value, str) else value

    def _put_list(self, table: Table, one: "models.ManyToManyField[Any, Any]", rows: list[Row]) -> None:
        through: Any = one.remote_field.through
        mine, other = f"{one.m2m_field_name()}_id", f"{one.m2m_reverse_field_name()}_id"
        pairs = [through(**{mine: key, other: named}) for key, named in self._pairs(table, one, rows)]
        through._default_manager.bulk_create(pairs, batch_size=settings.WAYMARK_ARCHIVE_BATCH)

    def _pairs(
        self, table: Table, one: "models.ManyToManyField[Any, Any]", rows: list[Row]
    ) -> Iterator[tuple[int, int]]:
        known, others = self.keys[table.model], self.keys[one.related_model]
        for number, row in enumerate(rows, start=1):
            named = row.get(one.name) or []
            right = isinstance(named, list) and all(isinstance(name, str) and name in others for name in named)
            if not right or len(set(named)) < len(named):
                raise BadArchiveError(f"{table.name}, row {number}: {one.name} does not name rows of this archive.")
            if row["id"] in known:
                yield from ((known[row["id"]], others[name]) for name in named)


def _insert(model: type[models.Model], rows: tuple[dict[str, object], ...]) -> None:
    """Write rows as they are; `bulk_create` would give them the moments of now."""
    columns = sql.SQL(", ").join(map(sql.Identifier, rows[0]))
    name = sql.Identifier(model._meta.db_table)
    statement = sql.SQL(
        "INSERT INTO {name} ({columns}) SELECT {columns} FROM jsonb_populate_recordset(NULL::{name}, %s::jsonb)"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement.format(name=name, columns=columns), [json.dumps(rows)])
