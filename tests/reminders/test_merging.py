"""One mail a day for what can wait, at once what cannot, and nothing in the night."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.models import Application
from reminders import actions
from reminders.letters import deliver
from reminders.models import Delivery, Notice, Times
from reminders.quiet import next_morning, quiet_end
from tests.factories import ApplicationFactory, RoundFactory
from tests.reminders.conftest import LONG_AGO, hears_only

HOUR = dt.timedelta(hours=1)
MINUTE = dt.timedelta(minutes=1)
MORNING = dt.datetime(2026, 11, 11, 8, 30, tzinfo=dt.UTC)  # the follow-ups and closing dates below are due
TOMORROW = dt.datetime(2026, 11, 12, 8, 0, tzinfo=dt.UTC)


@pytest.fixture
def person(student):
    return hears_only(student(email="ada@x.example"), "closing", "follow_ups", "interviews")


def noted(**fields) -> Application:
    """Return an application that was noted long ago."""
    made = ApplicationFactory(**fields)
    Application.objects.filter(pk=made.pk).update(created_at=LONG_AGO)
    return made


def follow_up(person, **fields) -> Application:
    """Applied ten working days before that Wednesday."""
    return noted(student=person, stage="applied", applied_on=dt.date(2026, 10, 28), **fields)


def closing(person, **fields) -> Application:
    """Closes in two days."""
    fields = {"closes_on": dt.date(2026, 11, 13), "stage": "preparing", **fields}
    return noted(student=person, zone="Europe/London", **fields)


def claimed(at=MORNING) -> actions.Lease:
    actions.make_plan(at=at)
    lease = actions.claim(at=at)
    assert isinstance(lease, actions.Lease)
    return lease


def close(lease, at) -> None:
    assert actions.close(sent=[(mail, at) for mail in lease.mails], token=lease.token) == 0


def rules(lease) -> list[tuple[str, list[str]]]:
    return [(mail.delivery.rule, [one.delivery.rule for one in mail.also]) for mail in lease.mails]


def rows(**filters) -> list[tuple[str, str]]:
    return list(Delivery.objects.filter(channel="mail", **filters).order_by("rule", "pk").values_list("rule", "state"))


def test_what_can_wait_goes_into_one_mail_of_the_most_urgent(person, sink):
    closing(person, company__name="Tidewater")
    follow_up(person, company__name="Northgate")
    follow_up(person, company__name="Lattice")
    actions.make_plan(at=MORNING)
    assert deliver(clock=lambda: MORNING).sent == 1
    (mail,) = sink.mails
    text = mail.get_body("plain").get_content()
    assert text.partition("Also for today:")[2].count("\n- ") == 2
    assert all(name in text for name in ("Tidewater", "Northgate", "Lattice"))
    assert "Northgate" in mail.get_body("html").get_content()
    carrier = Delivery.objects.get(channel="mail", carrier=None)
    assert (carrier.rule, carrier.state, mail["Message-ID"]) == ("posting_closes", "sent", carrier.message_id)
    assert rows(carrier=carrier) == [("follow_up", "sent")] * 2


def test_interviews_and_offers_do_not_wait_for_that_mail_nor_take_its_place(person):
    follow_up(person)
    RoundFactory(application__student=person, on=dt.date(2026, 11, 12))
    lease = claimed()
    assert rules(lease) == [("follow_up", [])]
    close(lease, MORNING)
    assert rules(claimed(MORNING + 10 * HOUR)) == [("interview_tomorrow", [])]


def test_what_comes_after_the_mail_of_the_day_waits_for_the_next_morning(person):
    follow_up(person)
    close(claimed(), MORNING)
    follow_up(person)
    assert rules(claimed(MORNING + HOUR)) == []
    waiting = Delivery.objects.get(channel="mail", state="pending")
    assert waiting.available_at == TOMORROW
    assert rules(claimed(TOMORROW)) == [("follow_up", [])]


def test_what_would_be_too_late_then_is_told_in_the_app(person):
    follow_up(person)
    close(claimed(), MORNING)
    late = closing(person)
    actions.make_plan(at=MORNING)
    Delivery.objects.filter(application=late).update(useful_until=MORNING + 2 * HOUR)
    assert actions.claim(at=MORNING).mails == []
    assert actions.expire(at=MORNING + HOUR) == 0
    assert actions.expire(at=MORNING + 2 * HOUR) == 1
    assert rows(application=late) == [("posting_closes", "expired")]
    assert Notice.objects.filter(text__contains="closes").count() == 1


def test_a_mail_fails_waits_and_comes_back_with_all_it_told_of(person, sink):
    closing(person)
    follow_up(person)
    actions.make_plan(at=MORNING)
    sink.refused["ada@x.example"] = "451 Later"
    assert deliver(clock=lambda: MORNING).put_off == 1
    assert len({(row.state, row.available_at) for row in Delivery.objects.filter(channel="mail")}) == 1
    follow_up(person)  # joins tomorrow: a mail that was tried tells of the same each time
    later = MORNING + 2 * MINUTE
    lease = claimed(later)
    assert rules(lease) == [("posting_closes", ["follow_up"])]
    actions.give_up(mail=lease.mails[0], token=lease.token, error="SMTPRecipientsRefused 550", at=later)
    assert rows(attempts__gt=0) == [("follow_up", "failed"), ("posting_closes", "failed")]
    assert rows(attempts=0, available_at=TOMORROW) == [("follow_up", "pending")]


def test_after_a_crash_the_same_mail_goes_out_under_the_same_id(person):
    closing(person)
    follow_up(person)
    first = claimed()
    again = claimed(MORNING + 3 * MINUTE)
    assert rules(again) == rules(first) == [("posting_closes", ["follow_up"])]
    assert again.mails[0].delivery.message_id == first.mails[0].delivery.message_id


def test_when_the_mail_is_called_off_another_tells_of_the_rest(person):
    late = closing(person)
    follow_up(person)
    lease = claimed()
    actions.try_later(mail=lease.mails[0], token=lease.token, error="x", at=MORNING)
    Application.objects.filter(pk=late.pk).update(stage="closed", outcome="withdrew")
    assert rules(claimed(MORNING + 2 * MINUTE)) == [("follow_up", [])]
    assert rows(application=late) == [("posting_closes", "cancelled")]


def test_of_several_about_one_thing_only_the_most_urgent_is_sent_and_the_planner_leaves_it_so(person):
    closing(person, closes_on=dt.date(2026, 11, 18))  # seven days before, and the machines were off until
    away = dt.datetime(2026, 11, 13, 12, 0, tzinfo=dt.UTC)
    actions.make_plan(at=away)
    Delivery.objects.filter(channel="mail").update(available_at=away)
    one = Delivery.objects.get(channel="mail")
    urgent = Delivery.objects.create(
        key=one.key.replace("posting_closes", "offer_answer"),
        rule="posting_closes",
        channel="mail",
        person=person,
        application=one.application,
        revision=one.revision,
        due_at=one.due_at + HOUR,
        available_at=away,
        useful_until=one.useful_until,
        created_at=away,
    )
    lease = actions.claim(at=away)
    assert [mail.delivery.pk for mail in lease.mails] == [urgent.pk]
    close(lease, away)
    actions.make_plan(at=away + MINUTE)
    assert list(Delivery.objects.filter(carrier=urgent).values_list("pk", "state")) == [(one.pk, "superseded")]


@pytest.mark.parametrize(
    ("hour", "waits_until"),
    [(7, 8), (8, None), (20, None), (21, 32), (23, 32), (2, 8)],
)
def test_nothing_comes_in_quiet_hours(person, hour, waits_until):
    follow_up(person)
    midnight = dt.datetime(2026, 11, 12, tzinfo=dt.UTC)
    lease = claimed(midnight + hour * HOUR)
    assert len(lease.mails) == (0 if waits_until else 1)
    if waits_until:
        assert Delivery.objects.get(channel="mail").available_at == midnight + waits_until * HOUR


def test_who_sleeps_in_the_morning_hears_of_an_interview_at_nine_at_once(person):
    Times.objects.create(person=person, quiet_from=dt.time(17), quiet_until=dt.time(10))
    RoundFactory(application__student=person, on=dt.date(2026, 11, 12), time=dt.time(9))
    RoundFactory(application__student=person, on=dt.date(2026, 11, 12), time=dt.time(15))
    at = dt.datetime(2026, 11, 11, 18, 0, tzinfo=dt.UTC)
    lease = claimed(at)
    assert [mail.facts.round.time for mail in lease.mails] == [dt.time(9)]
    assert Delivery.objects.get(channel="mail", state="pending").available_at == at + 16 * HOUR


ZONES = st.sampled_from(["Europe/London", "Asia/Kathmandu", "America/Los_Angeles", "Pacific/Apia", "Etc/GMT+12"])
INSTANTS = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 12, 31), timezones=st.just(dt.UTC))
TIMES = st.times().map(lambda time: time.replace(second=0, microsecond=0))


@given(at=INSTANTS, zone=ZONES, begins=TIMES, ends=TIMES)
def test_quiet_hours_end_within_a_day_at_their_own_wall_time(at, zone, begins, ends):
    end = quiet_end(at, zone, begins, ends)
    local = at.astimezone(ZoneInfo(zone)).time()
    within = begins <= local < ends if begins <= ends else not ends <= local < begins
    if begins == ends or not within:
        assert end is None
    elif end:
        assert at < end <= at + dt.timedelta(hours=25)
        assert quiet_end(end, zone, begins, ends) is None
        shifted = end.astimezone(ZoneInfo(zone))
        assert shifted.time() == ends or shifted.utcoffset() != at.astimezone(ZoneInfo(zone)).utcoffset()


@given(at=INSTANTS, zone=ZONES)
def test_the_next_morning_is_of_the_next_day(at, zone):
    morning = next_morning(at, zone, dt.time(8)).astimezone(ZoneInfo(zone))
    assert (morning.time(), morning.date() - at.astimezone(ZoneInfo(zone)).date()) == (dt.time(8), dt.timedelta(days=1))
