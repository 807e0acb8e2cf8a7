"""One address means the same on board, table and exports; what it cannot mean narrows nothing."""

import csv
import datetime as dt
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.models import SavedView
from applications.queries.asked import FILTERS, Asked, read, read_query
from companies.models import Season
from tests.applications.test_bad_input import ODD
from tests.factories import TODAY, ApplicationFactory, CompanyFactory, RoundFactory

BOARD, TABLE = "/applications/board/", "/applications/"
DAY = dt.timedelta(days=1)


@pytest.fixture
def ada_(ada, season, clock, client_of):
    return client_of(ada)


@pytest.fixture
def some(ada, season):
    def one(role, company, **facts):
        return ApplicationFactory(student=ada, role=role, company=CompanyFactory(name=company), **facts)

    long_ago = TODAY - dt.timedelta(weeks=5)
    one("Speech", "Tidewater", stage="preparing", closes_on=TODAY + 2 * DAY, place="Edinburgh", tags=["NLP", "UK"])
    one("Graphs", "Northlight", stage="applied", stage_since=long_ago, way_in="referred", closeness="close")
    one("Scheme", "Turing", kind="scheme", source="supervisor", season=Season.objects.get(slug="summer-2027"))
    one("Vision", "Ostrava", stage="closed", outcome="not_this_time", tags=["UK"])
    one("Held", "Kestrel", stage="preparing", on_hold=True, way_in="asked", closes_on=TODAY + 40 * DAY)


def on_table(text):
    return {part.split("</a>")[0].split(">")[-1] for part in text.split('<th scope="row">')[1:]}


def on_board(text):
    return {part.split("</a>")[0].split(">")[-1] for part in text.split('<a class="role"')[1:]}


def exported(response):
    lines = response.content.decode()
    return {row["Role"] for row in csv.DictReader(io.StringIO(lines, newline=""))}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("way=referred", {"Graphs"}),
        ("work=close", {"Graphs"}),
        ("before=2026-11-30", {"Speech"}),
        ("before=30+11+2026", {"Speech"}),
        ("quiet=4", {"Graphs"}),
        ("place=edin", {"Speech"}),
        ("tag=UK", {"Speech"}),
        ("tag=UK&view=all", {"Speech", "Vision"}),
        ("season=summer-2027", {"Scheme"}),
        ("source=supervisor", {"Scheme"}),
        ("hold=1", {"Held"}),
        ("kind=scheme&way=referred", set()),
        ("view=needs", {"Speech"}),
        ("q=speech&kind=internship", {"Speech"}),
        ("season=nowhere", set()),
        ("before=2026-13-45", {"Speech", "Graphs", "Scheme", "Held"}),
        ("before=31+11+2026&quiet=0&work=near&hold=yes", {"Speech", "Graphs", "Scheme", "Held"}),
        ("quiet=999999999999", {"Speech", "Graphs", "Scheme", "Held"}),
    ],
)
def test_board_table_and_export_read_the_same_from_the_same_address(ada_, some, query, found):
    assert on_table(ada_.get(f"{TABLE}?{query}").text) == found
    assert on_board(ada_.get(f"{BOARD}?{query}").text) == found - {"Vision"}
    assert exported(ada_.get(f"/applications/export.csv?{query}")) == found


@pytest.mark.parametrize("path", [TABLE, BOARD, "/applications/filter/", "/applications/export.csv"])
@pytest.mark.parametrize("name", [*FILTERS, "view", "sort", "after", "column", "applied"])
def test_no_address_is_too_odd(ada_, some, path, name):
    for text in ODD:
        if len(text) < 20_000:
            assert ada_.get(path, {name: text}).status_code == 200, (name, text)


def test_a_text_of_ten_thousand_characters_narrows_nothing(ada_, some):
    assert len(on_table(ada_.get(TABLE, dict.fromkeys(FILTERS, "x" * 10000)).text)) == 4


def test_needs_me_is_what_is_due_closes_soon_awaits_an_answer_or_is_an_interview(ada_, ada):
    def one(role, **facts):
        return ApplicationFactory(student=ada, role=role, **facts)

    one("Step", next_step="Write", next_step_on=TODAY - DAY)
    one("Later", next_step="Write", next_step_on=TODAY + DAY)
    one("Closes", stage="preparing", closes_on=TODAY + 7 * DAY)
    one("Sent", stage="applied", closes_on=TODAY + DAY)
    one("Offer", stage="offer")
    one("Accepted", stage="offer", outcome="accepted")
    RoundFactory(application=one("Round", stage="interviewing"))
    RoundFactory(application=one("Far", stage="interviewing"), on=TODAY + 8 * DAY)
    text = ada_.get(f"{TABLE}?view=needs").text
    assert on_table(text) == {"Step", "Closes", "Offer", "Round"}
    assert 'Needs me <span class="n">4</span>' in text


def test_each_filter_in_use_is_a_chip_that_takes_it_out(ada_, some):
    text = ada_.get(f"{TABLE}?kind=internship&before=2026-11-30&sort=closes").text
    assert "Closes before 30 November 2026" in text
    assert 'href="/applications/?before=2026-11-30&amp;sort=closes"' in text
    assert 'href="/applications/?kind=internship&amp;sort=closes"' in text
    assert text.count("Clear filters") == 1


def test_the_switch_between_the_views_keeps_the_filters(ada_, some):
    text = ada_.get(f"{TABLE}?kind=internship&sort=company").text
    assert 'href="/applications/board/?kind=internship&amp;sort=company"' in text
    text = ada_.get(f"{BOARD}?kind=internship").text
    assert 'href="/applications/?kind=internship"' in text
    assert 'href="/applications/export.xlsx?kind=internship"' in text


def test_a_column_of_a_filtered_board_shows_more_of_the_same(ada_, ada):
    ApplicationFactory.create_batch(22, student=ada, kind="scheme")
    assert 'href="?kind=scheme&amp;interested=40"' in ada_.get(f"{BOARD}?kind=scheme").text


@pytest.mark.parametrize("sort", ["", "next", "updated", "closes", "applied", "company", "stage"])
def test_the_board_is_sorted_as_asked(ada_, ada, sort):
    for name, day in (("B", 3), ("A", 9), ("C", 1)):
        when = TODAY + dt.timedelta(days=day)
        ApplicationFactory(student=ada, role=name, company=CompanyFactory(name=name), closes_on=when, applied_on=when)
    text = ada_.get(f"{BOARD}?sort={sort}").text
    order = "".join(part.split("</a>")[0].split(">")[-1] for part in text.split('<a class="role"')[1:])
    assert order == {"updated": "CAB", "applied": "ABC", "company": "ABC"}.get(sort, "CBA")


def test_a_board_of_more_than_sixty_names_the_table_once(ada_, ada, settings):
    settings.WAYMARK_BOARD_MOST = 2
    ApplicationFactory.create_batch(3, student=ada)
    assert ada_.get(BOARD).text.count("3 cards are many") == 1
    assert "cards are many" not in ada_.get(f"{BOARD}?kind=scheme").text


def test_htmx_gets_the_columns_with_all_that_stands_above(ada_, some):
    headers = {"HX-Request": "true", "HX-Target": "board"}
    response = ada_.get(f"{BOARD}?way=referred", headers=headers)
    assert response.text.lstrip().startswith("<section")
    assert '<div id="live" hx-swap-oob="innerHTML">1 application</div>' in response.text
    assert response.headers["HX-Trigger"] == "waymark:close-dialog"
    assert response.text.count('hx-swap-oob="true"') == 6


@given(
    st.builds(
        Asked, **{name: st.text(max_size=30) for name in ("q", "place", "tag")}, kind=st.sampled_from(["", "scheme"])
    )
)
def test_an_address_that_is_written_is_read_as_the_same(asked):
    once = read_query(asked.query())
    assert read_query(once.query()) == once


def test_reading_is_not_picky():
    assert read({"q": "  deep   learning "}).q == "deep learning"
    assert (read({}).view, read({"q": "x"}).view, read({"stage": "applied"}).view) == ("active", "", "")
    assert read({"view": "quiet", "q": "x"}).query() == "view=quiet&q=x"


def keep(client, name, query="kind=scheme"):
    return client.post("/applications/views/", {"name": name, "query": query, "next": f"/applications/?{query}"})


def test_what_is_looked_at_is_kept_under_a_name_and_deleted_with_undo(ada_, ada, some):
    assert "Save view" in ada_.get(f"{TABLE}?kind=scheme").text
    assert keep(ada_, " My  schemes ").url == "/applications/?kind=scheme"
    view = SavedView.objects.get()
    assert (view.student, view.name, view.query) == (ada, "My schemes", "kind=scheme")
    text = ada_.get(f"{BOARD}?kind=scheme&sort=company").text
    assert '<a class="chip" href="/applications/board/?kind=scheme" aria-current="true">My schemes</a>' in text
    assert ("Save view" in text, "Delete this view" in text) == (False, True)
    ada_.post(f"/applications/views/{view.public_id}/delete/")
    assert not SavedView.objects.exists()
    undo = ada_.get(TABLE).text.split('action="/undo/')[1].split('"')[0]
    ada_.post(f"/undo/{undo}")
    assert SavedView.objects.get().name == "My schemes"


@pytest.mark.parametrize(
    ("name", "query", "words"),
    [
        ("", "kind=scheme", "Enter a name of 1 to 40 characters."),
        ("x" * 41, "kind=scheme", "Enter a name of 1 to 40 characters."),
        ("a\0b", "kind=scheme", "Enter a name of 1 to 40 characters."),
        ("closing soon", "kind=scheme", "This name is one of Waymark&#x27;s views."),
        ("Mine", "", "Set a filter first"),
        ("Mine", "kind=nowhere&%00=%ff", "Set a filter first"),
        ("Mine", "q=" + "%F0%9F%98%80" * 200, "Set a filter first"),
    ],
)
def test_a_view_that_cannot_be_kept_is_answered_with_a_sentence(ada_, name, query, words):
    response = keep(ada_, name, query)
    assert (response.status_code, words in response.text) == (422, True)
    assert not SavedView.objects.exists()


def test_a_name_is_used_once_and_a_double_click_makes_one_view(ada_, settings):
    keep(ada_, "Mine")
    assert keep(ada_, "mine").status_code == 302
    assert "You have a view of this name." in keep(ada_, "MINE", "way=asked").text
    settings.WAYMARK_OWN_VIEWS = 1
    assert "There are 1 views. Delete one first." in keep(ada_, "Other").text
    assert SavedView.objects.count() == 1


def test_another_students_view_is_not_there(ada_, mallory):
    view = SavedView.objects.create(student=mallory, name="Secret", query="kind=scheme")
    assert ada_.post(f"/applications/views/{view.public_id}/delete/").status_code == 404
    assert "Secret" not in ada_.get(TABLE).text


def heads(text):
    return [part.split("</th>")[0].split(">", 1)[1] for part in text.split('<th scope="col"')[1:]]


def test_columns_are_chosen_and_kept(ada_, some):
    usual = [
        "Company and role",
        "Stage",
        "Next step",
        "Closes",
        "Applied",
        "Last activity",
        "Way in",
        "Team&#x27;s work",
    ]
    assert [strip(head) for head in heads(ada_.get(TABLE).text)] == usual
    response = ada_.post(
        "/applications/columns/", {"columns": ["tags", "stage", "nowhere"], "next": "/applications/?tag=UK"}
    )
    assert response.url == "/applications/?tag=UK"
    text = ada_.get(TABLE).text
    assert [strip(head) for head in heads(text)] == ["Company and role", "Stage", "Tags"]
    assert 'href="/applications/?tag=NLP"' in text
    ada_.post("/applications/columns/", {})
    assert [strip(head) for head in heads(ada_.get(TABLE).text)] == usual


def strip(head):
    return head.split("<svg")[0].split('">')[-1].removesuffix("</a>")
