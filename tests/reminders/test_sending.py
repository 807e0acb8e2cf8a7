"""Sending to a real mail server that behaves well, slowly or badly."""

import datetime as dt
import itertools
import signal

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.test import override_settings

from reminders import actions
from reminders.letters import deliver, tick
from reminders.letters.line import Line
from reminders.letters.wire import Letter
from reminders.models import Delivery
from tests.factories import RoundFactory
from tests.reminders.conftest import hears_only
from tracker.mail_url import mailer

HOUR = dt.timedelta(hours=1)
EVENING = dt.datetime(2026, 11, 11, 18, 0, tzinfo=dt.UTC)


def clock() -> dt.datetime:
    return EVENING


@pytest.fixture
def due(student):
    """Return a function that makes interviews tomorrow, one for each address, planned."""

    def make(*addresses: str) -> None:
        for address in addresses:
            RoundFactory(application__student=hears_only(student(email=address), "interviews"))
        actions.make_plan(at=EVENING)

    return make


def states() -> dict[str, str]:
    rows = Delivery.objects.filter(channel="mail").order_by("person__email")
    return dict(rows.values_list("person__email", "state"))


def errors() -> list[str]:
    rows = Delivery.objects.filter(channel="mail").exclude(last_error="")
    return list(rows.order_by("pk").values_list("last_error", flat=True))


def test_a_batch_goes_over_one_connection(due, sink):
    due("a@x.example", "b@x.example", "c@x.example")
    done = deliver(clock=clock)
    assert (done.sent, done.put_off, done.given_up, done.lost_leases, done.no_server) == (3, 0, 0, 0, False)
    assert sorted(mail["To"] for mail in sink.mails) == ["a@x.example", "b@x.example", "c@x.example"]
    assert sink.connections == 1
    assert set(states().values()) == {"sent"}
    assert set(sink.message_ids) == set(Delivery.objects.filter(channel="mail").values_list("message_id", flat=True))


def test_many_batches_are_sent_in_one_go(due, sink, settings):
    settings.WAYMARK_BATCH = 20
    due(*(f"p{number}@x.example" for number in range(45)))
    assert deliver(clock=clock).sent == 45
    assert len(set(sink.message_ids)) == 45
    assert sink.connections == 1


def test_a_pass_plans_tells_and_sends_and_the_next_finds_nothing(student, sink):
    RoundFactory(application__student=hears_only(student(), "interviews"))
    first = tick(clock=clock)
    assert (first.planned.made, first.told, first.expired, first.mails.sent) == (2, 1, 0, 1)
    second = tick(clock=clock)
    assert (second.planned.made, second.told, second.expired, second.mails.sent) == (0, 0, 0, 0)


@pytest.fixture(params=[True, False], ids=["pipelining", "one by one"])
def either(request, sink):
    """The mail server, once as it takes commands together and once not."""
    sink.pipelines = request.param
    return sink


@pytest.mark.parametrize("line", [b".", b"..", b".x", "é" * 500])
def test_a_letter_arrives_as_it_was_written(either, line):
    text = line if isinstance(line, str) else line.decode()
    letter = Letter(subject="Ünï", body=f"{text}\n{text}\n", to=["a@x.example"], headers={"Message-ID": "<1@x>"})
    letter.attach_alternative(f"<p>{text}</p>\n", "text/html")
    wire = Line()
    for _ in range(2):
        wire.carry(letter)
    wire.hang_up()
    for mail in either.mails:
        assert (mail["Subject"], mail["Message-ID"]) == ("Ünï", "<1@x>")
        assert mail.get_body("plain").get_content().splitlines() == [text, text]
        assert mail.get_body("html").get_content().strip() == f"<p>{text}</p>"
    assert (len(either.mails), either.connections) == (2, 1)


@pytest.mark.parametrize(
    "address", ["jörg@x.example", "a b@x.example", "a@x.example\r\nRCPT TO:<b@x.example>", "a\x00@x"]
)
def test_an_address_that_is_none_reaches_no_server(either, address):
    letter = Letter(subject="x", body="x", to=[address])
    letter.attach_alternative("x", "text/html")
    wire = Line()
    with pytest.raises(ValueError, match="No address"):
        wire.carry(letter)
    wire.hang_up()
    assert either.mails == []


def test_a_subject_of_two_lines_is_refused():
    letter = Letter(subject="x\r\nBcc: b@x.example", body="x", to=["a@x.example"])
    letter.attach_alternative("x", "text/html")
    with pytest.raises(ValueError, match="one line"):
        letter.wire()


def test_a_refused_recipient_is_given_up_and_holds_nobody_up(due, either):
    sink = either
    due("a@x.example", "gone@x.example", "z@x.example")
    sink.refused["gone@x.example"] = "550 No such person"
    done = deliver(clock=clock)
    assert (done.sent, done.given_up) == (2, 1)
    assert states() == {"a@x.example": "sent", "gone@x.example": "failed", "z@x.example": "sent"}
    assert errors() == ["SMTPRecipientsRefused 550"]


def test_a_recipient_for_whom_the_server_is_busy_is_tried_again(due, sink):
    due("a@x.example", "busy@x.example")
    sink.refused["busy@x.example"] = "451 Later"
    assert deliver(clock=clock).put_off == 1
    assert states() == {"a@x.example": "sent", "busy@x.example": "pending"}
    sink.refused.clear()
    later = itertools.repeat(EVENING + dt.timedelta(minutes=2))
    assert deliver(clock=lambda: next(later)).sent == 1
    assert errors() == []


def test_content_that_is_refused_is_given_up(due, sink):
    due("a@x.example")
    sink.data_answers["a@x.example"] = "554 Not here"
    assert deliver(clock=clock).given_up == 1
    assert errors() == ["SMTPDataError 554"]


def test_a_server_that_closes_gets_nothing_more_for_a_minute(due, sink):
    due("a@x.example", "b@x.example", "c@x.example")
    for address in ("a@x.example", "b@x.example", "c@x.example"):
        sink.data_answers[address] = "421 Going away"
    done = deliver(clock=clock)
    assert (done.sent, done.put_off, done.no_server) == (0, 1, True)
    untried = Delivery.objects.filter(channel="mail", attempts=0, state="pending")
    in_a_minute = EVENING + dt.timedelta(minutes=1)
    waits = sorted(row.available_at.replace(microsecond=0) for row in untried)
    assert waits == [EVENING, EVENING, in_a_minute]  # the one that met it goes behind the others
    assert (deliver(clock=clock).no_server, sink.connections) == (True, 1)
    sink.data_answers.clear()
    assert deliver(clock=lambda: in_a_minute + dt.timedelta(seconds=5)).sent == 3


def test_an_answer_that_never_came_is_tried_again_with_the_same_message_id(due, sink):
    due("a@x.example")
    sink.drop_after.add("a@x.example")
    assert deliver(clock=clock).put_off == 1
    sink.drop_after.clear()
    assert deliver(clock=lambda: EVENING + dt.timedelta(minutes=2)).sent == 1
    assert len(sink.message_ids) == 2
    assert len(set(sink.message_ids)) == 1


def test_without_a_server_everything_waits(due):
    due("a@x.example", "b@x.example")
    with override_settings(MAILERS={"default": mailer("smtp://127.0.0.1:1")}):
        done = deliver(clock=clock)
    assert (done.sent, done.no_server) == (0, True)
    rows = Delivery.objects.filter(channel="mail")
    assert list(rows.values_list("state", "attempts", "lease_token")) == [("pending", 0, None)] * 2


def test_an_address_that_is_none_is_given_up(due, sink):
    due("jörg@x.example")
    assert deliver(clock=clock).given_up == 1
    assert errors() == ["ValueError"]


def test_a_sender_stops_when_a_quarter_of_its_lease_is_over(due, sink, settings):
    due("a@x.example", "b@x.example", "c@x.example")
    sink.delay = 0.9
    settings.WAYMARK_LEASE = dt.timedelta(seconds=3.2)
    settings.WAYMARK_DRAIN_SECONDS = 0.05
    assert deliver(clock=clock).sent == 1
    assert sorted(states().values()) == ["pending", "pending", "sent"]


def test_a_letter_that_cannot_be_written_waits_and_the_log_says_where_but_not_what(due, sink, settings, caplog):
    due("a@x.example", "b@x.example")
    subject = "reminders/letters/interview_tomorrow.subject.txt"
    options = {"loaders": [("django.template.loaders.locmem.Loader", {subject: "{{ company|add:nothing }}"})]}
    broken = {"BACKEND": settings.TEMPLATES[0]["BACKEND"], "OPTIONS": options}
    settings.TEMPLATES = [broken]
    assert deliver(clock=clock).put_off == 2
    assert errors() == ["UnwritableError VariableDoesNotExist"] * 2
    assert set(states().values()) == {"pending"}
    assert caplog.text.count("template/base.py") == 2
    assert "Company" not in caplog.text


def test_a_task_that_is_out_of_time_in_mid_send_leaves_the_row_to_its_lease(due, sink):
    due("a@x.example", "b@x.example")
    sink.delay = 1
    previous = signal.signal(signal.SIGALRM, out_of_time)
    signal.setitimer(signal.ITIMER_REAL, 0.4)
    try:
        with pytest.raises(SoftTimeLimitExceeded):
            deliver(clock=clock)
    finally:
        signal.signal(signal.SIGALRM, previous)
    assert sorted(states().values()) == ["pending", "sending"]


def out_of_time(*_: object) -> None:
    """What Celery's soft limit does."""
    raise SoftTimeLimitExceeded


def test_the_error_kept_on_a_row_names_no_address(due, sink):
    due("secret@x.example")
    sink.refused["secret@x.example"] = "550 secret@x.example is unknown"
    deliver(clock=clock)
    assert "secret" not in errors()[0]
