"""A DOI or arXiv id alone: looked up where whoever runs the site allowed it, and a sentence where nothing is found."""

import json

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from outreach.models import Contact
from outreach.reading import Author, Work, as_ris, read_papers

WORK = {
    "title": "Neural Tides", "publication_year": 2025, "doi": "https://doi.org/10.1000/182",
    "primary_location": {"source": {"display_name": "NeurIPS"}},
    "authorships": [{"author": {"display_name": "Jörg Müller"}, "institutions": [{"display_name": "Tidewater"}]}],
}  # fmt: skip


def text_of(response):
    return " ".join(HTMLParser(response.text).body.text(separator=" ").split())


@pytest.fixture
def index(site, settings):
    settings.PAPER_INDEX = site.origin
    site.answers = lambda _path: (200, {"Content-Type": "application/json"}, json.dumps(WORK).encode())
    return site


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("https://doi.org/10.1000/182", "/works/doi:10.1000/182"),
        ("arXiv:1706.03762v5", "/works/doi:10.48550/arXiv.1706.03762"),
        ("hep-th/9901001", "/works/doi:10.48550/arXiv.hep-th/9901001"),
    ],
)
def test_a_number_alone_is_looked_up_once_and_its_authors_are_added(client_of, ada, index, typed, path):
    client = client_of(ada)
    shown = HTMLParser(client.post("/people/from-paper/", {"text": typed, "read": ""}).text)
    assert [one["path"] for one in index.asked] == [path]
    assert shown.css_first("legend").text() == "Neural Tides"
    place = shown.css_first("input[name=place-0-0]").attributes["value"]
    text = shown.css_first("textarea").text().strip()
    sent = {"text": text, "author-0-0": "on", "place-0-0": place, "add": ""}
    assert client.post("/people/from-paper/", sent).status_code == 302
    one = Contact.objects.get()
    assert (one.name, one.work, one.source) == ("Jörg Müller", "Tidewater", "Paper: Neural Tides, NeurIPS 2025")
    assert len(index.asked) == 1


@pytest.mark.parametrize(
    "answer",
    [
        (404, {}, b"{}"),
        (500, {}, b""),
        (200, {}, b"<html>"),
        (200, {}, b"[" * 100_000),
        (200, {}, json.dumps({"title": "No authors", "authorships": []}).encode()),
        (302, {"Location": "http://169.254.169.254/"}, b""),
    ],
)
def test_whatever_goes_wrong_is_a_sentence_and_the_text_stays(client_of, ada, index, answer):
    index.answers = lambda _path: answer
    page = client_of(ada).post("/people/from-paper/", {"text": "10.1000/182", "read": ""})
    assert page.status_code == 422
    assert "Nothing was found for this number just now." in text_of(page)
    assert HTMLParser(page.text).css_first("textarea").text().strip() == "10.1000/182"


def test_where_it_is_not_allowed_nobody_is_asked(client_of, ada, index, settings):
    settings.FETCH_ALLOWED = []
    client = client_of(ada)
    page = client.post("/people/from-paper/", {"text": "10.1000/182", "read": ""})
    assert (page.status_code, index.asked) == (422, [])
    assert "No authors found in that text. Type the names." in text_of(page)
    assert "open index" not in text_of(client.get("/people/from-paper/"))


def test_what_is_written_as_ris_is_read_again():
    work = Work(
        "A title", (Author("Müller", "Jörg"), Author("Group")), "ICML", 2024, "10.1000/1", "", "https://a.example/x"
    )
    (again,) = read_papers(as_ris(work)).works
    assert (again.title, again.authors, again.venue, again.year, again.doi, again.url) == (
        work.title, work.authors, work.venue, work.year, work.doi, work.url,
    )  # fmt: skip
