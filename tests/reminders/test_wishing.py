"""Choosing what to hear of, and stopping from a letter."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from reminders import tokens
from reminders.models import Preference, Times
from reminders.plan import Kind
from reminders.queries import CHOSEN, Wish, wishes_of
from reminders.tokens import Stop, sign

PAGE = "/settings/notifications/"
ALL_ON = {"interviews_app": "on", "interviews_mail": "on", "window_app": "on", "window_mail": "on"}


def test_everything_is_on_until_somebody_says_otherwise(ada):
    assert wishes_of(ada) == ({Kind.INTERVIEWS: Wish(), Kind.WINDOW: Wish()}, None)


def test_the_form_shows_what_holds(ada, client_of):
    Preference.objects.create(person=ada, kind="window", by_mail="off")
    page = client_of(ada).get(PAGE)
    assert page.status_code == 200
    assert page.context["form"].initial == {
        "interviews_mail": True, "interviews_app": True, "window_mail": False, "window_app": True, "paused_until": None,
    }  # fmt: skip


def test_saving_twice_is_saving_once(ada, client_of, clock):
    client = client_of(ada)
    chosen = {"interviews_mail": "on", "window_app": "on", "paused_until": "2026-12-01"}
    for _ in range(2):
        response = client.post(PAGE, chosen)
        assert (response.status_code, response.headers["Location"]) == (302, PAGE)
    wishes = {Kind.INTERVIEWS: Wish(app=False), Kind.WINDOW: Wish("off")}
    assert wishes_of(ada) == (wishes, dt.date(2026, 12, 1))
    assert Preference.objects.count() == 2


def test_an_empty_day_ends_the_pause(ada, client_of):
    Times.objects.create(person=ada, paused_until=dt.date(2099, 1, 1))
    client_of(ada).post(PAGE, ALL_ON)
    assert wishes_of(ada)[1] is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2026-11-10", "Enter a day after today, or leave it empty"),
        ("2020-01-01", "Enter a day after today, or leave it empty"),
        ("0001-01-01", "Enter a day between 1990 and 2100."),
        ("9999-12-31", "Enter a day between 1990 and 2100."),
        ("soon", "Enter the day, like 30 11 2026"),
        ("2026-02-30", "Enter the day, like 30 11 2026"),
        ("1" * 5000, "Enter the day, like 30 11 2026"),
    ],
)
def test_a_day_that_pauses_nothing_is_refused_and_nothing_changes(ada, client_of, clock, typed, said):
    response = client_of(ada).post(PAGE, {"paused_until": typed})
    assert response.status_code == 422
    assert response.context["form"].errors == {"paused_until": [said]}
    assert response.content.decode().count("There is a problem") == 1
    assert wishes_of(ada) == ({Kind.INTERVIEWS: Wish(), Kind.WINDOW: Wish()}, None)


def test_preferences_are_for_those_who_are_signed_in(db):
    assert Client().get(PAGE).status_code == 302


@pytest.mark.parametrize("kind", list(CHOSEN))
def test_opening_a_stop_link_changes_nothing_and_posting_stops_that_kind_only(ada, kind):
    path = reverse("reminders:email-action", args=[sign(Stop(ada.public_id, kind))])
    client = Client(enforce_csrf_checks=True)
    shown = client.get(path)
    assert shown.status_code == 200
    assert Preference.objects.count() == 0
    for _ in range(2):
        assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert list(Preference.objects.values_list("person", "kind", "by_mail", "app")) == [
        (ada.pk, kind.value, "off", True)
    ]
    assert client.head(path).status_code == 200


def test_a_stop_link_stops_nobody_else(ada, mallory, client_of):
    path = reverse("reminders:email-action", args=[sign(Stop(ada.public_id, Kind.WINDOW))])
    client_of(mallory).post(path)
    assert list(Preference.objects.values_list("person", flat=True)) == [ada.pk]


def test_a_stop_link_names_neither_the_person_nor_the_address(ada):
    path = reverse("reminders:email-action", args=[sign(Stop(ada.public_id, Kind.WINDOW))])
    shown = Client().get(path).content.decode()
    assert [word for word in ("Ada", "ada@", ada.public_id) if word in shown.replace(path, "")] == []


def test_a_stop_link_has_no_end(ada, clock):
    token = sign(Stop(ada.public_id, Kind.WINDOW))
    clock.shift(dt.timedelta(days=4000))
    assert tokens.read(token) == Stop(ada.public_id, Kind.WINDOW)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("garbled", ["{t}x", "x{t}", "{t}.{t}", "x", ".", "é" * 20, "a" * 4000, "{t}%00"])
def test_a_garbled_link_is_not_found(ada, method, garbled):
    token = garbled.replace("{t}", sign(Stop(ada.public_id, Kind.WINDOW)))
    assert getattr(Client(), method)(f"/e/{token}/").status_code == 404
    assert Preference.objects.count() == 0


def test_a_link_signed_for_another_purpose_is_not_found(ada, db):
    from django.core.signing import Signer

    other = Signer(salt="something else", sep=".").sign_object({"p": ada.public_id, "k": "window"})
    unknown_kind = Signer(salt="reminders.email-action", sep=".").sign_object({"p": ada.public_id, "k": "all"})
    no_mapping = Signer(salt="reminders.email-action", sep=".").sign_object(["p"])
    nobody = sign(Stop("nobodynobody", Kind.WINDOW))
    for token in (other, unknown_kind, no_mapping, nobody):
        assert Client().post(f"/e/{token}/").status_code == 404


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(ada, method):
    path = reverse("reminders:email-action", args=[sign(Stop(ada.public_id, Kind.WINDOW))])
    assert getattr(Client(), method)(path).status_code == 405
