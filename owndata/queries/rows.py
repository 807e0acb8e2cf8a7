"""The rows of one person as an archive tells them: plain JSON, other rows of theirs by id, the shared list by name."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models

from accounts.models import User
from owndata.queries.names import CALLED, names_of
from tracker.lib.portable import Table

type Row = dict[str, Any]
type Told = Callable[[int], object]

ME = "me"


@dataclass
class Telling:
    """Whose data is told, and what has been told so far: model -> key in the database -> id in the archive."""

    person: User
    ids: dict[type[models.Model], dict[int, str]] = field(default_factory=dict)


def rows_of(table: Table, telling: Telling) -> list[Row]:
    """Return a table's rows in the order in which they were made, and remember their ids.

    A row that was added to something newer than the part already told is newer than the archive, and left out.
    """
    columns = table.fields()
    query = table.rows(telling.person).order_by("pk").values_list("pk", *(column.attname for column in columns))
    found = list(query)
    tellers = [
        _related(column, table, {row[place] for row in found}, telling) if column.remote_field else plain
        for place, column in enumerate(columns, start=1)
    ]
    lists = {one.name: _listed(one, table, telling) for one in table.lists()}
    known = telling.ids[table.model] = {}
    rows: list[Row] = []
    for number, (pk, *values) in enumerate(found, start=1):
        row: Row = {} if table.has_public_id else {"id": str(number)}
        for column, tell, value in zip(columns, tellers, values, strict=True):
            row[_called(column)] = None if value is None else tell(value)
        if any(row[_called(one)] is None for one in columns if not one.null):
            continue
        known[pk] = row["id"]
        rows.append({**row, **{name: of.get(pk, []) for name, of in lists.items()}})
    return rows


def plain(value: object) -> object:
    """Return a value of a column as JSON has it: days and instants as in ISO 8601, money and ids as text."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | uuid.UUID) else value


def _called(column: "models.Field[Any, Any]") -> str:
    return "id" if column.name == "public_id" else column.name


def _related(column: "models.Field[Any, Any]", table: Table, keys: set[Any], telling: Telling) -> Told:
    """Return what tells a key of this column: `me`, an id of the archive, what the shared list calls it, a name."""
    model: Any = column.related_model
    keys = keys - {None}
    if model is User:
        return _people(telling.person, set() if table.comes_back else keys)
    return names_of(model, keys).get if model in CALLED else telling.ids.get(model, {}).get


def _people(person: User, keys: set[int]) -> Told:
    """Return what tells a person; somebody else by name, and not at all where that could not be brought back."""
    others = User.objects.filter(pk__in=keys - {person.pk})
    names: dict[int, object] = {one.pk: {"name": str(one)} for one in others}
    return ({person.pk: ME} | names).get


def _listed(one: "models.ManyToManyField[Any, Any]", table: Table, telling: Telling) -> dict[Any, list[str]]:
    """Return key of a row -> ids of the rows that its list names."""
    through: Any = one.remote_field.through
    mine = {f"{one.m2m_field_name()}__in": table.rows(telling.person)}
    pairs = through._default_manager.filter(**mine).order_by("pk")
    known = telling.ids.get(one.related_model, {})
    found: dict[Any, list[str]] = {}
    for key, other in pairs.values_list(f"{one.m2m_field_name()}_id", f"{one.m2m_reverse_field_name()}_id"):
        if other in known:
            found.setdefault(key, []).append(known[other])
    return found
