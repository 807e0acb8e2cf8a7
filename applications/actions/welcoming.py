"""The first steps of a new student: who they are, when they want to go, and what they have already."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.actions import edit_profile
from accounts.models import User
from applications.actions.adding import add_application, added_before
from applications.models import Application, Desk
from applications.queries.add import look_up
from applications.stage import Stage
from tracker.lib.errors import DomainError


@dataclass(frozen=True, slots=True)
class Pasted:
    """What became of one line: the application it added, the one that is tracked already, or why it was not added."""

    line: str
    added: Application | None = None
    tracked_url: str = ""
    tracked: str = ""
    trouble: str = ""


def describe_student(
    *, student: User, name: str, phd_started_on: dt.date | None, topics: list[str], thesis: str, at: dt.datetime
) -> Desk:
    """Keep who one is: name and PhD with the person, topics and thesis, by which the list is ordered, on their desk."""
    edit_profile(
        person=student,
        name=name or student.name,
        time_zone=student.time_zone,
        phd_started_on=phd_started_on,
        is_student=student.is_student,
    )
    told: dict[str, object] = {"topics": topics, "thesis": thesis}
    if topics or thesis:
        told["research_changed_at"] = at
    desk, _made = Desk.objects.update_or_create(student=student, defaults=told)
    return desk


def mark_welcomed(*, student: User, at: dt.datetime) -> None:
    """Lead them to these steps no more; the first time counts."""
    Desk.objects.get_or_create(student=student)
    Desk.objects.visible_to(student).filter(welcomed_at=None).update(welcomed_at=at)


def add_pasted(
    *, student: User, lines: Iterable[str], request_key: uuid.UUID, at: dt.datetime, on: dt.date
) -> list[Pasted]:
    """Add each line as Interested, and say line by line what became of it; a refused one stops no other.

    The same lines with the same key, which is what a reload sends, get the applications of the first time.
    """
    return [_add(student, line, uuid.uuid5(request_key, line), at=at, on=on) for line in lines]


def _add(student: User, line: str, key: uuid.UUID, *, at: dt.datetime, on: dt.date) -> Pasted:
    known = added_before(student, key)
    if known:
        return Pasted(line, added=known)
    found = look_up(student, line, "", on=on)
    same = found.tracked if found else None
    if same and (same.is_same or not found or not found.role):
        return Pasted(line, tracked_url=same.url, tracked=f"{same.title}, {same.standing}")
    try:
        added = add_application(
            student=student,
            company_or_link=line,
            role="",
            stage=Stage.INTERESTED,
            request_key=key,
            at=at,
            on=on,
        )
    except DomainError as error:
        return Pasted(line, trouble=error.sentence)
    return Pasted(line, added=added)
