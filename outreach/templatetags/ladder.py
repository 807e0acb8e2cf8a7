"""Who can help a student in, for the page of their application."""

from collections.abc import Iterable
from typing import Any

from django import template

from applications.choices import WayIn
from applications.models import Application
from applications.stage import UNSENT
from outreach.queries.ladder import Step, steps

register = template.Library()


@register.simple_tag
def ladder(application: Application, more: dict[str, list[Any]], introductions: Iterable[Any]) -> list[Step]:
    """Return the steps out of LISTS, and out of who offers introductions: no query."""
    asks = application.stage in UNSENT and application.way_in == WayIn.NONE
    return steps(more["people"], introductions, asks=asks)
