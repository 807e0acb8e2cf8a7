"""Who does not come for 30 days of their window is asked once, then left in peace."""

import datetime as dt

import pytest

from accounts.models import User
from applications.models import SeasonPlan
from reminders import actions
from reminders.models import Delivery, Preference, Times
from tests.factories import ApplicationFactory, RoundFactory
from tests.reminders.conftest import posted

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
ASKED = dt.datetime(2026, 11, 19, 8, tzinfo=dt.UTC)  # 30 days after 20 October
HALF = dt.datetime(2026, 12, 1, 8, tzinfo=dt.UTC)


@pytest.fixture
def ada(student, season):
    return student(email="ada@waymark.example", name="Ada Whitlock", last_seen_on=dt.date(2026, 10, 20))


def questions(**filters):
    rows = Delivery.objects.filter(rule="pause_question", **filters).order_by("due_at")
    return list(rows.values_list("channel", "due_at"))


def winter(until=dt.datetime(2027, 3, 1, tzinfo=dt.UTC)):
    at = dt.datetime(2026, 9, 1, 3, tzinfo=dt.UTC)
    while at < until:
        actions.make_plan(at=at)
        at += 41 * HOUR


def test_the_question_comes_once_by_mail_after_thirty_days(ada):
    assert posted(ASKED - HOUR) == {}
    letter = posted(ASKED)["pause_question"]
    assert letter.subject == "Pause your reminders?"
    assert "The window for Summer 2027 is open until 31 January 2027" in letter.body
    assert "Pause until Mon 1 Feb: " in letter.body
    assert "Keep them: " in letter.body
    winter()
    assert questions() == [("mail", ASKED)]


@pytest.mark.parametrize(
    ("seen_on", "due_at"),
    [
        (dt.date(2026, 3, 1), dt.datetime(2026, 10, 31, 8, tzinfo=dt.UTC)),  # counted from the opening
        (dt.date(2026, 9, 30), dt.datetime(2026, 10, 31, 8, tzinfo=dt.UTC)),
        (dt.date(2027, 1, 1), dt.datetime(2027, 1, 31, 8, tzinfo=dt.UTC)),
        (dt.date(2027, 1, 2), None),  # the window is over before
        (None, dt.datetime(2026, 10, 31, 8, tzinfo=dt.UTC)),  # never here since they signed up
    ],
)
def test_days_count_within_the_window_only(ada, seen_on, due_at):
    User.objects.update(last_seen_on=seen_on)
    winter()
    assert questions() == ([("mail", due_at)] if due_at else [])


def test_whoever_came_back_is_not_asked(ada):
    actions.make_plan(at=ASKED - HOUR)
    User.objects.update(last_seen_on=ASKED.date())
    assert actions.claim(at=ASKED).mails == []
    assert Delivery.objects.get(rule="pause_question").state == "cancelled"


def test_silence_follows_until_they_come_back_but_not_for_interviews(ada):
    posted(ASKED)
    Preference.objects.create(person=ada, kind="weekly", by_mail="off")
    RoundFactory(application=ApplicationFactory(student=ada, stage="interviewing"), on=HALF.date() + DAY)
    assert list(posted(HALF)) == []
    assert list(posted(HALF + 10 * HOUR)) == ["interview_tomorrow"]
    told = Delivery.objects.filter(rule="window_half")
    assert list(told.values_list("channel", flat=True)) == ["app"]
    User.objects.update(last_seen_on=HALF.date())
    assert list(posted(HALF + 24 * HOUR)) == ["window_half"]


def test_what_was_planned_before_the_silence_is_not_sent_in_it(ada, season):
    SeasonPlan.objects.create(student=ada, season=season, opens_on=dt.date(2026, 9, 18))
    closes = SeasonPlan.objects.get()
    closes.closes_on = ASKED.date() + 16 * DAY
    closes.save()
    User.objects.update(last_seen_on=dt.date(2026, 10, 21))
    actions.make_plan(at=ASKED - 20 * HOUR)
    assert Delivery.objects.filter(rule="window_closing", channel="mail").exists()
    User.objects.update(last_seen_on=dt.date(2026, 10, 20))
    assert [mail.delivery.rule for mail in actions.claim(at=ASKED).mails] == []
    assert Delivery.objects.get(rule="window_closing", channel="mail").state == "cancelled"


def test_nobody_is_asked_whose_mails_rest_or_who_has_accepted(ada, season):
    Times.objects.create(person=ada, paused_until=dt.date(2027, 2, 1))
    winter()
    assert questions() == []
    Times.objects.all().delete()
    ApplicationFactory(student=ada, season=season, stage="offer", outcome="accepted")
    winter()
    assert questions() == []


def test_who_accepted_and_is_away_is_left_in_peace_unasked(ada, season):
    ApplicationFactory(student=ada, season=season, stage="offer", outcome="accepted")
    closes = {"stage": "interested", "closes_on": HALF.date() + 7 * DAY, "season": season}
    ApplicationFactory(student=ada, **closes)
    assert posted(HALF) == {}
    User.objects.update(last_seen_on=HALF.date() - 29 * DAY)
    assert list(posted(HALF)) == ["posting_closes"]
