"""The letter of an invitation: sent by a task, once, with a secret that is nowhere else."""

import datetime as dt
import re
import smtplib

import pytest
from django.core import mail

from reminders import tasks
from supervision import actions, mailing
from supervision.models import Supervision, hash_token
from tests.factories import NOW

LINK = re.compile(r"http://testserver/supervision/invitations/([0-9a-f]{64})/")


class Refusing:
    """A mail server's answer, in place of the real one's."""

    def __init__(self, error):
        self.error = error

    def __call__(self, *_, **__):
        raise self.error


@pytest.fixture
def invited(ada):
    return actions.invite(student=ada, email="prof@uni.example", at=NOW)


def test_no_mail_leaves_inside_the_change(invited):
    assert mail.outbox == []


def test_the_letter_has_both_parts_and_one_secret(invited):
    assert mailing.send_letters(at=NOW) == 1
    (letter,) = mail.outbox
    assert (letter.subject, letter.to) == ("Ada Whitlock invites you to Waymark", ["prof@uni.example"])
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    ((html, kind),) = letter.alternatives
    assert kind == "text/html"
    (token,) = set(LINK.findall(letter.body)) | set(LINK.findall(html))
    assert Supervision.objects.open_to(token, NOW).get() == invited
    assert invited.token_hash == hash_token(token)


def test_a_letter_is_sent_once(invited):
    assert [mailing.send_letters(at=NOW + dt.timedelta(hours=hour)) for hour in range(3)] == [1, 0, 0]


def test_a_withdrawn_invitation_is_not_sent(ada, invited):
    actions.end(supervision=invited, by=ada, at=NOW)
    assert mailing.send_letters(at=NOW) == 0


def test_a_server_that_is_away_is_tried_again_with_the_same_message_id_and_secret(invited, monkeypatch):
    sent = []
    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", lambda letter: sent.append(letter) or down())
    down = Refusing(ConnectionRefusedError())
    assert mailing.send_letters(at=NOW) == 0
    assert mailing.send_letters(at=NOW + dt.timedelta(minutes=1)) == 0
    monkeypatch.undo()
    assert mailing.send_letters(at=NOW + dt.timedelta(minutes=3)) == 1
    letters = [*sent, *mail.outbox]
    assert len({letter.extra_headers["Message-ID"] for letter in letters}) == 1
    assert len({LINK.search(letter.body)[1] for letter in letters}) == 1
    assert len(letters) == 2


@pytest.mark.parametrize(("code", "waiting"), [(550, 0), (450, 1)])
def test_an_address_that_the_server_refuses_for_good_is_not_tried_again(invited, monkeypatch, code, waiting):
    monkeypatch.setattr(
        "django.core.mail.EmailMultiAlternatives.send",
        Refusing(smtplib.SMTPRecipientsRefused({"prof@uni.example": (code, b"")})),
    )
    mailing.send_letters(at=NOW)
    assert Supervision.objects.unsent(NOW + dt.timedelta(hours=1)).count() == waiting


def test_after_a_day_nobody_tries_any_more(invited, monkeypatch):
    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", Refusing(TimeoutError()))
    tries = [at for at in (NOW + dt.timedelta(minutes=5 * n) for n in range(24 * 13)) if _claimed(at)]
    assert len(tries) == Supervision.objects.get().mail_tries
    assert 20 < len(tries) < 40
    assert Supervision.objects.get().mail_due_at is None


def _claimed(at):
    before = Supervision.objects.get().mail_tries
    mailing.send_letters(at=at)
    return Supervision.objects.get().mail_tries > before


def test_a_tick_sends(invited):
    tasks.tick()
    assert [letter.to for letter in mail.outbox] == [["prof@uni.example"]]
