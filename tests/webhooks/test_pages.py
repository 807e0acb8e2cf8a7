"""The pages under Settings: a secret that is shown once, a log that can be read to its end, and nobody else's."""

import datetime as dt
import re

import pytest
from django.test import Client

from tests.factories import ApplicationFactory
from tracker.lib import clock
from webhooks.actions.keeping import delete_webhook, forget_deliveries, make_webhook, ping, send_again
from webhooks.models import EventType, Webhook, WebhookDelivery

pytestmark = pytest.mark.django_db

PAGE = "/settings/webhooks/"
SECRET = re.compile(r'value="(whsec_[A-Za-z0-9+/=]+)"')


@pytest.fixture
def client(ada, client_of):
    return client_of(ada)


def form(receiver, **more):
    return {"name": "Chat", "url": f"{receiver.origin}/ada", "events": ["application.moved"], **more}


def test_one_is_made_with_a_secret_shown_once_and_a_test_on_its_way(client, receiver, send):
    made = client.post(PAGE, form(receiver))
    secret = SECRET.search(made.text)[1]
    assert (made.status_code, len(secret) > 40) == (200, True)
    webhook = Webhook.objects.get()
    page = f"{PAGE}{webhook.public_id}/"
    assert secret not in client.get(page).text + client.get(PAGE).text
    assert "Waiting" in client.get(page).text
    send()
    assert ("Arrived" in client.get(page).text, b'"ping"' in receiver.arrived[0][2]) == (True, True)
    renewed = SECRET.search(client.post(f"{page}secret/").text)[1]
    assert renewed != secret


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Enter what it is for"),
        ({"url": ""}, "Enter the address"),
        ({"url": "https://10.0.0.1/hook"}, "10.0.0.1 leads into a net that is not open to all."),
        ({"url": "http://hooks.example.org/"}, "Use an address that begins with https://."),
        ({"url": "my chat"}, "Enter a full web address"),
        ({"events": []}, "Tick what it is told"),
        ({"events": ["everything"]}, "Choose one from the list."),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_typed_is_lost(client, receiver, wrong, sentence):
    answer = client.post(PAGE, form(receiver, **wrong))
    assert (answer.status_code, Webhook.objects.count()) == (422, 0)
    assert sentence in answer.text
    kept = form(receiver, **wrong)
    assert all(f'value="{kept[name]}"' in answer.text for name in ("name", "url") if kept[name])


def test_a_double_click_makes_one(client, receiver):
    secrets = {SECRET.search(client.post(PAGE, form(receiver)).text)[1] for _ in range(2)}
    assert (len(secrets), Webhook.objects.count(), WebhookDelivery.objects.count()) == (1, 1, 1)


def test_nobody_has_more_than_five(client, receiver):
    for number in range(5):
        assert client.post(PAGE, form(receiver, name=f"No {number}")).status_code == 200
    answer = client.post(PAGE, form(receiver))
    assert (answer.status_code, Webhook.objects.count()) == (422, 5)
    assert "You have 5 webhooks. Delete one first." in answer.text


def test_it_is_changed_paused_resumed_and_deleted(client, hook, receiver, ada, season, send):
    page = f"{PAGE}{hook.public_id}/"
    assert client.post(page, form(receiver, url="http://127.0.0.1:1/")).status_code == 422
    assert client.post(page, form(receiver, name="Group", events=["round.added"])).status_code == 302
    client.post(f"{page}pause/")
    assert "Paused" in client.get(page).text
    assert (client.post(f"{page}test/").status_code, WebhookDelivery.objects.count()) == (302, 0)
    client.post(f"{page}resume/")
    client.post(f"{page}test/")
    client.post(f"{page}test/")
    assert (WebhookDelivery.objects.count(), send()) == (1, 1)
    hook.refresh_from_db()
    assert (hook.name, hook.events, hook.off) == ("Group", ["round.added"], "")
    assert "There is no way back." in client.get(f"{page}delete/").text
    assert client.post(f"{page}delete/").status_code == 302
    assert (Webhook.objects.count(), WebhookDelivery.objects.count(), client.get(page).status_code) == (0, 0, 404)


def test_a_delivery_says_what_was_sent_and_each_try_and_is_sent_again(client, hook, receiver, ada, season, send):
    receiver.answers = lambda _path: (503, {}, [])
    ApplicationFactory(student=ada, role="<b>Intern</b>")
    send()
    page = f"{PAGE}deliveries/{WebhookDelivery.objects.get().public_id}/"
    shown = client.get(page).text
    assert ("It answered 503." in shown, "Trying again" in shown) == (True, True)
    assert "&lt;b&gt;Intern&lt;/b&gt;" in shown
    receiver.answers = lambda _path: (200, {}, [])
    assert (client.post(f"{page}again/").status_code, send()) == (302, 1)
    shown = client.get(page).text
    assert ("Arrived" in shown, shown.count("It answered")) == (True, 2)


def test_the_log_is_read_to_its_end_in_pages_of_fifty_by_as_few_queries(
    client, hook, ada, season, django_assert_max_num_queries
):
    for _ in range(120):
        ApplicationFactory(student=ada)
    page, seen = f"{PAGE}{hook.public_id}/", []
    for size in (50, 50, 20):
        with django_assert_max_num_queries(8):
            shown = client.get(page).text
        ids = re.findall(r"deliveries/(\w{32})/", shown)
        assert len(ids) == size
        seen += ids
        following = re.search(r'href="([^"]+\?after=\w+)', shown)
        page = following[1] if following else ""
    assert (page, len(set(seen))) == ("", 120)
    assert client.get(f"{PAGE}{hook.public_id}/?after=nothing").status_code == 200
    assert client.get(f"{PAGE}{hook.public_id}/?after=%00").status_code == 200


def test_what_is_in_the_log_goes_after_thirty_days(hook, ada, season):
    ApplicationFactory(student=ada)
    at = clock.now()
    assert (forget_deliveries(at=at + dt.timedelta(days=29)), WebhookDelivery.objects.count()) == (0, 1)
    forget_deliveries(at=at + dt.timedelta(days=31))
    assert WebhookDelivery.objects.count() == 0


@pytest.mark.parametrize("name", ["mallory", "grace"])
def test_anybody_elses_are_not_there(request, name, hook, ada, season, client_of):
    ApplicationFactory(student=ada)
    client = client_of(request.getfixturevalue(name))
    one, delivery = f"{PAGE}{hook.public_id}/", f"{PAGE}deliveries/{WebhookDelivery.objects.get().public_id}/"
    reads = [client.get(path).status_code for path in (one, f"{one}delete/", delivery)]
    writes = [client.post(f"{one}{do}/").status_code for do in ("test", "secret", "pause", "resume", "delete")]
    assert {*reads, *writes, client.post(f"{delivery}again/").status_code, client.post(one).status_code} == {404}
    before = Webhook.objects.get()
    assert (before.salt, before.off) == (hook.salt, "")


def test_who_is_not_signed_in_is_led_to_the_door(hook):
    assert Client().get(PAGE).headers["Location"].startswith("/accounts/login/")


def test_what_went_meanwhile_is_a_sentence(ada, hook, receiver, season):
    from tracker.lib.errors import StaleError

    ApplicationFactory(student=ada)
    delivery = WebhookDelivery.objects.select_related("webhook").get()
    delete_webhook(webhook=hook, by=ada)
    with pytest.raises(StaleError, match="deleted in another tab"):
        send_again(delivery=delivery, by=ada, at=clock.now())
    with pytest.raises(StaleError, match="deleted in another tab"):
        ping(webhook=hook, by=ada, at=clock.now())
    made, _ = make_webhook(person=ada, name="x", url=hook.url, events=EventType.values, at=clock.now())
    delivery.webhook = made
    with pytest.raises(StaleError, match="not in the log any more"):
        send_again(delivery=delivery, by=ada, at=clock.now())
