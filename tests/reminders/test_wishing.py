"""Choosing what to hear of, and stopping from a letter."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from reminders import tokens
from reminders.models import Preference, Times
from reminders.plan import Kind
from reminders.queries import Wish, times_of, wishes_of
from reminders.queries.wishes import OF_STUDENTS
from reminders.tokens import Stop, sign

PAGE = "/settings/notifications/"
TIMES = {"weekly_day": "0", "weekly_hour": "8", "quiet_from": "21:00", "quiet_until": "08:00"}
ALL_ON = {f"{kind}_mail": "now" for kind in OF_STUDENTS} | {f"{kind}_app": "on" for kind in OF_STUDENTS} | TIMES


def test_everything_is_on_until_somebody_says_otherwise(ada):
    assert wishes_of(ada) == dict.fromkeys(OF_STUDENTS, Wish())


def test_supervisors_choose_requests_and_their_digest_which_is_off_at_first(grace, client_of):
    assert wishes_of(grace) == {Kind.REQUESTS: Wish(), Kind.DIGEST: Wish("off", app=False)}
    assert list(client_of(grace).get(PAGE).context["form"].fields) == [
        "paused_until", "quiet_from", "quiet_until", "requests_app", "requests_mail", "digest_app", "digest_mail",
    ]  # fmt: skip


def test_who_can_be_reached_by_nothing_is_told_so(cora, client_of):
    page = client_of(cora).get(PAGE)
    assert page.context["form"].fields == {}
    assert "All other reminders go to students and supervisors." in page.content.decode()


def test_the_form_shows_what_holds(ada, client_of):
    Preference.objects.create(person=ada, kind="window", by_mail="off")
    Times.objects.create(person=ada, quiet_from=dt.time(22), weekly_day=4)
    form = client_of(ada).get(PAGE).context["form"]
    assert [form[name].value() for name in ("window_mail", "window_app", "offers_mail")] == ["off", True, "now"]
    assert [form[name].value() for name in ("quiet_from", "weekly_day", "paused_until")] == ["22:00", 4, None]


def test_saving_twice_is_saving_once(ada, client_of, clock):
    client = client_of(ada)
    chosen = {
        **ALL_ON, "closing_mail": "weekly", "window_mail": "off", "paused_until": "2026-12-01", "weekly_day": "6",
        "weekly_hour": "19", "quiet_from": "23:00", "quiet_until": "06:00", "hour_before": "on",
    }  # fmt: skip
    del chosen["interviews_app"]
    for _ in range(2):
        response = client.post(PAGE, chosen)
        assert (response.status_code, response.headers["Location"]) == (302, PAGE)
    changed = {Kind.INTERVIEWS: Wish(app=False), Kind.CLOSING: Wish("weekly"), Kind.WINDOW: Wish("off")}
    assert wishes_of(ada) == dict.fromkeys(OF_STUDENTS, Wish()) | changed
    assert Preference.objects.count() == len(OF_STUDENTS)
    times = Times.objects.get(person=ada)
    assert (times.paused_until, times.weekly_day, times.weekly_hour) == (dt.date(2026, 12, 1), 6, 19)
    assert (times.quiet_from, times.quiet_until) == (dt.time(23), dt.time(6))
    assert (times.hour_before, times.names_in_subjects) == (True, False)


def test_an_empty_day_ends_the_pause(ada, client_of):
    Times.objects.create(person=ada, paused_until=dt.date(2099, 1, 1))
    client_of(ada).post(PAGE, ALL_ON)
    assert times_of(ada).paused_until is None


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("paused_until", "2026-11-10", "Enter a day after today, or leave it empty"),
        ("paused_until", "0001-01-01", "Enter a day between 1990 and 2100."),
        ("paused_until", "9999-12-31", "Enter a day between 1990 and 2100."),
        ("paused_until", "soon", "Enter the day, like 30 11 2026"),
        ("paused_until", "1" * 5000, "Enter the day, like 30 11 2026"),
        ("weekly_mail", "weekly", "Choose one from the list."),
        ("offers_mail", "", "Choose a way for answers to offers"),
        ("weekly_hour", "4", "Choose one from the list."),
        ("weekly_day", "7", "Choose one from the list."),
        ("quiet_from", "25:00", "Choose one from the list."),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(ada, client_of, clock, field, typed, said):
    response = client_of(ada).post(PAGE, {**ALL_ON, field: typed})
    assert response.status_code == 422
    assert response.context["form"].errors == {field: [said]}
    assert response.content.decode().count("There is a problem") == 1
    assert Preference.objects.count() == Times.objects.count() == 0


def test_the_first_steps_ask_for_the_day_of_the_weekly_plan(ada, client_of):
    client = client_of(ada)
    assert '<option value="0" selected>Monday</option>' in client.get("/welcome/4/").content.decode()
    answer = client.post("/settings/notifications/day/", {"weekly_day": "4", "next": "/welcome/4/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/welcome/4/")
    assert '<option value="4" selected>Friday</option>' in client.get("/welcome/4/").content.decode()
    for bad in ("7", "", "x"):
        client.post("/settings/notifications/day/", {"weekly_day": bad})
    assert times_of(ada).weekly_day == 4


def test_a_quiet_week_lasts_seven_days_and_ends_by_a_click(ada, client_of, clock):
    client = client_of(ada)
    answer = client.post("/settings/notifications/quiet/", {"next": "/window/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/window/")
    assert times_of(ada).paused_until == dt.date(2026, 11, 17)
    shown = client.get(PAGE).content.decode()
    assert "Quiet until Tue 17 Nov" in shown
    assert "End pause, until Tue 17 Nov" in shown
    assert client.post("/settings/notifications/quiet/end/").headers["Location"] == "/"
    assert times_of(ada).paused_until is None
    assert "End pause" not in client.get(PAGE).content.decode()


def test_a_quiet_week_shortens_no_longer_pause(ada, client_of, clock):
    Times.objects.create(person=ada, paused_until=dt.date(2026, 12, 24))
    client_of(ada).post("/settings/notifications/quiet/")
    assert times_of(ada).paused_until == dt.date(2026, 12, 24)


def test_a_pause_that_is_over_is_not_shown(ada, client_of, clock):
    Times.objects.create(person=ada, paused_until=dt.date(2026, 11, 10))
    page = client_of(ada).get("/today/").content.decode()
    assert ("Quiet week" in page, "End pause" in page) == (True, False)


def test_preferences_are_for_those_who_are_signed_in(db):
    assert Client().get(PAGE).status_code == 302


@pytest.mark.parametrize("kind", OF_STUDENTS)
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


def test_stopping_the_question_about_a_pause_pauses_until_the_window_is_over(ada, season, clock):
    path = reverse("reminders:email-action", args=[sign(Stop(ada.public_id, Kind.PAUSE))])
    assert "until your window is over, on 1 February 2027" in Client().get(path).content.decode()
    assert Times.objects.count() == 0
    for _ in range(2):
        assert "No e-mails until your window is over" in Client().post(path).content.decode()
    assert times_of(ada).paused_until == dt.date(2027, 2, 1)
    assert list(Preference.objects.values_list("kind", "by_mail")) == [("pause", "off")]


def test_a_link_of_somebody_who_is_gone_is_not_found(ada):
    path = reverse("reminders:email-action", args=[sign(Stop(ada.public_id, Kind.WINDOW))])
    ada.is_active = False
    ada.save()
    assert Client().get(path).status_code == Client().post(path).status_code == 404


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
