"""Each format is read into the same postings; any bytes give an answer."""

import datetime as dt
import json

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from companies.actions import import_listings
from companies.cells import UnreadableFileError
from companies.formats import FORMATS
from companies.formats.table import HEADERS
from companies.models import Posting
from tests.factories import NOW, CompanyFactory

UTC = dt.UTC


def read(name, content, company="Tidewater AI"):
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return FORMATS[name].read(data, most=1_000, company=company)


def only(name, content, company="Tidewater AI"):
    reading = read(name, content, company)
    assert reading.problems == []
    (one,) = reading.listings
    return one


def page(*blocks, head=""):
    scripts = "".join(f'<script type="application/ld+json">{block}</script>' for block in blocks)
    return f"<html><head>{head}{scripts}</head><body><h1>Jobs</h1></body></html>".encode()


JOB = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "Research Intern, Summer 2027",
    "url": "https://jobs.example.org/7",
    "hiringOrganization": {"@type": "Organization", "name": "Tidewater AI"},
    "jobLocation": {
        "address": {"addressLocality": "Zurich", "addressRegion": "ZH", "addressCountry": {"name": "Switzerland"}}
    },
    "datePosted": "2026-10-02",
    "validThrough": "2027-01-15T23:59:00+01:00",
}


def test_the_phd_intern_board():
    one = only("phd_board", {"generated_at": "2026-11-01T00:00:00Z", "count": 1, "jobs": [{
        "company": "Waymo", "title": "Perception Intern", "location": "Mountain View", "regions": ["US"], "phd": True,
        "url": "https://boards.greenhouse.io/waymo/jobs/8",
        "posted_at": "2026-10-01T08:00:00+00:00", "job_id": "greenhouse:waymo:8",
    }]})  # fmt: skip
    assert (one.company, one.title, one.places) == ("Waymo", "Perception Intern", ["Mountain View", "US"])
    assert (one.is_research, one.research_why) == (True, "the PhD Intern Board says PhD")
    assert one.posted_at == dt.datetime(2026, 10, 1, 8, tzinfo=UTC)


def test_a_board_of_greenhouse():
    one = only("greenhouse", {"meta": {"total": 1}, "jobs": [{
        "id": 8237997, "title": "ML Intern (Fall 2026)",
        "absolute_url": "https://job-boards.greenhouse.io/tidewater/jobs/8237997",
        "location": {"name": "Remote"}, "offices": [{"name": "Zurich"}], "first_published": "2026-09-20T10:00:00-04:00",
        "updated_at": "2026-09-21T10:00:00-04:00",
        "content": "&lt;p&gt;You are &lt;b&gt;pursuing a PhD&lt;/b&gt; in ML.&lt;/p&gt;",
    }]})  # fmt: skip
    assert (one.company, one.origin, one.origin_id) == ("Tidewater AI", "greenhouse", "8237997")
    assert (one.places, one.terms, one.research_why) == (["Remote"], ["Fall 2026"], "text: “pursuing a phd”")
    assert one.updated_at == dt.datetime(2026, 9, 21, 14, tzinfo=UTC)


def test_a_board_of_lever():
    one = only("lever", [{
        "id": "0f-1", "text": "Student Researcher", "hostedUrl": "https://jobs.lever.co/tidewater/0f-1",
        "createdAt": 1790000000000,
        "categories": {"location": "Paris", "allLocations": ["Paris", "London"], "commitment": "Intern"},
    }])  # fmt: skip
    assert (one.places, one.is_research) == (["Paris", "London"], True)
    assert one.posted_at == dt.datetime.fromtimestamp(1790000000, UTC)


def test_a_board_of_ashby_keeps_what_is_not_listed_hidden():
    reading = read("ashby", {"jobs": [
        {"id": "a", "title": "Research Engineer", "location": "Oslo", "secondaryLocations": [{"location": "Bergen"}],
         "isRemote": True, "publishedAt": "2026-10-01T00:00:00.000+00:00", "isListed": True,
         "jobUrl": "https://jobs.ashbyhq.com/tidewater/a"},
        {"id": "b", "title": "Hidden", "isListed": False, "jobUrl": "https://jobs.ashbyhq.com/tidewater/b"},
    ]})  # fmt: skip
    first, second = reading.listings
    assert (first.places, first.is_visible, second.is_visible) == (["Oslo", "Bergen", "Remote"], True, False)


@pytest.mark.parametrize(
    "blocks",
    [
        [json.dumps(JOB)],
        [json.dumps([{"@type": "WebSite"}, JOB])],
        [json.dumps({"@graph": [{"@type": "Organization"}, {**JOB, "@type": ["Thing", "JobPosting"]}]})],
        ["{ broken", json.dumps(JOB)],
        [json.dumps({"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": JOB}]})],
    ],
)
def test_a_web_page_wherever_its_posting_stands(blocks):
    one = only("page", page(*blocks))
    assert (one.company, one.title, one.url) == (
        "Tidewater AI",
        "Research Intern, Summer 2027",
        "https://jobs.example.org/7",
    )
    assert (one.places, one.terms) == (["Zurich, ZH, Switzerland"], ["Summer 2027"])
    assert one.closes_on == dt.date(2027, 1, 15)


@pytest.mark.parametrize(
    ("ends", "last"),
    [
        ("2027-01-15", dt.date(2027, 1, 15)),
        ("2027-01-16T00:00:00Z", dt.date(2027, 1, 15)),
        ("2027-01-15T18:00:00-08:00", dt.date(2027, 1, 15)),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_the_deadline_of_a_page_is_a_day_of_its_own_calendar(ends, last):
    assert only("page", page(json.dumps({**JOB, "validThrough": ends}))).closes_on == last


def test_a_page_without_a_link_in_its_posting_is_known_by_its_own():
    head = '<link rel="canonical" href="https://careers.example.org/roles/9">'
    assert only("page", page(json.dumps({**JOB, "url": None}), head=head)).url == "https://careers.example.org/roles/9"


def test_titles_lose_the_html_that_sites_put_into_them():
    assert (
        only("page", page(json.dumps({**JOB, "title": "R&amp;D <b>Research</b> Intern"}))).title
        == "R&D Research Intern"
    )


def test_a_table(db):
    table = (
        "title,company,url,places,terms,closes_on,sponsorship,degrees,research\n"
        '"Intern, vision",Tidewater AI,https://x.example/1,Zurich; Oslo,Summer 2027,2027-01-31,offered,PhD,\n'
        "Statistician,Tidewater AI,https://x.example/2,,,,,,yes\n"
        "Too few,Tidewater AI\n"
        "Intern,Tidewater AI,https://x.example/3,,,31.01.2027,,,\n"
        "Intern,Tidewater AI,https://x.example/4,,,,perhaps,,\n"
    )
    reading = read("table", table.encode("utf-16"), company="")
    first, second = reading.listings
    assert (first.title, first.places, first.closes_on) == ("Intern, vision", ["Zurich", "Oslo"], dt.date(2027, 1, 31))
    assert (first.sponsorship, first.research_why) == ("offered", "degrees: PhD alone")
    assert second.research_why == "the table says so"
    assert [(one.row, one.message) for one in reading.problems] == [
        (3, "This line has 2 cells; the first line has 9."),
        (4, "closes_on is no day; write it like 2027-02-28."),
        (5, "sponsorship is none of offered, none, citizens."),
    ]


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("lever", b'{"ok": false, "error": "Document not found"}', "Lever knows no board of this name."),
        ("lever", b"{}", "This is no board of Lever: it should be a list of postings."),
        ("greenhouse", b"[]", "This is no board of Greenhouse: it should be an object with jobs."),
        ("ashby", b'{"jobs": 3}', "This is no board of Ashby: it should be an object with jobs."),
        ("phd_board", b"null", "This is no file of the PhD Intern Board: it should be an object with jobs."),
        ("greenhouse", b"<html>Not found</html>", "This is not complete JSON: reading stopped at line 1, column 1."),
        ("page", b"<p>Welcome", "This page describes no posting: it has no JobPosting of schema.org."),
        ("page", page("[" * 100_000), "This page describes no posting: it has no JobPosting of schema.org."),
        ("table", b"company,title\nx,y", "The first line has no header url."),
        ("table", b"company,title,url,pay\n", f"There is no header 'pay'; use {', '.join(HEADERS)}."),
        ("table", b"company,title,url,url\n", "A header stands there twice."),
        ("table", b"\x00\x01\x02\x03", "This is no table in CSV: the bytes are no text."),
        ("table", b'company,title,url\n"x', "This is no table in CSV: unexpected end of data."),
        ("table", b"   ", "The file is empty."),
    ],
)  # fmt: skip
def test_another_file_is_a_sentence(name, data, sentence):
    with pytest.raises(UnreadableFileError) as refusal:
        read(name, data)
    assert str(refusal.value) == sentence


def test_a_board_that_names_nobody_needs_its_company(db, tmp_path):
    file = tmp_path / "board.json"
    file.write_text(json.dumps([{"id": "1", "text": "Intern", "hostedUrl": "https://jobs.lever.co/t/1"}]))
    (problem,) = read("lever", file.read_bytes(), company="").problems
    assert problem.message == "The company is missing; say of which company this board is."
    with pytest.raises(CommandError, match="There is no company 'nobody'"):
        call_command("import_postings", file, "--format", "lever", "--company", "nobody")
    CompanyFactory(name="Tidewater AI", slug="tidewater-ai")
    call_command("import_postings", file, "--format", "lever", "--company", "tidewater-ai")
    assert Posting.objects.get().company.name == "Tidewater AI"


def test_one_source_does_not_overwrite_another(db):
    def take(name, content):
        return import_listings(reading=read(name, content), at=NOW)

    take("page", page(json.dumps(JOB)))
    board = [{"id": "7", "text": "Another title", "hostedUrl": JOB["url"]}]
    assert take("lever", board).unchanged == 1
    assert take("page", page(json.dumps({**JOB, "validThrough": "2027-01-20"}))).updated == 1
    assert take("page", page(json.dumps({**JOB, "validThrough": None}))).unchanged == 1
    posting = Posting.objects.get()
    assert (posting.title, posting.origin, posting.closes_on) == (JOB["title"], "page", dt.date(2027, 1, 20))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["jobs", "id", "title", "text", "url", "absolute_url", "hostedUrl", "jobUrl", "location", "categories", "@type",
         "@graph", "hiringOrganization", "jobLocation", "address", "validThrough", "datePosted", "createdAt", "content",
         "offices", "name"]
    ), inner, max_size=6),
    max_leaves=20,
)  # fmt: skip


def answer(name, data):
    """Return what a file is read into, or the sentence that refuses it."""
    try:
        return read(name, data)
    except UnreadableFileError as refusal:
        return str(refusal)


@given(st.sampled_from(sorted(FORMATS)), JSON)
def test_any_json_gives_an_answer(name, content):
    data = json.dumps(content).encode()
    if name == "page":
        kind = {"@type": "JobPosting"}
        data = page(json.dumps({**content, **kind} if isinstance(content, dict) else [content, kind]))
    said = answer(name, data)
    if isinstance(said, str):
        assert said.endswith(".")
    else:
        assert said.read == len(said.listings) + len(said.problems) + said.repeated


@given(st.sampled_from(sorted(FORMATS)), st.binary(max_size=300))
def test_any_bytes_give_an_answer(name, data):
    assert answer(name, data)
