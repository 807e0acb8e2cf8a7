"""What a student tracks and has not sent, by the day on which its posting closes."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from accounts.models import User
from applications.models import MINE, ROLE_TO_ADD
from applications.queries.saved_views import IS_UNSENT
from applications.queries.sql import fetch
from tracker.lib.dates import day as day_words
from tracker.templatetags.waymark import mark_html

CLOSING_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Closing:
    """One application whose posting closes."""

    mark: SafeString
    company: str
    title: str
    url: str
    day: str
    near: bool


_CLOSING = f"""
    SELECT a.public_id, a.role, c.name, a.closes_on
    FROM applications_application a JOIN companies_company c ON c.id = a.company_id
    WHERE {MINE} AND {IS_UNSENT} AND a.closes_on >= %(on)s ORDER BY a.closes_on, a.id LIMIT %(most)s
"""  # noqa: S608 - constants


def closing_next(student: User, on: dt.date) -> list[Closing]:
    """Return the first few, in one query."""
    base, near = reverse("applications:table"), on + settings.WAYMARK_TODAY_WEEK
    return [
        Closing(mark_html(company, "s"), company, role or ROLE_TO_ADD, f"{base}{key}/", day_words(day), day <= near)
        for key, role, company, day in fetch(_CLOSING, {"me": student.pk, "on": on, "most": CLOSING_SHOWN})
    ]
