"""The conferences a student goes to, and who of their people will be there."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.urls import reverse

from accounts.models import User
from applications.season.spans import span_words
from outreach.models import Conference, Contact


@dataclass(frozen=True, slots=True)
class ConferenceRow:
    """One line of the list."""

    name: str
    url: str
    when: str
    place: str
    people: str


def conferences(student: User, on: dt.date) -> tuple[list[ConferenceRow], list[ConferenceRow]]:
    """Return what is to come, the next first, and what is over, the last first: one query."""
    mine = Conference.objects.visible_to(student).annotate(many=Count("people")).order_by("begins_on", "pk")
    ahead: list[ConferenceRow] = []
    over: list[ConferenceRow] = []
    for one in mine:
        (ahead if one.ends_on >= on else over).append(_row(one, on, one.many))  # type: ignore[attr-defined]
    return ahead, over[::-1]


def there(conference: Conference) -> list[Contact]:
    """Return who will be there, by name."""
    return list(conference.people.order_by("name", "pk"))


def names_not_there(conference: Conference, student: User) -> list[str]:
    """Return names to choose from: of people who are not among them yet, the last spoken to first."""
    mine = Contact.objects.visible_to(student).exclude(conferences=conference)
    order = mine.order_by("-last_on", "-pk").values_list("name", flat=True)
    return list(order[: settings.WAYMARK_CONFERENCE_NAMES])


PLANNED = """
    SELECT json_agg(json_build_array(f.begins_on, f.ends_on, f.name, f.public_id, (
        SELECT count(*) FROM outreach_conference_people p WHERE p.conference_id = f.id
    )) ORDER BY f.begins_on, f.id) FROM outreach_conference f WHERE f.student_id = %(me)s"""
"""What the plan of a season reads of ours: the twin of `Conference.visible_to`."""


def planned(rows: list[list[Any]], first: dt.date, last: dt.date) -> Iterable[tuple[dt.date, dt.date, str, str, str]]:
    """Tell those rows that overlap these days: first day, last day, name, who is there, address."""
    for begins, ends, name, key, many in rows:
        days = dt.date.fromisoformat(begins), dt.date.fromisoformat(ends)
        if days[0] <= last and days[1] >= first:
            yield *days, name, _people(many), reverse("outreach:conference", args=[key])


def when(conference: Conference, on: dt.date) -> str:
    """Say on which days it is."""
    return span_words(conference.begins_on, conference.ends_on, on, is_exact=True)


def _row(one: Conference, on: dt.date, many: int) -> ConferenceRow:
    url = reverse("outreach:conference", args=[one.public_id])
    return ConferenceRow(one.name, url, when(one, on), one.place, _people(many))


def _people(many: int) -> str:
    return f"{many} of your people will be there" if many else ""
