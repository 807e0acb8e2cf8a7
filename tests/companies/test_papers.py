"""Public papers of a company's people: suggested, read on its page, found, and counted for what its teams work on."""

import pytest

from applications.actions.closeness import SOURCES
from companies.actions.curating import save_paper
from companies.actions.joining import merge_parts
from companies.models import Paper, Proposal, Team
from tests.factories import NOW, CompanyFactory, PostingFactory
from tracker.lib.errors import DomainError

TYPED = {
    "title": "Neural operators for tides", "authors": "Hana Sato\nPer Olsen", "venue": "ICML", "year": "2026",
    "url": "https://arxiv.org/abs/2601.00001",
}  # fmt: skip


@pytest.fixture
def northlight(db):
    return CompanyFactory(name="Northlight")


@pytest.fixture
def tides(northlight):
    return Team.objects.create(company=northlight, name="Tides", slug="tides", topics=["oceans"])


def paper(company, **fields):
    said = {"title": "Tidal flow", "authors": ["Hana Sato"], "year": 2026, "url": "https://doi.example/10.1/1"}
    return Paper(company=company, **{**said, **fields})


def test_one_is_suggested_taken_and_read_by_all(northlight, tides, ada, cora, mallory, client_of, clock):
    student = client_of(ada)
    answer = student.post("/companies/northlight/suggest/paper/", {**TYPED, "team": tides.pk}, follow=True)
    assert "A curator will look at it" in answer.text
    proposal = Proposal.objects.get()
    assert proposal.values["authors"] == ["Hana Sato", "Per Olsen"]
    assert "Neural operators" not in client_of(mallory).get("/companies/northlight/").text
    page = f"/curation/proposals/{proposal.public_id}/"
    assert "Neural operators" in client_of(cora).get(page).text
    taken = client_of(cora).post(page, {**TYPED, "team": tides.pk, "venue": "ICML 2026", "do": "approve"}, follow=True)
    assert "Approved: Neural operators for tides, Northlight." in taken.text
    assert Paper.objects.get().checked_by == cora
    text = client_of(mallory).get("/companies/northlight/").text
    for words in ("Neural operators for tides", "Hana Sato, Per Olsen", "ICML 2026", "Tides"):
        assert words in text
    assert "Added" in student.get("/companies/suggestions/").text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"authors": " \n"}, "Enter the authors"),
        ({"year": "26"}, "Enter the year with four digits."),
        ({"url": "javascript:alert(1)"}, "Enter a full web address"),
        ({"team": "999999"}, "Select a valid choice"),
        ({"title": ""}, "Enter"),
    ],
)
def test_what_is_no_paper_is_refused_and_nothing_typed_is_lost(northlight, ada, client_of, clock, wrong, sentence):
    answer = client_of(ada).post("/companies/northlight/suggest/paper/", {**TYPED, **wrong})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Neural operators" in answer.text or "title" in wrong
    assert not Proposal.objects.exists()


def test_a_team_of_another_company_is_no_choice(northlight, ada, client_of, clock):
    other = Team.objects.create(company=CompanyFactory(name="Ebb"), name="Other", slug="other")
    answer = client_of(ada).post("/companies/northlight/suggest/paper/", {**TYPED, "team": other.pk})
    assert answer.status_code == 422


def test_a_company_has_each_paper_once_and_two_companies_may_have_it(northlight, cora):
    save_paper(paper=paper(northlight), by=cora, at=NOW)
    with pytest.raises(DomainError, match="This company has this paper already"):
        save_paper(paper=paper(northlight, url="http://DOI.example/10.1/1/?utm_source=x"), by=cora, at=NOW)
    save_paper(paper=paper(CompanyFactory(name="Ebb")), by=cora, at=NOW)
    assert Paper.objects.count() == 2


def test_it_is_found_by_title_and_author_where_its_company_is_seen(northlight, ada, cora, mallory, client_of, clock):
    save_paper(paper=paper(northlight), by=cora, at=NOW)
    hidden = CompanyFactory(name="Hidden", approved_at=None, proposed_by=mallory)
    save_paper(paper=paper(hidden, title="Tidal secrets"), by=cora, at=NOW)
    for words in ("tidal", "sato"):
        text = client_of(ada).get(f"/search/?q={words}").text
        assert "Tidal flow" in text
        assert "Tidal secrets" not in text
    assert "Tidal secrets" in client_of(mallory).get("/search/?q=tidal").text


def test_a_team_has_a_page_of_its_own_which_students_improve(
    northlight, tides, ada, cora, client_of, clock, django_assert_num_queries
):
    save_paper(paper=paper(northlight, team=tides), by=cora, at=NOW)
    save_paper(paper=paper(northlight, title="Of nobody", url="https://doi.example/2"), by=cora, at=NOW)
    PostingFactory(company=northlight, team=tides, title="Tidal intern")
    PostingFactory(company=northlight, title="Some intern")
    student = client_of(ada)
    student.get("/companies/northlight/teams/tides/")
    with django_assert_num_queries(7):  # session, person, bell, team, its papers, postings, own
        text = student.get("/companies/northlight/teams/tides/").text
    for words in ("Tidal flow", "Tidal intern", "oceans"):
        assert words in text
    for words in ("Of nobody", "Some intern"):
        assert words not in text
    assert 'href="/companies/northlight/teams/tides/"' in student.get("/companies/northlight/").text
    student.post(
        "/companies/northlight/teams/tides/suggest/", {"name": "Tides", "topics": "oceans\nmeshes", "place": ""}
    )
    proposal = Proposal.objects.get()
    assert (proposal.team, proposal.values) == (tides, {"topics": ["oceans", "meshes"]})
    client_of(cora).post(f"/curation/proposals/{proposal.public_id}/", {"topics": "oceans\nmeshes", "do": "approve"})
    assert "meshes" in student.get("/companies/northlight/teams/tides/").text


def test_a_team_that_became_part_of_another_leads_there_within_its_company(
    northlight, tides, ada, mallory, cora, client_of, clock
):
    floods = Team.objects.create(company=northlight, name="Floods", slug="floods")
    merge_parts(keeper=tides, taken=floods, values={}, by=cora, at=NOW)
    answer = client_of(ada).get("/companies/northlight/teams/floods/")
    assert answer.url == "/companies/northlight/teams/tides/"
    CompanyFactory(name="Ebb", slug="ebb")
    assert client_of(ada).get("/companies/ebb/teams/floods/").status_code == 404
    own = CompanyFactory(name="Own", slug="own", approved_at=None, proposed_by=mallory)
    Team.objects.create(company=own, name="Secret", slug="secret")
    assert client_of(ada).get("/companies/own/teams/secret/").status_code == 404
    assert client_of(mallory).get("/companies/own/teams/secret/").status_code == 200


def test_a_team_is_as_close_as_its_papers_say(northlight, tides, cora):
    before = dict(SOURCES["team"]())[tides.pk]
    save_paper(paper=paper(northlight, team=tides, title="Equivariance on meshes"), by=cora, at=NOW)
    after = dict(SOURCES["team"]())[tides.pk]
    assert {term for term in after if term not in before}
    assert set(before) < set(after)
