"""What a receiver sees: signed messages, each under its own id, tried again, held up by no other address."""

import datetime as dt
import json
import logging
import re
import threading
import time

import pytest
from django.db import connection, transaction
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from applications.actions import stages
from owndata.actions.leaving import ask_to_leave
from tests.factories import ApplicationFactory
from tracker.lib import clock
from tracker.stack.home import ROOT
from webhooks.actions.delivering import claim, finish
from webhooks.actions.keeping import make_webhook, ping, renew_secret, resume, send_again
from webhooks.models import EventType, Webhook, WebhookAttempt, WebhookDelivery
from webhooks.sending import Answer

pytestmark = pytest.mark.django_db

MINUTE = dt.timedelta(minutes=1)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def application(ada, season, hook):
    return ApplicationFactory(student=ada)


@pytest.fixture
def delivery(application):
    return WebhookDelivery.objects.get()


def small(headers):
    return {name.lower(): value for name, value in headers.items()}


def test_a_receiver_can_check_who_sent_a_message_and_that_nobody_changed_it(hook, delivery, receiver, send):
    send()
    path, headers, body = receiver.arrived[0]
    assert (path, headers["Content-Type"], small(headers)["webhook-id"]) == (
        "/ada",
        "application/json",
        f"msg_{delivery.public_id}",
    )
    told = Verifier(hook.secret).verify(body, small(headers))
    assert (told["id"], told["type"]) == (f"msg_{delivery.public_id}", "application.added")
    with pytest.raises(WebhookVerificationError):
        Verifier(hook.secret).verify(body.replace(b"added", b"moved"), small(headers))
    with pytest.raises(WebhookVerificationError):
        Verifier("whsec_" + "A" * 43 + "=").verify(body, small(headers))


def test_for_a_day_the_secret_before_signs_as_well(ada, hook, delivery, receiver, send):
    new = renew_secret(webhook=hook, by=ada, at=clock.now())
    send()
    _, headers, body = receiver.arrived[0]
    for secret in (hook.secret, new):
        Verifier(secret).verify(body, small(headers))
    Webhook.objects.update(old_until=clock.now())
    ping(webhook=hook, by=ada, at=clock.now())
    send()
    _, headers, body = receiver.arrived[1]
    Verifier(new).verify(body, small(headers))
    with pytest.raises(WebhookVerificationError):
        Verifier(hook.secret).verify(body, small(headers))


def test_the_database_keeps_no_secret(ada, hook):
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(w)::text FROM webhooks_webhook w")
        kept = cursor.fetchone()[0]
    assert hook.secret.removeprefix("whsec_") not in kept
    assert hook.secret not in repr(list(Webhook.objects.values()))


@pytest.mark.parametrize("status", [200, 202, 204, 299])
def test_any_2xx_is_an_arrival(delivery, receiver, send, status):
    receiver.answers = lambda _path: (status, {}, [])
    assert (send(), send()) == (1, 0)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.said, delivery.tries.get().status) == ("sent", f"It answered {status}.", status)


@pytest.mark.parametrize("status", [301, 302, 307, 400, 401, 404, 409, 429, 500, 503])
def test_anything_else_is_tried_again_after_longer_and_longer_then_given_up(hook, delivery, receiver, send, status):
    receiver.answers = lambda _path: (status, {"Location": f"{receiver.origin}/elsewhere"}, [])
    at, waits = clock.now(), []
    for _ in range(7):
        assert send(at) == 1
        assert send(at + MINUTE / 2) == 0
        delivery.refresh_from_db()
        waits.append((delivery.due_at - at) / MINUTE)
        at = delivery.due_at
    assert [int(wait * 10) // 10 for wait in waits[:2]] == [1, 5]
    assert all(low <= wait <= low * 1.1 + 0.01 for low, wait in zip((1, 5, 30, 120, 360, 1440), waits, strict=False))
    assert (delivery.state, delivery.attempts, delivery.tries.count()) == ("given_up", 7, 7)
    assert send(at + 100 * HOUR) == 0
    assert {path for path, _, _ in receiver.arrived} == {"/ada"}, "no redirect is followed"
    bodies = {(headers["webhook-id"], body) for _, headers, body in receiver.arrived}
    assert len(bodies) == 1, "each try sends the same under the same id"


def test_who_asks_for_patience_is_given_it(hook, delivery, receiver, send):
    receiver.answers = lambda _path: (429, {"Retry-After": "7200"}, [])
    at = clock.now()
    send(at)
    assert (send(at + HOUR), send(at + 2 * HOUR + MINUTE)) == (0, 1)


def test_an_address_that_is_gone_is_told_nothing_more(ada, hook, delivery, receiver, send, client_of):
    receiver.answers = lambda _path: (410, {}, [])
    send()
    hook.refresh_from_db()
    delivery.refresh_from_db()
    assert (hook.off, delivery.state) == ("gone", "given_up")
    assert "the address answered that it is gone (410)" in client_of(ada).get("/settings/webhooks/").text
    bell = client_of(ada).get("/notifications/").text
    assert f'href="/settings/webhooks/{hook.public_id}/"' in bell
    assert "Your webhook “Chat” is turned off: nothing arrives there." in bell
    ApplicationFactory(student=ada)
    assert WebhookDelivery.objects.count() == 1
    resume(webhook=hook, by=ada)
    ApplicationFactory(student=ada)
    assert WebhookDelivery.objects.count() == 2


def test_five_days_of_nothing_but_trouble_turn_it_off_and_one_arrival_does_not(ada, hook, delivery, receiver, send):
    receiver.answers = lambda _path: (500, {}, [])
    at = clock.now()
    send(at)
    receiver.answers = lambda _path: (200, {}, [])
    send(at + HOUR)
    receiver.answers = lambda _path: (500, {}, [])
    for after in (2, 24 * 2, 24 * 4, 24 * 5 + 1):
        ping(webhook=hook, by=ada, at=at + after * HOUR)
        assert (send(at + after * HOUR), Webhook.objects.get().off) == (1, "")
    ping(webhook=hook, by=ada, at=at + (24 * 5 + 3) * HOUR)
    assert send(at + (24 * 5 + 3) * HOUR) == 1
    assert Webhook.objects.get().off == "silent"


def _drip(handler):
    """Send a header that never ends, byte by byte: each read of it is in time."""
    handler.connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(200):
        time.sleep(0.05)
        handler.connection.sendall(b"x")


def _silence(handler):
    time.sleep(3)


def _hang_up(handler):
    handler.connection.close()


def _babble(handler):
    handler.connection.sendall(b"\x00\xff nonsense \r\n\r\n" * 100)


@pytest.mark.parametrize(
    ("behaviour", "said"),
    [
        (_drip, "Nothing came in time."),
        (_silence, "Nothing came in time."),
        (_hang_up, "The connection broke, or none could be made."),
        (_babble, "The connection broke, or none could be made."),
    ],
)
def test_an_answer_that_is_none_ends_in_time_and_is_tried_again(delivery, receiver, send, settings, behaviour, said):
    settings.WAYMARK_WEBHOOK_SECONDS = 1.0
    receiver.answers = lambda _path: (behaviour, {}, [])
    began = time.monotonic()
    send()
    assert time.monotonic() - began < 2
    delivery.refresh_from_db()
    assert (delivery.state, delivery.said, delivery.attempts) == ("due", said, 1)


def test_an_answer_without_end_is_not_read(delivery, receiver, send):
    def pieces():
        while True:
            yield b"x" * 65_536

    receiver.answers = lambda _path: (200, {}, pieces())
    began = time.monotonic()
    send()
    delivery.refresh_from_db()
    assert (delivery.state, time.monotonic() - began < 2) == ("sent", True)


def test_a_slow_address_holds_up_nobody_elses(ada, mallory, hook, delivery, receiver, send, season):
    """Whoever was served longest ago comes first, and after trouble an address rests, however much waits for it."""
    for _ in range(5):
        ApplicationFactory(student=ada)
    make_webhook(person=mallory, name="x", url=f"{receiver.origin}/mallory", events=EventType.values, at=clock.now())
    receiver.answers = lambda path: (500 if path == "/ada" else 200, {}, [])
    assert send() == 2
    assert sorted(path for path, _, _ in receiver.arrived) == ["/ada", "/mallory"]


def test_two_workers_never_tell_one_address_two_things_at_once(ada, hook, application):
    ApplicationFactory(student=ada)
    at = clock.now()
    assert (claim(at=at) is None, claim(at=at)) == (False, None)


def test_who_dies_with_a_delivery_loses_it_after_two_minutes_and_it_goes_out_under_its_id(
    hook, delivery, receiver, send
):
    at = clock.now()
    lost = claim(at=at)
    assert (send(at + MINUTE), receiver.arrived) == (0, [])
    assert send(at + 3 * MINUTE) == 1
    assert receiver.arrived[0][1]["webhook-id"] == f"msg_{delivery.public_id}"
    finish(lost, Answer(500, "It answered 500.", 5), at=at + 4 * MINUTE)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries.count()) == ("sent", 2), "who comes back late changes nothing"


def test_what_takes_every_worker_along_is_given_up(hook, delivery, receiver, send):
    at = clock.now()
    for _ in range(7):
        assert claim(at=at) is not None
        at += 3 * MINUTE
    assert (send(at), receiver.arrived) == (0, [])
    delivery.refresh_from_db()
    assert (delivery.state, delivery.said) == ("given_up", "Sending it was interrupted, each time.")


def test_what_waited_for_days_is_no_news_and_is_sent_only_by_hand(ada, hook, delivery, receiver, send):
    at = clock.now() + dt.timedelta(days=4)
    assert (send(at), receiver.arrived) == (0, [])
    delivery.refresh_from_db()
    assert (delivery.state, delivery.said) == ("given_up", "It waited for longer than three days.")
    send_again(delivery=delivery, by=ada, at=at)
    assert send(at) == 1


def test_what_was_given_up_or_arrived_can_be_sent_again_as_it_was(ada, hook, application, delivery, receiver, send):
    send()
    delivery.refresh_from_db()
    stages.move(application=application, to="applied", by=ada, at=clock.now(), on=clock.today(ada))
    send_again(delivery=delivery, by=ada, at=clock.now())
    send()
    first, second = (one for one in receiver.arrived if b"application.added" in one[2])
    assert (first[2], first[1]["webhook-id"]) == (second[2], second[1]["webhook-id"])
    assert json.loads(second[2])["data"]["application"]["stage"] == "interested"
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.tries.count()) == ("sent", 1, 2)


def test_of_an_answer_only_its_status_is_kept(delivery, receiver, send):
    receiver.answers = lambda _path: (500, {"X-Private": "CANARY"}, [b"CANARY"])
    send()
    delivery.refresh_from_db()
    kept = repr(list(WebhookAttempt.objects.values())) + repr(list(WebhookDelivery.objects.values()))
    assert "CANARY" not in kept


def _mumble(handler):
    handler.connection.sendall(b"HTTP/1.1 500 No\r\nno header\r\nX: y\r\n\r\n")


def test_no_log_names_the_address(hook, delivery, receiver, send, caplog):
    caplog.set_level(logging.DEBUG)
    receiver.answers = lambda _path: (_mumble, {}, [])
    send()
    assert ("webhook_not_taken" in caplog.text, "/ada" in caplog.text, receiver.origin in caplog.text) == (
        True,
        False,
        False,
    )


def test_who_leaves_or_is_shut_out_is_told_nothing(ada, hook, delivery, receiver, send):
    ask_to_leave(person=ada, email=ada.email, at=clock.now())
    assert (send(), receiver.arrived) == (0, [])


@pytest.mark.django_db(transaction=True)
def test_a_page_does_not_wait_for_a_delivery_that_is_on_its_way(ada, hook, season, receiver):
    """While a worker claims and writes down, what happens to the same person is written beside it."""
    ApplicationFactory(student=ada)
    claimed, told = threading.Event(), threading.Event()

    def work():
        with transaction.atomic():
            lease = claim(at=clock.now())
            finish(lease, Answer(500, "It answered 500.", 5), at=clock.now())
            claimed.set()
            told.wait(5)
        connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    claimed.wait(5)
    began = time.monotonic()
    ApplicationFactory(student=ada)
    took = time.monotonic() - began
    told.set()
    worker.join()
    assert (took < 1, WebhookDelivery.objects.count()) == (True, 2)


def test_the_example_in_the_documentation_checks_a_message(hook, delivery, receiver, send):
    text = (ROOT / "docs" / "api.md").read_text()
    code = re.search(r"```python\n(.*?)```", text, re.DOTALL)[1]
    known = {}
    exec(code, known)  # noqa: S102 - our own documentation
    send()
    _, headers, body = receiver.arrived[0]
    check = known["is_from_waymark"]
    assert check(hook.secret, small(headers), body) is True
    assert check(hook.secret, small(headers), body + b" ") is False
    assert check(hook.secret, small(headers) | {"webhook-timestamp": "1700000000"}, body) is False
