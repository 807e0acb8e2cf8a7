"""What a student works on orders the list for them alone; a worker does it, and pages say why."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.actions.closeness import rank_waiting, save_research
from applications.models import Closeness, Desk
from applications.reading.bibtex import subjects
from companies.models import Company, Posting, Team
from tests.factories import NOW, ApplicationFactory, CompanyFactory, PostingFactory

HOUR = dt.timedelta(hours=1)
BIBTEX = """
@inproceedings{a, title = {Neural {Operators} for {\\'E}tale Flows}, booktitle = "Proc. of Speech Robots", year = 2025,
  abstract = "We learn operators."}
@article{b, title = "Weather", keywords={climate, graphs
"""


@pytest.fixture
def listed(db):
    company = CompanyFactory(name="Northlight", slug="northlight", topics=["neural operators"])
    team = Team.objects.create(company=company, name="Flows", slug="flows", topics=["neural operators", "fluids"])
    Team.objects.create(company=company, name="Speech", slug="speech", topics=["dialogue"])
    for number, title in enumerate(["Research Intern, Neural Operators", "Research Intern, Speech", "Intern, Sales"]):
        PostingFactory(company=company, title=title, is_research=number < 2, url_key=f"x/{number}")
    for model in (Company, Posting):
        model.objects.update(updated_at=NOW)
    return team


def told(person, **fields):
    save_research(student=person, at=NOW, **{"topics": [], "abstracts": "", "papers": "", **fields})
    rank_waiting(at=NOW + HOUR)


def test_the_closest_come_first_with_the_words_that_made_it_so(ada, listed, client_of):
    told(ada, topics=["Neural operators"], abstracts="Solvers for fluids.")
    page = client_of(ada).get("/close/").text
    assert page.index("Flows") < page.index("Research Intern, Neural Operators")
    assert "Close by: neural operator" in page
    assert "Intern, Sales" not in page
    assert "Close by: neural operator" in client_of(ada).get("/companies/northlight/").text


def test_nobody_else_sees_it(ada, mallory, cora, listed, client_of):
    told(ada, topics=["Neural operators"])
    for person in (mallory, cora):
        assert "Close by" not in client_of(person).get("/companies/northlight/").text
    assert "Close by" not in client_of(mallory).get("/close/").text
    assert list(Closeness.objects.visible_to(mallory)) == []
    assert client_of(cora).get("/close/").status_code == 403


def test_only_what_changed_is_ordered_anew(ada, mallory, listed):
    told(ada, topics=["Neural operators"])
    assert rank_waiting(at=NOW + 2 * HOUR) == 0
    save_research(student=mallory, topics=["Speech"], abstracts="", papers="", at=NOW + 2 * HOUR)
    assert rank_waiting(at=NOW + 3 * HOUR) == 1
    Posting.objects.filter(title__contains="Sales").update(is_research=True, updated_at=NOW + 4 * HOUR)
    assert rank_waiting(at=NOW + 5 * HOUR) == 2
    assert rank_waiting(at=NOW + 6 * HOUR) == 0


def test_a_closed_posting_is_not_close_any_more(ada, listed, client_of):
    told(ada, topics=["Neural operators"])
    Posting.objects.update(is_open=False)
    assert "Research Intern, Neural Operators" not in client_of(ada).get("/close/").text


def test_the_page_waits_for_the_worker_and_refuses_too_much(ada, listed, client_of):
    client = client_of(ada)
    assert "Say what you work on" in client.get("/close/").text
    refused = client.post("/close/research/", {"topics": "x" * 61, "abstracts": "Kept"})
    assert refused.status_code == 422
    assert "Kept" in refused.text
    assert client.post("/close/research/", {"topics": "Neural operators"}).status_code == 302
    assert 'hx-trigger="every 3s"' in client.get("/close/").text
    rank_waiting(at=NOW + 100_000 * HOUR)
    assert 'hx-trigger="every 3s"' not in client.get("/close/").text
    assert Desk.objects.get(student=ada).topics == ["Neural operators"]


def test_bibtex_says_what_papers_are_about():
    assert subjects(BIBTEX) == [
        "Neural Operators for E tale Flows",
        "We learn operators.",
        "Weather",
        "climate, graphs",
    ]


@given(st.text(alphabet='{}"\\=,title abstract@\n', max_size=300))
def test_no_bibtex_breaks_it(text):
    assert all(isinstance(one, str) for one in subjects(text))


def test_ones_own_applications_stand_on_the_page_of_a_company(ada, mallory, listed, client_of):
    ApplicationFactory(student=ada, company=listed.company, role="Flow Intern", stage="applied")
    assert "Flow Intern" in client_of(ada).get("/companies/northlight/").text
    assert "Flow Intern" not in client_of(mallory).get("/companies/northlight/").text
