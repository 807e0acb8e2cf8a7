"""The right column of an application's page: what is known of the role, and how it fits."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from applications.choices import Closeness, CouldBecome, Meets, Reason
from applications.fit import advice, coverage
from applications.models import Application, Requirement
from applications.queries.timeline import near_day
from companies.models import Hours
from companies.windows import zone_words
from tracker.lib.dates import MONTHS

_WEEKS_PER_MONTH = 52 / 12
_IN_MONTHS_FROM = 8
_CLOSENESS = {
    Closeness.CLOSE: "Close to yours",
    Closeness.PARTLY: "Partly close to yours",
    Closeness.NOT: "Not close to yours",
}


_TICKS = {Meets.YES: "Yes", Meets.PARTLY: "Partly", Meets.NO: "Not yet"}
_TICK = (
    '<button form="ticks" formaction="{url}meets/" hx-post="{url}meets/" name="meets" value="{value}" '
    'aria-pressed="{pressed}"{focus}>{label}</button>'
)
_LINE = (
    '<li id="asked-{id}"><p>{text}</p><div><span class="meets" role="group" aria-label="Do you meet it: {text}" '
    'hx-target="#section-fit" hx-swap="outerHTML">{ticks}</span><a class="more" href="{url}" hx-get="{url}" '
    'hx-target="#asked-{id}" hx-swap="innerHTML">Edit<span class="vh"> {text}</span></a></div></li>'
)


@dataclass(frozen=True, slots=True)
class Fit:
    """How a role fits, in words."""

    facts: list[tuple[str, str]]
    asked: list[SafeString]
    coverage: str
    advice: str


def fit_of(application: Application, requirements: Sequence[tuple[str, str, str]], *, ticked: str = "") -> Fit:
    """Tell the fit; the requirements come as (public id, text, whether it is met), one was perhaps ticked just now."""
    base = reverse("applications:requirement", args=["_"])[:-2]
    facts = {
        "Team": application.team.name if application.team else "",
        "Team's work": _CLOSENESS.get(Closeness(application.closeness), ""),
        "Could become": _several(CouldBecome.choices, application.could_become),
        "You hope for": _several(Reason.choices, application.reasons),
    }
    return Fit(
        facts=[(name, value) for name, value in facts.items() if value],
        asked=[_asked(*requirement, base=base, ticked=ticked) for requirement in requirements],
        coverage=coverage(meets for _id, _text, meets in requirements),
        advice=advice(application.stage),
    )


def _asked(public_id: str, text: str, meets: str, *, base: str, ticked: str) -> SafeString:
    """Write a line with its three buttons, which belong to the one form of the card; what was pressed has the focus."""
    url = f"{base}{public_id}/"
    ticks = "".join(
        _TICK.format(
            url=url,
            value=value.value,
            label=label,
            pressed="true" if value == meets else "false",
            focus=" data-focus" if value == meets and public_id == ticked else "",
        )
        for value, label in _TICKS.items()
    )
    return format_html(_LINE, id=public_id, url=url, text=text, ticks=mark_safe(ticks))  # noqa: S308 - of constants and an id


def requirements_of(application: Application) -> list[tuple[str, str, str]]:
    """Return the requirements alone, for the answer to a change of one."""
    mine = Requirement.objects.filter(application=application).order_by("position", "pk")
    return list(mine.values_list("public_id", "text", "meets"))


def _several(choices: Iterable[tuple[str, object]], chosen: Iterable[str]) -> str:
    """Return "Paper, thesis chapter"."""
    names = [str(label) for key, label in choices if key in set(chosen)]
    return ", ".join(names[:1] + [name[:1].lower() + name[1:] for name in names[1:]])


def when(application: Application) -> str:
    """Return "June 2027, 4 months": the earliest start, else the season, and the length."""
    start = application.starts_from
    season = application.season.name if application.season else ""
    begins = f"{MONTHS[start.month - 1]} {start.year}" if start else season
    return ", ".join(part for part in (begins, length(application.weeks)) if part)


def length(weeks: int | None) -> str:
    """Return "4 months", or "6 weeks" where months would be too rough."""
    if not weeks:
        return ""
    if weeks < _IN_MONTHS_FROM:
        return f"{weeks} week{'s' * (weeks != 1)}"
    return f"{round(weeks / _WEEKS_PER_MONTH)} months"


def facts_of(application: Application, today: dt.date) -> list[tuple[str, str]]:
    """Return (name, value) of what is known, in the order of the page."""
    closes, source = application.closes_on, application.source
    facts = {
        "Found through": application.get_source_display() if source else "",
        "Kind": application.get_kind_display(),
        "Closes": f"{near_day(closes, today)}, {zone_words(application.zone)}" if closes else "",
        "Applied": near_day(application.applied_on, today) if application.applied_on else "",
        "Season": application.season.name if application.season else "",
        "Start": _start(application, today),
        "Length": _length_fact(application.weeks),
        "Hours": Hours(application.hours).label if application.hours else "",
    }
    return [(name, str(value)) for name, value in facts.items() if value]


def _start(application: Application, today: dt.date) -> str:
    start, end = application.starts_from, application.starts_until
    if start and end and start != end:
        return f"{near_day(start, today)} to {near_day(end, today)}"
    if start:
        return f"{'' if end else 'from '}{near_day(start, today)}"
    return f"until {near_day(end, today)}" if end else ""


def _length_fact(weeks: int | None) -> str:
    if not weeks:
        return ""
    rough = f", about {length(weeks)}" if weeks >= _IN_MONTHS_FROM else ""
    return f"{weeks} week{'s' * (weeks != 1)}{rough}"
