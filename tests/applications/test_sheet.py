"""The sheet of one's season: all that became of it, nobody else's, and private notes only on wish."""

import datetime as dt

import pytest

from applications.models import Made, Offer, Placement
from companies.models import Season
from tests.factories import ApplicationFactory, CompanyFactory, RoundFactory
from tests.words import said

PRINT = "/season/print/"


@pytest.fixture
def ada_(ada, season, clock, client_of):
    return client_of(ada)


def whole(ada, season, name):
    """Make an application with everything that a sheet can show; notes are CANARY."""
    one = ApplicationFactory(
        student=ada, season=season, company=CompanyFactory(name=name), role="Intern", stage="offer",
        outcome="accepted", applied_on=dt.date(2026, 10, 6), place="Leith", way_in="referred", referrer="Hanna Sato",
        notes="CANARY", closing_reason="CANARY",
    )  # fmt: skip
    RoundFactory(application=one, kind="research", status="passed", notes="CANARY")
    Offer.objects.create(application=one, project="Tides", pay="6500", currency="GBP", advice="CANARY")
    stay = Placement.objects.create(
        application=one, starts_on=dt.date(2027, 6, 1), ends_on=dt.date(2027, 8, 27), looking_back="CANARY"
    )
    Made.objects.create(placement=stay, kind="patent", title="A method for tides", state="submitted")
    return one


def test_it_tells_what_became_of_each(ada_, ada, season):
    whole(ada, season, "Tidewater")
    ApplicationFactory(student=ada, season=season, stage="closed", outcome="no_reply")
    ApplicationFactory(student=ada, season=season, role="Turing scheme", kind="scheme", stage="applied")
    text = said(ada_.get(PRINT))
    for told in (
        "Ada Whitlock Applications from 1 October 2026 to 31 January 2027",
        "Tidewater Intern Leith applied on 6 October 2026 Accepted since",
        "Referred (Hanna Sato)",
        "Research discussion, 12 November 2026, 15:00 (Europe/London): Went through",
        "6,500 GBP a month",
        "1 June 2027 to 27 August 2027",
        "A method for tides, Patent, submitted or filed",
        "Closed 1",
        "No reply",
        "Enrichment schemes 1",
    ):
        assert told in text, told


def test_notes_are_on_it_only_on_wish(ada_, ada, season):
    whole(ada, season, "Tidewater")
    assert "CANARY" not in ada_.get(PRINT).text
    assert "CANARY" not in ada_.get(f"{PRINT}?notes=0").text
    assert ada_.get(f"{PRINT}?notes=1").text.count("CANARY") == 5


def test_a_season_is_chosen_and_those_of_others_are_not_there(ada_, ada, mallory, season):
    earlier = Season.objects.create(
        name="Summer 2026", slug="summer-2026", opens_on=dt.date(2025, 10, 1), closes_on=dt.date(2026, 1, 31),
        starts_on=dt.date(2026, 6, 1),
    )  # fmt: skip
    for of, role in ((season, "This one"), (earlier, "Last one"), (None, "Without")):
        ApplicationFactory(student=ada, season=of, role=role)
    ApplicationFactory(student=mallory, season=season, role="MALLORYS")
    for query, there, gone in (
        ("", "This one", "Last one"),
        ("?season=summer-2026", "Last one", "This one"),
        ("?season=all", "Without", "MALLORYS"),
    ):
        text = said(ada_.get(PRINT + query))
        assert (there in text, gone in text, "MALLORYS" in text) == (True, False, False), query
    assert ada_.get(f"{PRINT}?season=summer-2090").status_code == 404
    assert ada_.get(f"{PRINT}?season=%00").status_code == 404


def test_many_cost_no_more_queries_than_one_and_what_has_no_room_is_told(
    ada_, ada, season, settings, django_assert_max_num_queries, django_assert_num_queries
):
    whole(ada, season, "Tidewater")
    with django_assert_max_num_queries(8) as asked:
        ada_.get(PRINT)
    for number in range(5):
        whole(ada, season, f"Company {number}")
    with django_assert_num_queries(len(asked)):
        ada_.get(PRINT)
    settings.WAYMARK_PRINTED = 4
    assert "This sheet ends after 4 applications." in said(ada_.get(PRINT))


def test_who_has_nothing_yet_is_told_where_to_begin(ada_):
    assert "Nothing to print yet" in said(ada_.get(PRINT))
