"""What the tests of reminders share: people who have been here for long, and a mail server."""

import datetime as dt

import pytest
from django.test import override_settings

from accounts.models import User
from reminders.models import Preference
from reminders.plan import Kind
from tests import smtp
from tests.factories import UserFactory
from tracker import numbers
from tracker.mail_url import mailer

LONG_AGO = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
FOR_LONG = dt.date(2028, 1, 1)


@pytest.fixture(autouse=True)
def at_eight_sharp(settings):
    """Let the mails of a morning leave at eight; how they are spread is told in test_planning.py."""
    settings.WAYMARK_SPREAD = dt.timedelta(0)


@pytest.fixture(autouse=True)
def no_weekly_plans(settings):
    """Let no plan of the week come beside what a test is about."""
    settings.WAYMARK_PLAN_MONTHS = ()


@pytest.fixture
def weekly_plans(no_weekly_plans, settings):
    """Let them come as they do."""
    settings.WAYMARK_PLAN_MONTHS = numbers.WAYMARK_PLAN_MONTHS


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


def posted(at):
    """Plan, claim and close at an instant; return rule -> the letter of each mail that went."""
    from reminders import actions
    from reminders.letters import compose

    actions.make_plan(at=at)
    found = {}
    while (lease := actions.claim(at=at)) is not None:
        for mail in lease.mails:
            found[mail.delivery.rule] = compose(mail.facts, at=at, also=mail.also)
        actions.close(sent=[(mail, at) for mail in lease.mails], token=lease.token)
    return found
