"""What is brought in is history, not news; one's webhooks are in one's archive; of a deleted account none is left."""

import io
import json
import zipfile

import pytest

from applications.models import Application
from imports.actions import ask_for_run, ask_for_undo, begin_import, match_columns
from owndata.actions.asking import ask_for_export, bring_archive
from owndata.actions.leaving import ask_to_leave, delete_leaving
from owndata.actions.running import run_due
from reminders.models import Delivery
from tests.factories import ApplicationFactory, RoundFactory, UserFactory
from tracker.lib import clock
from webhooks.actions.keeping import make_webhook
from webhooks.models import EventType, Webhook, WebhookAttempt, WebhookDelivery

pytestmark = pytest.mark.django_db

CSV = b"Company,Role,Stage\nTidewater,Intern,Applied\nMarram,Intern,Offer\n"


def test_an_import_and_its_taking_back_tell_nothing_and_what_follows_does(ada, hook, season):
    at = clock.now()
    file = begin_import(student=ada, name="a.csv", content=CSV, at=at)
    words = {"Applied": "applied", "Offer": "offer"}
    match_columns(file=file, fields=["company", "role", "stage"], words=words, day_first=None, by=ada, at=at)
    ask_for_run(file=file, by=ada, at=at, clock=clock.now)
    assert (Application.objects.count(), WebhookDelivery.objects.count()) == (2, 0)
    ask_for_undo(file=file, by=ada, at=clock.now(), clock=clock.now)
    assert (Application.objects.count(), WebhookDelivery.objects.count()) == (0, 0)
    ApplicationFactory(student=ada)
    assert WebhookDelivery.objects.count() == 1


def test_an_archive_tells_of_them_without_secrets_and_tells_nothing_when_it_is_read_in(
    ada, hook, season, receiver, settings, tmp_path
):
    settings.MEDIA_ROOT = str(tmp_path)
    RoundFactory(application=ApplicationFactory(student=ada))
    archive = ask_for_export(person=ada, at=clock.now())
    run_due(at=clock.now(), clock=clock.now)
    archive.refresh_from_db()
    content = (tmp_path / archive.stored_as).read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        (row,) = json.loads(opened.read("records/webhooks.json"))
        everything = b"".join(map(opened.read, opened.namelist()))
    assert (row["name"], row["url"], row["events"]) == (hook.name, hook.url, hook.events)
    assert (hook.salt.encode() in everything, hook.secret.encode() in everything) == (False, False)
    other = UserFactory()
    make_webhook(person=other, name="x", url=f"{receiver.origin}/other", events=EventType.values, at=clock.now())
    before = WebhookDelivery.objects.count()
    bring_archive(person=other, file=_Upload(content), at=clock.now())
    run_due(at=clock.now(), clock=clock.now)
    assert Application.objects.filter(student=other).count() == 1
    assert WebhookDelivery.objects.count() == before


class _Upload(io.BytesIO):
    """What a browser sends, as far as an import looks at it."""

    name = "waymark.zip"

    @property
    def size(self):
        return len(self.getvalue())

    def chunks(self):
        yield self.getvalue()


def test_of_a_deleted_account_nothing_is_left_though_its_applications_are_told_of_while_they_go(
    ada, hook, season, send, settings
):
    RoundFactory(application=ApplicationFactory(student=ada))
    send()
    assert WebhookAttempt.objects.exists()
    at = clock.now()
    ask_to_leave(person=ada, email=ada.email, at=at)
    assert delete_leaving(at=at + settings.WAYMARK_LEAVING) == 1
    left = [model.objects.count() for model in (Webhook, WebhookDelivery, WebhookAttempt, Delivery, Application)]
    assert left == [0] * 5
