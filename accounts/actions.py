"""Changes to people."""

import datetime as dt

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.models import User


@transaction.atomic
def create_person(*, email: str, password: str | None, name: str = "", **facts: object) -> User:
    """Make somebody who can sign in at once: the address counts as verified. For code and commands, not for sign-up.

    Roles and other fields of User may be given as `facts`; without any it is a student.
    """
    person = User.objects.create_user(email, password, name=name, **facts)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def edit_profile(*, person: User, name: str, time_zone: str, phd_started_on: dt.date | None, is_student: bool) -> None:
    """Save what a person says about themselves; no other role can be taken this way."""
    person.name, person.time_zone = name, time_zone
    person.phd_started_on, person.is_student = phd_started_on, is_student
    person.save(update_fields=["name", "time_zone", "phd_started_on", "is_student"])


def change_appearance(*, person: User, theme: str, shortcuts: bool) -> None:
    """Save how pages look and whether single keys act."""
    person.theme, person.shortcuts = theme, shortcuts
    person.save(update_fields=["theme", "shortcuts"])
