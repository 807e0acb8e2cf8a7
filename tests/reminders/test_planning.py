"""What the planner makes, moves and retires."""

import datetime as dt
import threading
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from applications.models import Application, InterviewRound, SeasonPlan
from companies.models import Season
from reminders import plan
from reminders.actions import Planned, make_plan
from reminders.models import Delivery, Heartbeat, Preference, Times
from tests.factories import ApplicationFactory, RoundFactory, SeasonFactory, UserFactory
from tests.reminders.conftest import LONG_AGO

HOUR = dt.timedelta(hours=1)
OPENS = dt.datetime(2026, 10, 1, 7, 0, tzinfo=dt.UTC)  # 08:00 in London
EVENING = dt.datetime(2026, 11, 11, 18, 0, tzinfo=dt.UTC)  # before RoundFactory's interview


def states(**filters) -> list[str]:
    return list(Delivery.objects.filter(**filters).order_by("pk").values_list("state", flat=True))


def dues(person, **filters) -> list[dt.datetime]:
    rows = Delivery.objects.filter(person=person, channel="mail", **filters).order_by("due_at")
    return list(rows.values_list("due_at", flat=True))


@pytest.fixture
def ada(student):
    return student(email="ada@waymark.example", name="Ada Whitlock")


def test_a_milestone_is_planned_once_for_each_channel(ada, season):
    assert make_plan(at=OPENS) == Planned(made=2, righted=0, retired=0)
    assert make_plan(at=OPENS + HOUR) == Planned(made=0, righted=0, retired=0)
    rows = Delivery.objects.order_by("channel").values_list("key", "rule", "channel", "due_at", "state", "revision")
    tail = f"season-{season.pk}:0:2026-10-01"
    assert list(rows) == [
        (f"window_opens:window:{ada.public_id}:app:{tail}", "window_opens", "app", OPENS, "pending", "2026-10-01"),
        (f"window_opens:window:{ada.public_id}:mail:{tail}", "window_opens", "mail", OPENS, "pending", "2026-10-01"),
    ]


@pytest.mark.parametrize(
    ("zone", "due_at"),
    [
        ("Pacific/Kiritimati", dt.datetime(2026, 9, 30, 18, tzinfo=dt.UTC)),
        ("Asia/Kathmandu", dt.datetime(2026, 10, 1, 2, 15, tzinfo=dt.UTC)),
        ("America/Los_Angeles", dt.datetime(2026, 10, 1, 15, tzinfo=dt.UTC)),
        ("Etc/GMT+12", dt.datetime(2026, 10, 1, 20, tzinfo=dt.UTC)),
    ],
)
def test_a_milestone_is_due_at_eight_where_the_person_lives(student, season, zone, due_at):
    person = student(time_zone=zone)
    make_plan(at=due_at - 23 * HOUR)
    assert dues(person) == [due_at]


def test_nothing_is_planned_a_day_before_or_three_days_after(ada, season):
    assert make_plan(at=OPENS - 24 * HOUR - dt.timedelta(seconds=1)).made == 0
    assert make_plan(at=OPENS + 72 * HOUR).made == 0
    assert make_plan(at=OPENS + 71 * HOUR).made == 2


def test_a_days_silence_of_the_tick_loses_nothing(ada, season):
    make_plan(at=OPENS - 30 * HOUR)
    make_plan(at=OPENS + 41 * HOUR)
    assert dues(ada) == [OPENS]


def test_all_winter_each_student_gets_exactly_what_an_oracle_expects(student, season):
    zones = ["Europe/London", "Europe/Zurich", "America/New_York", "Asia/Tokyo", "Pacific/Auckland"]
    people = [student(time_zone=zone) for zone in zones]
    at = dt.datetime(2026, 9, 28, 0, 30, tzinfo=dt.UTC)
    while at < dt.datetime(2027, 2, 4, tzinfo=dt.UTC):
        make_plan(at=at)
        at += 13 * HOUR
    days = [dt.datetime(2026, 10, 1, 8), dt.datetime(2026, 12, 1, 8), dt.datetime(2027, 1, 15, 8)]
    for person in people:
        assert dues(person) == [day.replace(tzinfo=ZoneInfo(person.time_zone)) for day in days]


def test_ones_own_window_counts_instead_of_the_seasons(ada, season):
    SeasonPlan.objects.create(
        student=ada, season=season, opens_on=dt.date(2026, 9, 10), closes_on=dt.date(2026, 12, 20)
    )
    own = [dt.datetime(2026, 9, 10, 7, tzinfo=dt.UTC), dt.datetime(2026, 10, 30, 8, tzinfo=dt.UTC)]
    own.append(dt.datetime(2026, 12, 4, 8, tzinfo=dt.UTC))
    for moment in [*own, OPENS, dt.datetime(2026, 12, 1, 8, tzinfo=dt.UTC), dt.datetime(2027, 1, 15, 8, tzinfo=dt.UTC)]:
        make_plan(at=moment)
    assert dues(ada) == own


def test_who_planned_for_another_season_prepares_for_that_one(ada, season):
    later = SeasonFactory(
        name="Summer 2028", slug="summer-2028", opens_on=dt.date(2027, 10, 1), closes_on=dt.date(2028, 1, 31),
        starts_on=dt.date(2028, 6, 1),
    )  # fmt: skip
    SeasonPlan.objects.create(student=ada, season=later, goal=10)
    assert make_plan(at=OPENS).made == 0
    SeasonPlan.objects.create(student=ada, season=season, goal=10)
    assert make_plan(at=OPENS).made == 2


def test_an_accepted_offer_ends_the_season(ada, season):
    ApplicationFactory(student=ada, season=season, stage="offer", outcome="accepted")
    assert make_plan(at=OPENS).made == 0


def test_an_offer_accepted_after_planning_cancels(ada, season):
    make_plan(at=OPENS - HOUR)
    ApplicationFactory(student=ada, season=season, stage="offer", outcome="accepted")
    assert make_plan(at=OPENS) == Planned(made=0, righted=0, retired=2)
    assert states() == ["cancelled", "cancelled"]


def test_who_came_after_the_milestone_is_not_told_of_it(season, db):
    person = UserFactory()
    User.objects.filter(pk=person.pk).update(created_at=OPENS + HOUR)
    assert make_plan(at=OPENS + 2 * HOUR).made == 0


@pytest.mark.parametrize("fields", [{"is_active": False}, {"is_student": False}])
def test_only_active_students_are_reminded(ada, season, fields):
    User.objects.filter(pk=ada.pk).update(**fields)
    RoundFactory(application__student=ada)
    assert make_plan(at=OPENS).made == 0
    assert make_plan(at=EVENING).made == 0


def test_what_is_switched_off_is_not_planned_and_comes_back_when_switched_on(ada, season):
    Preference.objects.create(person=ada, kind="window", by_mail="off", app=True)
    assert make_plan(at=OPENS - HOUR).made == 1
    assert dues(ada) == []
    Preference.objects.update(by_mail="now")
    assert make_plan(at=OPENS).made == 1
    Preference.objects.update(by_mail="off", app=False)
    assert make_plan(at=OPENS) == Planned(made=0, righted=0, retired=2)
    Preference.objects.update(by_mail="now")
    assert make_plan(at=OPENS) == Planned(made=0, righted=1, retired=0)
    assert states(channel="mail") == ["pending"]


def test_switching_one_kind_off_leaves_the_other(ada, season):
    Preference.objects.create(person=ada, kind="interviews", by_mail="off", app=False)
    assert make_plan(at=OPENS).made == 2


def test_a_pause_holds_back_mail_about_the_window_but_not_about_interviews(ada, season):
    Times.objects.create(person=ada, paused_until=dt.date(2026, 10, 2))
    RoundFactory(application__student=ada, on=dt.date(2026, 10, 2), time=dt.time(9))
    make_plan(at=OPENS)
    planned = Delivery.objects.order_by("rule", "channel").values_list("rule", "channel")
    assert list(planned) == [("interview_tomorrow", "app"), ("interview_tomorrow", "mail"), ("window_opens", "app")]
    Times.objects.update(paused_until=dt.date(2026, 10, 1))
    assert make_plan(at=OPENS).made == 1


def test_an_interview_is_announced_on_the_evening_before(ada):
    one = RoundFactory(application__student=ada)
    assert make_plan(at=EVENING - 23 * HOUR).made == 2
    row = Delivery.objects.get(channel="mail")
    assert (row.due_at, row.available_at, row.useful_until) == (EVENING, EVENING, one.starts_at)
    assert row.key == f"interview_tomorrow:round-{one.public_id}:{ada.public_id}:mail:once:-1:1"


def test_the_evening_is_that_of_the_student_and_not_of_the_interviewer(student):
    person = student(time_zone="Asia/Tokyo")
    RoundFactory(application__student=person, on=dt.date(2026, 11, 11), time=dt.time(17), zone="America/Los_Angeles")
    make_plan(at=EVENING - 23 * HOUR)
    assert dues(person) == [dt.datetime(2026, 11, 11, 9, tzinfo=dt.UTC)]  # the interview is on the 12th at 10:00


def test_a_round_added_late_is_due_at_once_and_counts_as_waiting_from_then(ada):
    from reminders.queries import outbox_health

    RoundFactory(application__student=ada)
    late = EVENING + 15 * HOUR
    make_plan(at=late)
    assert Delivery.objects.due(late).count() == 2
    assert outbox_health(at=late).oldest_due_at == late


def test_a_round_that_has_begun_is_not_announced(ada):
    one = RoundFactory(application__student=ada)
    assert make_plan(at=one.starts_at).made == 0


@pytest.mark.parametrize(
    "fields", [{"status": "cancelled"}, {"status": "done"}, {"on": None, "time": None, "starts_at": None}]
)
def test_a_round_that_will_not_take_place_then_is_not_announced(ada, fields):
    one = RoundFactory(application__student=ada)
    make_plan(at=EVENING - HOUR)
    InterviewRound.objects.filter(pk=one.pk).update(**fields)
    assert make_plan(at=EVENING).retired == 2
    assert set(states()) == {"superseded" if "on" in fields else "cancelled"}


def test_a_moved_round_supersedes_what_was_planned(ada):
    one = RoundFactory(application__student=ada)
    make_plan(at=EVENING - HOUR)
    InterviewRound.objects.filter(pk=one.pk).update(starts_at=one.starts_at + 2 * HOUR, revision=2)
    assert make_plan(at=EVENING - HOUR) == Planned(made=2, righted=0, retired=2)
    assert states(revision="1") == ["superseded", "superseded"]
    assert states(revision="2") == ["pending", "pending"]


def test_a_round_moved_by_a_week_supersedes_too(ada):
    one = RoundFactory(application__student=ada)
    make_plan(at=EVENING - HOUR)
    InterviewRound.objects.filter(pk=one.pk).update(starts_at=one.starts_at + 168 * HOUR, revision=2)
    assert make_plan(at=EVENING) == Planned(made=0, righted=0, retired=2)
    assert states() == ["superseded", "superseded"]


def test_a_closed_application_cancels_and_a_reopened_one_brings_it_back(ada):
    one = RoundFactory(application__student=ada)
    make_plan(at=EVENING - HOUR)
    Application.objects.filter(pk=one.application_id).update(stage="closed", outcome="withdrew")
    assert make_plan(at=EVENING - HOUR).retired == 2
    Application.objects.filter(pk=one.application_id).update(stage="interviewing", outcome="")
    assert make_plan(at=EVENING - HOUR) == Planned(made=0, righted=2, retired=0)
    assert states() == ["pending", "pending"]


def test_moving_to_another_time_zone_moves_what_is_planned(ada):
    RoundFactory(application__student=ada)
    make_plan(at=EVENING - 10 * HOUR)
    User.objects.filter(pk=ada.pk).update(time_zone="Europe/Zurich")
    assert make_plan(at=EVENING - 10 * HOUR) == Planned(made=0, righted=2, retired=0)
    assert dues(ada) == [EVENING - HOUR]


def test_what_was_sent_is_not_planned_again_whatever_moves(ada, season):
    make_plan(at=OPENS)
    Delivery.objects.update(state="sent", sent_at=OPENS, message_id=None, channel="app")
    User.objects.filter(pk=ada.pk).update(time_zone="Asia/Tokyo")
    assert make_plan(at=OPENS + HOUR) == Planned(made=0, righted=0, retired=0)
    assert states() == ["sent", "sent"]


def test_a_season_that_moves_takes_its_milestones_along(ada, season):
    make_plan(at=OPENS - HOUR)
    Season.objects.update(opens_on=dt.date(2026, 10, 2))
    assert make_plan(at=OPENS - HOUR) == Planned(made=0, righted=0, retired=2)
    assert set(states()) == {"superseded"}
    assert make_plan(at=OPENS).made == 2


def test_a_deleted_round_takes_its_reminders_along(ada):
    one = RoundFactory(application__student=ada)
    make_plan(at=EVENING)
    one.delete()
    assert Delivery.objects.count() == 0


def test_a_pass_leaves_its_heartbeat(db):
    make_plan(at=OPENS)
    make_plan(at=OPENS + HOUR)
    assert list(Heartbeat.objects.values_list("ticked_at", flat=True)) == [OPENS + HOUR]


@pytest.mark.parametrize("count", [1, 3])
def test_a_pass_costs_the_same_queries_for_many_as_for_one(student, season, count):
    for _ in range(count):
        RoundFactory(application__student=student(), on=dt.date(2026, 10, 2), time=dt.time(9))
    with CaptureQueriesContext(connection) as made:
        assert make_plan(at=OPENS).made == 4 * count
    assert len(made) == 14
    with CaptureQueriesContext(connection) as again:
        assert make_plan(at=OPENS).made == 0
    assert len(again) == 14


@pytest.mark.django_db(transaction=True)
def test_eight_planners_at_once_make_each_occurrence_once():
    SeasonFactory()
    for zone in ("Europe/London", "Europe/Zurich", "Asia/Tokyo"):
        RoundFactory(application__student=UserFactory(time_zone=zone), on=dt.date(2026, 10, 2), time=dt.time(9))
    User.objects.update(created_at=LONG_AGO)
    made: list[int] = []
    start = threading.Barrier(8)

    def plan_once() -> None:
        start.wait()
        made.append(make_plan(at=OPENS).made)
        connections.close_all()

    threads = [threading.Thread(target=plan_once) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made) == [0] * 7 + [12]
    keys = list(Delivery.objects.values_list("key", flat=True))
    assert len(keys) == len(set(keys)) == 12


def test_every_key_has_the_seven_parts_that_the_app_relies_on(ada, season):
    RoundFactory(application__student=ada, on=dt.date(2026, 10, 2), time=dt.time(9))
    make_plan(at=OPENS)
    for row in Delivery.objects.filter(channel="mail"):
        assert len(row.key.split(":")) == 7
        assert Delivery.objects.filter(key=plan.in_app(row.key), channel="app").count() == 1


def test_the_database_counts_again_after_a_pass_that_made_many(student, season, settings):
    """Or a claim would look through all that is due for each of its rows."""
    counted = "SELECT reltuples FROM pg_class WHERE relname = 'reminders_delivery'"
    for _ in range(20):
        student()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE reminders_delivery")
        settings.WAYMARK_ANALYZE_FROM = 40
        made = make_plan(at=dt.datetime(2026, 10, 1, 8, tzinfo=dt.UTC)).made
        cursor.execute(counted)
        assert (made, cursor.fetchone()[0]) == (40, 40)
