"""Which device somebody signs in from, and when they were last here."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actions import forget_sign_ins
from accounts.devices import UNNAMED, device_words
from accounts.models import SignIn, User
from tests.factories import NOW, PASSWORD, TODAY, UserFactory

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


def sign_in(client, person):
    response = client.post(
        "/accounts/login/", {"login": person.email, "password": PASSWORD}, headers={"User-Agent": FIREFOX}
    )
    assert response.status_code == 302
    return response


def sign_in_and_out(client, person):
    response = sign_in(client, person)
    client.post("/accounts/logout/")
    return response


def noted(person):
    return list(SignIn.objects.filter(user=person).values_list("device", flat=True))


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36",
            "Chrome on Windows",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/19.0 Safari/605", "Safari on Mac"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) CriOS/140 Safari/604",
            "Chrome on iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 16; Pixel 9) Chrome/140.0 Mobile Safari/537",
            "Chrome on Android",
        ),
        ("Something (X11; Linux x86_64)", "a browser on Linux"),
        ("<b>curl</b>/8.5", UNNAMED),
        ("", UNNAMED),
    ],
)
def test_a_device_is_named_in_our_words(user_agent, words):
    assert device_words(user_agent) == words


def test_a_second_device_is_noted_once_and_the_first_never(ada):
    first, second = Client(), Client()
    sign_in_and_out(first, ada)
    assert noted(ada) == []
    sign_in_and_out(first, ada)
    assert noted(ada) == []
    sign_in_and_out(second, ada)
    sign_in_and_out(second, ada)
    assert noted(ada) == ["Firefox on Linux"]


def test_a_browser_that_somebody_else_uses_is_new_to_ada_and_known_to_both_from_then_on(ada, mallory):
    own, shared = Client(), Client()
    sign_in_and_out(own, ada)
    sign_in_and_out(shared, mallory)
    for person in (ada, mallory, ada):
        sign_in_and_out(shared, person)
    assert (noted(ada), noted(mallory)) == (["Firefox on Linux"], [])


def test_a_cookie_that_we_did_not_sign_makes_nobody_known(ada):
    sign_in_and_out(Client(), ada)
    client = Client()
    client.cookies["device"] = f"{ada.public_id}:forged"
    sign_in(client, ada)
    assert len(noted(ada)) == 1


def test_a_wrong_password_notes_nothing_and_makes_no_device_known(ada):
    sign_in_and_out(Client(), ada)
    client = Client()
    response = client.post("/accounts/login/", {"login": ada.email, "password": "not it at all"})
    assert (response.status_code, noted(ada)) == (422, [])
    assert "device" not in client.cookies


def test_the_cookie_is_out_of_reach_of_scripts_and_lasts_a_year(ada, settings):
    cookie = sign_in(Client(), ada).cookies["device"]
    kept = {name: cookie[name] for name in ("httponly", "samesite", "max-age", "path", "secure")}
    assert kept == {"httponly": True, "samesite": "Lax", "max-age": 31_536_000, "path": "/", "secure": ""}
    settings.HTTPS = True
    assert sign_in(Client(), ada).cookies["device"]["secure"]


def test_sign_ins_are_forgotten_after_ninety_days(ada):
    for days in (89, 90, 91):
        SignIn.objects.create(user=ada, at=NOW - dt.timedelta(days=days), device=str(days))
    assert forget_sign_ins(at=NOW) == 1
    assert noted(ada) == ["89", "90"]


def test_the_day_of_a_visit_is_kept_once_a_day(ada, clock):
    client = Client()
    client.force_login(ada)
    with CaptureQueriesContext(connection) as first:
        client.get("/settings/profile/")
    with CaptureQueriesContext(connection) as second:
        client.get("/settings/profile/")
    assert len(first) == len(second) + 1
    assert User.objects.get(pk=ada.pk).last_seen_on == TODAY
    clock.shift(dt.timedelta(days=1))
    client.get("/settings/profile/")
    assert User.objects.get(pk=ada.pk).last_seen_on == TODAY + dt.timedelta(days=1)


def test_the_day_of_a_visit_is_the_persons_own(db, clock):
    person = UserFactory(time_zone="Pacific/Auckland")
    clock.move_to(dt.datetime(2026, 11, 10, 13, 0, tzinfo=dt.UTC))
    client = Client()
    client.force_login(person)
    client.get("/settings/profile/")
    assert User.objects.get(pk=person.pk).last_seen_on == dt.date(2026, 11, 11)
