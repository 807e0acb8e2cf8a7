import datetime as dt
import threading
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from applications.actions.rounds import add_round, delete_round, edit_round
from applications.models import Event, InterviewRound
from tests.factories import NOW, ApplicationFactory, RoundFactory
from tracker.lib.clock import instant, zone_choices
from tracker.lib.errors import DomainError, StaleError

TOMORROW = dt.date(2026, 11, 11)
THREE = dt.time(15)


@pytest.fixture
def application(ada):
    return ApplicationFactory(student=ada, stage="interviewing")


def added(application, **details):
    details = {"kind": "coding", **details}
    return add_round(application=application, details=details, by=application.student, at=NOW)


def edited(interview, version=None, **details):
    version, by = version or interview.version, interview.application.student
    return edit_round(interview=interview, details=details, version=version, by=by, at=NOW)


def told(application):
    return list(
        Event.objects.filter(application=application, kind="round").order_by("pk").values_list("text", flat=True)
    )


def test_a_round_keeps_wall_time_and_derives_the_instant(application):
    interview = added(application, on=TOMORROW, time=THREE, zone="America/New_York")
    assert interview.starts_at == dt.datetime(2026, 11, 11, 20, 0, tzinfo=dt.UTC)


def test_a_round_needs_only_its_kind_and_is_in_the_students_zone(application):
    interview = added(application)
    assert (interview.zone, interview.on, interview.starts_at, interview.status) == (
        "Europe/London",
        None,
        None,
        "scheduled",
    )


def test_a_round_is_told_in_the_timeline(application):
    added(application, on=TOMORROW)
    added(application, kind="fundamentals")
    added(application, kind="recruiter", status="passed")
    assert told(application) == [
        "Coding scheduled for Wed 11 Nov",
        "ML fundamentals expected",
        "Recruiter chat: went through",
    ]


def test_a_double_click_adds_one_round(application, clock):
    first, second = (added(application, on=TOMORROW, time=THREE) for _ in range(2))
    assert first == second
    assert len(told(application)) == 1


def test_the_same_round_may_be_added_again_later(application, clock):
    added(application)
    clock.shift(dt.timedelta(minutes=1))
    later = NOW + dt.timedelta(minutes=1)
    add_round(application=application, details={"kind": "coding"}, by=application.student, at=later)
    assert application.rounds.count() == 2


def test_a_start_time_needs_its_date(application):
    with pytest.raises(DomainError) as refused:
        added(application, time=THREE)
    assert (refused.value.field, application.rounds.count()) == ("on", 0)


@pytest.mark.parametrize(
    ("change", "raised"),
    [
        ({"on": TOMORROW}, 1),
        ({"time": dt.time(16)}, 1),
        ({"zone": "Asia/Tokyo"}, 1),
        ({"status": "done"}, 1),
        ({"people": "Dr Hana Sato"}, 0),
        ({"minutes": 45}, 0),
        ({"kind": "talk"}, 0),
    ],
)
def test_what_a_reminder_says_raises_the_revision(application, change, raised):
    interview = RoundFactory(application=application)
    after = edited(interview, **change)
    assert (after.revision, after.version) == (1 + raised, 2)


def test_moving_a_round_derives_the_instant_anew_and_is_told(application):
    after = edited(RoundFactory(application=application), on=dt.date(2026, 11, 13), time=dt.time(9, 30))
    assert after.starts_at == dt.datetime(2026, 11, 13, 9, 30, tzinfo=dt.UTC)
    assert told(application) == ["Research discussion: now Fri 13 Nov, 09:30 London"]


def test_an_outcome_is_told_in_its_own_words(application):
    edited(RoundFactory(application=application), status="not_this_time")
    assert told(application) == ["Research discussion: not this time"]


def test_a_round_that_lost_its_day_is_told(application):
    edited(RoundFactory(application=application), on=None, time=None)
    assert told(application) == ["Research discussion: no date yet"]


def test_saving_without_a_change_changes_nothing(application):
    after = edited(RoundFactory(application=application), kind="research")
    assert (after.version, told(application)) == (1, [])


def test_an_edit_of_an_older_version_is_refused(application):
    interview = RoundFactory(application=application)
    edited(interview, people="Dr Hana Sato")
    with pytest.raises(StaleError):
        edited(interview, people="Jo", version=1)
    interview.refresh_from_db()
    assert interview.people == "Dr Hana Sato"


def test_a_deleted_round_can_be_neither_edited_nor_deleted_twice(application):
    interview = RoundFactory(application=application)
    for _ in range(2):
        delete_round(interview=interview, by=application.student, at=NOW)
    with pytest.raises(StaleError):
        edited(interview, people="Jo")
    assert application.rounds.count() == 0


def test_nobody_changes_the_rounds_of_another_person(application, mallory):
    interview = RoundFactory(application=application)
    with pytest.raises(StaleError):
        edit_round(interview=interview, details={"people": "M"}, version=1, by=mallory, at=NOW)
    with pytest.raises(StaleError):
        delete_round(interview=interview, by=mallory, at=NOW)
    with pytest.raises(StaleError):
        add_round(application=application, details={"kind": "coding"}, by=mallory, at=NOW)


def test_what_the_database_refuses_becomes_a_sentence(application):
    with pytest.raises(DomainError):
        added(application, minutes=99_999)
    assert (application.rounds.count(), told(application)) == (0, [])


def test_an_unknown_detail_is_a_mistake_of_the_caller(application):
    with pytest.raises(TypeError):
        added(application, revision=7)


@pytest.mark.django_db(transaction=True)
def test_of_two_edits_at_once_one_wins_and_one_is_told(ada):
    interview = RoundFactory(application=ApplicationFactory(student=ada))
    together, outcomes = threading.Barrier(2), []

    def edit(name):
        together.wait()
        try:
            outcomes.append(edited(interview, people=name).people)
        except StaleError:
            outcomes.append("stale")
        finally:
            connection.close()

    threads = [threading.Thread(target=edit, args=(name,)) for name in ("Jo", "Hana")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = InterviewRound.objects.get().people
    assert sorted(outcomes) == sorted([kept, "stale"])


@given(
    day=st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31)),
    time=st.times().map(lambda t: t.replace(second=0, microsecond=0, tzinfo=None)),
    zone=st.sampled_from([zone for zone, _ in zone_choices()]),
)
def test_the_instant_reads_as_the_wall_time_in_its_zone_unless_the_clocks_skip_it(day, time, zone):
    starts_at = instant(day, time, zone)
    wall = starts_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    late = wall - dt.datetime.combine(day, time)
    assert dt.timedelta(0) <= late <= dt.timedelta(hours=24)
    assert starts_at.tzinfo == dt.UTC
