"""Made-up lives of students over one season: what each does on which day, drawn from dice."""

import datetime as dt
import random
import uuid
from collections import defaultdict
from collections.abc import Callable
from zoneinfo import ZoneInfo

from accounts.models import User
from applications.actions.adding import add_application
from applications.actions.offers import note_offer
from applications.actions.rounds import add_round, hold_round
from applications.actions.stages import accept_offer, close, move
from applications.models import Application

ZONES = ("Europe/London", "Europe/Zurich", "America/New_York", "Asia/Tokyo", "Pacific/Auckland")
DAY = dt.timedelta(days=1)
Deed = Callable[[dt.datetime], object]


class Life:
    """One student: deeds by day, and whether they opened Waymark that day."""

    def __init__(self, number: int, begins: dt.date) -> None:
        self.dice = random.Random(number)
        zone = ZONES[number % len(ZONES)]
        self.student = User.objects.create(email=f"student{number}@x.example", password="!", time_zone=zone)
        before = dt.datetime.combine(begins - 20 * DAY, dt.time(12), tzinfo=dt.UTC)
        User.objects.filter(pk=self.student.pk).update(created_at=before, last_seen_on=before.date())
        self.deeds: dict[dt.date, list[Deed]] = defaultdict(list)
        # Every seventh is away from the middle of November on.
        self.leaves_on = begins + 76 * DAY if number % 7 == 6 else None
        self.accepted = False
        for one in range(self.dice.randint(6, 22)):
            self._plan(one, begins + self.dice.randint(5, 135) * DAY)

    def live(self, day: dt.date) -> None:
        """Do what this day brings, at noon; who is away does nothing."""
        if self.leaves_on and day >= self.leaves_on:
            return
        at = dt.datetime.combine(day, dt.time(12), tzinfo=ZoneInfo(self.student.time_zone))
        if self.deeds[day] or self.dice.random() < 0.3:
            User.objects.filter(pk=self.student.pk).update(last_seen_on=day)
        for deed in self.deeds[day]:
            deed(at)

    def _plan(self, number: int, day: dt.date) -> None:
        found: dict[str, Application] = {}
        closes_on = day + self.dice.randint(8, 60) * DAY if self.dice.random() < 0.7 else None
        sends_on = day + self.dice.randint(1, 20) * DAY

        def add(at: dt.datetime) -> None:
            found["it"] = add_application(
                student=self.student,
                company_or_link=f"Company {number}",
                role=f"Research Intern {number}",
                stage="interested",
                request_key=uuid.uuid4(),
                at=at,
                on=at.date(),
                details={"closes_on": closes_on} if closes_on else None,
            )

        self.deeds[day].append(add)
        if closes_on is None or sends_on <= closes_on:
            self.deeds[sends_on].append(lambda at: self._move(found["it"], "applied", at))
            self._hear(found, sends_on)

    def _hear(self, found: dict[str, Application], sent_on: dt.date) -> None:
        heard_on = sent_on + self.dice.randint(6, 30) * DAY
        fate = self.dice.random()
        if fate < 0.3:
            return  # no answer at all
        if fate < 0.6:
            self.deeds[heard_on].append(lambda at: self._close(found["it"], "not_this_time", at))
            return
        last = heard_on
        self.deeds[heard_on].append(lambda at: self._move(found["it"], "interviewing", at))
        for _ in range(self.dice.randint(1, 3)):
            last += self.dice.randint(3, 12) * DAY
            self._round(found, told_on=max(heard_on, last - 3 * DAY), on=last)
        self._end(found, last + self.dice.randint(2, 9) * DAY)

    def _round(self, found: dict[str, Application], *, told_on: dt.date, on: dt.date) -> None:
        kept: dict[str, object] = {}
        hour = dt.time(self.dice.randint(9, 17))

        def agree(at: dt.datetime) -> None:
            if found["it"].is_open:
                details = {"kind": "research", "on": on, "time": hour, "minutes": 60}
                kept["round"] = add_round(application=found["it"], details=details, by=self.student, at=at)

        self.deeds[told_on].append(agree)
        if self.dice.random() < 0.5:  # half of them note at once that it is done
            self.deeds[on + DAY].append(
                lambda at: hold_round(interview=kept["round"], by=self.student, at=at) if "round" in kept else None
            )

    def _end(self, found: dict[str, Application], on: dt.date) -> None:
        if self.dice.random() < 0.6:
            self.deeds[on].append(lambda at: self._close(found["it"], "not_this_time", at))
            return

        def offer(at: dt.datetime) -> None:
            self._move(found["it"], "offer", at)
            details = {"answer_by": at.date() + 14 * DAY}
            note_offer(application=found["it"], details=details, version=0, by=self.student, at=at)

        def answer(at: dt.datetime) -> None:
            if self.accepted:
                self._close(found["it"], "declined", at)
            else:
                self.accepted = True
                accept_offer(application=found["it"], by=self.student, at=at, on=at.date())

        self.deeds[on].append(offer)
        self.deeds[on + self.dice.randint(5, 13) * DAY].append(answer)

    def _move(self, application: Application, to: str, at: dt.datetime) -> None:
        if application.is_open:
            move(application=application, to=to, by=self.student, at=at, on=at.date())

    def _close(self, application: Application, outcome: str, at: dt.datetime) -> None:
        if application.is_open:
            close(application=application, outcome=outcome, reason="", by=self.student, at=at, on=at.date())
