"""What the tests of reminders share: people who have been here for long, and a mail server."""

import datetime as dt

import pytest
from django.test import override_settings

from accounts.models import User
from reminders.models import Preference
from reminders.plan import Kind
from tests import smtp
from tests.factories import UserFactory
from tracker.mail_url import mailer

LONG_AGO = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
FOR_LONG = dt.date(2028, 1, 1)


@pytest.fixture(autouse=True)
def at_eight_sharp(settings):
    """Let the mails of a morning leave at eight; how they are spread is told in test_planning.py."""
    settings.WAYMARK_SPREAD = dt.timedelta(0)


@pytest.fixture(autouse=True)
def journal(settings, tmp_path):
    """The folder of the journal, empty: what another test sent is not known here."""
    settings.JOURNAL_ROOT = str(tmp_path / "journal")
    return tmp_path / "journal"


@pytest.fixture
def student(db):
    """Return a function that makes a student who signed up long ago and comes each day: `student(name="Ada")`."""

    def make(**fields):
        person = UserFactory(**{"last_seen_on": FOR_LONG, **fields})
        User.objects.filter(pk=person.pk).update(created_at=LONG_AGO)
        return person

    return make


@pytest.fixture
def sink():
    """A mail server, and the settings that send there."""
    with smtp.running() as server, override_settings(MAILERS={"default": mailer(server.url)}):
        yield server


def hears_only(person, *kinds):
    """Switch all other kinds off, so that a test is about these alone."""
    off = [kind.value for kind in Kind if kind.value not in kinds]
    Preference.objects.bulk_create(Preference(person=person, kind=kind, by_mail="off", app=False) for kind in off)
    return person
