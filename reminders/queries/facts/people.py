"""A student's people, as far as the reminders in hand are about them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from applications.today_rules import Mark, key_of
from applications.today_rules import Rule as Line
from outreach.models import Contact, Paper
from reminders.models import Delivery
from reminders.plan import Rule
from reminders.queries.facts.marks import Key, hides, marks_of


@dataclass(frozen=True, slots=True)
class Written:
    """Somebody whom the student wrote to, and the title of a paper of theirs."""

    contact: Contact
    paper: str
    mark: Mark | None = None

    def standing(self, row: Delivery, at: dt.datetime) -> str:
        """Say whether nothing was heard of them still."""
        due = self.contact.follow_up_on
        if due is None or hides(self.mark, at.astimezone(row.person.tz).date()):
            return Delivery.State.CANCELLED
        return Delivery.State.PENDING if due.isoformat() == row.revision else Delivery.State.SUPERSEDED


@dataclass(frozen=True, slots=True)
class Kept:
    """How many of a student's people were added long ago, with nothing said since."""

    count: int

    def standing(self, row: Delivery, at: dt.datetime) -> str:  # noqa: ARG002 - of this instant
        """Say whether there is anybody still."""
        return Delivery.State.PENDING if self.count else Delivery.State.CANCELLED


def load(rows: Sequence[Delivery], at: dt.datetime) -> Mapping[int, Written | Kept]:
    """Return row -> what it is about: four queries at most, none without such rows."""
    return {**_written(rows), **_kept(rows, at)}


def _written(rows: Sequence[Delivery]) -> dict[int, Written]:
    about = {row.pk: row.contact_id for row in rows if row.contact_id}
    if not about:
        return {}
    people = Contact.objects.in_bulk(set(about.values()))
    papers = dict(Paper.objects.filter(contacts__in=people).order_by("year", "-title").values_list("contacts", "title"))
    mine = [(row, people[about[row.pk]]) for row in rows if about.get(row.pk) in people]
    keys: dict[int, Key] = {row.pk: (row.person_id, _line(one)) for row, one in mine}
    marks = marks_of(keys.values())
    return {row.pk: Written(one, papers.get(one.pk, ""), marks.get(keys[row.pk])) for row, one in mine}


def _line(one: Contact) -> str:
    return key_of(Line.OUTREACH, one.public_id, one.follow_up_on or dt.date.min)


def _kept(rows: Sequence[Delivery], at: dt.datetime) -> dict[int, Kept]:
    asked = {row.pk: row.person_id for row in rows if row.rule == Rule.PEOPLE_KEPT}
    if not asked:
        return {}
    old = Contact.objects.filter(student__in=set(asked.values())).old(at)
    counts = dict(old.order_by().values("student").annotate(many=Count("pk")).values_list("student", "many"))
    return {row: Kept(counts.get(person, 0)) for row, person in asked.items()}
