import csv
import json
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from applications.reading import link
from applications.reading.shared import LONG, LONGEST_TEXT, kept_text, read_shared, role_in
from applications.reading.slugs import LONGEST_PLACE, LONGEST_ROLE, place_guess, role_guess
from companies.naming import match_key
from tracker.lib.errors import DomainError

HERE = Path(__file__)
LINKS = [tuple(row.values()) for row in csv.DictReader((HERE.parent / "links.csv").read_text().splitlines())]
SAMPLE = HERE.parents[3] / "shared" / "data" / "listings-sample.json"


def listings():
    """Return (address, company) of real listings where they are at hand, else of our own links."""
    if not SAMPLE.is_file():
        return [(url, company) for url, company, *_ in LINKS if company]
    rows = [(row.get("url"), row.get("company_name")) for row in json.loads(SAMPLE.read_text())]
    return [row for row in rows if all(row)]


@pytest.mark.parametrize(
    ("text", "url", "name"),
    [
        ("Tidewater", "", "Tidewater"),
        ("  Alder   &  Finch ", "", "Alder & Finch"),
        ("Stability.ai", "", "Stability.ai"),
        ("DeepMind: London", "", "DeepMind: London"),
        ("https://jobs.lever.co/acme/1", "https://jobs.lever.co/acme/1", ""),
        ("jobs.lever.co/acme/1", "https://jobs.lever.co/acme/1", ""),
        ("www.acme.ai", "https://www.acme.ai", ""),
        ("Acme https://x.com/acme/status/1", "https://x.com/acme/status/1", "Acme"),
        ("Acme - https://acme.ai/jobs", "https://acme.ai/jobs", "Acme"),
        ("https://acme.ai/jobs | Acme Labs", "https://acme.ai/jobs", "Acme Labs"),
    ],
)
def test_a_line_is_read_as_link_company_or_both(text, url, name):
    assert link.read(text) == link.Typed(url, name)


@pytest.mark.parametrize(("url", "company", "role", "place"), LINKS, ids=lambda value: value[8:60])
def test_a_link_tells_company_role_and_place_by_itself(url, company, role, place):
    assert (link.company_guess(url), role_guess(url), place_guess(url)) == (company, role, place)


def test_most_links_of_real_listings_name_their_company():
    rows = listings()
    told = 0
    for url, company in rows:
        guess, name = match_key(link.company_guess(url)), match_key(company)
        told += bool(guess) and (guess in name or name in guess)
        assert len(role_guess(url)) <= LONGEST_ROLE
        assert len(place_guess(url)) <= LONGEST_PLACE
    assert told / len(rows) > 0.8


@given(st.text(max_size=300))
@example("javascript:alert(1)")
@example("data:text/html,<script>")
@example("\ud800")
@example("[")
@example("http://[")
def test_any_text_is_read_or_refused_with_a_sentence(text):
    typed = refusal = None
    try:
        typed = link.read(text)
    except DomainError as error:
        refusal = error
    if typed is None:
        assert refusal
        assert (refusal.sentence.endswith("."), refusal.field) == (True, "company_or_link")
        return
    assert typed.url or typed.name
    assert typed.url.startswith(("http://", "https://")) or not typed.url
    assert len(typed.name) <= 160
    assert isinstance(link.company_guess(typed.url), str)


LABEL = st.from_regex(r"[a-z0-9]{1,12}(-[a-z0-9]{1,6})?", fullmatch=True)
SYSTEMS = st.sampled_from(
    [
        "boards.greenhouse.io", "jobs.lever.co", "jobs.ashbyhq.com", "acme.wd5.myworkdayjobs.com", "acme.icims.com",
        "wd1.myworkdaysite.com/recruiting", "jobs.smartrecruiters.com", "apply.workable.com", "www.linkedin.com",
        "acme.recruitee.com", "aa1.taleo.net", "www.google.com/about/careers", "careers.acme.co.uk",
    ]
)  # fmt: skip
HOSTS = SYSTEMS | st.builds(".".join, st.lists(LABEL, min_size=2, max_size=4))
STEPS = st.lists(st.text(max_size=40) | st.from_regex(r"[A-Za-z0-9%_-]{1,40}", fullmatch=True), max_size=6)


@given(st.sampled_from(["http", "https"]), HOSTS, STEPS, st.text(max_size=40))
@example("https", "acme.wd5.myworkdayjobs.com", ["job", "-" * 400, "_" * 400 + "1"], "for=\ud800")
@example("https", "jobs.ashbyhq.com", ["%ff%fe%00"], "")
@example("https", "acme.org", ["research%E2%80%AEintern-phd"], "")
def test_a_guess_never_breaks_is_short_and_printable(scheme, host, steps, query):
    url = f"{scheme}://{host}/{'/'.join(steps)}?{query}"
    guesses = (link.company_guess(url), role_guess(url), place_guess(url))
    for guess, longest in zip(guesses, (link.LONGEST_NAME, LONGEST_ROLE, LONGEST_PLACE), strict=True):
        assert (len(guess) <= longest, guess.strip(), guess[1:-1].isprintable()) == (True, guess, True)


@pytest.mark.parametrize("piece", ["-", "--", "_", "_1", "a-", "intern-", "%2D", "---research", "_A1-"])
@pytest.mark.parametrize("host", ["acme.wd5.myworkdayjobs.com/job", "www.acme.com", "jobs.lever.co"])
def test_no_link_takes_long_to_read(piece, host):
    url = f"https://{host}/{piece * 400}/{piece * 400}"
    began = time.perf_counter()
    link.company_guess(url), role_guess(url), place_guess(url), role_in(url)
    assert time.perf_counter() - began < 0.1


@given(st.from_regex(r"[a-z][a-z0-9-]{1,20}", fullmatch=True).filter(lambda slug: slug not in {"embed", "api"}))
def test_all_boards_of_a_company_give_the_same_name(slug):
    boards = (
        f"https://boards.greenhouse.io/{slug}/jobs/1",
        f"https://boards.greenhouse.io/embed/job_app?for={slug}&token=1",
        f"https://jobs.lever.co/{slug}/1",
        f"https://jobs.ashbyhq.com/{slug}/1",
    )
    assert len({link.company_guess(url) for url in boards}) == 1


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Graph Intern", "Graph Intern"),
        ("Job Application for Research Intern, Speech at Tidewater", "Research Intern, Speech"),
        ("Tidewater - Research Intern", "Research Intern"),
        ("Research Intern @ Tidewater", "Research Intern"),
        ("Research Intern | Tidewater Careers", "Research Intern"),
        ("Tidewater hiring PhD Research Intern in Zurich, Switzerland | LinkedIn", "PhD Research Intern"),
        ("Careers", ""),
        ("Careers at Tidewater", ""),
        ("Home | Tidewater", ""),
        ("https://jobs.lever.co/tidewater/1", ""),
        ("Research\0\u202eIntern", "ResearchIntern"),
        ("", ""),
    ],
)
def test_the_title_of_a_page_tells_the_role(title, role):
    assert role_in(title) == role


URL = "https://jobs.lever.co/tidewater/1"


@pytest.mark.parametrize(
    ("url", "title", "text", "line", "role"),
    [
        (URL, "Tidewater - Research Intern", "", URL, "Research Intern"),
        ("", "", f"Check out this job at Tidewater: {URL}.", URL, ""),
        ("", "", f"Research Intern at Tidewater {URL}", URL, "Research Intern"),
        ("", URL, "", URL, ""),
        ("", "", "Tidewater", "Tidewater", ""),
        ("Tidewater", "Research Intern", "", "Tidewater", "Research Intern"),
        (
            "https://www.linkedin.com/jobs/view/1", "Tidewater hiring Speech Intern in Oslo | LinkedIn", "",
            "https://www.linkedin.com/jobs/view/1 Tidewater", "Speech Intern",
        ),
    ],
)  # fmt: skip
def test_what_was_shared_is_put_into_the_fields(url, title, text, line, role):
    shared = read_shared(url=url, title=title, text=text)
    assert (shared.line, shared.role, shared.text) == (line, role, "")


@pytest.mark.parametrize("text", [f"{URL}\n{'We study speech. ' * 600}", "We study speech.\n" * 600])
def test_a_long_text_is_kept_as_the_text_of_the_posting(text):
    shared = read_shared(url="", title="Research Intern", text=text)
    assert (shared.text, len(shared.text) > LONG, shared.role) == (text.strip(), True, "Research Intern")
    assert shared.line == (URL if URL in text else "")


@given(st.text(max_size=400), st.text(max_size=400), st.text(max_size=400))
@example("\0", "\ud800", "\x00" * 300)
@example("", " hiring ", "https://" * 50)
def test_whatever_is_shared_fits_the_fields(url, title, text):
    shared = read_shared(url=url, title=title, text=text)
    assert len(shared.role) <= LONGEST_ROLE
    assert shared.role.isprintable()
    assert len(shared.text) <= LONGEST_TEXT
    assert "\0" not in shared.text
    assert kept_text(shared.text) == shared.text
