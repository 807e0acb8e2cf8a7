import datetime as dt
import os
import threading
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from selectolax.lexbor import LexborHTMLParser

from applications.actions.filing import Upload, add_document, add_version, attach
from applications.actions.undoing import undo_change
from applications.models import Document, DocumentVersion, SentDocument, Undo
from applications.queries.documents import documents_of
from applications.tasks import tidy
from tests.factories import NOW, ApplicationFactory, CompanyFactory, SupervisionFactory
from tests.files import pdf
from tests.words import said
from tracker.celery import app
from tracker.lib.errors import DomainError
from tracker.schedule import BEAT

NOVEMBER_9 = dt.date(2026, 11, 9)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture
def application(ada):
    company = CompanyFactory(name="Northlight Labs")
    return ApplicationFactory(student=ada, company=company, stage="interviewing", role="Research Intern")


@pytest.fixture
def cv(ada, clock):
    """Version 2 of a CV."""
    first = add_document(student=ada, kind="cv", name="CV", upload=file(b"1"), note="", at=NOW - dt.timedelta(days=40))
    add_version(document=first.document, upload=file(b"2"), note="One page", by=ada, at=NOW - dt.timedelta(days=20))
    return first.document


def file(words, name="cv.pdf"):
    return Upload(name, pdf(words=words))


def sent_file(words=b"a", name="cv.pdf"):
    return SimpleUploadedFile(name, pdf(words=words))


def kept(media):
    return sorted(f"documents/{path.name}" for path in media.rglob("*") if path.is_file())


def rows():
    return sorted(DocumentVersion.objects.values_list("stored_as", flat=True))


# Uploading.


def test_a_new_document_is_named_after_its_file(ada, client_of, clock, media):
    response = client_of(ada).post("/documents/new/", {"kind": "cv", "file": sent_file(name="Ada CV.v2.pdf")})
    document = Document.objects.get()
    assert response.headers["Location"] == f"/documents/{document.public_id}/"
    assert (document.name, document.versions.get().file_name) == ("Ada CV.v2", "Ada CV.v2.pdf")
    assert kept(media) == rows()


def test_an_upload_without_a_file_asks_for_it(ada, client_of, db):
    response = client_of(ada).post("/documents/new/", {"kind": "cv"})
    assert (response.status_code, "Choose the file" in said(response)) == (422, True)


def test_what_was_typed_stays_when_a_file_is_refused(ada, client_of, db):
    typed = {"kind": "slides", "name": "Talk", "note": "Short", "file": SimpleUploadedFile("talk.html", b"<html>")}
    page = LexborHTMLParser(client_of(ada).post("/documents/new/", typed).text)
    assert [page.css_first(f"[name={name}]").attributes["value"] for name in ("name", "note")] == ["Talk", "Short"]
    assert page.css_first("[name=kind] [selected]").attributes["value"] == "slides"


def test_a_name_is_used_once(ada, cv, client_of):
    response = client_of(ada).post("/documents/new/", {"kind": "cv", "name": "CV", "file": sent_file()})
    assert (response.status_code, "You have a document of this name" in said(response)) == (422, True)


def test_a_double_click_makes_one_document_and_one_version(ada, client_of, clock, media):
    client = client_of(ada)
    ways = [
        client.post("/documents/new/", {"kind": "cv", "name": "CV", "file": sent_file()}).headers["Location"]
        for _ in range(2)
    ]
    assert (ways[0], Document.objects.count(), DocumentVersion.objects.count()) == (ways[1], 1, 1)
    assert len(kept(media)) == 1


def test_the_next_version_follows(ada, cv, client_of):
    response = client_of(ada).post(f"/documents/{cv.public_id}/versions/", {"file": sent_file(b"3"), "note": "Talks"})
    assert response.status_code == 302
    assert list(cv.versions.order_by("number").values_list("number", "note")) == [
        (1, ""),
        (2, "One page"),
        (3, "Talks"),
    ]


def test_the_same_file_again_is_no_version(ada, cv, client_of):
    response = client_of(ada).post(f"/documents/{cv.public_id}/versions/", {"file": sent_file(b"2")})
    assert (response.status_code, "This is the same file as version 2." in said(response)) == (422, True)


@pytest.mark.parametrize(("name", "most", "sentence"), [
    ("WAYMARK_FILES", 2, "You keep 2 files; there is room for no more. Delete one first."),
    ("WAYMARK_FILES_BYTES", 1024, "Your files would be larger than 0 MB together. Delete one first."),
])  # fmt: skip
def test_there_is_room_for_so_much(name, most, sentence, ada, cv, settings, media):
    setattr(settings, name, most)
    before = kept(media)
    with pytest.raises(DomainError, match=sentence):
        add_version(document=cv, upload=file(b"3"), note="", by=ada, at=NOW)
    assert kept(media) == before


def test_an_upload_whose_row_cannot_be_written_leaves_no_file(ada, cv, media, monkeypatch):
    monkeypatch.setattr(DocumentVersion, "save", lambda *_, **__: 1 / 0)
    before = kept(media)
    with pytest.raises(ZeroDivisionError):
        add_version(document=cv, upload=file(b"3"), note="", by=ada, at=NOW)
    assert kept(media) == before


@pytest.mark.django_db(transaction=True)
def test_two_uploads_at_once_get_two_numbers(ada, clock, media):
    document = add_document(student=ada, kind="cv", name="CV", upload=file(b"1"), note="", at=NOW).document
    barrier = threading.Barrier(2)

    def upload(words):
        barrier.wait()
        add_version(document=document, upload=file(words), note="", by=ada, at=NOW)
        connection.close()

    threads = [threading.Thread(target=upload, args=[words]) for words in (b"2", b"3")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(document.versions.values_list("number", flat=True)) == [1, 2, 3]
    assert kept(media) == rows()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("name", "most"), [("WAYMARK_FILES", 2), ("WAYMARK_FILES_BYTES", 2 * len(pdf(words=b"1")))])
def test_of_two_uploads_at_once_into_room_for_one_the_other_is_refused(name, most, ada, clock, media, settings):
    add_document(student=ada, kind="cv", name="CV", upload=file(b"1"), note="", at=NOW)
    setattr(settings, name, most)
    barrier, refused = threading.Barrier(2), []

    def upload(words):
        barrier.wait()
        try:
            add_document(student=ada, kind="cv", name=f"CV {words}", upload=file(words), note="", at=NOW)
        except DomainError as error:
            refused.append(error.sentence)
        connection.close()

    threads = [threading.Thread(target=upload, args=[words]) for words in (b"2", b"3")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(refused), refused[0].endswith("Delete one first."), Document.objects.count()) == (1, True, 2)
    assert kept(media) == rows()


# Downloading.


@pytest.mark.parametrize("asked", ["bytes=0-3", "bytes=-1", "bytes=999999999-", "bytes=3-1", "lines=1", "\u200f"])
def test_a_part_of_a_file_is_not_handed_out_but_all_of_it(asked, ada, clock, client_of):
    version = add_document(student=ada, kind="cv", name="CV", upload=file(b"1"), note="", at=NOW)
    client, where = client_of(ada), f"/versions/{version.public_id}/file/"
    whole, part, head = client.get(where), client.get(where, headers={"Range": asked}), client.head(where)
    assert (part.status_code, part.content, "Content-Range" in part.headers) == (200, pdf(words=b"1"), False)
    assert (head.status_code, head.content, dict(head.headers)) == (200, b"", dict(whole.headers))
    assert head.headers["Content-Length"] == str(len(whole.content))


def test_a_file_comes_as_an_attachment_that_runs_nothing(ada, clock, client_of):
    version = add_document(student=ada, kind="cv", name="CV", upload=file(b"1", "Lebenslauf Ä.pdf"), note="", at=NOW)
    response = client_of(ada).get(f"/versions/{version.public_id}/file/")
    asked = (
        "Content-Disposition",
        "Content-Type",
        "Content-Security-Policy",
        "X-Content-Type-Options",
        "Cache-Control",
    )
    assert [response.headers[name] for name in asked] == [
        "attachment; filename*=utf-8''Lebenslauf%20%C3%84.pdf",
        "application/pdf",
        "sandbox; default-src 'none'",
        "nosniff",
        "no-store, private",
    ]


def test_nobody_else_gets_a_byte(ada, mallory, grace, cora, admin, cv, client_of, client):
    SupervisionFactory(student=ada, supervisor=grace, level="details")
    url = f"/versions/{cv.versions.first().public_id}/file/"
    answers = [client_of(person).get(url) for person in (mallory, grace, cora, admin)]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert [b"%PDF" in answer.content for answer in answers] == [False] * 4
    assert client.get(url).status_code == 302
    assert client_of(ada).get(url).status_code == 200


def test_a_stale_or_guessed_address_gives_nothing(ada, cv, client_of, media):
    client, version = client_of(ada), cv.versions.first()
    client.post(f"/versions/{version.public_id}/delete/")
    guessed = [version.public_id, version.public_id[:-1] + "2", "a" * 12, version.stored_as.rpartition("/")[2], "x"]
    assert {client.get(f"/versions/{guess}/file/").status_code for guess in guessed} == {404}
    assert client.get(f"/media/{version.stored_as}").status_code == 404
    assert client.get(f"/{version.stored_as}/").status_code == 404


def test_a_file_that_is_not_there_is_not_found_and_logged_without_names(ada, cv, client_of, media, caplog):
    for path in media.rglob("*"):
        if path.is_file():
            path.unlink()
    with caplog.at_level("ERROR"):
        assert client_of(ada).get(f"/versions/{cv.versions.first().public_id}/file/").status_code == 404
    logged = caplog.text
    assert ("missing" in logged, "CV" in logged, "cv.pdf" in logged) == (True, False, False)


def test_an_unknown_kind_is_served_as_nothing_in_particular(ada, cv, client_of):
    cv.versions.update(media_type="text/html")
    response = client_of(ada).get(f"/versions/{cv.versions.first().public_id}/file/")
    assert response.headers["Content-Type"] == "application/octet-stream"


# The pages.


def test_the_list_says_where_each_went(ada, cv, application, client_of):
    attach(application=application, version=cv.versions.get(number=2), on=NOVEMBER_9, by=ada, at=NOW)
    text = said(client_of(ada).get("/documents/"))
    assert "Went to Northlight Labs." in text
    assert "2 versions, newest 21 Oct, " in text


def test_a_document_says_which_version_went_where(ada, cv, application, client_of):
    attach(application=application, version=cv.versions.get(number=1), on=NOVEMBER_9, by=ada, at=NOW)
    text = said(client_of(ada).get(f"/documents/{cv.public_id}/"))
    assert "Northlight Labs Research Intern 9 Nov" in text
    assert text.index("Went nowhere yet") < text.index("Northlight Labs")


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_ask_the_same_number_of_questions(count, ada, clock, client_of, django_assert_num_queries):
    for number in range(count):
        made = add_document(student=ada, kind="cv", name=f"CV {number}", upload=file(b"%d" % number), note="", at=NOW)
        for version in (made, add_version(document=made.document, upload=file(b"v"), note="", by=ada, at=NOW)):
            for _ in range(count):
                attach(application=ApplicationFactory(student=ada), version=version, on=NOVEMBER_9, by=ada, at=NOW)
    client = client_of(ada)
    with django_assert_num_queries(8):
        client.get("/documents/")
    with django_assert_num_queries(6):
        client.get(f"/documents/{made.document.public_id}/")
    with django_assert_num_queries(1):
        documents_of(ApplicationFactory.build(pk=1, student=ada, student_id=ada.pk))


def test_without_documents_the_list_says_what_they_are_for(ada, client_of, db):
    assert "No documents yet" in said(client_of(ada).get("/documents/"))


# Names, deletions, and their undo.


def renamed(document, **more):
    seen = {"initial-name": document.name, "initial-kind": document.kind}
    return {"name": document.name, "kind": document.kind, **seen, **more}


def test_a_document_is_renamed_and_that_is_taken_back(ada, cv, client_of):
    assert client_of(ada).post(f"/documents/{cv.public_id}/edit/", renamed(cv, name="CV, labs")).status_code == 302
    assert Document.objects.get().name == "CV, labs"
    undo_change(undo=Undo.objects.get(), by=ada, at=NOW)
    assert Document.objects.get().name == "CV"


def test_a_name_of_another_document_is_refused(ada, cv, client_of):
    add_document(student=ada, kind="other", name="Taken", upload=file(b"x"), note="", at=NOW)
    response = client_of(ada).post(f"/documents/{cv.public_id}/edit/", renamed(cv, name="Taken"))
    assert (response.status_code, "You have another document of this name." in said(response)) == (422, True)


def test_a_stale_rename_shows_both_names(ada, cv, client_of):
    stale = renamed(cv, name="Mine")
    Document.objects.update(name="Theirs")
    response = client_of(ada).post(f"/documents/{cv.public_id}/edit/", stale)
    assert (response.status_code, "Mine" in said(response), "Theirs" in said(response)) == (409, True, True)


@pytest.mark.parametrize("what", ["documents", "versions"])
def test_a_deletion_is_taken_back_with_where_it_went(what, ada, cv, application, client_of, media):
    version = cv.versions.get(number=2)
    attach(application=application, version=version, on=NOVEMBER_9, by=ada, at=NOW)
    subject = cv if what == "documents" else version
    files = kept(media)
    client = client_of(ada)
    assert client.post(f"/{what}/{subject.public_id}/delete/").status_code == 302
    assert (SentDocument.objects.count(), kept(media)) == (0, files)
    client.post(f"/undo/{Undo.objects.get().public_id}/")
    assert (rows(), SentDocument.objects.get().version_id) == (files, version.pk)
    assert client.get(f"/versions/{version.public_id}/file/").status_code == 200


# With an application.


def test_a_version_goes_with_an_application_and_comes_off_again(ada, cv, application, client_of):
    client, version = client_of(ada), cv.versions.get(number=2)
    url = f"/applications/{application.public_id}/documents/"
    client.post(url, {"version": version.public_id, "on": "2026-11-09"})
    going = SentDocument.objects.get()
    assert (going.version, going.on) == (version, NOVEMBER_9)
    client.post(f"/sent/{going.public_id}/delete/")
    assert SentDocument.objects.count() == 0
    client.post(f"/undo/{Undo.objects.order_by('pk').last().public_id}/")
    assert SentDocument.objects.get().on == NOVEMBER_9


def test_without_a_day_it_is_the_day_of_applying_or_today(ada, cv, application, client_of):
    client, url = client_of(ada), f"/applications/{application.public_id}/documents/"
    client.post(url, {"version": cv.versions.get(number=1).public_id})
    application.applied_on = dt.date(2026, 10, 12)
    application.save()
    client.post(url, {"version": cv.versions.get(number=2).public_id})
    assert list(SentDocument.objects.order_by("pk").values_list("on", flat=True)) == [NOW.date(), dt.date(2026, 10, 12)]


def test_somebody_elses_version_cannot_go_along(mallory, ada, application, client_of, clock):
    theirs = add_document(student=mallory, kind="cv", name="CV", upload=file(b"m"), note="", at=NOW)
    url = f"/applications/{application.public_id}/documents/"
    response = client_of(ada).post(url, {"version": theirs.public_id})
    assert (response.status_code, SentDocument.objects.count()) == (422, 0)


def test_an_upload_from_an_application_goes_with_it(ada, application, client_of, clock):
    typed = {"kind": "cv", "file": sent_file(), "application": application.public_id}
    response = client_of(ada).post("/documents/new/", typed)
    assert response.headers["Location"] == f"/applications/{application.public_id}/#documents"
    assert SentDocument.objects.get().application == application


def test_an_upload_for_somebody_elses_application_is_not_found(mallory, application, client_of):
    typed = {"kind": "cv", "file": sent_file(), "application": application.public_id}
    assert client_of(mallory).post("/documents/new/", typed).status_code == 404
    assert Document.objects.count() == 0


def test_the_newest_cv_is_offered_until_one_went(ada, cv, application):
    newest = cv.versions.get(number=2)
    assert documents_of(application).newest_cv == (newest.public_id, "CV, version 2")
    attach(application=application, version=newest, on=NOVEMBER_9, by=ada, at=NOW)
    found = documents_of(application)
    assert (found.newest_cv, [line.number for line in found.lines]) == (None, [2])
    assert found.choices == [(cv.versions.get(number=1).public_id, "CV, version 1")]


@pytest.mark.parametrize("typed", ["\0", "x" * 10_000, "\ud800", "-1", ""])
def test_odd_input_gets_a_sentence(typed, ada, cv, application, client_of):
    client = client_of(ada)
    typed = typed.encode(errors="replace").decode() if typed == "\ud800" else typed
    assert client.post(f"/applications/{application.public_id}/documents/", {"version": typed}).status_code == 422
    response = client.post("/documents/new/", {"kind": typed, "name": typed, "note": typed, "file": sent_file()})
    assert response.status_code == 422
    assert client.post("/documents/new/", {"application": typed or "x"}).status_code == 404


# Tidying up.


def grow_old(media, hours=2):
    for path in media.rglob("*"):
        os.utime(path, (NOW.timestamp() - hours * 3_600,) * 2)


def test_files_with_rows_stay_and_others_go(ada, cv, media, clock):
    (media / "documents" / "0123").write_bytes(b"left by a lost row")
    (media / "documents" / "4567.ab.part").write_bytes(b"left by a lost upload")
    grow_old(media)
    tidy()
    tidy()
    assert kept(media) == rows()
    assert len(rows()) == 2


def test_a_file_that_an_upload_is_about_to_name_stays(cv, media, clock):
    (media / "documents" / "young.part").write_bytes(b"half")
    tidy()
    assert (media / "documents" / "young.part").exists()


def test_a_deleted_file_stays_as_long_as_it_can_come_back(ada, cv, client_of, media, clock):
    client = client_of(ada)
    client.post(f"/documents/{cv.public_id}/delete/")
    files = kept(media)
    grow_old(media)
    clock.shift(dt.timedelta(minutes=9))
    tidy()
    assert (kept(media), len(files)) == (files, 2)
    clock.shift(dt.timedelta(minutes=2))
    tidy()
    assert (kept(media), Undo.objects.count()) == ([], 0)


def test_there_is_nothing_to_tidy_before_the_first_upload(media, db):
    tidy()
    assert not Path(media, "documents").exists()


def test_beat_asks_for_a_task_that_the_worker_knows(db):
    app.loader.import_default_modules()
    assert {entry["task"] for entry in BEAT.values()} - set(app.tasks) == set()
    assert BEAT["tidy"]["task"] == tidy.name
