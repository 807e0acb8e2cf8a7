"""What a family of letters brings: the context of its templates, where it leads, and why its letters come."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from django.urls import reverse

from applications.interviews.rounds import city
from reminders.plan import Rule
from reminders.queries import Facts


@dataclass(frozen=True, slots=True)
class Family:
    """The letters about one sort of facts; `context` is told at which instant it is read."""

    context: Callable[[Facts, dt.datetime], dict[str, object]]
    target: Callable[[Facts], str]
    why: Callable[[], Mapping[Rule, str]]


def about[T](facts: Facts, kind: type[T]) -> T:
    """Return what a letter tells of; ValueError when it is something else, or gone."""
    if not isinstance(facts.about, kind):
        raise ValueError(f"A letter needs its {kind.__name__}.")  # noqa: TRY004 - a fact is missing, no type is wrong
    return facts.about


@cache
def page(name: str) -> str:
    """Return the path of a page that is one for everybody; ten thousand letters of one morning ask once."""
    return reverse(name)


def within(label: str) -> str:
    """Return a label as it reads within a sentence: research discussion, ML fundamentals."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def clock_time(moment: dt.datetime, zone: str) -> str:
    """15:00 GMT (London), and 15:00 UTC where the place would only repeat the zone."""
    place = city(zone)
    return f"{moment:%H:%M} {moment.tzname()}" + ("" if place == moment.tzname() else f" ({place})")
