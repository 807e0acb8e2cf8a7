"""The page of insights: one's own figures and nobody else's, a season at a time, each block as a file."""

import csv
import datetime as dt
import random
from collections import Counter

import pytest

from applications.insights.traces import Trace
from applications.models import Application, Event, PrepItem
from applications.queries.insights import traces_of, weeks_of
from companies.models import Season
from tests.factories import NOW, TODAY, ApplicationFactory, RoundFactory
from tests.words import said


@pytest.fixture
def ada_(ada, season, clock, client_of):
    return client_of(ada)


def days(number):
    return TODAY + dt.timedelta(days=number)


def sent(student, season, *, ago, answered=None, **fields):
    one = ApplicationFactory(student=student, season=season, stage="applied", applied_on=days(-ago), **fields)
    if answered is not None:
        Event.objects.create(application=one, kind="stage", stage="interviewing", on=days(answered - ago), by=student)
        one.stage = "interviewing"
        one.save()
    return one


def table(client, chart, query=""):
    answer = client.get(f"/insights/{chart}.csv{query}")
    return list(csv.reader(answer.getvalue().decode().splitlines()))


def test_it_counts_what_happened(ada_, ada, season):
    for number in range(3):
        sent(ada, season, ago=30, answered=10 + number, source="list")
    sent(ada, season, ago=20)
    ApplicationFactory(student=ada, season=season, stage="interested")
    RoundFactory(application=sent(ada, season, ago=40, answered=9), on=days(-2))
    text = said(ada_.get("/insights/"))
    assert "Of 6 saved, 5 were sent; 4 came to an interview, 0 to an offer." in text
    assert "1 had a first round; the furthest came to round 1." in text
    assert "4 of 5 sent were answered. Half of all are answered within 11 days (n = 5)." in text
    assert "All of them are of one kind: Not referred." in text
    assert table(ada_, "funnel")[1:3] == [["Saved", "6", "0"], ["Preparing", "5", "0"]]
    assert ["Where you found it", "Waymark's list", "3", "3"] in table(ada_, "what-helps")
    assert table(ada_, "reply-times")[1:] == [
        ["9", "Yes"], ["10", "Yes"], ["11", "Yes"], ["12", "Yes"], ["20", "Waits"],
    ]  # fmt: skip
    assert table(ada_, "rounds") == [["Round", "Had it", "Ended after it"], ["Round 1", "1", "0"]]


def test_silence_that_was_closed_is_no_answer_and_a_no_is(ada_, ada, season):
    for outcome, day in (("no_reply", -10), ("not_this_time", -12)):
        one = sent(ada, season, ago=40)
        Event.objects.create(application=one, kind="stage", stage="closed", outcome=outcome, on=days(day), by=ada)
        one.stage, one.outcome, one.stage_since = "closed", outcome, days(day)
        one.save()
    assert table(ada_, "reply-times")[1:] == [["28", "Yes"], ["30", "Waits"]]


def test_a_season_is_chosen_and_only_ones_own_counts(ada_, ada, mallory, season, client_of):
    earlier = Season.objects.create(
        name="Summer 2026", slug="summer-2026", opens_on=dt.date(2025, 10, 1), closes_on=dt.date(2026, 1, 31),
        starts_on=dt.date(2026, 6, 1),
    )  # fmt: skip
    sent(ada, season, ago=5)
    sent(ada, earlier, ago=300)
    sent(mallory, season, ago=5)
    assert "Of 2 saved" in said(ada_.get("/insights/"))
    assert "Of 1 saved" in said(ada_.get("/insights/?season=summer-2026"))
    assert len(table(ada_, "reply-times", "?season=summer-2026")) == 2
    assert ada_.get("/insights/?season=other").status_code == 404
    assert client_of(mallory).get("/insights/?season=summer-2026").status_code == 404
    assert ada_.get("/insights/secrets.csv").status_code == 404


def test_without_applications_it_says_what_to_do(ada_):
    assert "Nothing to count yet" in ada_.get("/insights/").text
    assert table(ada_, "funnel")[1] == ["Saved", "0", "0"]


@pytest.mark.parametrize("rows", [1, 12])
def test_it_asks_a_fixed_number_of_questions(ada_, ada, season, rows, django_assert_num_queries):
    for _ in range(rows):
        sent(ada, season, ago=20, answered=4)
    ada_.get("/insights/")
    with django_assert_num_queries(6):  # session, person, bell, seasons, traces
        assert ada_.get("/insights/").status_code == 200


def test_how_it_ended_is_no_headline(ada_, ada, season):
    for _ in range(12):
        sent(ada, season, ago=20, answered=4)
    text = said(ada_.get("/insights/"))
    assert NOW.year == 2026
    for word in ("reject", "streak", "rank", "failed"):
        assert word not in text.lower()


def life(dice, student, season):
    """Give one application a history as it may come, corrected and out of order too."""
    stage = dice.choice(["interested", "preparing", "applied", "interviewing", "offer", "closed"])
    one = ApplicationFactory(
        student=student,
        season=season,
        stage=stage,
        outcome=dice.choice(["no_reply", "not_this_time"]) if stage == "closed" else "",
        applied_on=dice.choice([None, days(-dice.randrange(90))]),
        source=dice.choice(["", "list", "linkedin"]),
        way_in=dice.choice(["none", "asked", "referred"]),
    )
    for _ in range(dice.randrange(5)):
        kind = dice.choice(["stage", "note", "round", "email"])
        came = dice.choice(["applied", "interviewing", "offer", "closed"]) if kind == "stage" else ""
        outcome = dice.choice(["no_reply", "not_this_time"]) if came == "closed" else ""
        on = days(-dice.randrange(100))
        Event.objects.create(application=one, kind=kind, stage=came, outcome=outcome, on=on, by=student)
    for _ in range(dice.randrange(4)):
        status = dice.choice(["scheduled", "passed", "moved", "cancelled"])
        held = RoundFactory(application=one, on=days(dice.randrange(-60, 20)), status=status)
        for _ in range(dice.randrange(3)):
            done_at = NOW - dt.timedelta(hours=dice.randrange(3_000)) if dice.random() < 0.7 else None
            held.prep.create(text="Read", minutes=dice.randrange(10, 90), done_at=done_at)


def plain(one):
    """Say by hand what the page's statement says of an application."""
    events, rounds = list(one.events.all()), list(one.rounds.all())
    answers = [
        event.on
        for event in events
        if one.applied_on
        and event.on >= one.applied_on
        and (
            event.kind == "round"
            or event.stage in {"interviewing", "offer"}
            or (event.stage == "closed" and event.outcome == "not_this_time")
        )
    ]
    held = [r for r in rounds if r.on and r.on <= TODAY and r.status not in {"moved", "cancelled"}]
    return Trace(
        one.stage, one.outcome, frozenset(event.stage for event in events if event.stage), one.stage_since,
        one.applied_on, min(answers, default=None), len(held), one.way_in, one.source, one.closeness,
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_the_facts_are_those_that_one_would_count_by_hand(ada, mallory, season, clock, seed):
    dice = random.Random(seed)
    for _ in range(dice.randrange(1, 9)):
        life(dice, ada, season)
    life(dice, mallory, season)
    mine = Application.objects.filter(student=ada).order_by("pk")
    assert traces_of(ada, None, TODAY) == [plain(one) for one in mine]
    spent = Counter()
    for one in mine:
        if one.applied_on:
            spent[one.applied_on - dt.timedelta(days=one.applied_on.weekday()), "sent"] += 1
        for line in PrepItem.objects.filter(round__application=one).exclude(done_at=None):
            day = line.done_at.astimezone(ada.tz).date()
            spent[day - dt.timedelta(days=day.weekday()), "minutes"] += line.minutes
    weeks = sorted({week for week, _ in spent})[-26:]
    told = [(week.monday, week.sent, week.minutes) for week in weeks_of(ada, None)]
    assert told == [(week, spent[week, "sent"], spent[week, "minutes"]) for week in weeks]
