"""Archives made and read as a worker does it, at the stopped clock."""

import datetime as dt
import shutil

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from accounts.models import Archive, User
from companies.models import Company, Following, Programme
from outreach.models import Wording
from owndata.actions.asking import ask_for_export, bring_archive
from owndata.actions.running import run_due
from reminders.models import Preference, Times
from supervision.models import Introduction, Milestone
from tests.factories import NOW, UserFactory
from tracker.lib import clock


@pytest.fixture(autouse=True)
def _apart(settings, tmp_path, request):
    """Keep the files of each test in a folder of its own, those of the demo among them."""
    settings.JOURNAL_ROOT = tmp_path / "journal"
    if "demo" in request.fixturenames:
        request.getfixturevalue("loaded")
        shutil.copytree(settings.MEDIA_ROOT, tmp_path / "media", dirs_exist_ok=True)
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def exported():
    """Return a function that makes somebody's archive and returns it as bytes."""

    def make(person):
        archive = ask_for_export(person=person, at=clock.now())
        run_due(at=clock.now(), clock=clock.now)
        archive.refresh_from_db()
        assert archive.problem == ""
        with storages["default"].open(archive.stored_as) as file:
            return file.read()

    return make


@pytest.fixture
def brought():
    """Return a function that has somebody bring an archive, and returns what became of it."""

    def bring(person, content):
        archive = bring_archive(person=person, file=ContentFile(content, name="waymark.zip"), at=clock.now())
        run_due(at=clock.now(), clock=clock.now)
        return Archive.objects.get(pk=archive.pk)

    return bring


@pytest.fixture
def newcomer(db):
    """Somebody whose account is empty."""
    return UserFactory(email="new.home@waymark.example", name="New Home", created_at=NOW)


@pytest.fixture
def demo_ada(demo):
    """Ada of the demo, with a row of what the demo has none of."""
    ada = User.objects.get(email="ada@waymark.example")
    company = Company.objects.approved().order_by("pk").first()
    Following.objects.create(person=ada, programme=Programme.objects.order_by("pk").first())
    Introduction.objects.create(by=ada, company=company, person="Ann Bee", note="Lunch, perhaps", at=NOW)
    Milestone.objects.create(by=ada, title="Group retreat", starts_on=NOW.date())
    Wording.objects.create(student=ada, kind="paper", subject="Your paper = mine", text="Dear {name}")
    Preference.objects.create(person=ada, kind="window", app=False, by_mail="weekly")
    Times.objects.create(person=ada, weekly_hour=9, quiet_from=dt.time(22, 30))
    return ada
