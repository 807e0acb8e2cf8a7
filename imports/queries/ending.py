"""What is left of an import when it is over: the rows that were not added, each with the reason; and earlier ones."""

import datetime as dt
from collections.abc import Iterator

from accounts.models import User
from applications.sheets import Value
from imports.models import Import, ImportRow
from imports.planning.fields import FIELDS

Verdict, Choice = ImportRow.Verdict, ImportRow.Choice
_EARLIER = 10


def left_rows(file: Import) -> Iterator[list[Value]]:
    """Yield the rows that were not added, as they were, with their numbers and why."""
    rows = (
        ImportRow.objects.filter(file=file)
        .exclude(verdict=Verdict.READY)
        .exclude(verdict=Verdict.SAME, choice__in=[Choice.FILE, Choice.BOTH])
    )
    shown = rows.order_by("number").values_list("number", "cells", "problems", "twin_row")
    for number, cells, problems, twin_row in shown.iterator():
        padded = [*(cells or []), *([""] * (len(file.columns) - len(cells or [])))]
        yield [*padded, number, _why(problems, twin_row)]


def left_head(file: Import) -> list[str]:
    """Return the head of that table."""
    return [*file.heads, "Row", "Why it was left out"]


def earlier(student: User, at: dt.datetime) -> list[Import]:
    """Return the last imports of a student."""
    return list(Import.objects.visible_to(student).filter(made_at__lte=at).order_by("-made_at", "-pk")[:_EARLIER])


def _why(problems: list[list[str]], twin_row: int | None) -> str:
    if problems:
        return " ".join(f"{FIELDS[field]}: {sentence}" for _column, field, sentence in problems)
    return f"It looks like row {twin_row}." if twin_row else "It looks like one you have."
