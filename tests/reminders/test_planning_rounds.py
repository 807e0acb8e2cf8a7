"""When the hour before an interview and the debrief are due, and when no more."""

import datetime as dt

import pytest

from applications.actions.rounds import hold_round
from applications.actions.today import mark
from applications.models import Application, Debrief, InterviewRound, PrepItem
from applications.today_rules import key_of
from reminders.actions import Planned, make_plan
from reminders.models import Delivery, Preference, Times
from reminders.queries import facts_of
from tests.factories import RoundFactory
from tests.reminders.conftest import LONG_AGO, hears_only, posted

HOUR = dt.timedelta(hours=1)
MINUTE = dt.timedelta(minutes=1)
STARTS = dt.datetime(2026, 11, 12, 15, 0, tzinfo=dt.UTC)
DEBRIEF = STARTS + 3 * HOUR


def planned(rule: str, **filters) -> list[Delivery]:
    return list(Delivery.objects.filter(rule=rule, **filters).select_related("person").order_by("channel", "pk"))


def states(rule: str) -> list[str]:
    return [row.state for row in planned(rule)]


def interview(person, **fields) -> InterviewRound:
    """Make one that was noted long ago."""
    one = RoundFactory(application__student=person, **fields)
    InterviewRound.objects.filter(pk=one.pk).update(created_at=LONG_AGO)
    return one


@pytest.fixture
def ada(student):
    """A student who wants to hear an hour before."""
    person = hears_only(student(email="ada@waymark.example"), "interviews", "follow_ups")
    Times.objects.create(person=person, hour_before=True)
    return person


def test_the_hour_before_is_for_those_who_asked_for_it(ada, student):
    one = interview(ada)
    interview(student())
    make_plan(at=STARTS - 2 * HOUR)
    app, mail = planned("interview_soon")
    assert (app.channel, mail.channel, mail.person) == ("app", "mail", ada)
    assert (mail.due_at, mail.available_at, mail.useful_until) == (STARTS - HOUR, STARTS - HOUR, STARTS)
    assert mail.key == f"interview_soon:round-{one.public_id}:{ada.public_id}:mail:once:0:1"
    Times.objects.update(hour_before=False)
    assert make_plan(at=STARTS - 2 * HOUR).retired == 2
    assert states("interview_soon") == ["cancelled", "cancelled"]


@pytest.mark.parametrize(
    ("zone", "on", "time"),
    [
        ("Europe/London", (2026, 10, 25), 1),  # within the hour that comes twice: the first one
        ("Europe/Zurich", (2027, 3, 28), 3),  # the hour before is not there
        ("America/New_York", (2026, 11, 1), 2),
        ("Etc/GMT+12", (2026, 12, 31), 23),
    ],
)
def test_it_is_an_hour_before_whatever_the_clocks_do(ada, zone, on, time):
    one = interview(ada, on=dt.date(*on), time=dt.time(time), zone=zone)
    make_plan(at=one.starts_at - 20 * HOUR)
    assert {row.due_at for row in planned("interview_soon")} == {one.starts_at - HOUR}


def test_it_is_planned_up_to_the_start_and_not_after(ada):
    interview(ada)
    assert make_plan(at=STARTS - 25 * HOUR - MINUTE) == Planned(made=2, righted=0, retired=0)  # the evening before
    make_plan(at=STARTS - MINUTE)
    assert states("interview_soon") == ["pending", "pending"]
    Delivery.objects.all().delete()
    make_plan(at=STARTS)
    assert states("interview_soon") == []


@pytest.mark.parametrize("minutes", [None, 45, 600])
def test_a_debrief_is_due_two_hours_after_the_end(ada, minutes):
    one = interview(ada, minutes=minutes)
    ended = STARTS + (minutes or 60) * MINUTE
    make_plan(at=ended)
    _, mail = planned("debrief")
    assert (mail.due_at, mail.useful_until) == (ended + 2 * HOUR, ended + 50 * HOUR)
    assert (mail.round, mail.available_at) == (one, mail.due_at)
    assert make_plan(at=ended + 3 * HOUR) == Planned(made=0, righted=0, retired=0)
    Delivery.objects.all().delete()
    assert make_plan(at=ended + 50 * HOUR).made == 0


def test_a_debrief_is_asked_for_when_the_round_is_held_and_not_decided(ada):
    one = interview(ada, status="done")
    assert make_plan(at=DEBRIEF).made == 2
    for status in ("cancelled", "moved", "passed", "not_this_time"):
        InterviewRound.objects.filter(pk=one.pk).update(status=status)
        assert make_plan(at=DEBRIEF).retired == 2
        assert states("debrief") == ["cancelled", "cancelled"]
        InterviewRound.objects.filter(pk=one.pk).update(status="done")
        assert make_plan(at=DEBRIEF).righted == 2


def test_who_wrote_it_down_or_closed_is_not_asked(ada):
    one = interview(ada)
    make_plan(at=DEBRIEF)
    debrief = Debrief.objects.create(round=one, written_on=STARTS.date())
    assert make_plan(at=DEBRIEF).retired == 2
    debrief.delete()
    assert make_plan(at=DEBRIEF).righted == 2
    Application.objects.filter(pk=one.application_id).update(stage="closed", outcome="not_this_time")
    assert make_plan(at=DEBRIEF).retired == 2
    assert states("debrief") == ["cancelled", "cancelled"]


def test_a_debrief_let_go_on_today_is_not_asked_for(ada):
    one = interview(ada)
    make_plan(at=DEBRIEF)
    mark(student=ada, key=key_of("debrief", one.public_id, one.on), state="dismissed", on=one.on)
    assert make_plan(at=DEBRIEF).retired == 2
    assert states("debrief") == ["cancelled", "cancelled"]


def test_a_round_noted_afterwards_is_not_asked_about(ada):
    one = RoundFactory(application__student=ada)
    InterviewRound.objects.filter(pk=one.pk).update(created_at=DEBRIEF + MINUTE)
    assert make_plan(at=DEBRIEF + HOUR).made == 0


def test_a_round_that_moves_takes_its_debrief_and_its_hour_along(ada):
    one = interview(ada)
    make_plan(at=STARTS - 2 * HOUR)
    later = STARTS + 4 * HOUR
    InterviewRound.objects.filter(pk=one.pk).update(starts_at=later, time=dt.time(19), revision=2)
    make_plan(at=STARTS - 2 * HOUR)
    for rule, due_at in (("interview_soon", later - HOUR), ("debrief", later + 3 * HOUR)):
        old, new = planned(rule, channel="mail")
        assert (old.state, new.state, new.due_at) == ("superseded", "pending", due_at)


def test_a_debrief_waits_for_the_end_of_a_pause_and_the_hour_before_does_not(ada):
    Times.objects.update(paused_until=dt.date(2026, 11, 20))
    Preference.objects.create(person=ada, kind="follow_ups", by_mail="now", app=False)
    interview(ada)
    make_plan(at=STARTS - 2 * HOUR)
    assert (len(planned("debrief")), len(planned("interview_soon"))) == (0, 2)


@pytest.mark.parametrize("count", [1, 4])
def test_the_facts_of_rounds_cost_the_same_queries_for_many_as_for_one(ada, count, django_assert_num_queries):
    for _ in range(count):
        PrepItem.objects.create(round=interview(ada), text="Read two of their papers")
    make_plan(at=STARTS - 2 * HOUR)
    rows = [row for rule in ("interview_soon", "debrief", "interview_tomorrow") for row in planned(rule)]
    with django_assert_num_queries(6):
        found = facts_of(rows, at=STARTS - 2 * HOUR)
    assert len(found) == 6 * count
    assert {facts.standing(STARTS - 2 * HOUR) for facts in found} == {"pending"}


def test_who_notes_afterwards_that_it_took_place_is_not_asked_again(ada):
    one = interview(ada, starts_at=STARTS)
    assert list(posted(DEBRIEF)) == ["debrief"]
    hold_round(interview=one, by=ada, at=DEBRIEF + HOUR)
    assert posted(DEBRIEF + 2 * HOUR) == {}
    assert states("debrief") == ["pending", "sent"]
