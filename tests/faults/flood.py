"""A machine that lets arrivals, crashes, refusals, stops and nights happen as they come, and looks on (R7)."""

import datetime as dt
from collections import Counter
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from accounts.models import User
from applications.models import Application
from reminders import actions
from reminders.models import Delivery
from reminders.plan import Kind, Rule
from tests.factories import ApplicationFactory, CompanyFactory, RoundFactory, UserFactory
from tests.reminders.conftest import LONG_AGO

HOUR = dt.timedelta(hours=1)
BEGINS = dt.datetime(2026, 11, 9, 6, 0, tzinfo=dt.UTC)
ZONES = ("Europe/London", "Asia/Kathmandu", "America/Los_Angeles")
ANSWERS = st.lists(st.sampled_from(["taken", "taken", "taken", "later", "never", "crash"]), min_size=9)
FINAL = {"sent", "failed", "cancelled", "expired", "superseded"}


class Flood(RuleBasedStateMachine):
    """Two workers and three people; what reached them is what a mail server would have seen."""

    seen: ClassVar[Counter[str]] = Counter()
    """Of all examples: mails, crashes, and how many there were."""

    @initialize()
    def cast(self):
        self.at = BEGINS
        self.company = CompanyFactory()
        # by their ids mails of a morning are spread: the same example must go the same way each time
        self.people = [UserFactory(time_zone=zone, public_id=f"maker{n}" * 2) for n, zone in enumerate(ZONES)]
        User.objects.update(created_at=LONG_AGO)
        self.leases = []
        self.arrived = []  # (person, rule of the mail, moment, Message-ID, keys told of)
        self.crashes = 0

    def _noted(self, **fields):
        made = ApplicationFactory(company=self.company, **fields)
        Application.objects.filter(pk=made.pk).update(created_at=LONG_AGO)

    @rule(who=st.integers(0, 2), hours=st.integers(1, 60), count=st.integers(1, 5))
    def interviews(self, who, hours, count):
        start = self.at + hours * HOUR
        for _ in range(count):
            application = ApplicationFactory(student=self.people[who], company=self.company, stage="interviewing")
            RoundFactory(application=application, on=start.date(), time=start.time(), zone="UTC")

    @rule(who=st.integers(0, 2), days=st.integers(13, 16), count=st.integers(1, 3))
    def follow_ups(self, who, days, count):
        for _ in range(count):
            self._noted(student=self.people[who], stage="applied", applied_on=self.at.date() - dt.timedelta(days=days))

    @rule(who=st.integers(0, 2), days=st.integers(0, 8), count=st.integers(1, 3))
    def closing_dates(self, who, days, count):
        for _ in range(count):
            day = self.at.date() + dt.timedelta(days=days)
            self._noted(student=self.people[who], stage="preparing", closes_on=day, zone="Etc/GMT+12")

    @rule(who=st.integers(0, 2), kind=st.sampled_from([Kind.CLOSING, Kind.FOLLOW_UPS, Kind.INTERVIEWS]))
    def stop(self, who, kind):
        actions.stop(by=self.people[who], kind=kind, on=self.at.date())

    @rule()
    def tick(self):
        actions.make_plan(at=self.at)
        while actions.expire(at=self.at) or actions.tell(at=self.at):
            pass

    @rule()
    def claim(self):
        lease = actions.claim(at=self.at)
        if lease and lease.mails:
            self.leases.append(lease)

    @rule(minutes=st.sampled_from([0, 1, 10, 240, 1500]), answers=ANSWERS)
    def work(self, minutes, answers):
        """What mostly happens: time passes, the plan is made, mails are taken and handed over. By chance it is rare."""
        if not self.leases:
            self.at += dt.timedelta(minutes=minutes)
        self.tick()
        self.claim()
        if self.leases:
            self.send(answers=answers)

    @precondition(lambda self: self.leases)
    @rule(answers=ANSWERS)
    def send(self, answers):
        """Send the oldest lease in hand; who crashes does so after the server took the mail, before it is noted."""
        lease = self.leases.pop(0)
        for mail, answer in zip(lease.mails, answers * 9, strict=False):
            if answer == "later":
                actions.try_later(mail=mail, token=lease.token, error="SMTPDataError 451", at=self.at)
            elif answer == "never":
                actions.give_up(mail=mail, token=lease.token, error="SMTPDataError 550", at=self.at)
            else:
                self._arrive(mail, lease)
            if answer == "crash":
                self.crashes += 1
                return
            if answer == "taken":
                actions.close(sent=[(mail, self.at)], token=lease.token)

    def _arrive(self, mail, lease):
        if lease.at + dt.timedelta(seconds=30) < self.at:
            self.crashes += 1  # a sender as slow as this has lost its lease; the product's stop after a quarter
        row = mail.delivery
        keys = tuple(one.delivery.key for one in mail.all)
        self.arrived.append((row.person_id, Rule(row.rule), self.at, row.message_id, keys))

    @precondition(lambda self: not self.leases)
    @rule(minutes=st.sampled_from([1, 3, 10, 60, 240, 600, 1500]))
    def later(self, minutes):
        self.at += dt.timedelta(minutes=minutes)

    @precondition(lambda self: self.leases)
    @rule()
    def all_workers_die(self):
        """Nothing of what they hold was sent."""
        self.leases.clear()
        self.at += dt.timedelta(minutes=3)

    @invariant()
    def nobody_is_flooded(self):
        first = {}
        for person, about, at, message, _ in self.arrived:
            first.setdefault(message, (person, about, at))
        for person in self.people:
            moments = sorted(at for who, _, at in first.values() if who == person.pk)
            assert all(b - a >= dt.timedelta(hours=24) for a, b in zip(moments, moments[3:], strict=False)), moments
            days = Counter(
                at.astimezone(person.tz).date()
                for who, about, at in first.values()
                if who == person.pk and not about.is_alone
            )
            assert max(days.values(), default=0) <= 1, days

    @invariant()
    def nothing_is_sent_twice_without_a_crash(self):
        told = Counter(key for *_, keys in self.arrived for key in keys)
        if not self.crashes:
            assert max(told.values(), default=0) <= 1
        messages = {}
        for *_, message, keys in self.arrived:
            assert set(keys) <= set(messages.setdefault(message, keys))  # a second copy tells of nothing else

    def teardown(self):
        """Let days pass in which all goes well: each row comes to an end."""
        if not hasattr(self, "at"):
            return
        self.leases.clear()
        rest = self.at
        for hours in [5] * 8 + [24] * 9:
            self.at += hours * HOUR
            self.tick()
            while lease := actions.claim(at=self.at):
                for mail in lease.mails:
                    self._arrive(mail, lease)
                actions.close(sent=[(mail, self.at) for mail in lease.mails], token=lease.token)
        self.nobody_is_flooded()
        self.nothing_is_sent_twice_without_a_crash()
        # what was planned until then; during the rest new weekly plans come, and the last may not be due yet
        assert set(Delivery.objects.filter(created_at__lte=rest).values_list("state", flat=True)) <= FINAL
        self.seen["examples"] += 1
        self.seen["mails"] += len(self.arrived)
        self.seen["crashes"] += self.crashes
