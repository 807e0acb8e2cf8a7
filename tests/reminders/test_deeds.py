"""What the links of a letter do: one thing, once, by a button, for whoever holds them."""

import datetime as dt
import json
import threading

import pytest
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.core.signing import Signer
from django.db import connection
from django.test import Client
from django.urls import reverse

from applications.models import Application, Event, TodayMark, Undo
from reminders import actions, tokens
from reminders.acts import Act
from reminders.models import Times
from reminders.queries import times_of
from reminders.tokens import Deed, sign_deed
from tests.factories import NOW, TODAY, ApplicationFactory
from tracker.lib.errors import DomainError

DAY = dt.timedelta(days=1)
SENT_ON = TODAY - 15 * DAY
NOTHING = "This is done already, or no longer due. Nothing was changed."


def link(person, act, about="", *, ends_at=NOW + 14 * DAY):
    return reverse("reminders:email-deed", args=[sign_deed(Deed(person.public_id, act, about, ends_at))])


def everything():
    """Return every row of ours, to compare."""
    names = ("accounts", "companies", "applications", "supervision", "reminders", "sessions")
    models = [model for model in apps.get_models() if model._meta.app_label in names]
    rows = {model.__name__: list(model.objects.order_by("pk").values()) for model in models}
    return {name: json.dumps(found, cls=DjangoJSONEncoder) for name, found in rows.items()}


def changed(before):
    return {name for name, rows in everything().items() if rows != before[name]}


@pytest.fixture
def follow_up(ada, clock):
    return ApplicationFactory(student=ada, stage="applied", applied_on=SENT_ON, stage_since=SENT_ON)


@pytest.fixture
def closing(ada, clock):
    return ApplicationFactory(student=ada, stage="preparing", closes_on=TODAY + 2 * DAY)


def press(path, act):
    """Press the button as somebody does who is not signed in and whose browser keeps nothing."""
    client = Client(enforce_csrf_checks=True)
    assert f'name="act" value="{act}"' in client.get(path).content.decode()
    answer = Client(enforce_csrf_checks=True).post(path, {"act": act})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_follow_up_is_noted_once_and_can_be_taken_back_in_the_app(ada, follow_up, client_of):
    path = link(ada, Act.FOLLOWED_UP, follow_up.public_id)
    assert f"Noted: you followed up with {follow_up.company.name}." in press(path, Act.FOLLOWED_UP)
    after = everything()
    for method in ("get", "post"):
        assert NOTHING in getattr(Client(), method)(path, {"act": "followed_up"}).content.decode()
    assert changed(after) == set()
    events = Event.objects.filter(application=follow_up, kind="email")
    assert [(event.text, event.on, event.by) for event in events] == [("Followed up", TODAY, ada)]
    client_of(ada).post(reverse("applications:undo", args=[Undo.objects.get().public_id]))
    assert (events.all().count(), TodayMark.objects.count()) == (0, 0)


def test_a_follow_up_waits_a_week_and_can_still_be_done_before(ada, follow_up):
    wait = link(ada, Act.WAIT, follow_up.public_id)
    assert "Put off until Tue 17 Nov" in press(wait, Act.WAIT)
    assert TodayMark.objects.get().until == TODAY + 7 * DAY
    assert NOTHING in Client().get(wait).content.decode()
    assert "Noted" in press(link(ada, Act.FOLLOWED_UP, follow_up.public_id), Act.FOLLOWED_UP)


def test_a_follow_up_is_none_once_they_have_answered(ada, follow_up):
    Application.objects.update(stage="interviewing")
    path = link(ada, Act.FOLLOWED_UP, follow_up.public_id)
    before = everything()
    assert NOTHING in Client().post(path, {"act": "followed_up"}).content.decode()
    assert changed(before) == set()


def test_what_was_sent_moves_to_applied_as_on_today(ada, closing):
    path = link(ada, Act.SENT, closing.public_id)
    press(path, Act.SENT)
    closing.refresh_from_db()
    assert (closing.stage, closing.applied_on) == ("applied", TODAY)
    assert NOTHING in Client().post(path, {"act": "sent"}).content.decode()
    assert Undo.objects.count() == 1


def test_what_was_sent_in_time_may_be_said_a_little_later(ada, closing):
    Application.objects.update(closes_on=TODAY - 3 * DAY)
    press(link(ada, Act.SENT, closing.public_id), Act.SENT)
    assert Application.objects.get().stage == "applied"


def test_letting_go_closes_it_as_on_today(ada, closing):
    press(link(ada, Act.LET_GO, closing.public_id), Act.LET_GO)
    closing.refresh_from_db()
    assert (closing.stage, closing.outcome) == ("closed", "withdrew")
    assert NOTHING in Client().get(link(ada, Act.SENT, closing.public_id)).content.decode()


def test_a_pause_is_kept_once_and_says_until_when(ada, clock):
    path = link(ada, Act.PAUSE, "2027-02-01")
    assert "Pause e-mails until Mon 1 Feb" in Client().get(path).content.decode()
    assert "Paused until Mon 1 Feb" in press(path, Act.PAUSE)
    assert times_of(ada).paused_until == dt.date(2027, 2, 1)
    clock.move_to(dt.datetime(2027, 2, 1, 9, tzinfo=dt.UTC))
    late = link(ada, Act.PAUSE, "2027-02-01", ends_at=dt.datetime(2027, 2, 9, tzinfo=dt.UTC))
    assert "nothing to pause" in Client().post(late, {"act": "pause"}).content.decode()


def test_keeping_reminders_counts_as_a_visit_and_nothing_else(ada, clock):
    before = everything()
    assert "Your reminders go on as before." in press(link(ada, Act.KEEP), Act.KEEP)
    assert changed(before) == {"User"}
    ada.refresh_from_db()
    assert ada.last_seen_on == TODAY


@pytest.mark.parametrize("act", list(Act))
def test_looking_changes_nothing_nor_does_a_mail_program_that_posts_to_stop(ada, follow_up, closing, act):
    about = {"followed_up": follow_up, "wait": follow_up, "sent": closing, "let_go": closing}.get(act)
    path = link(ada, act, about.public_id if about else "2027-02-01")
    before = everything()
    for body in ({"List-Unsubscribe": "One-Click"}, {}, {"act": "other"}):
        assert Client(enforce_csrf_checks=True).post(path, body).status_code == 200
    assert Client().get(path).status_code == Client().head(path).status_code == 200
    assert changed(before) == set()


@pytest.mark.parametrize("act", list(Act))
def test_after_fourteen_days_nothing_is_done(ada, follow_up, closing, clock, act):
    path = link(ada, act, follow_up.public_id)
    clock.shift(14 * DAY)
    before = everything()
    for answer in (Client().get(path), Client().post(path, {"act": act})):
        assert "This link was good for 14 days." in answer.content.decode()
    assert changed(before) == set()


def test_what_was_deleted_gets_a_sentence(ada, closing):
    path = link(ada, Act.SENT, closing.public_id)
    closing.delete()
    for answer in (Client().get(path), Client().post(path, {"act": "sent"})):
        assert "What this was about has been deleted." in answer.content.decode()


def test_a_link_never_reaches_what_belongs_to_somebody_else(ada, mallory, closing):
    answer = Client().post(link(mallory, Act.SENT, closing.public_id), {"act": "sent"})
    assert "What this was about has been deleted." in answer.content.decode()
    assert Application.objects.get().stage == "preparing"


@pytest.mark.parametrize("garbled", ["{t}x", "x{t}", "{t}.{t}", "x", "é" * 20])
def test_a_garbled_link_is_not_found(ada, closing, garbled):
    token = garbled.replace("{t}", sign_deed(Deed(ada.public_id, Act.SENT, closing.public_id, NOW + DAY)))
    for method in ("get", "post"):
        assert getattr(Client(), method)(f"/e/{token}/do/", {"act": "sent"}).status_code == 404


def test_no_token_serves_another_purpose(ada, closing):
    deed = sign_deed(Deed(ada.public_id, Act.SENT, closing.public_id, NOW + DAY))
    stop = tokens.sign(tokens.Stop(ada.public_id, tokens.Kind.WINDOW))
    assert Client().post(f"/e/{deed}/").status_code == Client().post(f"/e/{stop}/do/").status_code == 404
    said = {"p": ada.public_id, "a": "sent", "o": closing.public_id, "u": 9_999_999_999}
    for forged in (
        Signer(salt="reminders.email-action", sep=".").sign_object(said),
        Signer(salt="reminders.email-deed", sep=".").sign_object({**said, "a": "everything"}),
        Signer(salt="reminders.email-deed", sep=".").sign_object({**said, "u": 10**40}),
        Signer(salt="reminders.email-deed", sep=".").sign_object([said]),
    ):
        assert Client().post(f"/e/{forged}/do/", {"act": "sent"}).status_code == 404


def test_a_link_of_somebody_who_is_gone_is_not_found(ada, closing):
    path = link(ada, Act.SENT, closing.public_id)
    ada.is_active = False
    ada.save()
    assert Client().get(path).status_code == Client().post(path, {"act": "sent"}).status_code == 404


def test_a_page_shows_no_more_than_its_letter(ada, closing):
    Application.objects.update(notes="CANARY", next_step="CANARY", place="CANARY", referrer="CANARY")
    shown = Client().get(link(ada, Act.SENT, closing.public_id)).content.decode()
    assert [word for word in ("CANARY", "Ada", ada.email, "Preparing") if word in shown] == []


@pytest.mark.django_db(transaction=True)
def test_two_presses_in_the_same_moment_are_one(ada):
    one = ApplicationFactory(student=ada, stage="applied", applied_on=SENT_ON, stage_since=SENT_ON)
    deed = Deed(ada.public_id, Act.FOLLOWED_UP, one.public_id, NOW + DAY)
    start, said = threading.Barrier(2), []

    def press_once():
        try:
            start.wait()
            said.append(actions.carry_out(deed=deed, by=ada, at=NOW))
        except DomainError as error:
            said.append(error.sentence)
        finally:
            connection.close()

    threads = [threading.Thread(target=press_once) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == [f"Noted: you followed up with {one.company.name}.", NOTHING]
    assert Event.objects.filter(kind="email").count() == 1


def test_a_longer_pause_is_not_shortened(ada, clock):
    Times.objects.create(person=ada, paused_until=dt.date(2027, 6, 1))
    assert "Paused until Tue 1 Jun" in press(link(ada, Act.PAUSE, "2027-02-01"), Act.PAUSE)
