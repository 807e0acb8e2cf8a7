import datetime as dt
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.factories import TODAY, ApplicationFactory, CompanyFactory

SITE = "http://testserver"


@pytest.fixture
def three(ada):
    """Alpha is preparing; Beta and Gamma are interested, Gamma with the sooner closing day; on the table by name."""
    stages = {"Alpha": "preparing", "Beta": "interested", "Gamma": "interested"}
    closes = {"Gamma": TODAY + dt.timedelta(days=1), "Beta": TODAY + dt.timedelta(days=9)}
    return {
        name: ApplicationFactory(
            student=ada, company=CompanyFactory(name=name), stage=stage, closes_on=closes.get(name)
        )
        for name, stage in stages.items()
    }


def url(application):
    return f"/applications/{application.public_id}/"


def beside(response, three):
    """Return the names before and after, and the list that their links carry on."""
    names = {url(application): name for name, application in three.items()}
    found = dict(re.findall(r'<a rel="(prev|next)" href="([^"]+)"', response.text))
    links = {way: urlsplit(link.replace("&amp;", "&")) for way, link in found.items()}
    lists = {parse_qs(link.query)["from"][0] for link in links.values()}
    return {way: names[link.path] for way, link in links.items()}, lists


def test_from_the_board_one_goes_on_down_its_columns(three, ada, client_of, clock):
    client = client_of(ada)
    opened = client.get(url(three["Beta"]), headers={"Referer": f"{SITE}/applications/board/"})
    assert beside(opened, three) == ({"prev": "Gamma", "next": "Alpha"}, {"board"})
    at_the_end = client.get(f"{url(three['Alpha'])}?from=board")
    assert beside(at_the_end, three) == ({"prev": "Beta"}, {"board"})


def test_from_the_table_one_goes_on_in_its_order_and_filters(three, ada, client_of, clock):
    client = client_of(ada)
    referer = f"{SITE}/applications/?sort=company"
    opened = client.get(url(three["Beta"]), headers={"Referer": referer})
    assert beside(opened, three) == ({"prev": "Alpha", "next": "Gamma"}, {"table?sort=company"})
    assert '<a href="/applications/?sort=company">Applications</a>' in opened.text
    narrowed = client.get(url(three["Beta"]), headers={"Referer": f"{referer}&stage=interested"})
    assert beside(narrowed, three)[0] == {"next": "Gamma"}


def test_after_a_change_on_the_page_one_still_knows(three, ada, client_of, clock):
    here = f"{SITE}{url(three['Beta'])}?from=table%3Fsort%3Dcompany"
    opened = client_of(ada).get(url(three["Beta"]), headers={"Referer": here})
    assert beside(opened, three) == ({"prev": "Alpha", "next": "Gamma"}, {"table?sort=company"})


@pytest.mark.parametrize(
    "referer",
    ["", SITE, f"{SITE}/today/", "http://[", "http://elsewhere.example/applications/board/", f"{SITE}/x/?from=window"],
)
def test_from_elsewhere_there_is_nothing_beside(three, ada, client_of, clock, referer):
    opened = client_of(ada).get(url(three["Beta"]), headers={"Referer": referer})
    assert beside(opened, three) == ({}, set())
    assert '<a href="/applications/board/">Applications</a>' in opened.text


@pytest.mark.parametrize(
    "asked", ["board?q=%00", "table?sort=;drop", "table?" + "x" * 5_000, "\0", "table?view=<b>&tag=%F0"]
)
def test_a_list_that_cannot_be_is_read_as_far_as_it_goes(three, ada, client_of, clock, asked):
    assert client_of(ada).get(url(three["Beta"]), {"from": asked}).status_code == 200


def test_a_closed_one_stands_in_no_column(three, ada, client_of, clock):
    three["Beta"].stage, three["Beta"].outcome = "closed", "no_reply"
    three["Beta"].save()
    assert beside(client_of(ada).get(f"{url(three['Beta'])}?from=board"), three) == ({}, set())


def test_others_applications_are_never_beside(three, mallory, ada, client_of, clock):
    ApplicationFactory(student=mallory, company=CompanyFactory(name="Aa"))
    opened = client_of(ada).get(f"{url(three['Alpha'])}?from=table%3Fsort%3Dcompany")
    assert beside(opened, three) == ({"next": "Beta"}, {"table?sort=company"})


@pytest.mark.parametrize("rows", [1, 30])
def test_it_costs_one_question_more(three, ada, client_of, django_assert_num_queries, clock, rows):
    for _ in range(rows):
        ApplicationFactory(student=ada)
    client = client_of(ada)
    client.get(url(three["Beta"]))
    with django_assert_num_queries(8):  # the seven of the page, and its place in the list
        client.get(f"{url(three['Beta'])}?from=board")
