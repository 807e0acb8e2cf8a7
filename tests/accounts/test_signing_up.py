"""Signing up, confirming the address, a forgotten password: whole ways, by the links in the mails."""

import re
import smtplib

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts.models import User

SIGNUP = "/accounts/signup/"
TYPED = {"name": "Noor Haddad", "email": "Noor@Uni.Example", "password1": "four quiet words here"}
LINK = re.compile(r"https?://\S+")


def link():
    """Return the path of the one link in the newest mail, which must lie on our own site."""
    (found,) = LINK.findall(mail.outbox[-1].body)
    assert found.startswith("http://testserver/")
    return found.removeprefix("http://testserver")


def test_a_new_account_opens_with_the_link_in_the_mail(client, db):
    response = client.post(SIGNUP, TYPED | {"time_zone": "Asia/Tokyo"})
    assert response.headers["Location"] == "/accounts/confirm-email/"
    user = User.objects.get()
    assert (user.name, user.email, user.time_zone) == ("Noor Haddad", "noor@uni.example", "Asia/Tokyo")
    assert (user.is_student, user.is_supervisor, user.is_curator, user.is_staff, user.is_superuser) == (
        (True,) + (False,) * 4
    )
    assert client.post("/accounts/login/", {"login": user.email, "password": TYPED["password1"]}).status_code == 302
    assert client.get("/settings/profile/").status_code == 302

    confirm = link()
    assert client.get(confirm).status_code == 200
    assert not EmailAddress.objects.get().verified
    client.post(confirm)
    assert EmailAddress.objects.get().verified
    client.post("/accounts/login/", {"login": "NOOR@uni.example", "password": TYPED["password1"]})
    assert client.get("/settings/profile/").status_code == 200


@pytest.mark.parametrize(
    "field", ["is_curator", "is_staff", "is_superuser", "is_supervisor", "is_active", "public_id", "groups"]
)
def test_nothing_but_the_forms_own_fields_is_taken(client, db, field):
    default = User._meta.get_field(field)
    client.post(SIGNUP, TYPED | {field: "on"})
    user = User.objects.get()
    if field == "groups":
        assert user.groups.count() == 0
    elif field == "public_id":
        assert user.public_id != "on"
    else:
        assert getattr(user, field) == default.default


def test_an_address_that_is_taken_reads_like_a_new_one(client, ada):
    answers = [Client().post(SIGNUP, TYPED | {"email": email}) for email in ("new@uni.example", "ADA@waymark.example")]
    assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {
        (302, "/accounts/confirm-email/")
    }
    assert [message.to for message in mail.outbox] == [["new@uni.example"], ["ada@waymark.example"]]
    assert User.objects.count() == 2


def test_a_double_click_makes_one_account(client, db):
    answers = [client.post(SIGNUP, TYPED).headers["Location"] for _ in range(2)]
    assert answers == ["/accounts/confirm-email/"] * 2
    assert User.objects.count() == 1


def test_a_click_that_overtakes_the_other_is_answered_the_same(client, db, monkeypatch):
    monkeypatch.setattr("allauth.account.forms.BaseSignupForm.validate_unique_email", lambda *given: given[1])
    User.objects.create_user("noor@uni.example")
    response = client.post(SIGNUP, TYPED)
    assert (response.status_code, response.headers["Location"]) == (302, "/accounts/confirm-email/")
    assert User.objects.count() == 1


def test_the_browser_is_asked_for_its_zone(client, db):
    assert 'type="hidden" name="time_zone" data-time-zone' in client.get(SIGNUP).content.decode()


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd", "x" * 65])
def test_a_zone_we_do_not_know_stops_nobody(client, db, zone):
    client.post(SIGNUP, TYPED | {"time_zone": zone})
    assert [user.time_zone for user in User.objects.all()] == ["Europe/London"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"password1": "short"}, "id_password1"),
        ({"password1": "password123456"}, "id_password1"),
        ({"email": "noor@"}, "id_email"),
        ({"name": "  "}, "id_name"),
        ({"name": "x" * 121}, "id_name"),
    ],
)
def test_a_refused_form_names_the_field_and_keeps_the_rest(client, db, wrong, field):
    response = client.post(SIGNUP, TYPED | wrong)
    page = response.content.decode()
    assert response.status_code == 422
    assert f'<a href="#{field}">' in page
    assert ("Noor@Uni.Example" in page) == ("email" not in wrong)
    assert TYPED["password1"] not in page
    assert User.objects.count() == 0


def test_a_forgotten_password_is_replaced_by_the_link_in_the_mail(client, ada):
    client.post("/accounts/password/reset/", {"email": "ADA@waymark.example"})
    page = client.get(link(), follow=True)
    form = page.redirect_chain[-1][0]
    response = client.post(form, {"password1": "another four words", "password2": "another four words"})
    assert response.status_code == 302
    assert client.post("/accounts/login/", {"login": ada.email, "password": "waymark-demo"}).status_code == 422
    assert client.post("/accounts/login/", {"login": ada.email, "password": "another four words"}).status_code == 302


def test_a_reset_link_works_once(client, ada):
    client.post("/accounts/password/reset/", {"email": ada.email})
    used = link()
    form = client.get(used, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": "another four words", "password2": "another four words"})
    page = Client().get(used, follow=True).content.decode()
    assert "This link no longer works" in page
    assert "id_password1" not in page


def test_resetting_reads_alike_for_unknown_addresses_and_writes_to_them(client, ada):
    answers = [
        client.post("/accounts/password/reset/", {"email": email}) for email in (ada.email, "nobody@waymark.example")
    ]
    assert {(a.status_code, a.headers["Location"]) for a in answers} == {(302, "/accounts/password/reset/done/")}
    assert [message.to for message in mail.outbox] == [[ada.email], ["nobody@waymark.example"]]


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        (SIGNUP, TYPED),
        (SIGNUP, TYPED | {"email": "ada@waymark.example"}),
        ("/accounts/password/reset/", {"email": "ada@waymark.example"}),
        ("/accounts/password/reset/", {"email": "nobody@waymark.example"}),
    ],
)
def test_links_in_mails_lie_on_our_site_whatever_host_is_asked(client, ada, settings, path, typed):
    settings.ALLOWED_HOSTS = ["*"]
    settings.SITE_URL = "https://waymark.example"
    client.post(path, typed, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
    (message,) = mail.outbox
    assert "evil" not in message.subject + message.body
    assert [found for found in LINK.findall(message.body) if not found.startswith("https://waymark.example/")] == []


@pytest.mark.parametrize(("path", "typed"), [(SIGNUP, TYPED), ("/accounts/password/reset/", {"email": TYPED["email"]})])
@pytest.mark.parametrize("trouble", [ConnectionRefusedError(), smtplib.SMTPServerDisconnected()])
def test_a_mail_server_that_is_away_is_said_in_words(client, db, monkeypatch, path, typed, trouble):
    def refuse(*_, **__):
        raise trouble

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
    response = client.post(path, typed)
    assert response.status_code == 503
    assert "Our mail server does not answer." in response.content.decode()


def test_after_such_trouble_signing_in_sends_the_mail_again(client, db, monkeypatch):
    def refuse(*_, **__):
        raise ConnectionRefusedError

    with monkeypatch.context() as away:
        away.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
        client.post(SIGNUP, TYPED)
    from django.core.cache import cache

    cache.clear()  # the three minutes between two mails to one address
    Client().post("/accounts/login/", {"login": TYPED["email"], "password": TYPED["password1"]})
    assert [message.to for message in mail.outbox] == [["noor@uni.example"]]


def test_changing_the_password_needs_the_old_one(client_of, ada):
    new = {"password1": "another four words", "password2": "another four words"}
    client = client_of(ada)
    assert client.post("/accounts/password/change/", {"oldpassword": "wrong", **new}).status_code == 422
    assert client.post("/accounts/password/change/", {"oldpassword": "waymark-demo", **new}).status_code == 302
    ada.refresh_from_db()
    assert ada.check_password("another four words")


def test_passwords_are_kept_as_argon2_hashes(client, db):
    client.post(SIGNUP, TYPED)
    assert User.objects.get().password.startswith("argon2$argon2id$")
