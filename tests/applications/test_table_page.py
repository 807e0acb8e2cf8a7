import datetime as dt

import pytest

from tests.factories import TODAY, ApplicationFactory, CompanyFactory

HTMX = {"HX-Request": "true"}


@pytest.fixture
def ada_(ada, season, clock, client_of):
    return client_of(ada)


def rows(text):
    return [part.split("</a>")[0].split(">")[-1] for part in text.split('<th scope="row">')[1:]]


@pytest.mark.parametrize("number", [1, 3])
def test_the_table_asks_a_fixed_number_of_questions(ada_, ada, django_assert_num_queries, number):
    ApplicationFactory.create_batch(number, student=ada)
    ada_.get("/applications/")
    with django_assert_num_queries(6):  # session, person, bell, rows, counts, arrangement
        response = ada_.get("/applications/")
    assert len(rows(response.text)) == number
    assert f"{number} application{'s' * (number > 1)}<" in response.text


def test_it_shows_ones_own_only(ada_, mallory):
    ApplicationFactory(student=mallory, role="Secret role")
    assert "Secret role" not in ada_.get("/applications/?view=active&q=Secret").text


@pytest.fixture
def some(ada):
    def one(role, company, **facts):
        return ApplicationFactory(student=ada, role=role, company=CompanyFactory(name=company), **facts)

    one("Speech", "Tidewater", stage="preparing", closes_on=TODAY, next_step="Submit", next_step_on=TODAY)
    one("Graphs", "Northlight", stage="applied", applied_on=TODAY, stage_since=TODAY, way_in="referred")
    one("Scheme", "Turing", kind="scheme", next_step_on=TODAY - dt.timedelta(days=1))
    one("Vision", "Ostrava", stage="closed", outcome="not_this_time")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Speech", "Graphs", "Scheme"}),
        ("view=closed", {"Vision"}),
        ("view=closing", {"Speech"}),
        ("view=referred", {"Graphs"}),
        ("view=schemes", {"Scheme"}),
        ("view=quiet", set()),
        ("q=tide", {"Speech"}),
        ("q=GRAPH", {"Graphs"}),
        ("q=vision", {"Vision"}),
        ("stage=closed", {"Vision"}),
        ("stage=applied&kind=scheme", set()),
        ("kind=scheme", {"Scheme"}),
        ("q=scheme&kind=scheme", {"Scheme"}),
        ("q=applied&stage=applied", set()),
        ("q=_", set()),
        ("q=%5C", set()),
        ("q='", set()),
        ("view=nowhere&stage=nowhere&kind=nowhere&sort=nowhere", {"Speech", "Graphs", "Scheme"}),
        ("q=%00", {"Speech", "Graphs", "Scheme"}),
        ("q=" + "x" * 300, {"Speech", "Graphs", "Scheme"}),
        ("q=%25", set()),
        ("after=%00", {"Speech", "Graphs", "Scheme"}),
        ("after=nowhere", {"Speech", "Graphs", "Scheme"}),
    ],
)
def test_filters_keep_what_is_asked_for(ada_, some, query, found):
    response = ada_.get(f"/applications/?{query}")
    assert (response.status_code, set(rows(response.text))) == (200, found)


@pytest.mark.parametrize(
    ("sort", "first"), [("closes", "Speech"), ("next", "Scheme"), ("applied", "Graphs"), ("company", "Graphs")]
)
def test_it_is_sorted_as_asked(ada_, some, sort, first):
    assert rows(ada_.get(f"/applications/?sort={sort}").text)[0] == first


@pytest.mark.parametrize("sort", ["updated", "closes", "next", "applied", "company"])
def test_show_more_goes_through_all_rows_once_in_every_order(ada_, ada, settings, sort):
    settings.WAYMARK_TABLE_PAGE = 3
    for n in range(8):
        day = None if n % 3 else TODAY + dt.timedelta(days=n)
        ApplicationFactory(student=ada, role=f"R{n}", closes_on=day, next_step_on=day, applied_on=day)
    url, seen = f"/applications/?sort={sort}", []
    while url:
        text = ada_.get(url).text
        seen += rows(text)
        more = text.split('id="more"')[1] if 'id="more"' in text else ""
        url = f"/applications/{more.split('href=')[1].split('"')[1].replace('&amp;', '&')}" if more else ""
    assert (len(seen), set(seen)) == (8, {f"R{n}" for n in range(8)})


def test_htmx_gets_the_results_with_the_count_read_out(ada_, some):
    text = ada_.get("/applications/?q=tide", headers={**HTMX, "HX-Target": "results"}).text
    assert "<!doctype html>" not in text
    assert '<div id="live" hx-swap-oob="innerHTML">1 application</div>' in text


def test_no_match_offers_to_clear_the_filters(ada_, some):
    text = ada_.get("/applications/?q=zzz").text
    assert ("No applications match" in text, text.count("Clear filters")) == (True, 2)


def test_a_new_student_is_offered_ways_to_start(ada_):
    assert "Nothing here yet" in ada_.get("/applications/").text


def test_an_outcome_is_shown_in_words_to_its_owner_only_as_closed_in_grey(ada_, some):
    text = ada_.get("/applications/?view=closed").text
    assert '<span class="pill st-closed">' in text
    assert '<span class="sub">Not this time</span>' in text
