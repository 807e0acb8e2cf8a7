"""Loads the demo's story, once: what is here already is left as people have changed it."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import transaction

from accounts.actions import create_person
from accounts.models import User
from applications.actions.closeness import rank_waiting
from applications.actions.offers import weigh
from applications.actions.prep_sets import import_sets, read_sets
from applications.actions.welcoming import mark_welcomed
from companies.cells import document
from supervision.actions import accept, change_level, invite
from supervision.level import Level
from tracker.demo_data import ada as ada_roles
from tracker.demo_data import mallory as mallory_roles
from tracker.demo_data.announcing import announce
from tracker.demo_data.arranging import arrange
from tracker.demo_data.bringing import bring
from tracker.demo_data.knowing import know
from tracker.demo_data.listing import list_all
from tracker.demo_data.people import ADA, CORA, GRACE, KIM, MALLORY, PASSWORD, PEOPLE, SAM
from tracker.demo_data.shapes import Person, Role
from tracker.demo_data.story import Story
from tracker.demo_data.suggesting import suggest
from tracker.demo_data.summer import tell_last_summer
from tracker.demo_data.supervised import supervise
from tracker.demo_data.terms import WEIGHTS
from tracker.demo_data.times import Days

PREPARATION = Path(settings.BASE_DIR) / "applications" / "data" / "preparation.json"
_SINCE = dt.timedelta(days=48)


@transaction.atomic
def load(*, at: dt.datetime) -> bool:
    """Load everything around this instant; return False, having changed nothing, when it was loaded before."""
    if User.objects.filter(email=PEOPLE[0].email).exists():
        return False
    people = {person.email: _add(person, on=at.date()) for person in PEOPLE}
    ada, grace, sam = people[ADA.email], people[GRACE.email], people[SAM.email]
    list_all(by=people[CORA.email], at=at)
    import_sets(entries=read_sets(document(PREPARATION.read_bytes())))
    ada_days, mallory_days = Days(ada, at=at), Days(people[MALLORY.email], at=at)
    tell_last_summer(_told(ada_days, ada_roles.ROLES))
    _told(mallory_days, mallory_roles.ROLES)
    mark_welcomed(student=mallory_days.student, at=mallory_days.noon(-20))
    arrange(ada_days)
    weigh(student=ada, weights=WEIGHTS)
    _share(ada, grace, Level.STAGES, at=at - _SINCE)
    _share(ada, sam, Level.NOTHING, at=at - _SINCE)
    supervise(ada_days, grace=grace, sam=sam, kim=people[KIM.email], at=at)
    know(ada_days)
    bring(ada_days)
    if settings.WEBHOOKS:
        announce(ada_days)
    rank_waiting(at=at)
    suggest(ada=ada, mallory=people[MALLORY.email], cora=people[CORA.email], at=at)
    return True


def _add(person: Person, *, on: dt.date) -> User:
    roles = {f"is_{role}": role in person.roles for role in ("student", "supervisor", "curator", "staff", "superuser")}
    began = _start(person, on)
    return create_person(email=person.email, password=PASSWORD, name=person.name, phd_started_on=began, **roles)


def _told(days: Days, roles: Iterable[Role]) -> Story:
    """Tell one student's search, and return the story for what else there is to tell."""
    story = Story(days)
    for role in roles:
        story.tell(role)
    return story


def _share(student: User, supervisor: User, level: Level, *, at: dt.datetime) -> None:
    """Invite, accept and share, as the two of them did some weeks ago."""
    supervision = invite(student=student, email=supervisor.email, at=at)
    accept(supervision=supervision, by=supervisor, at=at + dt.timedelta(hours=19))
    if level != Level.NOTHING:
        change_level(supervision=supervision, level=level, by=student, at=at + dt.timedelta(hours=20))


def _start(person: Person, on: dt.date) -> dt.date | None:
    """Return the 1 October that makes this the person's year of the PhD."""
    if person.phd_year is None:
        return None
    this_year = on.year if on >= dt.date(on.year, 10, 1) else on.year - 1
    return dt.date(this_year - person.phd_year + 1, 10, 1)
