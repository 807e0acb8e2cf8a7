import pytest

from companies.models import Alias, Cycle, Team
from tests.factories import CompanyFactory, PostingFactory, ProgrammeFactory

LISTS = ["/companies/", "/postings/"]


@pytest.mark.parametrize("url", [*LISTS, "/companies/waymo/", "/postings/abc/"])
def test_strangers_are_asked_to_sign_in(client, db, url):
    assert client.get(url).headers["Location"] == f"/accounts/login/?next={url}"


@pytest.mark.parametrize("url", LISTS)
def test_an_empty_list_says_so(ada, client_of, url):
    response = client_of(ada).get(url)
    assert response.status_code == 200
    assert "<h2>No " in response.text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_company_list_asks_a_fixed_number_of_questions(ada, client_of, django_assert_num_queries, clock, rows):
    for n in range(rows):
        PostingFactory(company=CompanyFactory(name=f"Lab {n}", topics=["robotics"]))
    client = client_of(ada)
    client.get("/companies/")
    with django_assert_num_queries(5):  # session, person, topics, companies, open postings
        response = client.get("/companies/")
    assert response.text.count('class="what"') == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_posting_list_asks_a_fixed_number_of_questions(ada, client_of, django_assert_num_queries, clock, rows):
    PostingFactory.create_batch(rows)
    client = client_of(ada)
    client.get("/postings/")
    with django_assert_num_queries(3):  # session, person, postings
        response = client.get("/postings/")
    assert response.text.count('class="what"') == rows


def company_with(rows, season):
    company = CompanyFactory(name="Waymo")
    for n in range(rows):
        PostingFactory(company=company)
        Team.objects.create(company=company, name=f"Team {n}", slug=f"team-{n}", topics=["maps"])
        Alias.objects.create(company=company, name=f"Alias {n}", match_key=f"alias{n}")
        programme = ProgrammeFactory(company=company, name=f"Programme {n}")
        Cycle.objects.create(programme=programme, season=season)
    return company


@pytest.mark.parametrize("rows", [1, 3])
def test_the_company_page_asks_a_fixed_number_of_questions(
    ada, season, client_of, django_assert_num_queries, clock, rows
):
    company_with(rows, season)
    client = client_of(ada)
    client.get("/companies/waymo/")
    with django_assert_num_queries(7):  # session, person, company, teams, programmes, cycles, postings
        response = client.get("/companies/waymo/")
    assert response.text.count('class="what"') == rows


def test_the_posting_page_asks_a_fixed_number_of_questions(ada, client_of, django_assert_num_queries, clock):
    posting = PostingFactory()
    client = client_of(ada)
    client.get("/postings/")
    with django_assert_num_queries(3):  # session, person, posting with its company
        client.get(f"/postings/{posting.public_id}/")
