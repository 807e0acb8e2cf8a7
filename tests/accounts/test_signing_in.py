"""Signing in, out, and what happens to those who guess."""

import pytest
from django.test import Client

from tests.factories import PASSWORD, UserFactory

LOGIN = "/accounts/login/"


def sign_in(client, email, password=PASSWORD):
    return client.post(LOGIN, {"login": email, "password": password})


@pytest.mark.parametrize("typed", ["ada@waymark.example", "Ada@Waymark.Example", " ADA@WAYMARK.EXAMPLE "])
def test_an_address_signs_in_in_any_case(client, ada, typed):
    response = sign_in(client, typed)
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert client.get("/settings/profile/").status_code == 200


def test_the_page_asked_for_comes_after_signing_in(client, ada):
    closed = client.get("/settings/profile/")
    assert (closed.status_code, closed.headers["Location"]) == (302, "/accounts/login/?next=/settings/profile/")
    response = client.post(closed.headers["Location"], {"login": ada.email, "password": PASSWORD})
    assert response.headers["Location"] == "/settings/profile/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere(client, ada, elsewhere):
    response = client.post(f"{LOGIN}?next={elsewhere}", {"login": ada.email, "password": PASSWORD})
    assert response.headers["Location"] == "/"


def test_a_wrong_password_and_an_unknown_address_read_alike(client, ada):
    answers = [sign_in(client, email, "not it at all") for email in (ada.email, "nobody@waymark.example")]
    pages = [answer.content.decode().replace("nobody@waymark.example", ada.email) for answer in answers]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert _plain(pages[0]) == _plain(pages[1])


def _plain(page):
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_ten_guesses_of_one_password_end_in_a_page_that_says_to_wait(client, ada):
    codes = [sign_in(client, ada.email, f"guess {n}").status_code for n in range(10)]
    assert codes == [422] * 5 + [429] * 5
    response = sign_in(client, ada.email)
    assert response.status_code == 429
    assert "Wait 5 minutes, then try again." in response.content.decode()


def test_a_guess_counts_for_the_account_from_every_address(ada):
    codes = [sign_in(Client(REMOTE_ADDR=f"192.0.2.{n}"), ada.email, "guess").status_code for n in range(8)]
    assert codes == [422] * 5 + [429] * 3


def test_guessing_many_accounts_from_one_address_ends_too(client, db):
    codes = [sign_in(client, f"p{n}@waymark.example", "guess").status_code for n in range(12)]
    assert codes == [422] * 10 + [429] * 2


def test_guesses_at_one_account_do_not_lock_another(ada, mallory):
    for n in range(8):
        sign_in(Client(REMOTE_ADDR=f"192.0.2.{n}"), ada.email, "guess")
    assert sign_in(Client(REMOTE_ADDR="198.51.100.1"), mallory.email).status_code == 302


def test_without_redis_people_sign_in_all_the_same(client, ada, settings):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    assert sign_in(client, ada.email, "wrong").status_code == 422
    assert sign_in(client, ada.email).status_code == 302


def test_whoever_is_switched_off_cannot_sign_in_and_is_signed_out_at_once(client, ada, client_of):
    signed_in = client_of(ada)
    assert signed_in.get("/settings/profile/").status_code == 200
    ada.is_active = False
    ada.save()
    assert signed_in.get("/settings/profile/").status_code == 302
    assert sign_in(client, ada.email).headers["Location"] == "/accounts/inactive/"
    assert client.get("/settings/profile/").status_code == 302


def test_looking_at_sign_out_signs_nobody_out(client_of, ada):
    client = client_of(ada)
    client.get("/accounts/logout/")
    assert client.get("/settings/profile/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/settings/profile/").status_code == 302


def test_the_session_is_a_new_one_after_signing_in(client, ada):
    client.get(LOGIN)
    client.session["planted"] = "yes"
    client.session.save()
    before = client.session.session_key
    sign_in(client, ada.email)
    assert client.session.session_key != before


def test_whoever_is_signed_in_is_led_past_the_sign_in_page(client_of, ada):
    assert client_of(ada).get(LOGIN).headers["Location"] == "/"


def test_the_admin_has_no_sign_in_page_of_its_own(client, client_of, ada, cora):
    assert client.get("/manage/", follow=True).redirect_chain[-1] == ("/accounts/login/?next=/manage/", 302)
    assert client_of(ada).get("/manage/login/").status_code == 404
    assert client_of(ada).get("/manage/", follow=True).status_code == 404
    assert client_of(cora).get("/manage/login/").headers["Location"] == "/manage/"


def test_signing_in_in_somebody_elses_browser_needs_the_forms_token(db):
    UserFactory(email="ada@waymark.example")
    assert sign_in(Client(enforce_csrf_checks=True), "ada@waymark.example").status_code == 403
