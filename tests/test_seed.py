import datetime as dt
from itertools import chain
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from applications.models import (
    Application,
    Document,
    DocumentVersion,
    Event,
    InterviewRound,
    Offer,
    PlanStep,
    PrepItem,
    Requirement,
    SavedView,
    SeasonPlan,
    SentDocument,
    TeamTalk,
)
from tests.factories import NOW, TODAY, SeasonFactory
from tracker.seed_data import invented
from tracker.seed_data.planting import plant


def rows_of(model):
    volatile = {"id", "password"} | {field.attname for field in model._meta.fields if field.is_relation}
    names = [field.attname for field in model._meta.concrete_fields if field.attname not in volatile]
    return list(model.objects.order_by("pk").values_list(*names))


def test_as_many_rows_as_asked_for(db):
    made = plant(students=3, applications=100, seed=1, at=NOW)
    assert (made.students, made.applications) == (3, 100)
    assert User.objects.filter(email__endswith="@seed.example").count() == 3
    assert Application.objects.count() == 100
    assert Event.objects.count() == made.events
    assert InterviewRound.objects.count() == made.rounds


BESIDE = (
    Document, DocumentVersion, Offer, PlanStep, PrepItem, Requirement, SavedView, SeasonPlan, SentDocument, TeamTalk,
)  # fmt: skip


def test_the_same_seed_makes_the_same_rows(db):
    models = (User, Application, Event, InterviewRound, *BESIDE)
    plant(students=2, applications=30, seed=5, at=NOW)
    first = [rows_of(model) for model in models]
    Application.objects.all().delete()
    User.objects.all().delete()
    plant(students=2, applications=30, seed=5, at=NOW)
    assert [rows_of(model) for model in models] == first


def test_a_seed_that_is_here_is_refused(db):
    plant(students=1, applications=0, seed=4, at=NOW)
    with pytest.raises(CommandError, match=r"The students of seed 4 are here already\. Choose another --seed\."):
        call_command("seed", students=1, applications=0, seed=4)


def test_two_seeds_live_side_by_side(db):
    plant(students=1, applications=2, seed=1, at=NOW)
    made = plant(students=1, applications=2, seed=2, at=NOW)
    assert made.companies == 0
    assert Application.objects.count() == 4


def test_the_copied_stage_is_that_of_the_last_event(db):
    plant(students=5, applications=200, seed=1, at=NOW)
    for application in Application.objects.prefetch_related("events"):
        events = sorted((event for event in application.events.all() if event.stage), key=lambda event: event.pk)
        assert (events[-1].stage, events[-1].on) == (application.stage, application.stage_since)
        assert events[-1].outcome == application.outcome
        assert [event.kind for event in events] == ["added", *["stage"] * (len(events) - 1)]


def test_students_have_what_a_season_brings(db):
    season = SeasonFactory(closes_on=TODAY + dt.timedelta(days=60))
    plant(students=2, applications=300, seed=1, at=NOW)
    assert [model.__name__ for model in BESIDE if not model.objects.exists()] == []
    assert set(SeasonPlan.objects.values_list("season", flat=True)) == {season.pk}
    assert not Application.objects.filter(stage="offer", offer=None).exists()
    assert not Application.objects.exclude(applied_on=None).filter(sent_documents=None).exists()
    for row in chain.from_iterable(model.objects.all() for model in BESIDE):
        row.clean_fields()


def test_seeded_students_cannot_sign_in(db):
    plant(students=1, applications=0, seed=1, at=NOW)
    assert not User.objects.get().has_usable_password()


def test_rounds_keep_their_derived_instant(db):
    plant(students=1, applications=300, seed=1, at=NOW)
    rounds = InterviewRound.objects.all()
    assert rounds.exists()
    assert [row for row in rounds if row.starts_at != row.derived_start()] == []
    assert not rounds.filter(on=None, starts_at__isnull=False).exists()


@pytest.mark.parametrize(
    ("students", "applications", "sentence"),
    [
        ("0", "1", "0 is too few: there must be at least one student."),
        ("-1", "1", "'-1' is not a whole number from 0 to 10,000,000."),
        ("x", "1", "'x' is not a whole number from 0 to 10,000,000."),
        ("1", "99999999999", "'99999999999' is not a whole number from 0 to 10,000,000."),
    ],
)
def test_bad_arguments_get_a_sentence_and_exit_2(capsys, students, applications, sentence):
    from django.core.management import execute_from_command_line

    with pytest.raises(SystemExit) as ended:
        execute_from_command_line(["manage.py", "seed", f"--students={students}", f"--applications={applications}"])
    assert ended.value.code == 2
    assert sentence in capsys.readouterr().err


def test_events_of_one_application_are_never_ahead_of_the_day(db):
    plant(students=1, applications=200, seed=1, at=NOW)
    assert not Event.objects.filter(on__gt=TODAY).exists()
    assert not Application.objects.filter(applied_on__gt=F("stage_since")).exists()


@given(seed=st.integers(0, 2**32), day=st.dates(dt.date(1991, 1, 1), dt.date(2099, 12, 31)))
def test_any_course_goes_forward_in_time_and_fits_its_outcome(seed, day):
    course = invented.course(Random(seed), day)
    days = [moved for moved, _ in course.moves]
    assert days == sorted(days)
    assert days[-1] <= day
    assert bool(course.outcome) == (course.moves[-1][1] == "closed" or course.outcome == "accepted")
