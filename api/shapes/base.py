"""Kinds of values, and what every shape has in common."""

import copy
import datetime as dt
from collections.abc import Callable, Mapping
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.db import models
from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from api.problems import Problem
from tracker.lib.fields import validate_sensible_day


def _plain(text: str) -> str:
    if "\0" in text:
        raise ValueError("Write plain text, without the NUL character.")
    return text


def _iso_day(value: object) -> dt.date:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    try:
        day = dt.date.fromisoformat(value if isinstance(value, str) and len(value) == len("2026-11-30") else "")
        validate_sensible_day(day)
    except ValueError:
        raise ValueError("Write the day like 2026-11-30.") from None
    except ValidationError as error:
        raise ValueError(error.message) from None
    return day


def _wall_time(value: object) -> dt.time:
    if isinstance(value, dt.time):
        return value
    try:
        found = dt.time.fromisoformat(value if isinstance(value, str) and len(value) <= len("15:00:00") else "")
    except ValueError:
        raise ValueError("Write the time like 15:00.") from None
    return found.replace(second=0, microsecond=0)


Text = Annotated[str, AfterValidator(_plain)]
Line = Annotated[str, Field(max_length=200), AfterValidator(_plain)]
Day = Annotated[dt.date, BeforeValidator(_iso_day, json_schema_input_type=dt.date), Field(examples=["2026-11-30"])]
WallTime = Annotated[dt.time, BeforeValidator(_wall_time, json_schema_input_type=str), Field(examples=["15:00"])]
Id = Annotated[str, Field(description="A random id of 12 letters and digits.", examples=["k7p2m9x4q3tz"])]


class Inline:
    """Spells an enum out where it stands: a component is named after its class alone, and more than one is a `Kind`."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler.resolve_ref_schema(handler(core))}


class Given(Schema):
    """A body that is sent: a field that it does not know is refused, not dropped."""

    model_config = ConfigDict(extra="forbid")

    def said(self, *but: str) -> dict[str, Any]:
        """Return what was sent, without what was left out."""
        return self.model_dump(exclude_unset=True, exclude=set(but))


class Page[T](Schema):
    """A part of a list. `next` is the value of `after` for the next part; null at the end."""

    items: list[T]
    next: str | None = Field(None, examples=["k7p2m9x4q3tz"])


class FieldProblem(Schema):
    """What is wrong with one field."""

    field: str
    detail: str


class ProblemShape(Schema):
    """RFC 9457: what is wrong, with a sentence for people."""

    type: str = Field(examples=["about:blank"])
    title: str
    status: int
    detail: str = Field(examples=["Write the day like 2026-11-30."])
    instance: str
    errors: list[FieldProblem] | None = None


def checked(
    row: models.Model, details: Mapping[str, Any], *, settle: Callable[[Any], None] = lambda _: None
) -> dict[str, Any]:
    """Return the details as the columns of a row take them; Problem with what is wrong with each, or together.

    `settle` derives on a draft of the row what the action will derive.
    """
    model, read, wrong = type(row), {}, {}
    for name, value in details.items():
        column: Any = model._meta.get_field(name)
        try:
            read[name] = column.clean("" if value is None and not column.null else value, None)
        except ValidationError as error:
            wrong[name] = " ".join(error.messages)
    if wrong:
        raise Problem(422, "Some of the fields cannot be taken.", errors=wrong)
    draft = copy.copy(row)
    for name, value in read.items():
        setattr(draft, name, value)
    settle(draft)
    _fits(draft)
    return read


def _fits(draft: models.Model) -> None:
    """Refuse what breaks a rule of the row as it would be, such as days in order, in the words of that rule."""
    for rule in draft._meta.constraints:
        if isinstance(rule, models.CheckConstraint):
            try:
                rule.validate(type(draft), draft)
            except ValidationError as error:
                raise Problem(422, " ".join(error.messages)) from None
