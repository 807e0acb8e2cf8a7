"""Following a programme: on the company's page, by one button."""

import pytest

from companies.models import Following
from tests.factories import CompanyFactory, ProgrammeFactory

HTMX = {"HX-Request": "true"}


@pytest.fixture
def programme(db):
    return ProgrammeFactory(company=CompanyFactory(name="Waymo"), name="PhD internship", slug="phd")


PAGE = "/companies/waymo/"
FOLLOW, UNFOLLOW = f"{PAGE}programmes/phd/follow/", f"{PAGE}programmes/phd/unfollow/"


def followed_by(person):
    return [one.programme.name for one in Following.objects.visible_to(person).select_related("programme")]


def test_one_button_follows_and_takes_it_back(ada, mallory, client_of, programme, clock):
    client = client_of(ada)
    assert f'formaction="{FOLLOW}"' in client.get(PAGE).text
    for _ in range(2):
        assert client.post(FOLLOW, {"next": f"{PAGE}#programmes"}).headers["Location"] == f"{PAGE}#programmes"
    assert (followed_by(ada), followed_by(mallory)) == (["PhD internship"], [])
    page = client.get(PAGE).text
    assert f'formaction="{UNFOLLOW}"' in page
    assert "Stop following" in page
    assert "Stop following" not in client_of(mallory).get(PAGE).text
    for _ in range(2):
        assert client.post(UNFOLLOW).headers["Location"] == f"{PAGE}#programmes"
    assert followed_by(ada) == []


def test_htmx_gets_the_other_button(ada, client_of, programme, clock):
    text = client_of(ada).post(FOLLOW, headers=HTMX).text
    assert (text.count("<button"), text.count(UNFOLLOW), text.count("data-focus")) == (1, 2, 1)


def test_a_programme_of_a_company_that_one_does_not_see_is_not_there(ada, mallory, client_of, programme, clock):
    programme.company.approved_at, programme.company.proposed_by = None, ada
    programme.company.save()
    assert client_of(mallory).post(FOLLOW).status_code == 404
    assert client_of(ada).post(FOLLOW).status_code == 302
    assert client_of(ada).post(f"{PAGE}programmes/other/follow/").status_code == 404


def test_supervisors_have_no_button(grace, client_of, programme, clock):
    assert "Follow" not in client_of(grace).get(PAGE).text
    assert client_of(grace).post(FOLLOW).status_code == 403
