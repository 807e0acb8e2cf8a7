"""Who may send what, when, and what becomes of it."""

import datetime as dt
import threading
import uuid

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from applications.models import Application, InterviewRound
from reminders import actions
from reminders.models import Delivery, Notice, Preference, Times
from reminders.plan import Kind
from tests.factories import RoundFactory, UserFactory
from tests.reminders.conftest import hears_only

HOUR = dt.timedelta(hours=1)
MINUTE = dt.timedelta(minutes=1)
EVENING = dt.datetime(2026, 11, 11, 18, 0, tzinfo=dt.UTC)
OPENS = dt.datetime(2026, 10, 1, 7, 0, tzinfo=dt.UTC)


@pytest.fixture
def planned(student):
    """Return a function that makes so many interviews tomorrow, each of its own student, planned."""

    def make(count: int = 1, **fields) -> list[InterviewRound]:
        rounds = [
            RoundFactory(application__student=hears_only(student(), "interviews"), **fields) for _ in range(count)
        ]
        actions.make_plan(at=EVENING - HOUR)
        return rounds

    return make


def closed(one: InterviewRound) -> None:
    Application.objects.filter(pk=one.application_id).update(stage="closed", outcome="withdrew")


def close(lease: actions.Lease, *, at: dt.datetime) -> int:
    """Write down that all were sent; return how many leases were lost."""
    return actions.close(sent=[(mail, at) for mail in lease.mails], token=lease.token)


def mail() -> Delivery:
    return Delivery.objects.get(channel="mail")


def test_nothing_is_claimed_before_it_is_due(planned):
    planned()
    assert actions.claim(at=EVENING - MINUTE) is None
    assert len(actions.claim(at=EVENING).mails) == 1


def test_a_claim_leases_and_gives_the_message_id(planned):
    planned()
    lease = actions.claim(at=EVENING)
    row = mail()
    assert (row.state, row.lease_token, row.attempts) == ("sending", lease.token, 1)
    assert row.available_at == EVENING + dt.timedelta(seconds=120)
    assert row.message_id == lease.mails[0].delivery.message_id
    assert row.message_id.endswith("@waymark.example>")


def test_a_batch_has_its_size_and_two_senders_share_no_mail(planned, settings):
    settings.WAYMARK_BATCH = 20
    planned(23)
    first, second = actions.claim(at=EVENING), actions.claim(at=EVENING)
    assert (len(first.mails), len(second.mails)) == (20, 3)
    assert actions.claim(at=EVENING) is None


def test_a_lease_that_ran_out_is_taken_over_with_the_same_message_id(planned):
    planned()
    first = actions.claim(at=EVENING)
    assert actions.claim(at=EVENING + dt.timedelta(seconds=119)) is None
    second = actions.claim(at=EVENING + dt.timedelta(seconds=120))
    assert second.mails[0].delivery.message_id == first.mails[0].delivery.message_id
    assert mail().attempts == 2
    assert close(first, at=EVENING) == 1
    assert close(second, at=EVENING) == 0


def test_a_sent_mail_is_closed_once(planned):
    planned()
    lease = actions.claim(at=EVENING)
    assert close(lease, at=EVENING + MINUTE) == 0
    assert close(lease, at=EVENING + HOUR) == 0
    row = mail()
    assert (row.state, row.sent_at, row.lease_token) == ("sent", EVENING + MINUTE, None)
    assert actions.claim(at=EVENING + HOUR) is None


@pytest.mark.parametrize("change", [{"state": "pending", "sent_at": None}, {"sent_at": EVENING}, {"key": "another"}])
def test_there_is_no_way_out_of_sent(planned, change):
    planned()
    lease = actions.claim(at=EVENING)
    close(lease, at=EVENING + MINUTE)
    with pytest.raises(IntegrityError, match="neither changes"), transaction.atomic():
        Delivery.objects.filter(channel="mail").update(**change)


def test_a_message_id_never_changes(planned):
    planned()
    actions.claim(at=EVENING)
    for other in ("<other@testserver>", None):
        with pytest.raises(IntegrityError), transaction.atomic():
            Delivery.objects.filter(channel="mail").update(message_id=other)


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "sending"},
        {"lease_token": uuid.uuid4()},
        {"state": "sent"},
        {"sent_at": EVENING},
        {"state": "sent", "sent_at": EVENING},
        {"state": "lost"},
        {"channel": "fax"},
        {"application_id": 1},  # beside its round
        {"useful_until": EVENING},
    ],
)
def test_the_database_refuses_rows_that_contradict_themselves(planned, fields):
    planned()
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.filter(channel="mail").update(**fields)


@pytest.mark.parametrize(
    ("change", "state"),
    [
        (lambda one: InterviewRound.objects.filter(pk=one.pk).update(revision=2), "superseded"),
        (lambda one: InterviewRound.objects.filter(pk=one.pk).update(status="cancelled"), "cancelled"),
        (closed, "cancelled"),
        (lambda one: User.objects.update(is_active=False), "cancelled"),
        (lambda one: User.objects.update(is_student=False), "cancelled"),
        (lambda one: actions.stop(by=one.application.student, kind=Kind.INTERVIEWS, on=EVENING.date()), "cancelled"),
    ],
)  # fmt: skip
def test_what_changed_after_planning_is_not_sent(planned, change, state):
    (one,) = planned()
    change(one)
    assert actions.claim(at=EVENING).mails == []
    assert mail().state == state


def test_stopping_one_kind_does_not_stop_another(planned):
    (one,) = planned()
    actions.stop(by=one.application.student, kind=Kind.WINDOW, on=EVENING.date())
    assert len(actions.claim(at=EVENING).mails) == 1


def test_a_pause_that_began_after_planning_holds_window_mail_back(student, season):
    person = hears_only(student(), "window")
    actions.make_plan(at=OPENS - HOUR)
    Times.objects.create(person=person, paused_until=dt.date(2026, 10, 5))
    assert actions.claim(at=OPENS).mails == []
    assert mail().state == "cancelled"


def test_a_season_moved_after_planning_supersedes(student, season):
    hears_only(student(), "window")
    actions.make_plan(at=OPENS - HOUR)
    season.opens_on = dt.date(2026, 10, 4)
    season.save(update_fields=["opens_on"])
    assert actions.claim(at=OPENS).mails == []
    assert mail().state == "superseded"


def test_nobody_gets_more_than_three_mails_a_day(student):
    person = hears_only(student(), "interviews")
    for hour in (9, 10, 11, 12, 13):
        RoundFactory(application__student=person, time=dt.time(hour))
    actions.make_plan(at=EVENING - HOUR)
    lease = actions.claim(at=EVENING)
    assert len(lease.mails) == 3
    assert (
        Delivery.objects.filter(channel="mail", state="pending", available_at=EVENING + HOUR, attempts=0).count() == 2
    )
    close(lease, at=EVENING)
    assert actions.claim(at=EVENING + HOUR).mails == []


@pytest.mark.parametrize("fate", ["stopped", "too late"])
def test_what_may_have_arrived_counts_although_its_row_ended_otherwise(student, fate):
    """Two went out in a row, but of the second nobody came back to say so; then it is stopped, or expires."""
    person = student()
    first = [RoundFactory(application__student=person) for _ in range(2)]
    actions.make_plan(at=EVENING - HOUR)
    lease = actions.claim(at=EVENING)
    assert len(lease.mails) == 2
    actions.close(sent=[(lease.mails[0], EVENING)], token=lease.token)
    lost = lease.mails[1].delivery
    if fate == "stopped":
        closed(next(one for one in first if one.pk == lost.round_id))
    else:
        Delivery.objects.filter(pk=lost.pk).update(useful_until=EVENING + HOUR)
    more = [RoundFactory(application__student=person) for _ in range(3)]
    at = EVENING + 2 * HOUR
    actions.make_plan(at=at)
    actions.expire(at=at)
    again = actions.claim(at=at)
    lost.refresh_from_db()
    assert lost.state not in Delivery.OPEN
    assert lost.maybe_at == EVENING + 2 * MINUTE
    assert len(again.mails) == 1
    assert again.mails[0].facts.round in more


def test_what_may_have_arrived_is_tried_again_however_many_went_since(student):
    person = student()
    rounds = [RoundFactory(application__student=person) for _ in range(3)]
    actions.make_plan(at=EVENING - HOUR)
    lease = actions.claim(at=EVENING)
    assert len(lease.mails) == 3
    actions.close(sent=[(mail, EVENING) for mail in lease.mails[1:]], token=lease.token)
    RoundFactory(application__student=person)
    actions.make_plan(at=EVENING + HOUR)
    again = actions.claim(at=EVENING + HOUR)
    assert [one.delivery.message_id for one in again.mails] == [lease.mails[0].delivery.message_id]
    close(again, at=EVENING + HOUR)
    assert Delivery.objects.filter(channel="mail", state="sent").count() == len(rounds)


def test_the_fourth_of_a_day_is_told_in_the_app_when_it_is_too_late(student):
    person = hears_only(student(), "interviews")
    for hour in (9, 10, 11, 12):
        RoundFactory(application__student=person, time=dt.time(hour))
    actions.make_plan(at=EVENING - HOUR)
    lease = actions.claim(at=EVENING)
    close(lease, at=EVENING)
    assert actions.expire(at=EVENING + 19 * HOUR) == 1
    assert Notice.objects.count() == 1
    assert Delivery.objects.get(channel="mail", state="expired").lease_token is None


def test_too_late_is_told_in_the_app_even_if_that_was_off(planned):
    (one,) = planned()
    Preference.objects.create(person=one.application.student, kind="interviews", app=False)
    actions.make_plan(at=EVENING)
    assert actions.claim(at=one.starts_at) is None
    assert actions.expire(at=one.starts_at) == 1
    assert mail().state == "expired"
    assert list(Notice.objects.values_list("text", flat=True)) == ["Research discussion on Thu 12 Nov, 15:00 GMT"]


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({"on": None, "time": None, "starts_at": None}, "superseded"),
        ({"status": "cancelled"}, "cancelled"),
        ({"revision": 2}, "superseded"),
    ],
)
def test_too_late_and_not_true_any_more_is_told_nowhere(planned, change, state):
    (one,) = planned()
    InterviewRound.objects.update(**change)
    assert actions.expire(at=one.starts_at) == 1
    assert mail().state == state
    assert Notice.objects.count() == 0


def test_what_nobody_tried_goes_back_untouched(planned):
    planned(3)
    lease = actions.claim(at=EVENING)
    assert actions.give_back(mails=lease.mails[1:], token=lease.token, at=EVENING + MINUTE) == 2
    back = Delivery.objects.filter(channel="mail", state="pending", attempts=0, available_at=EVENING + MINUTE)
    assert back.count() == 2


def test_tries_follow_the_table_of_waits(planned):
    planned()
    at = EVENING
    for minutes in (1, 2, 5, 15, 60, 60):
        lease = actions.claim(at=at)
        assert actions.try_later(mail=lease.mails[0], token=lease.token, error="SMTPDataError 451", at=at) is True
        row = mail()
        assert (row.state, row.last_error) == ("pending", "SMTPDataError 451")
        wait = row.available_at - at
        assert dt.timedelta(minutes=minutes) <= wait <= dt.timedelta(minutes=minutes * 1.1)
        at = row.available_at
    assert mail().attempts == 6


def test_after_a_day_of_tries_it_is_given_up(student, season):
    Times.objects.create(person=hears_only(student(), "window"), quiet_from=dt.time(3), quiet_until=dt.time(3))
    actions.make_plan(at=OPENS - HOUR)
    lease = actions.claim(at=OPENS + 23 * HOUR)
    actions.try_later(mail=lease.mails[0], token=lease.token, error="TimeoutError", at=OPENS + 24 * HOUR - MINUTE)
    assert (mail().state, mail().last_error) == ("failed", "TimeoutError")


def queries(work, *, most: int) -> int:
    with CaptureQueriesContext(connection) as asked:
        work()
    assert len(asked) <= most
    return len(asked)


@pytest.mark.parametrize(("work", "most"), [(actions.claim, 20), (actions.tell, 16)])
def test_claiming_and_telling_cost_the_same_queries_for_many_as_for_one(planned, work, most):
    planned()
    for_one = queries(lambda: work(at=EVENING), most=most)
    planned(3)
    assert queries(lambda: work(at=EVENING), most=most) == for_one


def test_a_newer_notice_of_a_round_makes_the_older_one_read(planned):
    (one,) = planned()
    actions.tell(at=EVENING)
    InterviewRound.objects.update(starts_at=one.starts_at + HOUR, revision=2)
    actions.make_plan(at=EVENING)
    actions.tell(at=EVENING + HOUR)
    notices = Notice.objects.order_by("pk").values_list("text", "read_at")
    assert list(notices) == [
        ("Research discussion on Thu 12 Nov, 15:00 GMT", EVENING + HOUR),
        ("Research discussion on Thu 12 Nov, 16:00 GMT", None),
    ]


def test_what_is_not_wanted_in_the_app_is_not_told(planned):
    (one,) = planned()
    Preference.objects.create(person=one.application.student, kind="interviews", app=False)
    assert actions.tell(at=EVENING) == 1
    assert Notice.objects.count() == 0
    assert Delivery.objects.get(channel="app").state == "cancelled"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("stop", ["preference", "round", "application"])
def test_whoever_stops_in_time_is_never_claimed_afterwards(stop):
    """Races a stop against a claim: claimed only if the claim was first, and then the stop waited for it."""
    people = [UserFactory() for _ in range(12)]
    rounds = [RoundFactory(application__student=person) for person in people]
    actions.make_plan(at=EVENING - HOUR)
    start = threading.Barrier(2)
    seen: list[str] = []

    def stop_it(one: InterviewRound) -> None:
        start.wait()
        if stop == "preference":
            actions.stop(by=one.application.student, kind=Kind.INTERVIEWS, on=EVENING.date())
        elif stop == "round":
            InterviewRound.objects.filter(pk=one.pk).update(status="cancelled")
        else:
            closed(one)
        seen.append(Delivery.objects.get(round=one, channel="mail").state)  # what holds once the stop is done
        connections.close_all()

    for one in rounds:
        Delivery.objects.exclude(round=one).filter(state="pending").update(available_at=EVENING + HOUR)
        Delivery.objects.filter(round=one, state="pending").update(available_at=EVENING)
        thread = threading.Thread(target=stop_it, args=[one])
        thread.start()
        start.wait()
        actions.claim(at=EVENING)
        thread.join()
        after = Delivery.objects.get(round=one, channel="mail").state
        assert after == "cancelled" or seen[-1] == "sending"
    assert len(seen) == 12


def test_rows_name_themselves_for_the_operator(planned):
    from reminders.models import Heartbeat

    (one,) = planned()
    actions.tell(at=EVENING)
    person = one.application.student
    assert str(mail()) == mail().key
    assert str(Notice.objects.get()) == "Research discussion on Thu 12 Nov, 15:00 GMT"
    assert str(Preference(person=person, kind="window")) == "window"
    assert str(Times(person=person)) == f"times of {person.pk}"
    assert str(Heartbeat(ticked_at=EVENING)) == "2026-11-11T18:00:00+00:00"
