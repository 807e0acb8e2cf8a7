"""A supervisor's group over the year: who is away when, what is due meanwhile, who interned where in which year."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.urls import reverse

from accounts.models import User
from applications.models import Application, Placement
from applications.stage import Stage
from supervision.models import Introduction, Milestone, Supervision
from supervision.queries.road import APPLICATIONS, counted
from tracker.lib import dates

_SOON = dt.timedelta(weeks=12)
"""How long an internship lasts whose length nobody noted: the shortest that is usual."""

_NAMED = 2
"""How many places a line names of those that a student may go to."""


@dataclass(frozen=True, slots=True)
class Away:
    """One absence: confirmed when the student says where they go, likely while they interview or hold an offer."""

    student: str
    url: str
    where: str
    first: dt.date
    last: dt.date
    is_confirmed: bool
    is_guessed: bool
    during: tuple[str, ...]

    @property
    def words(self) -> str:
        """When: "1 June to 31 August 2027"; an end that nobody noted says so."""
        until = f"{dates.full_day(self.first)} to {dates.full_day(self.last)}"
        return f"{until}, if it is the usual 12 weeks" if self.is_guessed else until


@dataclass(frozen=True, slots=True)
class Year:
    """The placements that began in one year."""

    number: int
    placements: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class GroupPage:
    """The whole page."""

    absences: list[Away]
    milestones: list[Milestone]
    past: list[Milestone]
    years: list[Year]


def group_page(supervisor: User, *, on: dt.date) -> GroupPage:
    """Return absences that are not over, milestones, and placements by year: four queries, however many students."""
    shared = list(Supervision.objects.shared_with(supervisor).filter(level__in=APPLICATIONS).select_related("student"))
    milestones = list(Milestone.objects.visible_to(supervisor).order_by("starts_on", "pk"))
    placements = _placements(shared)
    found = [*_confirmed(placements), *_likely(shared)]
    absences = [_beside(one, milestones) for one in found if one.last >= on]
    absences.sort(key=lambda one: (one.first, one.student, one.where))
    coming = [one for one in milestones if (one.ends_on or one.starts_on) >= on]
    return GroupPage(absences, coming, [one for one in milestones if one not in coming], _years(placements))


def introductions_of(supervisor: User) -> list[Introduction]:
    """Return where this supervisor offers introductions, by company."""
    mine = Introduction.objects.visible_to(supervisor).filter(by=supervisor).select_related("company")
    return list(mine.order_by("company__match_key", "pk"))


def _placements(shared: Collection[Supervision]) -> list[Placement]:
    """Return where students go, as far as they said so; of a placement nothing but company and days is loaded."""
    told = Placement.objects.filter(is_shared=True, starts_on__isnull=False)
    told = told.filter(application__in=counted(shared, APPLICATIONS))
    facts = ("starts_on", "ends_on", "application__role", "application__kind", "application__company__name")
    person = ("application__student__name", "application__student__email", "application__student__public_id")
    related = told.select_related("application__company", "application__student").only(*facts, *person)
    return list(related.order_by("starts_on", "pk"))


def _confirmed(placements: Collection[Placement]) -> list[Away]:
    return [
        _away(one.application, one.starts_on, one.ends_on, is_confirmed=True) for one in placements if one.starts_on
    ]


def _likely(shared: Collection[Supervision]) -> list[Away]:
    """Return those who interview or hold an offer for something with a first day; whether they accepted is theirs."""
    open_ones = counted(shared, APPLICATIONS).filter(
        stage__in=(Stage.INTERVIEWING, Stage.OFFER), starts_from__isnull=False
    )
    told = Placement.objects.filter(is_shared=True, starts_on__isnull=False).values("application")
    rows = open_ones.exclude(pk__in=told).select_related("company", "student")
    facts = ("role", "kind", "starts_from", "weeks", "company__name")
    person = ("student__name", "student__email", "student__public_id")
    found = [
        _away(one, one.starts_from, _after(one.starts_from, one.weeks), is_confirmed=False)
        for one in rows.only(*facts, *person).order_by("starts_from", "pk")
        if one.starts_from
    ]
    return [_one_of(list(theirs)) for _, theirs in groupby(sorted(found, key=_by_student), key=_by_student)]


def _by_student(one: Away) -> tuple[str, str]:
    return one.student, one.url


def _one_of(likely: Sequence[Away]) -> Away:
    """Return one line for all that one student may go to: of several, they will go to one."""
    places = [one.where for one in likely]
    more = f" or {len(places) - _NAMED} more" if len(places) > _NAMED else ""
    return replace(
        likely[0],
        where=" or ".join(places[:_NAMED]) + more,
        first=min(one.first for one in likely),
        last=max(one.last for one in likely),
        is_guessed=any(one.is_guessed for one in likely),
    )


def _after(first: dt.date | None, weeks: int | None) -> dt.date | None:
    return first + dt.timedelta(weeks=weeks, days=-1) if first and weeks else None


def _away(application: Application, first: dt.date, last: dt.date | None, *, is_confirmed: bool) -> Away:
    student = application.student
    return Away(
        student=str(student),
        url=reverse("supervision:student", args=[student.public_id]),
        where=f"{application.title}, {application.company.name}",
        first=first,
        last=last or first + _SOON - dt.timedelta(days=1),
        is_confirmed=is_confirmed,
        is_guessed=last is None,
        during=(),
    )


def _beside(one: Away, milestones: Collection[Milestone]) -> Away:
    """Say which milestones fall into an absence."""
    met = [m.title for m in milestones if m.starts_on <= one.last and (m.ends_on or m.starts_on) >= one.first]
    return replace(one, during=tuple(met))


def _years(placements: Collection[Placement]) -> list[Year]:
    """Return the placements by the year they began in, the newest year first."""
    by_year: dict[int, list[tuple[str, str]]] = {}
    for one in placements:
        if one.starts_on:
            line = (str(one.application.student), one.application.company.name)
            by_year.setdefault(one.starts_on.year, []).append(line)
    return [Year(number, sorted(by_year[number])) for number in sorted(by_year, reverse=True)]
