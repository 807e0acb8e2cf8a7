"""Reads one value of an archive into one column: of the right type, within its limits, or refused with a sentence."""

import datetime as dt
import re
import uuid
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models

from owndata.archive import BadArchiveError

_NO_TEXT = re.compile("[\0\ud800-\udfff]")
_LONGEST_WORD = 200
# The Python type of each column -> how JSON writes it.
_WRITTEN: "dict[type[models.Field[Any, Any]], tuple[type, str]]" = {
    models.BooleanField: (bool, "true or false"),
    models.IntegerField: (int, "a whole number"),
    models.JSONField: (dict, "an object of texts"),
    ArrayField: (list, "a list of texts"),
}


def read_column(column: "models.Field[Any, Any]", value: object) -> object:
    """Return the value as the column holds it; BadArchiveError with what is wrong, but not where."""
    if value is None:
        if column.null:
            return None
        raise BadArchiveError(f"{column.name} is missing")
    _check_type(column, value)
    if column.choices and value not in dict(column.flatchoices) and value != "":
        raise BadArchiveError(f"{column.name} is none of those that there are")
    try:
        return column.clean(value, None)
    except ValidationError as error:
        words = " ".join(error.messages).rstrip(".")
        raise BadArchiveError(f"{column.name}: {words[:_LONGEST_WORD]}") from None


def written(value: object) -> object:
    """Return a value as `jsonb_populate_recordset` of PostgreSQL takes it."""
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | uuid.UUID) else value


def _check_type(column: "models.Field[Any, Any]", value: object) -> None:
    kind, words = next((said for of, said in _WRITTEN.items() if isinstance(column, of)), (str, "a text"))
    texts = [value]
    if isinstance(value, list):
        texts = value
    elif isinstance(value, dict):
        texts = [*value, *value.values()]
    right = isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
    if not right or (kind in {dict, list} and not all(isinstance(text, str) for text in texts)):
        raise BadArchiveError(f"{column.name} is not {words}")
    if any(isinstance(text, str) and _NO_TEXT.search(text) for text in texts):
        raise BadArchiveError(f"{column.name} holds a character that is no text")
    if kind is dict and any(len(text) > _LONGEST_WORD for text in texts):  # type: ignore[arg-type]
        raise BadArchiveError(f"{column.name} holds a text that is too long")
