"""Loads the demo's story, once: what is here already is left as people have changed it."""

import datetime as dt

from django.db import transaction

from accounts.actions import create_person
from accounts.models import User
from applications.actions.planning import plan_season
from applications.queries.window import window_of
from companies.models import Season
from supervision.actions import accept, change_level, invite
from supervision.level import Level
from tracker.demo_data import ada as ada_roles
from tracker.demo_data import mallory as mallory_roles
from tracker.demo_data.listing import list_all
from tracker.demo_data.people import ADA, CORA, GRACE, MALLORY, PASSWORD, PEOPLE, SAM
from tracker.demo_data.shapes import Person
from tracker.demo_data.story import Story

_SINCE = dt.timedelta(days=48)


@transaction.atomic
def load(*, at: dt.datetime) -> bool:
    """Load everything around this instant; return False, having changed nothing, when it was loaded before."""
    if User.objects.filter(email=PEOPLE[0].email).exists():
        return False
    people = {person.email: _add(person, on=at.date()) for person in PEOPLE}
    ada, grace, sam = people[ADA.email], people[GRACE.email], people[SAM.email]
    list_all(by=people[CORA.email], at=at)
    for student, roles in ((ada, ada_roles.ROLES), (people[MALLORY.email], mallory_roles.ROLES)):
        story = Story(student, at=at)
        for role in roles:
            story.tell(role)
    _plan(ada, goal=24, on=at.date())
    _share(ada, grace, Level.STAGES, at=at - _SINCE)
    _share(ada, sam, Level.NOTHING, at=at - _SINCE)
    return True


def _add(person: Person, *, on: dt.date) -> User:
    roles = {f"is_{role}": role in person.roles for role in ("student", "supervisor", "curator", "staff", "superuser")}
    began = _start(person, on)
    return create_person(email=person.email, password=PASSWORD, name=person.name, phd_started_on=began, **roles)


def _share(student: User, supervisor: User, level: Level, *, at: dt.datetime) -> None:
    """Invite, accept and share, as the two of them did some weeks ago."""
    supervision = invite(student=student, email=supervisor.email, at=at)
    accept(supervision=supervision, by=supervisor, at=at + dt.timedelta(hours=19))
    if level != Level.NOTHING:
        change_level(supervision=supervision, level=level, by=student, at=at + dt.timedelta(hours=20))


def _plan(student: User, *, goal: int, on: dt.date) -> None:
    """Set how many applications to send in the window that holds on this day."""
    window = window_of(student, on)
    if window is not None:
        season = Season.objects.get(pk=window.season_id)
        plan_season(student=student, season=season, goal=goal, opens_on=None, closes_on=None)


def _start(person: Person, on: dt.date) -> dt.date | None:
    """Return the 1 October that makes this the person's year of the PhD."""
    if person.phd_year is None:
        return None
    this_year = on.year if on >= dt.date(on.year, 10, 1) else on.year - 1
    return dt.date(this_year - person.phd_year + 1, 10, 1)
