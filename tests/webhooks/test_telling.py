"""What happens is written down in its own transaction, however it is done, and told by ids, stages and days."""

import datetime as dt
import json
import re
import uuid

import pytest
from django.db import connection, transaction

from applications.actions import stages
from applications.actions.adding import add_application
from applications.actions.bulk import delete_all
from applications.actions.editing import delete_application, edit_application
from applications.actions.offers import note_offer
from applications.actions.rounds import add_round, delete_round, edit_round
from applications.actions.undoing import undo_change, undoable
from applications.models import Application, InterviewRound
from tests.factories import ApplicationFactory, CompanyFactory, RoundFactory
from tracker.lib import clock
from tracker.stack.home import ROOT
from webhooks.actions.keeping import edit_webhook, pause
from webhooks.models import WebhookDelivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def when(ada):
    return {"by": ada, "at": clock.now()}


@pytest.fixture
def application(ada, season):
    return ApplicationFactory(student=ada, company=CompanyFactory(name="Tidewater"), notes="SECRET", role="Intern")


def names(told):
    """Return the names in a JSON object, at every depth."""
    return {name: names(value) for name, value in told.items()} if isinstance(told, dict) else None


def types():
    return list(WebhookDelivery.objects.order_by("pk").values_list("type", flat=True))


def test_each_thing_that_happens_is_told_once(ada, hook, season, when):
    today = clock.today(ada)
    company = CompanyFactory(name="Tidewater")
    typed = {"company_or_link": company.name, "role": "Intern", "stage": "interested", "request_key": uuid.uuid4()}
    application = add_application(student=ada, at=when["at"], on=today, **typed)
    stages.move(application=application, to="applied", on=today, **when)
    details = {"kind": "research", "on": dt.date(2027, 1, 12), "time": dt.time(15), "zone": "Europe/London"}
    one = add_round(application=application, details=details, **when)
    edit_round(interview=one, details={"time": dt.time(16)}, version=one.version, **when)
    one.refresh_from_db()
    edit_round(interview=one, details={"notes": "Ask about data"}, version=one.version, **when)
    note_offer(application=application, details={"answer_by": dt.date(2027, 2, 1)}, version=0, **when)
    delete_round(interview=one, **when)
    application.refresh_from_db()
    edit_application(application=application, details={"notes": "Private"}, version=application.version, **when)
    application.refresh_from_db()
    stages.close(application=application, outcome="no_reply", reason="", on=today, **when)
    delete_application(application=application, **when)
    assert types() == [
        *("application.added", "application.moved", "round.added", "round.changed", "offer.noted"),
        *("round.deleted", "application.moved", "application.deleted"),
    ]


def test_a_message_says_what_moved_and_how_it_stands_and_nothing_private(ada, hook, receiver, send, application, when):
    RoundFactory(application=application, notes="SECRET", people="SECRET", place="SECRET")
    application.refresh_from_db()
    stages.close(application=application, outcome="no_reply", reason="SECRET", on=clock.today(ada), **when)
    assert send() == 3
    moved = receiver.told[-1]
    assert moved["type"] == "application.moved"
    assert moved["data"]["change"] == {
        "stage": "closed",
        "outcome": "no_reply",
        "stage_before": "interested",
        "outcome_before": "",
    }
    told = moved["data"]["application"]
    assert (told["id"], told["company"], told["role"]) == (application.public_id, "Tidewater", "Intern")
    assert told["page"] == f"http://testserver/applications/{application.public_id}/"
    assert receiver.told[1]["data"]["round"]["starts_at"] == "2026-11-12T15:00:00Z"
    assert "SECRET" not in json.dumps(receiver.told)
    documented = re.search(r"```json\n(.*?)```", (ROOT / "docs" / "api.md").read_text(), re.DOTALL)[1]
    assert names(json.loads(documented)) == names(moved), "the example in the documentation has these very fields"


def test_what_is_deleted_before_it_is_told_is_told_by_its_id(ada, hook, receiver, send, application, when):
    delete_application(application=application, **when)
    send()
    assert [(one["type"], one["data"]["application"]) for one in receiver.told] == [
        ("application.added", None),
        ("application.deleted", None),
    ]
    assert {one["data"]["application_id"] for one in receiver.told} == {application.public_id}


def test_what_is_rolled_back_was_never_told(hook, application, when, ada):
    WebhookDelivery.objects.all().delete()
    with transaction.atomic():
        stages.move(application=application, to="applied", on=clock.today(ada), **when)
        assert types() == ["application.moved"]
        transaction.set_rollback(True)
    assert types() == []


def test_many_at_once_and_their_undo_are_told_one_by_one(ada, hook, season, when):
    many = [ApplicationFactory(student=ada) for _ in range(3)]
    WebhookDelivery.objects.all().delete()
    with undoable(student=ada, text="Moved", at=when["at"], applications=many) as change:
        stages.move_many(applications=many, step=stages.Step(clock.today(ada), "applied"), **when)
    undo_change(undo=change.undo, **when)
    assert types() == ["application.moved"] * 6
    told = [
        facts["change"]["stage"] for facts in WebhookDelivery.objects.order_by("pk").values_list("facts", flat=True)
    ]
    assert told == ["applied"] * 3 + ["interested"] * 3


def test_a_deletion_that_is_undone_is_told_as_added_again(ada, hook, application, when):
    RoundFactory(application=application)
    WebhookDelivery.objects.all().delete()
    with undoable(student=ada, text="Deleted", at=when["at"], applications=[application]) as change:
        delete_all(applications=[application], by=ada)
    undo_change(undo=change.undo, **when)
    assert sorted(types()) == ["application.added", "application.deleted", "round.added", "round.deleted"]
    assert Application.objects.get().public_id == application.public_id


def test_others_are_told_nothing_nor_is_what_is_not_ticked(ada, mallory, hook, season, application):
    ApplicationFactory(student=mallory)
    edit_webhook(webhook=hook, name="Chat", url=hook.url, events=["round.added"], by=ada)
    ApplicationFactory(student=ada)
    RoundFactory(application=application)
    assert types() == ["application.added", "round.added"]
    assert set(WebhookDelivery.objects.values_list("facts__application", flat=True)) == {application.public_id}


def test_while_it_is_paused_nothing_is_written_down(ada, hook, season):
    pause(webhook=hook, by=ada)
    ApplicationFactory(student=ada)
    assert types() == []


def test_every_row_that_is_told_of_is_written_past_django_too(hook, application):
    """Statements of imports and undo go past the models."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE applications_application SET stage = 'applied' WHERE id = %s", [application.pk])
        cursor.execute("UPDATE applications_application SET role = 'Other' WHERE id = %s", [application.pk])
        cursor.execute("DELETE FROM applications_event")
        cursor.execute("DELETE FROM applications_application")
    assert types() == ["application.added", "application.moved", "application.deleted"]
    assert InterviewRound.objects.count() == 0
