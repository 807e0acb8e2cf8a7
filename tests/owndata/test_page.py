"""The page of one's own data: an export asked for, made by a worker, downloaded by nobody else."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.storage import storages

from accounts.models import Archive
from applications.models import Application
from owndata.actions import running
from owndata.actions.asking import ask_for_export
from owndata.actions.running import progress_of, run_due, sweep
from tests.archives import upload, zipped
from tests.factories import NOW, ApplicationFactory
from tracker.lib import clock as tracker_clock

PAGE = "/settings/data/"


def work():
    return run_due(at=tracker_clock.now(), clock=tracker_clock.now)


def test_an_export_is_asked_for_made_and_downloaded(ada, clock, client_of):
    ApplicationFactory(student=ada, role="Research Intern")
    client = client_of(ada)
    assert client.post(f"{PAGE}export/").status_code == 302
    assert "Waiting for a worker" in client.get(PAGE).text
    assert client.get(f"{PAGE}status/").status_code == 200
    assert work() == 1
    assert client.get(f"{PAGE}status/").status_code == 286
    archive = Archive.objects.get()
    answer = client.get(f"{PAGE}archives/{archive.public_id}/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="waymark-2026-11-10.zip"'
    content = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert b"Research Intern" in content.read("data/applications.json")


def test_a_second_click_finds_the_export_that_is_being_made(ada, clock, client_of):
    client = client_of(ada)
    client.post(f"{PAGE}export/")
    client.post(f"{PAGE}export/")
    assert Archive.objects.count() == 1


def test_more_than_ten_a_day_are_refused_with_a_sentence(ada, clock, client_of):
    for _ in range(10):
        ask_for_export(person=ada, at=NOW)
        work()
    answer = client_of(ada).post(f"{PAGE}export/", follow=True)
    assert "You asked for 10 within a day. Ask again tomorrow." in answer.text
    assert Archive.objects.count() == 10


def test_nobody_else_gets_it_nor_anybody_after_a_week(ada, mallory, admin, clock, client_of, settings):
    ask_for_export(person=ada, at=NOW)
    work()
    path = f"{PAGE}archives/{Archive.objects.get().public_id}/"
    answers = [client_of(person).get(path) for person in (ada, mallory, admin)]
    assert [answer.status_code for answer in answers] == [200, 404, 404]
    assert b"".join(answers[0].streaming_content)[:2] == b"PK"
    clock.shift(dt.timedelta(days=7, seconds=1))
    assert sweep(at=tracker_clock.now()) == 1
    assert client_of(ada).get(path).status_code == 404
    assert list(Path(settings.MEDIA_ROOT, "archives").iterdir()) == []


def test_what_a_dead_worker_held_is_taken_up_after_its_lease_three_times_at_most(ada, clock):
    ask_for_export(person=ada, at=NOW)
    for _ in range(3):
        assert running._claim(tracker_clock.now()).tries > 0
        assert work() == 0
        clock.shift(dt.timedelta(minutes=17))
    assert work() == 1
    archive = Archive.objects.get()
    assert (archive.is_ready, archive.problem) == (
        False, "This did not work, three times. Whoever runs this site can see why in its logs."
    )  # fmt: skip


def test_progress_is_told_while_it_is_made(ada, clock, monkeypatch):
    seen = []
    archive = ask_for_export(person=ada, at=NOW)
    rows_of = running.write_archive

    def watched(**facts):
        told = facts["tell"]
        return rows_of(**{**facts, "tell": lambda *said: (told(*said), seen.append(progress_of(archive)))})

    monkeypatch.setattr(running, "write_archive", watched)
    work()
    assert (seen[0][:2], len(seen) > 10, progress_of(archive)) == (("Tables", 0), True, None)


def test_an_archive_is_brought_over_the_page(ada, mallory, clock, client_of, exported):
    ApplicationFactory(student=ada, role="Research Intern")
    content = exported(ada)
    client = client_of(mallory)
    assert "Bring your data from another Waymark" in client.get(PAGE).text
    assert client.post(f"{PAGE}bring/", {"file": upload(content)}).status_code == 302
    assert work() == 1
    assert Application.objects.visible_to(mallory).get().role == "Research Intern"
    page = client.get(PAGE).text
    assert ("was read in" in page, "1 application," in page, "Bring your data" in page) == (True, True, False)


@pytest.mark.parametrize("content", [b"", b"x"])
def test_a_file_that_is_none_is_told_and_nothing_changes(mallory, clock, client_of, content):
    client = client_of(mallory)
    answer = client.post(f"{PAGE}bring/", {"file": upload(content)})
    if not content:
        assert (answer.status_code, "The file is empty." in answer.text) == (422, True)
        return
    work()
    page = client.get(PAGE).text
    assert "The archive was not read in, and nothing changed." in page
    assert "This is no zip file, or it is damaged." in page


def test_a_file_larger_than_memory_leaves_nothing_on_the_disk(mallory, clock, client_of, settings):
    large = zipped({"manifest.json": {"format": "waymark", "version": 1}, "x.bin": bytes(range(256)) * 40_000})
    padded = large + b"\0" * (9 * 1024**2)
    assert client_of(mallory).post(f"{PAGE}bring/", {"file": upload(padded)}).status_code == 302
    assert Archive.objects.get().size == len(padded)
    work()
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []


def test_only_this_form_takes_more_and_only_from_who_is_signed_in(mallory, clock, client_of, client, settings):
    settings.WAYMARK_LARGE_REQUESTS = {f"{PAGE}bring/": 20 * 1024**2}
    large = {"file": upload(b"\0" * (9 * 1024**2))}
    assert client.post(f"{PAGE}bring/", {"file": upload(b"\0" * (9 * 1024**2))}).status_code == 413
    assert client_of(mallory).post(f"{PAGE}leave/", large).status_code == 413
    assert client_of(mallory).post(f"{PAGE}bring/", {"file": upload(b"\0" * (21 * 1024**2))}).status_code == 413


def test_a_supervisor_takes_their_data_along_too_but_brings_none(grace, clock, client_of, exported):
    assert client_of(grace).post(f"{PAGE}bring/", {"file": upload(b"x")}).status_code == 403
    assert b"Grace Lindqvist" in zipfile.ZipFile(io.BytesIO(exported(grace))).read("records/profile.json")
    assert "Bring your data" not in client_of(grace).get(PAGE).text


@pytest.mark.parametrize("archives", [1, 9])
def test_the_page_asks_few_questions_however_many_archives(ada, clock, client_of, django_assert_num_queries, archives):
    for _ in range(archives):
        ask_for_export(person=ada, at=NOW)
        work()
    client = client_of(ada)
    client.get(PAGE)
    with django_assert_num_queries(9):
        client.get(PAGE)


def test_an_archive_that_is_away_is_told_as_such(mallory, clock, client_of):
    client_of(mallory).post(f"{PAGE}bring/", {"file": upload(b"x")})
    storages["default"].delete(Archive.objects.get().stored_as)
    work()
    assert Archive.objects.get().problem == "The file is not there any more. Choose it again."
