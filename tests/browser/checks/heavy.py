"""A season as heavy as they come: the demo's Ada, whose rounds, offers and documents fill every page, and many more."""

import datetime as dt
from collections.abc import Iterable

from accounts.models import User
from applications.models import Application, Event
from companies.models import Company
from tests.demo_copies import load_demo
from tracker.lib import clock

STAGES = ("interested", "preparing", "applied", "interviewing", "offer", "closed")
OPEN = STAGES[:-1]


def ada_with(count: int, stages: Iterable[str] = STAGES) -> User:
    """Load the demo, and give Ada so many more applications, spread over the stages and the last weeks."""
    load_demo(at=clock.now())
    ada = User.objects.get(email="ada@waymark.example")
    add(ada, count, stages)
    return ada


def add(student: User, count: int, stages: Iterable[str] = STAGES) -> None:
    """Give a student so many applications at the companies there are."""
    companies, stages, on = list(Company.objects.order_by("pk")[:40]), list(stages), clock.today(student)
    made = [_one(student, companies[n % len(companies)], stages[n % len(stages)], n, on) for n in range(count)]
    Application.objects.bulk_create(made)
    Event.objects.bulk_create(
        Event(application=one, kind="added", stage=one.stage, outcome=one.outcome, on=one.stage_since) for one in made
    )


def _one(student: User, company: Company, stage: str, number: int, on: dt.date) -> Application:
    ago = dt.timedelta(days=number % 40)
    return Application(
        student=student,
        company=company,
        role=f"Research intern {number:04}",
        stage=stage,
        stage_since=on - ago,
        applied_on=on - ago if stage not in {"interested", "preparing"} else None,
        outcome="not_this_time" if stage == "closed" else "",
        next_step=f"Write to team {number}" if number % 50 == 0 else "",
        next_step_on=on + dt.timedelta(days=number % 9) if number % 50 == 0 else None,
    )
