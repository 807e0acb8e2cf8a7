"""What the bell tells, shown on a person's devices: by a real push service, read as only the device can."""

import datetime as dt

import pytest
from django.test import Client
from py_vapid import Vapid02

from accounts.models import User
from reminders import push_keys
from reminders.letters import push, tick
from reminders.models import Device, Notice, Push, Times
from tests import push_service
from tests.factories import PASSWORD, RoundFactory, UserFactory
from tests.reminders.conftest import LONG_AGO, hears_only

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
STARTS = dt.datetime(2026, 11, 12, 15, 0, tzinfo=dt.UTC)
EVENING = dt.datetime(2026, 11, 11, 18, 0, tzinfo=dt.UTC)  # when an interview of the next day is told
FIREFOX = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
PAGE, ADD = "/settings/notifications/", "/settings/notifications/devices/"


@pytest.fixture
def service(settings):
    """A push service that the site knows, and a key to sign for it."""
    settings.VAPID_PRIVATE_KEY = push_keys.new_private_key()
    with push_service.running() as one:
        settings.PUSH_SERVICES = [one.origin]
        yield one


@pytest.fixture
def ada(student):
    return hears_only(student(email="ada@waymark.example"), "interviews")


@pytest.fixture
def phone(service, ada):
    browser = service.browser("phone")
    assert added(ada, browser).status_code == 302
    Device.objects.update(created_at=LONG_AGO)
    return browser


def signed_in(person) -> Client:
    client = Client(headers=FIREFOX)
    client.force_login(person)
    return client


def added(person, browser, **changes):
    return signed_in(person).post(ADD, browser.said | changes)


def told(person, at=EVENING - HOUR, **fields):
    """Put a line behind the bell."""
    usual = {
        "key": f"k{Notice.objects.count()}",
        "kind": "weekly",
        "text": "Secret Labs",
        "subject": "Your week",
        "url": "/",
    }
    return Notice.objects.create(person=person, **{**usual, "created_at": at, **fields})


def passed(at):
    return push(clock=lambda: at)


def test_a_reminder_arrives_on_the_device_once_and_names_no_company(service, ada, phone, sink):
    RoundFactory(application__student=ada, application__company__name="Secret Labs", starts_at=STARTS)
    assert [tick(clock=lambda: EVENING).pushed for _ in range(3)] == [1, 0, 0]
    (message,) = service.messages(phone)
    assert message["title"].startswith("Tomorrow 15:00")
    assert "Secret" not in str(message)
    ((_, headers, body),) = service.arrived
    assert b"Tomorrow" not in body
    assert headers["Content-Encoding"] == "aes128gcm"
    assert 0 < int(headers["TTL"]) <= 12 * 3600
    assert Vapid02.verify(headers["Authorization"])
    assert signed_in(ada).get(message["url"]).status_code == 200


def test_names_are_shown_to_whoever_allows_them_in_subjects(service, ada, phone, sink):
    Times.objects.create(person=ada, names_in_subjects=True)
    RoundFactory(application__student=ada, application__company__name="Secret Labs", starts_at=STARTS)
    tick(clock=lambda: EVENING)
    assert "Secret Labs" in service.messages(phone)[0]["title"]


def test_what_was_read_or_is_old_is_not_shown(service, ada, phone):
    told(ada, read_at=EVENING)
    told(ada, at=EVENING - 13 * HOUR)
    assert passed(EVENING) == 0
    late = told(ada)
    service.answers["/phone"] = 503
    passed(EVENING)
    Notice.objects.filter(pk=late.pk).update(read_at=EVENING)
    service.answers.clear()
    assert passed(EVENING + HOUR) == 0
    assert Push.objects.get().outcome == "dropped"


def test_a_device_hears_nothing_of_before_it_was_added(service, ada, phone):
    told(ada)
    Device.objects.update(created_at=EVENING)
    assert passed(EVENING) == 0


def test_the_night_waits_but_not_for_access(service, ada, phone):
    night = dt.datetime(2026, 11, 11, 23, 30, tzinfo=dt.UTC)
    told(ada, at=night, subject="Can wait")
    told(ada, at=night, kind="access", subject="New sign-in")
    passed(night)
    assert [one["title"] for one in service.messages(phone)] == ["New sign-in"]
    passed(dt.datetime(2026, 11, 12, 7, 59, tzinfo=dt.UTC))
    assert len(service.arrived) == 1
    passed(dt.datetime(2026, 11, 12, 8, 0, tzinfo=dt.UTC))
    assert [one["title"] for one in service.messages(phone)] == ["New sign-in", "Can wait"]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_trouble_of_the_service_is_waited_for(service, ada, phone, status):
    told(ada)
    service.answers["/phone"] = status
    assert [passed(EVENING), passed(EVENING)] == [0, 0]
    assert Push.objects.get().attempts == 1
    service.answers.clear()
    assert passed(EVENING + 2 * HOUR) == 1


@pytest.mark.parametrize("status", [301, 307, 400, 401, 403, 413])
def test_a_refusal_ends_it_and_no_redirect_is_followed(service, ada, phone, status):
    told(ada)
    service.answers["/phone"] = status
    assert [passed(EVENING), passed(EVENING + HOUR)] == [0, 0]
    assert Push.objects.get().outcome == "refused"


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_forgotten(service, ada, phone, status):
    told(ada)
    service.answers["/phone"] = status
    passed(EVENING)
    assert not Device.objects.exists()


def test_a_service_that_is_away_holds_up_nobody_else(service, ada, phone, settings):
    settings.PUSH_SERVICES.append("http://127.0.0.1:9")
    for name in "abc":
        added(ada, push_service.Browser(f"http://127.0.0.1:9/{name}"))
    Device.objects.update(created_at=LONG_AGO)
    told(ada)
    assert passed(EVENING) == 1
    assert Push.objects.filter(outcome="").count() == 3


def test_who_is_switched_off_gets_nothing(service, ada, phone):
    told(ada)
    User.objects.update(is_active=False)
    assert passed(EVENING) == 0


def test_the_page_lists_devices_and_removes_them(service, ada, phone):
    client = signed_in(ada)
    assert "Firefox on Linux" in client.get(PAGE).text
    one = Device.objects.get()
    said = client.post(f"{ADD}{one.public_id}/remove/", follow=True)
    assert "No notifications on Firefox on Linux any more." in said.text
    assert not Device.objects.exists()


def test_a_browser_shows_those_of_one_person(service, ada, phone, student):
    other = student()
    added(other, phone)
    assert Device.objects.get().person == other


def test_signing_out_takes_the_device_along(service, ada, client):
    UserFactory(email="own@waymark.example")
    client.post("/accounts/login/", {"login": "own@waymark.example", "password": PASSWORD})
    client.post(ADD, service.browser("shared").said)
    added(ada, service.browser("phone"))
    assert Device.objects.count() == 2
    client.post("/accounts/logout/")
    assert Device.objects.get().person == ada


def test_beyond_ten_the_oldest_goes(service, ada):
    for number in range(12):
        added(ada, service.browser(str(number)))
    kept = {one.endpoint.rpartition("/")[2] for one in Device.objects.all()}
    assert kept == {str(number) for number in range(2, 12)}


NOWHERE = [
    "", "x", "https://", "http://127.0.0.1/", "http://localhost/x", "https://127.0.0.1/x", "https://[::1]/x", "http://2130706433/x",
    "https://169.254.169.254/latest", "https://10.0.0.1/", "file:///etc/passwd", "gopher://127.0.0.1:6379/_FLUSHALL",
    "https://fcm.googleapis.com@127.0.0.1/x", "https://127.0.0.1#fcm.googleapis.com", "https://127.0.0.1\\@fcm.googleapis.com/",
    "https://fcm.googleapis.com.evil.example/", "https://evilfcm.googleapis.com/", "https://push.apple.com/x",
    "https://evilpush.apple.com/x", "https://fcm.googleapis.com:22/x",
    "http://fcm.googleapis.com/x", "https://fcm.googleapis.com\r\nX: y/",
    "https://fcm.googleapis.com\x00/", "https://\uff46cm.googleapis.com/", "https://user:pw@fcm.googleapis.com/", "https://fcm.googleapis.com:99999/",
    "https://[fcm.googleapis.com/", "//fcm.googleapis.com/", "https://fcm.googleapis.com/" + "a" * 1000,
]  # fmt: skip


@pytest.mark.parametrize("endpoint", NOWHERE)
def test_the_server_calls_nobody_but_push_services(service, ada, settings, endpoint):
    settings.PUSH_SERVICES = ["https://fcm.googleapis.com", "https://*.push.apple.com"]
    said = signed_in(ada).post(ADD, service.browser("x").said | {"endpoint": endpoint}, follow=True)
    assert "did not say where it takes notifications" in said.text
    assert not Device.objects.exists()


def test_what_is_not_on_the_list_any_more_is_not_called(service, ada, phone, settings):
    settings.PUSH_SERVICES = ["https://fcm.googleapis.com"]
    told(ada)
    passed(EVENING)
    assert (service.arrived, Push.objects.get().outcome) == ([], "refused")


@pytest.mark.parametrize(
    "change", [{"p256dh": "x"}, {"p256dh": "A" * 87}, {"auth": "x"}, {"auth": "é" * 22}, {"p256dh": "\x00"}]
)
def test_keys_that_are_none_are_refused(service, ada, change):
    added(ada, service.browser("x"), **change)
    assert not Device.objects.exists()


def test_a_site_without_a_key_offers_nothing(ada, settings):
    settings.VAPID_PRIVATE_KEY = ""
    client = signed_in(ada)
    assert "On your devices" not in client.get(PAGE).text
    assert client.post(ADD, {}).status_code == 404
    assert client.get("/notifications/worker.js").status_code == 404
    assert passed(EVENING) == 0
