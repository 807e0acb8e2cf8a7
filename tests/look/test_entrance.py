"""Signing in, signing up, a new password: our words, our markup, our status."""

import re

import pytest
from django.core import mail

TITLE = re.compile(r"<title>(.*?) . Waymark</title>")
WORDS = re.compile(r"<[^>]+>")


def summary(page):
    found = re.search(r'class="error-summary".*?</ul>', page, re.DOTALL)
    return [" ".join(WORDS.sub(" ", line).split()) for line in re.findall(r"<li>(.*?)</li>", found[0])]


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/accounts/login/", "Sign in"),
        ("/accounts/signup/", "Create an account"),
        ("/accounts/password/reset/", "Choose a new password"),
        ("/accounts/password/reset/done/", "Look in your mail"),
        ("/accounts/confirm-email/", "Look in your mail"),
        ("/accounts/confirm-email/no-such-key/", "This link no longer works"),
        ("/accounts/password/reset/key/x-y/", "This link no longer works"),
        ("/accounts/inactive/", "This account is switched off"),
    ],
)
def test_a_page_before_signing_in(client, db, path, title):
    response = client.get(path)
    assert (response.status_code, TITLE.search(response.content.decode())[1]) == (200, title)


@pytest.mark.parametrize("path", ["/accounts/email/", "/accounts/password/change/", "/accounts/logout/"])
def test_a_page_about_the_account(client_of, ada, path):
    assert client_of(ada).get(path).status_code == 200


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/accounts/login/", ["Enter the e-mail address", "Enter the password"]),
        ("/accounts/signup/", ["Enter your name", "Enter the e-mail address", "Enter the password"]),
        ("/accounts/password/reset/", ["Enter the e-mail address"]),
    ],
)
def test_an_empty_form_is_refused_with_links_to_its_fields(client, db, path, asked):
    response = client.post(path, {})
    page = response.content.decode()
    assert response.status_code == 422
    assert TITLE.search(page)[1].startswith("Error: ")
    assert summary(page) == asked
    for target in re.findall(r'<li><a href="#([^"]+)"', page):
        assert re.search(rf'<input[^>]*id="{target}"', page)
    for ids in re.findall(r'aria-describedby="([^"]+)"', page):
        assert [one for one in ids.split() if f'id="{one}"' not in page] == []


def test_a_wrong_password_says_what_to_check_and_keeps_the_address(client, ada):
    response = client.post("/accounts/login/", {"login": ada.email, "password": "not this one"})
    page = response.content.decode()
    assert response.status_code == 422
    (said,) = summary(page)
    assert said.startswith("This address and this password do not belong together.")
    assert f'value="{ada.email}"' in page


def test_signing_in_leads_on_without_a_message(client, ada, password):
    response = client.post("/accounts/login/", {"login": ada.email, "password": password})
    assert (response.status_code, response.headers["Location"]) == (302, "/")


def test_the_mails_about_an_account_are_in_our_words(client, ada):
    client.post("/accounts/password/reset/", {"email": ada.email})
    client.post("/accounts/password/reset/", {"email": "nobody@waymark.example"})
    client.post("/accounts/signup/", {"name": "New", "email": "new2@waymark.example", "password1": "four words here"})
    subjects = [message.subject for message in mail.outbox]
    assert subjects == ["Choose a new password", "No account with this address", "Confirm your e-mail address"]
    assert [message.to for message in mail.outbox if "!" in message.body or "please" in message.body.lower()] == []
