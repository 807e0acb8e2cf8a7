"""Whatever is done to an application, its stage is what its entries say, and undo puts back every row."""

import datetime as dt
import json

from django.test import TestCase
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from applications.actions import stages
from applications.actions.events import add_stage, delete_event, edit_event, log_event
from applications.actions.undoing import undo_change, undoable
from applications.models import Application, Undo
from applications.queries.rows import rows_of
from applications.stage import ACTIVE, CLOSING_OUTCOMES, ENTRY_CHOICES
from tests.factories import NOW, TODAY, ApplicationFactory, UserFactory
from tracker.lib.errors import DomainError

ORDER = ["interested", "preparing", "applied", "interviewing", "offer", "closed"]
DAYS = st.integers(0, 9).map(lambda days: TODAY - dt.timedelta(days=days))
ENTRIES = st.sampled_from([word for word, _ in ENTRY_CHOICES])
NUMBERS = st.integers(0, 20)


class Model:
    """The history as a list of [number, day, stage, outcome], told by walking backwards."""

    def __init__(self, number, on, stage):
        self.entries, self.first = [[number, on, stage, ""]], number

    @property
    def told(self):
        return sorted(self.entries, key=lambda entry: (entry[1], entry[0]))

    def put(self, number, on, stage, outcome):
        """Add an entry, or correct one; the first goes back with a later stage that is dated before it."""
        self.entries = [entry for entry in self.entries if entry[0] != number] + [[number, on, stage, outcome]]
        first = next((entry for entry in self.entries if entry[0] == self.first), None)
        if first and first[0] != number and on < first[1] and ORDER.index(stage) > ORDER.index(first[2]):
            first[1] = on

    def drop(self, number):
        self.entries = [entry for entry in self.entries if entry[0] != number]

    def standing(self):
        told = self.told
        stage, outcome = told[-1][2:]
        run = [entry for entry in told if entry[2] != stage]
        since = next(entry[1] for entry in told[(told.index(run[-1]) + 1 if run else 0) :])
        back = max((n for n, entry in enumerate(told) if entry[2] in ORDER[:2]), default=-1)
        sent = next((entry[1] for entry in told[back + 1 :] if entry[2] in ORDER[2:5]), None)
        return stage, outcome, since, sent

    def ways(self):
        told = self.told
        return [(before[2] if before else "", entry[2]) for before, entry in zip([None, *told], told, strict=False)]


class HistoryMachine(RuleBasedStateMachine):
    """Every way to change a history, each of them undone now and then."""

    def __init__(self):
        super().__init__()
        self.student = UserFactory()
        self.application = ApplicationFactory(student=self.student, stage_since=TODAY - dt.timedelta(days=5))
        first = self.application.events.get()
        self.model = Model(first.pk, first.on, first.stage)
        self.changes = []

    def export(self):
        rows = {key: json.loads(row) for key, row in rows_of(self.student, [self.application.pk], desk=True).items()}
        counters = {"version", "revision"}
        return {key: {name: row[name] for name in row.keys() - counters} for key, row in rows.items()}

    def do(self, action, **facts):
        """Run an action as a view does; return what it returns, or None where it refuses."""
        before, entries, result = self.export(), [list(entry) for entry in self.model.entries], None
        with undoable(student=self.student, text="Did it.", at=NOW, applications=[self.application]) as change:
            try:
                result = action(**facts, by=self.student, at=NOW)
            except DomainError:
                assert self.export() == before
        if change.undo:
            self.changes.append((change.undo, before, entries))
        else:
            assert self.export() == before
        self.application = Application.objects.get(pk=self.application.pk)
        return result

    def step(self, action, on, **facts):
        event = self.do(action, application=self.application, on=on, **facts)
        if event:
            latest = self.model.told[-1][1]
            self.model.entries.append([event.pk, max(on, latest), event.stage, event.outcome])

    def one(self, number):
        events = list(self.application.events.order_by("pk"))
        return events[number % len(events)]

    @rule(stage=st.sampled_from(ACTIVE), on=DAYS)
    def move(self, stage, on):
        self.step(stages.move, on, to=stage)

    @rule(outcome=st.sampled_from([word for word, _ in CLOSING_OUTCOMES]), on=DAYS)
    def close(self, outcome, on):
        self.step(stages.close, on, outcome=outcome, reason=f"Because of {outcome}")

    @rule(on=DAYS)
    def reopen(self, on):
        self.step(stages.reopen, on)

    @rule(on=DAYS)
    def accept(self, on):
        self.step(stages.accept_offer, on)

    @rule(on=DAYS)
    def log(self, on):
        self.do(log_event, application=self.application, kind="note", text="Met", is_shared=False, on=on)

    @rule(entered=ENTRIES, on=DAYS)
    def add_past(self, entered, on):
        known = set(self.application.events.values_list("pk", flat=True))
        event = self.do(add_stage, application=self.application, entered=entered, on=on)
        if event.pk not in known:
            self.model.put(event.pk, on, event.stage, event.outcome)

    @rule(number=NUMBERS, entered=ENTRIES, on=DAYS)
    def edit(self, number, entered, on):
        event = self.one(number)
        facts = {"seen": event, "text": event.text or "Words", "is_shared": False, "on": on, "entered": entered}
        event = self.do(edit_event, event=event, **facts)
        if event.stage:
            self.model.put(event.pk, on, event.stage, event.outcome)

    @rule(number=NUMBERS)
    def delete(self, number):
        event = self.one(number)
        if self.do(delete_event, event=event) and event.stage:
            self.model.drop(event.pk)

    @precondition(lambda self: self.changes)
    @rule()
    def undo_the_latest(self):
        undo, before, entries = self.changes.pop()
        for _twice in range(2):
            assert undo_change(undo=undo, by=self.student, at=NOW) == [self.application]
            assert self.export() == before
        self.application = Application.objects.get(pk=self.application.pk)
        self.model.entries = entries

    @precondition(lambda self: len(self.changes) > 1)
    @rule(number=NUMBERS)
    def undo_an_older_one(self, number):
        """It is undone as far as nothing depends on it, or refused as a whole; in both ways the rule still holds."""
        undo, _before, _entries = self.changes[number % (len(self.changes) - 1)]
        before = self.export()
        try:
            undo_change(undo=undo, by=self.student, at=NOW)
        except DomainError:
            assert self.export() == before
            return
        events = self.application.events.exclude(stage="").values_list("pk", "on", "stage", "outcome")
        self.model.entries = [list(event) for event in events]
        self.changes.clear()
        Undo.objects.all().delete()
        self.application = Application.objects.get(pk=self.application.pk)

    @invariant()
    def the_stage_is_what_the_entries_say(self):
        row = self.application
        assert (row.stage, row.outcome, row.stage_since, row.applied_on) == self.model.standing()

    @invariant()
    def the_entries_are_those_of_the_model(self):
        events = self.application.events.exclude(stage="").order_by("on", "pk")
        assert list(events.values_list("came_from", "stage")) == self.model.ways()
        assert list(events.values_list("pk", "on", "outcome")) == [(n, on, out) for n, on, _, out in self.model.told]


class TestHistories(HistoryMachine.TestCase, TestCase):
    """All examples in one transaction, each with a student of its own."""

    settings = settings(
        max_examples=20, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
