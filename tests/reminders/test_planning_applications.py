"""When a closing posting, a follow-up and the answer to an offer are due, and when no more."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.actions.today import mark
from applications.models import Application, Event, Offer
from applications.today_rules import key_of
from reminders.actions import Planned, make_plan
from reminders.models import Delivery, Preference, Times
from reminders.queries import facts_of
from tests.factories import ApplicationFactory
from tests.reminders.conftest import LONG_AGO, hears_only

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)
CLOSES = dt.date(2026, 12, 4)  # a Friday
LONDON, ZURICH, NEW_YORK = "Europe/London", "Europe/Zurich", "America/New_York"
ANYWHERE = "Etc/GMT+12"


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)


ANSWER = utc(2026, 11, 17, 7)  # an hour before the first morning of offer()


def application(person, **fields) -> Application:
    """Make one that was noted long ago."""
    one = ApplicationFactory(student=person, **fields)
    Application.objects.filter(pk=one.pk).update(created_at=LONG_AGO)
    return one


def sent(person, on=dt.date(2026, 10, 26), **fields) -> Application:
    return application(person, stage="applied", applied_on=on, **fields)


def offer(person, by=dt.date(2026, 11, 24), **fields) -> Offer:
    return Offer.objects.create(application=application(person, stage="offer", **fields), answer_by=by)


def plan_days(first: dt.date, last: dt.date) -> None:
    """Let the planner run twice a day, as it would after two short nights."""
    at = dt.datetime.combine(first, dt.time(0, 30), tzinfo=dt.UTC)
    while at.date() <= last:
        make_plan(at=at)
        at += 13 * HOUR


def dues(rule: str, channel: str = "mail") -> list[dt.datetime]:
    return list(Delivery.objects.filter(rule=rule, channel=channel).order_by("due_at").values_list("due_at", flat=True))


def states(**filters) -> set[str]:
    return set(Delivery.objects.filter(**filters).values_list("state", flat=True))


@pytest.fixture
def somebody(student):
    """Return a function that makes a student who hears of applications only."""
    return lambda **fields: hears_only(student(**fields), "closing", "follow_ups", "offers")


@pytest.fixture
def ada(somebody):
    return somebody(email="ada@waymark.example")


@pytest.mark.parametrize(
    ("zone", "closes_on"),
    [
        (LONDON, CLOSES),
        (ZURICH, dt.date(2026, 10, 27)),  # clocks change between the two
        (LONDON, dt.date(2027, 3, 30)),
        (NEW_YORK, dt.date(2026, 11, 3)),
        (NEW_YORK, dt.date(2027, 3, 15)),
        (ANYWHERE, CLOSES),
        ("Pacific/Kiritimati", CLOSES),
    ],
)
def test_a_posting_that_closes_is_told_at_eight_seven_and_two_days_before(somebody, zone, closes_on):
    application(somebody(time_zone=zone), closes_on=closes_on, stage="preparing")
    plan_days(closes_on - 10 * DAY, closes_on + DAY)
    morning = dt.time(8)
    expected = [dt.datetime.combine(closes_on - n * DAY, morning, tzinfo=ZoneInfo(zone)) for n in (7, 2)]
    assert dues("posting_closes") == dues("posting_closes", "app") == expected


@pytest.mark.parametrize(
    ("zone", "ends_at"),
    [
        (ANYWHERE, utc(2026, 12, 5, 12)),
        (LONDON, utc(2026, 12, 5)),
        ("Asia/Tokyo", utc(2026, 12, 4, 15)),
    ],
)
def test_a_posting_is_worth_a_reminder_until_it_closes_in_its_own_zone(ada, zone, ends_at):
    one = application(ada, closes_on=CLOSES, zone=zone)
    make_plan(at=utc(2026, 12, 2, 8))
    row = Delivery.objects.get(channel="mail")
    assert (row.useful_until, row.application, row.revision) == (ends_at, one, "2026-12-04")
    assert row.key == f"posting_closes:application-{one.public_id}:{ada.public_id}:mail:once:-2:2026-12-04"
    (facts,) = facts_of([row], at=ends_at - HOUR)
    assert (facts.standing(ends_at - HOUR), facts.standing(ends_at)) == ("pending", "expired")


@pytest.mark.parametrize("change", [
    {"stage": "applied"}, {"stage": "closed", "outcome": "withdrew"}, {"stage": "offer"},
])  # fmt: skip
def test_who_has_sent_or_closed_it_is_told_no_more_until_it_is_taken_back(ada, change):
    one = application(ada, closes_on=CLOSES, stage="preparing")
    at = utc(2026, 12, 2, 7)
    make_plan(at=at)
    Application.objects.filter(pk=one.pk).update(**change)
    assert make_plan(at=at) == Planned(made=0, righted=0, retired=2)
    assert states() == {"cancelled"}
    Application.objects.filter(pk=one.pk).update(stage="preparing", outcome="")
    assert make_plan(at=at + HOUR) == Planned(made=0, righted=2, retired=0)
    assert states() == {"pending"}


def test_a_closing_day_that_moves_supersedes_and_is_told_anew(ada):
    one = application(ada, closes_on=CLOSES)
    at = utc(2026, 12, 2, 7)
    make_plan(at=at)
    Application.objects.filter(pk=one.pk).update(closes_on=CLOSES + 30 * DAY)
    assert make_plan(at=at) == Planned(made=0, righted=0, retired=2)
    assert states() == {"superseded"}
    Application.objects.filter(pk=one.pk).update(closes_on=None)
    assert make_plan(at=at) == Planned(made=0, righted=0, retired=0)
    Application.objects.filter(pk=one.pk).update(closes_on=CLOSES + DAY)
    assert make_plan(at=at + 2 * HOUR).made == 2
    assert states(revision="2026-12-05") == {"pending"}


def test_a_zone_that_is_put_right_moves_the_end(ada):
    one = application(ada, closes_on=CLOSES)
    make_plan(at=utc(2026, 12, 2, 7))
    Application.objects.filter(pk=one.pk).update(zone=LONDON)
    assert make_plan(at=utc(2026, 12, 2, 7)).righted == 2
    assert set(Delivery.objects.values_list("useful_until", flat=True)) == {utc(2026, 12, 5)}


def test_what_is_noted_late_is_not_told_of_what_is_over(ada):
    at = utc(2026, 11, 28, 12)  # the first morning was yesterday
    one = ApplicationFactory(student=ada, closes_on=CLOSES)
    Application.objects.filter(pk=one.pk).update(created_at=at)
    assert make_plan(at=at).made == 0
    assert make_plan(at=at + 3 * DAY).made == 2


def test_a_deleted_application_takes_its_reminders_along(ada):
    one = application(ada, closes_on=CLOSES)
    assert make_plan(at=utc(2026, 12, 2, 7)).made == 2
    one.delete()
    assert Delivery.objects.count() == 0


@pytest.mark.parametrize(
    ("zone", "applied_on", "due_at"),
    [
        (LONDON, (2026, 10, 12), utc(2026, 10, 26, 8)),  # the Monday after the clocks went back
        (LONDON, (2027, 3, 15), utc(2027, 3, 29, 7)),
        (ZURICH, (2026, 10, 24), utc(2026, 11, 6, 7)),  # a Saturday counts from its Friday
        (NEW_YORK, (2026, 10, 19), utc(2026, 11, 2, 13)),
        (NEW_YORK, (2027, 3, 1), utc(2027, 3, 15, 12)),
        (ANYWHERE, (2026, 10, 26), utc(2026, 11, 9, 20)),
    ],
)
def test_a_follow_up_is_due_once_ten_working_days_after_applying(somebody, zone, applied_on, due_at):
    one = sent(somebody(time_zone=zone), dt.date(*applied_on))
    plan_days(due_at.date() - 4 * DAY, due_at.date() + 20 * DAY)
    assert dues("follow_up") == dues("follow_up", "app") == [due_at]
    assert Delivery.objects.get(channel="mail").key.endswith(":mail:once:0:1")
    assert Delivery.objects.get(channel="mail").application == one


FOLLOW_UP_DUE = utc(2026, 11, 9, 8)


@pytest.mark.parametrize("kind", ["email", "call"])
def test_a_mail_or_a_call_since_then_is_the_follow_up(ada, kind):
    one = sent(ada)
    make_plan(at=FOLLOW_UP_DUE - HOUR)
    Event.objects.create(application=one, kind=kind, on=dt.date(2026, 11, 2), by=ada)
    assert make_plan(at=FOLLOW_UP_DUE).retired == 2
    assert states() == {"cancelled"}


def test_a_mail_of_the_day_of_applying_and_a_note_are_none(ada):
    one = sent(ada)
    Event.objects.create(application=one, kind="email", on=one.applied_on, by=ada)
    Event.objects.create(application=one, kind="note", on=dt.date(2026, 11, 2), by=ada)
    assert make_plan(at=FOLLOW_UP_DUE).made == 2


@pytest.mark.parametrize("stage", ["interviewing", "offer", "interested"])
def test_only_who_still_waits_follows_up(ada, stage):
    one = sent(ada)
    make_plan(at=FOLLOW_UP_DUE)
    Application.objects.filter(pk=one.pk).update(stage=stage)
    assert make_plan(at=FOLLOW_UP_DUE).retired == 2


def test_a_day_of_applying_that_is_put_right_moves_the_one_follow_up(ada):
    one = sent(ada)
    make_plan(at=FOLLOW_UP_DUE - HOUR)
    Application.objects.filter(pk=one.pk).update(applied_on=dt.date(2026, 10, 27))
    assert make_plan(at=FOLLOW_UP_DUE) == Planned(made=0, righted=2, retired=0)
    assert dues("follow_up") == [FOLLOW_UP_DUE + DAY]
    Application.objects.filter(pk=one.pk).update(applied_on=dt.date(2026, 11, 6))
    assert make_plan(at=FOLLOW_UP_DUE) == Planned(made=0, righted=0, retired=2)
    assert make_plan(at=utc(2026, 11, 20, 7)) == Planned(made=0, righted=2, retired=0)
    assert dues("follow_up") == [utc(2026, 11, 20, 8)]


def test_a_follow_up_that_was_sent_is_the_only_one(ada):
    one = sent(ada)
    make_plan(at=FOLLOW_UP_DUE)
    Delivery.objects.update(state="sent", sent_at=FOLLOW_UP_DUE, message_id=None, channel="app")
    Application.objects.filter(pk=one.pk).update(applied_on=dt.date(2026, 10, 27))
    assert make_plan(at=FOLLOW_UP_DUE + DAY) == Planned(made=0, righted=0, retired=0)


@pytest.mark.parametrize(
    ("zone", "by"),
    [
        (LONDON, dt.date(2026, 10, 27)),
        (ZURICH, dt.date(2027, 3, 29)),
        (NEW_YORK, dt.date(2026, 11, 2)),
        (ANYWHERE, dt.date(2026, 11, 24)),
    ],
)
def test_an_answer_is_asked_for_seven_three_and_one_days_before(somebody, zone, by):
    offer(somebody(time_zone=zone), by)
    plan_days(by - 10 * DAY, by + DAY)
    expected = [dt.datetime.combine(by - n * DAY, dt.time(8), tzinfo=ZoneInfo(zone)) for n in (7, 3, 1)]
    assert dues("offer_answer") == expected
    ends_at = dt.datetime.combine(by + DAY, dt.time.min, tzinfo=ZoneInfo(zone))
    assert set(Delivery.objects.values_list("useful_until", flat=True)) == {ends_at}


@pytest.mark.parametrize("change", [
    {"outcome": "accepted"}, {"stage": "closed", "outcome": "declined"}, {"stage": "interviewing"},
])  # fmt: skip
def test_an_answer_that_is_given_is_not_asked_for(ada, change):
    one = offer(ada)
    make_plan(at=ANSWER)
    Application.objects.filter(pk=one.application_id).update(**change)
    assert make_plan(at=ANSWER).retired == 2
    assert states() == {"cancelled"}


def test_more_time_to_answer_supersedes(ada):
    one = offer(ada)
    make_plan(at=ANSWER)
    Offer.objects.filter(pk=one.pk).update(answer_by=dt.date(2026, 12, 24))
    assert make_plan(at=ANSWER).retired == 2
    assert states() == {"superseded"}


def test_a_pause_holds_back_all_but_offers(ada):
    Times.objects.create(person=ada, paused_until=dt.date(2026, 12, 24))
    application(ada, closes_on=dt.date(2026, 11, 24))
    sent(ada, dt.date(2026, 11, 3))
    offer(ada)
    make_plan(at=ANSWER)
    planned = Delivery.objects.order_by("rule", "channel").values_list("rule", "channel")
    assert list(planned) == [
        ("follow_up", "app"), ("offer_answer", "app"), ("offer_answer", "mail"), ("posting_closes", "app"),
    ]  # fmt: skip


@pytest.mark.parametrize(("kind", "rule"), [("closing", "posting_closes"), ("follow_ups", "follow_up")])
@pytest.mark.parametrize(("by_mail", "app", "channels"), [
    ("weekly", True, ["app"]), ("off", True, ["app"]), ("now", False, ["mail"]), ("off", False, []),
])  # fmt: skip
def test_each_kind_comes_where_it_is_wanted(ada, kind, rule, by_mail, app, channels):
    application(ada, closes_on=dt.date(2026, 11, 11))
    sent(ada)
    Preference.objects.create(person=ada, kind=kind, by_mail=by_mail, app=app)
    make_plan(at=FOLLOW_UP_DUE)
    found = Delivery.objects.filter(rule=rule).order_by("channel")
    assert list(found.values_list("channel", flat=True)) == channels
    assert Delivery.objects.exclude(rule=rule).count() == 2


@pytest.mark.parametrize(
    ("make", "line", "day", "at"),
    [
        (lambda person: application(person, closes_on=CLOSES), "closes", CLOSES, utc(2026, 12, 2, 7)),
        (sent, "follow_up", dt.date(2026, 11, 9), FOLLOW_UP_DUE),
        (lambda person: offer(person).application, "answer", dt.date(2026, 11, 24), ANSWER),
    ],
)
def test_what_is_ticked_let_go_or_put_off_on_today_is_not_told(ada, make, line, day, at):
    one = make(ada)
    make_plan(at=at)
    key = key_of(line, one.public_id, day)
    done = mark(student=ada, key=key, state="dismissed", on=at.date())
    assert make_plan(at=at).retired == 2
    assert states() == {"cancelled"}
    done.delete()
    mark(student=ada, key=key, state="snoozed", on=at.date(), until=at.date() + DAY)
    assert make_plan(at=at) == Planned(made=0, righted=0, retired=0)
    assert make_plan(at=at + DAY) == Planned(made=0, righted=2, retired=0)
    rows = list(Delivery.objects.select_related("person"))
    assert {facts.standing(at + DAY) for facts in facts_of(rows, at=at + DAY)} == {"pending"}


@pytest.mark.parametrize("count", [1, 4])
def test_a_pass_and_the_facts_cost_the_same_queries_for_many_as_for_one(somebody, count, django_assert_num_queries):
    for _ in range(count):
        person = somebody()
        application(person, closes_on=dt.date(2026, 11, 11))
        sent(person)
        offer(person, dt.date(2026, 11, 16))
    with CaptureQueriesContext(connection) as made:
        assert make_plan(at=FOLLOW_UP_DUE).made == 6 * count
    assert len(made) == 14
    rows = list(Delivery.objects.select_related("person"))
    with django_assert_num_queries(8):
        assert {facts.standing(FOLLOW_UP_DUE) for facts in facts_of(rows, at=FOLLOW_UP_DUE)} == {"pending"}


def test_the_mails_of_one_morning_leave_over_half_an_hour_and_each_person_has_one_moment(somebody, settings):
    settings.WAYMARK_SPREAD = dt.timedelta(minutes=30)
    for _ in range(12):
        person = somebody()
        sent(person)
        application(person, closes_on=dt.date(2026, 11, 11))
    make_plan(at=FOLLOW_UP_DUE)
    mails = Delivery.objects.filter(channel="mail")
    waits = {(row.person_id, (row.available_at - row.due_at).total_seconds()) for row in mails}
    assert len(waits) == 12
    assert len({seconds for _, seconds in waits}) > 6
    assert all(0 <= seconds < 1800 for _, seconds in waits)
    assert all(row.available_at == row.due_at for row in Delivery.objects.filter(channel="app"))


def test_nothing_waits_that_is_of_use_for_a_day_only(somebody, settings):
    settings.WAYMARK_SPREAD = dt.timedelta(minutes=30)
    for _ in range(4):
        application(somebody(time_zone=ANYWHERE), closes_on=dt.date(2026, 11, 11), zone="Pacific/Kiritimati")
    settings.WAYMARK_POSTING_DAYS = (1,)
    make_plan(at=utc(2026, 11, 10, 8))
    assert all(row.available_at == row.due_at for row in Delivery.objects.filter(rule="posting_closes"))
    assert Delivery.objects.filter(rule="posting_closes").count() == 8
