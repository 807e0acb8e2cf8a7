"""A worker asks for the links of postings; where nothing is, whoever depends on it reads so, and nothing closes."""

import datetime as dt

import pytest

from applications.models import Application
from companies.actions.curating import save_posting
from companies.actions.links import ask_for_links
from companies.models import Posting
from companies.queries.stale import stale_postings
from tests.factories import NOW, TODAY, ApplicationFactory, PostingFactory

DAY, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)


def ask(at=NOW, pauses=None):
    return ask_for_links(at=at, clock=lambda: at, pause=(pauses if pauses is not None else []).append)


@pytest.fixture
def posting(site, db):
    return PostingFactory(title="Vision intern", url=f"{site.origin}/northlight/jobs/7", checked_on=TODAY)


def dead_on(posting):
    posting.refresh_from_db()
    return posting.link_dead_on


@pytest.mark.parametrize(
    ("answer", "dead"),
    [
        ((404, {}, b""), TODAY), ((410, {}, b""), TODAY), ((200, {}, b"<p>Come</p>"), None), ((500, {}, b""), None),
        ((403, {}, b""), None), ((429, {"Retry-After": "9"}, b""), None), ((304, {}, b""), None),
        ((302, {"Location": "http://169.254.169.254/"}, b""), None), ((302, {"Location": "http://[/"}, b""), None),
        ((302, {}, b""), None),
    ],
)  # fmt: skip
def test_only_a_page_that_is_not_there_counts(posting, site, answer, dead):
    site.answers = lambda _path: answer
    ask()
    assert dead_on(posting) == dead
    assert posting.is_open


@pytest.mark.parametrize(
    ("leads_to", "dead"), [("/northlight", TODAY), ("/northlight/?error=true", TODAY), ("/northlight/jobs/8", None)]
)
def test_who_is_sent_on_to_the_board_has_lost_the_posting(posting, site, leads_to, dead):
    site.answers = lambda path: (302, {"Location": leads_to}, b"") if path.endswith("/7") else (200, {}, b"")
    ask()
    assert dead_on(posting) == dead


@pytest.mark.parametrize("path", ["/northlight/jobs/7/", "/", "", "/jobs?id=7"])
def test_an_address_of_any_form_that_answers_is_there(site, db, path):
    posting = PostingFactory(url=f"{site.origin}{path or '/'}")
    ask()
    assert dead_on(posting) is None
    posting.refresh_from_db()
    assert posting.link_asked_on == TODAY


def test_it_is_asked_once_a_week_and_what_is_back_is_back(posting, site):
    site.answers = lambda _path: (404, {}, b"")
    assert (ask().links, ask().links, ask(NOW + 6 * DAY).links) == (1, 0, 0)
    assert ask(NOW + WEEK).links == 1
    assert dead_on(posting) == TODAY, "the day on which it was lost"
    site.answers = lambda _path: (200, {}, b"")
    ask(NOW + 2 * WEEK)
    assert dead_on(posting) is None


def test_a_host_is_not_asked_at_once_again_and_others_than_allowed_never(posting, site):
    PostingFactory(url=f"{site.origin}/northlight/jobs/8")
    PostingFactory(url="http://127.0.0.1:9/northlight/jobs/9")
    PostingFactory(url=f"{site.origin}0/jobs/10")
    PostingFactory(url=f"{site.origin}/closed", is_open=False)
    pauses = []
    assert ask(pauses=pauses).links == 2
    assert len(pauses) == 1
    assert [one["path"] for one in site.asked] == ["/northlight/jobs/7", "/northlight/jobs/8"]


def test_without_a_list_nothing_is_asked(posting, site, settings):
    settings.FETCH_ALLOWED = []
    assert ask().links == 0
    assert site.asked == []


def test_another_link_is_another_page(posting, site, cora):
    site.answers = lambda _path: (404, {}, b"")
    ask()
    posting.refresh_from_db()
    posting.url = f"{site.origin}/northlight/jobs/70"
    save_posting(posting=posting, by=cora, at=NOW)
    assert dead_on(posting) is None
    assert ask().links == 1


def test_students_and_curators_read_so_and_decide(posting, site, ada, cora, client_of, clock):
    mine = ApplicationFactory(student=ada, posting=posting, company=posting.company, stage="preparing")
    site.answers = lambda _path: (404, {}, b"")
    ask()
    said = "Its link has led nowhere since 10 November 2026."
    assert [line.why for line in stale_postings(TODAY)] == [said]
    student = client_of(ada)
    assert said in student.get(f"/postings/{posting.public_id}/").text
    assert "Perhaps closed" in student.get("/postings/").text
    today = student.get("/today/").text
    assert f"See whether {mine.role} at {posting.company.name} is still open" in today
    assert said in today
    answer = client_of(cora).post("/curation/stale/", {"posting": posting.public_id, "do": "open"}, follow=True)
    assert answer.status_code == 200
    assert dead_on(posting) is None
    assert "See whether" not in student.get("/today/").text


@pytest.mark.parametrize(("do", "stage"), [("done", "preparing"), ("dismiss", "closed")])
def test_a_posting_that_closed_is_asked_about_once(ada, client_of, clock, do, stage):
    posting = PostingFactory(is_open=False)
    mine = ApplicationFactory(student=ada, posting=posting, company=posting.company, stage="preparing")
    student = client_of(ada)
    assert "its posting has closed" in student.get("/today/").text
    key = f"gone-{mine.public_id}-{mine.stage_since:%Y%m%d}"
    assert student.post(f"/today/{key}/{do}/", follow=True).status_code == 200
    assert "its posting has closed" not in student.get("/today/").text
    assert Application.objects.get(pk=mine.pk).stage == stage
    clock.move_to(NOW + 9 * DAY)
    assert "its posting has closed" not in student.get("/today/").text


def test_nobody_is_asked_about_what_they_sent(ada, client_of, clock):
    posting = PostingFactory(is_open=False)
    ApplicationFactory(student=ada, posting=posting, company=posting.company, stage="applied")
    assert "its posting has closed" not in client_of(ada).get("/today/").text
    assert Posting.objects.filter(is_open=False).exists()
