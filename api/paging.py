"""Long lists in parts: each begins after a row that the part before ended with, so no page is counted or skipped."""

from collections.abc import Callable
from typing import Annotated, Any

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from pydantic import Field

from api.problems import Problem
from api.shapes.base import Page

Limit = Annotated[int, Field(ge=1, le=settings.WAYMARK_API_PAGE_MOST, description="Rows of one part.")]
After = Annotated[str, Field(max_length=80, description="`next` of the part before.")]

USUAL = settings.WAYMARK_API_PAGE


def part[Row: Model, T](
    rows: "QuerySet[Row]", *, after: str, limit: int, told: Callable[[Any], T], name: str = "public_id"
) -> Page[T]:
    """Return the rows after the one of this name, the newest first."""
    if after:
        place = rows.filter(**{name: after}).values_list("pk", flat=True).first() if after.isprintable() else None
        if place is None:
            raise Problem(
                422, "This part of the list is not there any more. Begin again.", errors={"after": "Unknown."}
            )
        rows = rows.filter(Q(pk__lt=place))
    found = list(rows.order_by("-pk")[: limit + 1])
    more = len(found) > limit
    items = found[:limit]
    return Page[Any](items=[told(row) for row in items], next=getattr(items[-1], name) if more else None)
