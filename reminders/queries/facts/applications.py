"""Applications with their offers, as far as the reminders in hand are about them."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from applications.models import Application, Event, Offer, Requirement, SentDocument
from applications.season.weeks import working_days_after
from applications.stage import UNSENT, Stage
from applications.today_rules import Mark, key_of
from applications.today_rules import Rule as Line
from reminders.models import Delivery
from reminders.plan import Rule
from reminders.queries.facts.marks import Key, hides, marks_of

_LINES = {
    Rule.POSTING_CLOSES: Line.CLOSES,
    Rule.FOLLOW_UP: Line.FOLLOW_UP,
    Rule.OFFER_ANSWER: Line.ANSWER,
}
"""The line of Today that asks for the same."""


@dataclass(frozen=True, slots=True)
class Tracked:
    """One application, the day that the reminder is about, and what the letter about a closing posting tells."""

    application: Application
    offer: Offer | None
    day: dt.date | None
    is_followed_up: bool
    mark: Mark | None = None
    documents: Sequence[str] = ()
    requirements: Sequence[Requirement] = ()

    def standing(self, row: Delivery, at: dt.datetime) -> str:
        """Say whether it is still to be done, and by the same day."""
        today = at.astimezone(row.person.tz).date()
        if not self._is_open(Rule(row.rule)) or hides(self.mark, today):
            return Delivery.State.CANCELLED
        if row.rule == Rule.FOLLOW_UP:
            same = self.day is not None and self.day <= today
        else:
            same = self.day is not None and self.day.isoformat() == row.revision
        return Delivery.State.PENDING if same else Delivery.State.SUPERSEDED

    def _is_open(self, rule: Rule) -> bool:
        one = self.application
        if rule is Rule.POSTING_CLOSES:
            return one.stage in UNSENT
        if rule is Rule.FOLLOW_UP:
            return one.stage == Stage.APPLIED and not self.is_followed_up
        return one.stage == Stage.OFFER and not one.outcome


def load(rows: Sequence[Delivery], at: dt.datetime) -> Mapping[int, Tracked]:  # noqa: ARG001 - as the other families
    """Return row -> its application: five queries at most, none without such rows."""
    about = {row.pk: row.application_id for row in rows if row.application_id}
    found = Application.objects.select_related("company", "offer").in_bulk(set(about.values()))
    written = _followed_up(found)
    closing = {row.application_id for row in rows if row.application_id and row.rule == Rule.POSTING_CLOSES}
    documents, requirements = _documents(closing), _requirements(closing)
    mine = [(row, found[about[row.pk]]) for row in rows if row.pk in about]
    days = {row.pk: _day(one, Rule(row.rule)) for row, one in mine}
    keys = {row.pk: _line(row, one, days[row.pk]) for row, one in mine}
    marks = marks_of(keys.values())
    return {
        row.pk: Tracked(
            application=one,
            offer=getattr(one, "offer", None),
            day=days[row.pk],
            is_followed_up=one.pk in written,
            mark=marks.get(keys[row.pk]),
            documents=documents.get(one.pk, ()),
            requirements=requirements.get(one.pk, ()),
        )
        for row, one in mine
    }


def _followed_up(ids: Iterable[int]) -> set[int]:
    written = Event.objects.filter(application__in=ids).following_up()
    return set(written.values_list("application", flat=True))


def _documents(ids: Iterable[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = SentDocument.objects.filter(application__in=ids).order_by("pk")
    for key, name in rows.values_list("application", "version__document__name"):
        found.setdefault(key, []).append(name)
    return found


def _requirements(ids: Iterable[int]) -> dict[int, list[Requirement]]:
    found: dict[int, list[Requirement]] = {}
    for one in Requirement.objects.filter(application__in=ids).order_by("position", "pk"):
        found.setdefault(one.application_id, []).append(one)
    return found


def _day(one: Application, rule: Rule) -> dt.date | None:
    day: dt.date | None = None
    if rule is Rule.POSTING_CLOSES:
        day = one.closes_on
    elif rule is Rule.OFFER_ANSWER and hasattr(one, "offer"):
        day = one.offer.answer_by
    elif rule is Rule.FOLLOW_UP and one.applied_on:
        day = working_days_after(one.applied_on, settings.WAYMARK_FOLLOW_UP_WORKING_DAYS)
    return day


def _line(row: Delivery, one: Application, day: dt.date | None) -> Key:
    return row.person_id, key_of(_LINES[Rule(row.rule)], one.public_id, day or dt.date.min)
