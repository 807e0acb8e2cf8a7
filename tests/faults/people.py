"""Whom the programs of this folder remind, made in bulk."""

import datetime as dt
from collections.abc import Sequence

from accounts.models import User
from applications.models import Application, InterviewRound
from companies.models import Company
from reminders.models import Times

LONG_AGO = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def students(count: int, *, email: str = "", **fields: object) -> list[User]:
    """Make students in UTC who have been here for long."""
    usual = {
        "password": "!",
        "time_zone": "UTC",
        "last_seen_on": dt.date(2100, 1, 1),
    }  # else they would be left in peace
    first = User.objects.count()
    made = User.objects.bulk_create(
        User(email=email or f"s{first + number}@x.example", **(usual | fields)) for number in range(count)
    )
    User.objects.update(created_at=LONG_AGO)
    # A program runs at any hour of the day: nobody here has quiet hours.
    Times.objects.bulk_create(Times(person=one, quiet_from=dt.time(0), quiet_until=dt.time(0)) for one in made)
    return made


def interviews(people: Sequence[User], start: dt.datetime, *, to_the_second: bool = False) -> None:
    """Give each an interview at this instant, in whole minutes as people enter them."""
    start = start if to_the_second else start.replace(second=0, microsecond=0)
    company, _ = Company.objects.get_or_create(
        slug="tidewater", defaults={"name": "Tidewater", "match_key": "tidewater", "search_text": "Tidewater"}
    )
    applications = Application.objects.bulk_create(
        Application(student=one, company=company, stage="interviewing", stage_since=start.date()) for one in people
    )
    InterviewRound.objects.bulk_create(
        InterviewRound(application=one, kind="coding", on=start.date(), time=start.time(), zone="UTC", starts_at=start)
        for one in applications
    )


def noted_long_ago() -> None:
    """Let all applications and rounds have been noted before any reminder of theirs was due."""
    Application.objects.update(created_at=LONG_AGO)
    InterviewRound.objects.update(created_at=LONG_AGO)
