"""Feeds: read from a server that misbehaves in every way, or from a file; nothing is ever half-written."""

import datetime as dt
import gzip
import json
import time
from html import escape
from pathlib import Path

import pytest

from companies.actions import ask_for_run, progress_of, save_feed
from companies.actions.feeding import run_due
from companies.fetching import FetchError, Limits, fetch, is_allowed
from companies.models import Feed, Posting
from companies.queries.boards import boards_seen
from tests.factories import NOW, CompanyFactory, PostingFactory
from tests.html_forms import Reader
from tracker.lib.errors import DomainError, StaleError

HOUR = dt.timedelta(hours=1)
JOBS = [
    {
        "id": number,
        "title": f"Research Intern, PhD {number}",
        "absolute_url": f"https://boards.greenhouse.io/northlight/jobs/{number}",
        "location": {"name": "Oslo"},
        "updated_at": "2026-11-01T08:00:00Z",
        "content": "We look for PhD students.",
    }
    for number in range(1, 7)
]


@pytest.fixture
def feed(site, cora):
    site.answers = lambda _path: (200, {}, board(JOBS))
    company = CompanyFactory(name="Northlight")
    one = Feed(name="Northlight's board", format="greenhouse", url=f"{site.origin}/jobs", company=company, is_on=True)
    save_feed(feed=one, by=cora, at=NOW)
    return one


def board(jobs):
    return json.dumps({"jobs": jobs}).encode()


def run(feed, at=NOW):
    Feed.objects.filter(pk=feed.pk).update(due_at=at)
    run_due(at=at, clock=lambda: at)
    feed.refresh_from_db()
    return feed


def everything():
    return list(Posting.objects.order_by("pk").values())


def test_new_changed_and_gone_ones_are_counted_and_what_is_gone_is_marked_not_deleted(feed, site):
    run(feed)
    assert (feed.read, feed.created, feed.changed, feed.gone, feed.problem) == (6, 6, 0, 0, "")
    later = {**JOBS[0], "title": "Research Intern, PhD, renamed", "updated_at": "2026-11-12T08:00:00Z"}
    site.answers = lambda _path: (200, {}, board([later, *JOBS[1:5]]))
    run(feed, NOW + 24 * HOUR)
    assert (feed.read, feed.created, feed.changed, feed.gone) == (5, 0, 1, 1)
    gone = Posting.objects.get(gone_on__isnull=False)
    assert (gone.title, gone.gone_on, gone.is_open) == (JOBS[5]["title"], (NOW + 24 * HOUR).date(), True)
    site.answers = lambda _path: (200, {}, board([later, *JOBS[1:]]))
    run(feed, NOW + 48 * HOUR)
    assert Posting.objects.filter(gone_on__isnull=False).count() == 0
    assert set(Posting.objects.values_list("company__name", "feed")) == {("Northlight", feed.pk)}


def test_an_answer_that_did_not_change_is_not_sent_again(feed, site):
    site.answers = lambda _path: (200, {"ETag": '"one"', "Last-Modified": "Tue, 10 Nov 2026 08:00:00 GMT"}, board(JOBS))
    run(feed)
    site.answers = lambda _path: (304, {}, b"")
    before = everything()
    run(feed, NOW + 24 * HOUR)
    assert site.asked[-1]["If-None-Match"] == '"one"'
    assert site.asked[-1]["If-Modified-Since"] == "Tue, 10 Nov 2026 08:00:00 GMT"
    assert (feed.created, feed.problem, feed.ok_at, everything()) == (6, "", NOW + 24 * HOUR, before)


def test_a_broken_feed_does_not_close_the_board(feed, site):
    run(feed)
    site.answers = lambda _path: (200, {}, board(JOBS[:1]))
    run(feed, NOW + 24 * HOUR)
    assert feed.problem == "5 of 6 postings were not there. Nothing was marked: the feed may be incomplete."
    site.answers = lambda _path: (200, {}, board([*JOBS[:4], {**JOBS[4], "title": 7}]))
    run(feed, NOW + 48 * HOUR)
    assert (feed.wrong, feed.gone, Posting.objects.filter(gone_on__isnull=False).count()) == (1, 0, 0)
    assert feed.wrong_rows[0][0] == 5


def _for_ever():
    while True:
        yield b" " * 65_536


def _silence():
    yield b'{"jobs":'
    time.sleep(3)


TROUBLE = {
    "500": ((500, {}, b"no"), "The address answers 500."),
    "404": ((404, {}, b"no"), "The address answers 404."),
    "429": ((429, {"Retry-After": "7200"}, b"slow down"), "The address answers 429."),
    "page": ((200, {"Content-Type": "text/html"}, b"<html><p>Hello</p>"), "This is not"),
    "nothing": ((200, {}, b""), "The file is empty."),
    "half": ((200, {}, b'{"jobs": [{"id": 1'), "This is not complete JSON"),
    "other": ((200, {}, b'{"items": []}'), "This is no board of Greenhouse"),
    "1 GB": ((200, {}, _for_ever), "The answer is larger than 1 MiB."),
    "says 1 GB": ((200, {"Content-Length": str(2**30)}, b"x"), "The answer is larger than 1 MiB."),
    "bomb": ((200, {"Content-Encoding": "gzip"}, gzip.compress(b" " * 2**24)), "The answer is larger than 1 MiB."),
    "silent": ((200, {}, _silence), "Nothing came in time."),
    "elsewhere": ((302, {"Location": "http://192.168.1.1/"}, b""), "is not among the addresses"),
    "inside": ((302, {"Location": "file:///etc/passwd"}, b""), "This is no web address."),
    "round": ((302, {"Location": "/jobs"}, b""), "leads on and on"),
    "not gzip": ((200, {"Content-Encoding": "gzip"}, b"no"), "The connection broke"),
}


@pytest.mark.parametrize("kind", TROUBLE)
def test_whatever_a_feed_answers_is_a_sentence_and_nothing_is_written(feed, site, settings, kind):
    settings.WAYMARK_IMPORT_BYTES, settings.WAYMARK_FETCH_SECONDS = 2**20, 1.0
    run(feed)
    before = everything()
    (status, headers, body), sentence = TROUBLE[kind]
    site.answers = lambda _path: (status, headers, body() if callable(body) else body)
    run(feed, NOW + 24 * HOUR)
    assert sentence in feed.problem
    assert (everything(), feed.began_at, feed.failures, feed.ok_at) == (before, None, 1, NOW)
    assert feed.due_at >= NOW + 24 * HOUR + (2 * HOUR if kind == "429" else HOUR)
    site.answers = lambda _path: (200, {}, board(JOBS))
    run(feed, NOW + 72 * HOUR)
    assert (feed.problem, feed.failures) == ("", 0)


def test_the_more_often_it_fails_the_less_often_it_is_asked(feed, site):
    site.answers = lambda _path: (500, {}, b"")
    waits = [(run(feed, NOW).due_at - NOW) // HOUR for _ in range(8)]
    assert waits == [24, 48, 96, 192, 384, 768, 768, 768]


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:{port}/jobs",
        "http://127.0.0.1:1/jobs",
        "http://me@127.0.0.1:{port}/",
        "ftp://127.0.0.1/",
        "http://[::1]:{port}/",
        "http://127.0.0.1:{port}.example/",
        "http://127.0.0.1:99999/",
        "",
    ],
)
def test_what_is_not_allowed_is_not_asked(site, url):
    origins = [site.origin, f"http://localhost:{site.port}"]
    with pytest.raises(FetchError):
        fetch(url.format(port=site.port), limits=Limits(origins, 100, 1.0))
    assert site.asked == []


def test_without_a_list_nothing_may_be_fetched():
    assert not is_allowed("https://boards-api.greenhouse.io/v1/boards/x/jobs", [])


def test_a_file_is_taken_without_any_network(feed, site, cora, client_of, settings, clock):
    settings.FETCH_ALLOWED = []
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = client_of(cora)
    page = f"/curation/feeds/{feed.public_id}/"
    Feed.objects.update(is_on=False, due_at=None)
    sent = client.post(page, {"file": SimpleUploadedFile("jobs.json", board(JOBS))})
    assert sent.status_code == 302
    assert "Waiting for a worker" in client.get(page).text
    run_due(at=NOW, clock=lambda: NOW)
    feed.refresh_from_db()
    assert (feed.created, feed.problem, feed.upload, feed.due_at) == (6, "", "", None)
    assert list(Path(settings.MEDIA_ROOT).glob("feeds/*")) == []
    assert site.asked == []
    assert "Rows read" in client.get(page).text
    assert client.post(page, {"file": SimpleUploadedFile("jobs.json", b"")}).status_code == 422
    client.post(page, {"file": SimpleUploadedFile("jobs.json", b"<html>")})
    run_due(at=NOW, clock=lambda: NOW)
    assert "This is not" in client.get(page).text


def test_who_dies_over_a_feed_holds_it_up_for_a_while_only(feed, cora, settings):
    Feed.objects.update(began_at=NOW)
    with pytest.raises(StaleError, match="being read now"):
        ask_for_run(feed=feed, data=b"{}", by=cora, at=NOW)
    assert run_due(at=NOW + HOUR / 10, clock=lambda: NOW) == 0
    assert run_due(at=NOW + HOUR, clock=lambda: NOW) == 1
    assert Posting.objects.count() == 6


def test_progress_is_told_while_it_runs(feed):
    from companies.actions import feeding

    tell = feeding._teller(feed)
    assert progress_of(feed) is None
    feed.began_at = NOW
    tell("Importing", 3, 6)
    assert progress_of(feed) == ("Importing", 3, 6)
    run(feed)
    assert progress_of(feed) is None


def test_a_board_without_a_company_is_refused(cora):
    with pytest.raises(DomainError, match="Choose the company"):
        save_feed(feed=Feed(name="Somebody", format="lever"), by=cora, at=NOW)


def test_curators_add_a_feed_on_its_page(site, cora, client_of):
    client, page = client_of(cora), "/curation/feeds/new/"
    CompanyFactory(name="Northlight")
    typed = {"name": "Board", "format": "lever", "url": f"{site.origin}/x", "every_hours": 12, "is_on": "on"}
    for wrong, sentence in (
        ({"url": "https://elsewhere.example/"}, "Only these may be fetched"),
        ({"owner": "Nobody"}, "No company of this name"),
        ({}, "Choose the company"),
        ({"every_hours": 0, "owner": "Northlight"}, "from 1 to 720 hours"),
        ({"url": "", "owner": "Northlight"}, "Enter the address"),
    ):
        answer = client.post(page, {**typed, **wrong})
        assert (answer.status_code, sentence in answer.text) == (422, True), sentence
    assert client.post(page, {**typed, "owner": "northlight"}).status_code == 302
    made = Feed.objects.get()
    assert (made.company.name, made.made_by, made.due_at is not None) == ("Northlight", cora, True)
    assert client.post(page, {**typed, "owner": "northlight"}).status_code == 422
    assert client.get("/curation/feeds/").status_code == 200


def test_boards_that_postings_are_on_are_proposed_and_only_a_curator_makes_them_feeds(cora, client_of, site, settings):
    northlight, ebb = CompanyFactory(name="Northlight"), CompanyFactory(name="Ebb")
    for number in range(3):
        PostingFactory(company=northlight, url=f"https://boards.greenhouse.io/northlight/jobs/{number}")
    PostingFactory(company=ebb, url="https://jobs.lever.co/ebb/1")
    for other in (
        "https://jobs.lever.co/embed/1",
        "https://ebb.example/jobs/1",
        "https://boards.greenhouse.io/%2e%2e/x",
    ):
        PostingFactory(company=ebb, url=other)
    PostingFactory(company=CompanyFactory(name="Waits", approved_at=None), url="https://jobs.ashbyhq.com/waits/1")
    lines = boards_seen()
    assert [(line.company, line.postings) for line in lines[:2]] == [("Northlight", 3), ("Ebb", 1)]
    assert Feed.objects.count() == 0
    settings.FETCH_ALLOWED = []
    curator = client_of(cora)
    assert escape(lines[0].form_url) in curator.get("/curation/feeds/").text
    page = Reader(curator.get(lines[0].form_url).text, "/curation/feeds/new/")
    (form,) = (one for one in page.forms if any(field.name == "owner" for field in one.fields))
    sent = {field.name: field.value for field in form.typed} | form.hidden() | form.chosen()
    assert curator.post("/curation/feeds/new/", sent).status_code == 302
    made = Feed.objects.get()
    assert (made.company, made.format, made.is_on) == (northlight, "greenhouse", False)
    assert made.url == "https://boards-api.greenhouse.io/v1/boards/northlight/jobs?content=true"
    assert "Northlight" not in [line.company for line in boards_seen()]
