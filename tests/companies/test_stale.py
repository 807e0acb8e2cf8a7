"""What is old, over or gone stands in a queue, by how many depend on it; a look at it is written down."""

import datetime as dt

import pytest

from companies.actions import expect_next, follow, save_cycle
from companies.models import Company, Cycle, CycleMove, Posting, Season
from companies.queries.stale import freshness, stale_cycles, stale_postings
from tests.factories import (
    NOW,
    TODAY,
    ApplicationFactory,
    CompanyFactory,
    PostingFactory,
    ProgrammeFactory,
    UserFactory,
)

DAY = dt.timedelta(days=1)


def posting(title, **fields):
    return PostingFactory(company=CompanyFactory(), title=title, **{"checked_on": TODAY, **fields})


def titles():
    return [line.title.split(",")[0] for line in stale_postings(TODAY)]


@pytest.fixture
def summer(season):
    return season


def test_what_may_not_be_true_any_more_is_listed_and_nothing_else(ada):
    fresh, over = posting("Fresh"), posting("Over", closes_on=TODAY - DAY)
    posting("Gone", gone_on=TODAY - DAY)
    posting("Closed already", closes_on=TODAY - DAY, is_open=False)
    old, _nobody = posting("Old", checked_on=TODAY - 30 * DAY), posting("Old, nobody's", checked_on=None)
    assert titles() == ["Over", "Gone"]
    ApplicationFactory(student=ada, posting=old, company=old.company)
    ApplicationFactory(student=ada, posting=fresh, company=fresh.company)
    assert titles() == ["Old", "Over", "Gone"]
    for _ in range(3):
        ApplicationFactory(student=UserFactory(), posting=over, company=over.company)
    lines = stale_postings(TODAY)
    assert [(line.title.split(",")[0], line.dependants) for line in lines] == [
        ("Over", "3 depend on it"), ("Old", "Somebody depends on it"), ("Gone", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sent", "after"),
    [
        ({"do": "open"}, {"is_open": True, "gone_on": None, "checked_on": TODAY}),
        ({"do": "closed"}, {"is_open": False, "checked_on": TODAY}),
        ({"do": "day", "day": "2026-12-24"}, {"is_open": True, "closes_on": dt.date(2026, 12, 24)}),
    ],
)
def test_what_a_curator_saw_is_noted_of_all_that_are_ticked(cora, client_of, clock, sent, after):
    two = [posting(name, gone_on=TODAY - DAY, checked_on=None) for name in ("One", "Two")]
    other = posting("Three", gone_on=TODAY - DAY)
    answer = client_of(cora).post("/curation/stale/", {**sent, "posting": [one.public_id for one in two]}, follow=True)
    assert "2 postings checked." in answer.text
    for one in two:
        one.refresh_from_db()
        assert {name: getattr(one, name) for name in after} == after
        assert one.checked_by == cora
    other.refresh_from_db()
    assert other.gone_on == TODAY - DAY
    assert "Looked:" in client_of(cora).get("/curation/log/").text


def test_a_look_without_ticks_or_without_the_day_is_refused_and_keeps_the_ticks(cora, client_of, clock):
    one = posting("One", gone_on=TODAY - DAY)
    client = client_of(cora)
    assert "Tick the postings" in client.post("/curation/stale/", {"do": "open"}).text
    for day in ("", "nonsense", "0001-01-01"):
        answer = client.post("/curation/stale/", {"do": "day", "day": day, "posting": one.public_id})
        assert answer.status_code == 422
        assert (
            f'value="{one.public_id}" id="p-{one.public_id}" aria-label="One, {one.company.name}" checked'
            in answer.text
        )


def test_the_lists_take_the_same_queries_however_long_they_are(ada, django_assert_num_queries):
    for count in (1, 20):
        for number in range(count):
            one = posting(f"Over {count} {number}", closes_on=TODAY - DAY)
            ApplicationFactory(student=ada, posting=one, company=one.company)
        with django_assert_num_queries(1):
            stale_postings(TODAY)
        with django_assert_num_queries(1):
            freshness(TODAY)


def test_how_fresh_the_list_is_by_when_somebody_looked(summer):
    year = dt.timedelta(days=365)
    for day in (TODAY, TODAY - DAY, TODAY - year, None):
        ProgrammeFactory(company=CompanyFactory(checked_on=day), checked_on=None)
    ProgrammeFactory(company=Company.objects.first()).cycles.create(season=summer, state="closed", checked_on=TODAY)
    found = {one.label: (one.total, one.lately, one.older, one.never, one.share) for one in freshness(TODAY)}
    assert found == {
        "Companies": (4, 2, 1, 1, 50),
        "Programmes": (5, 0, 0, 5, 0),
        "Windows not closed": (0, 0, 0, 0, 100),
        "Open research postings": (0, 0, 0, 0, 100),
    }


def test_a_window_that_is_over_or_should_be_open_is_listed_and_can_be_confirmed(ada, cora, summer, client_of, clock):
    programme = ProgrammeFactory(company=CompanyFactory(name="Northlight"), name="Summer")
    cycle = programme.cycles.create(season=summer, state="expected", opens_on=TODAY - DAY)
    other = ProgrammeFactory(company=CompanyFactory())
    other.cycles.create(season=summer, state="expected", opens_on=TODAY + 30 * DAY)
    assert [line.key for line in stale_cycles(TODAY)] == [str(cycle.pk)]
    follow(person=ada, programme=programme)
    client, page = client_of(cora), f"/curation/cycles/{cycle.pk}/"
    days = {
        "zone": "Etc/GMT+12",
        "opens_on": "2026-11-20",
        "closes_on": "2026-12-20",
        "source_url": "",
        "source_note": "",
    }
    assert client.post(page, {**days, "state": "confirmed", "closes_on": "2026-11-01"}).status_code == 422
    assert CycleMove.objects.count() == 0
    assert client.post(page, {**days, "state": "confirmed"}).status_code == 302
    cycle.refresh_from_db()
    assert (cycle.state, cycle.closes_on, cycle.checked_by) == ("confirmed", dt.date(2026, 12, 20), cora)
    move = CycleMove.objects.get()
    assert (move.state_before, move.opens_on_before, move.by) == ("expected", TODAY - DAY, cora)
    assert "What it said before" in client.get(page).text
    assert stale_cycles(TODAY) == []


def test_saving_a_window_as_it_is_tells_nobody(summer, cora):
    cycle = ProgrammeFactory(company=CompanyFactory()).cycles.create(season=summer, state="confirmed")
    save_cycle(cycle=cycle, by=cora, at=NOW)
    assert CycleMove.objects.count() == 0


def summer_of(year):
    days = {"opens_on": dt.date(year - 1, 10, 1), "closes_on": dt.date(year, 1, 31), "starts_on": dt.date(year, 6, 1)}
    return Season.objects.get_or_create(slug=f"summer-{year}", defaults={"name": f"Summer {year}", **days})[0]


def test_windows_are_expected_from_earlier_years_and_say_from_how_many(summer):
    programme = ProgrammeFactory(company=CompanyFactory())
    for year, opens in ((2024, dt.date(2023, 9, 10)), (2025, dt.date(2024, 9, 20)), (2026, dt.date(2025, 9, 16))):
        closes = dt.date(year - 1, 12, 1)
        programme.cycles.create(season=summer_of(year), state="closed", opens_on=opens, closes_on=closes, zone="UTC")
    without = ProgrammeFactory(company=CompanyFactory())
    without.cycles.create(season=summer_of(2026), state="closed")
    assert expect_next(at=NOW) == 1
    cycle = programme.cycles.get(season__slug="summer-2027")
    assert (cycle.state, cycle.opens_on, cycle.closes_on, cycle.zone) == (
        "expected", dt.date(2026, 9, 16), dt.date(2026, 12, 1), "UTC",
    )  # fmt: skip
    assert cycle.source_note == (
        "From earlier years: opened about 16 Sep, between 10 Sep and 20 Sep in 3 years; "
        "closed about 1 Dec, as in 3 years."
    )
    assert expect_next(at=NOW) == 0


def test_the_first_posting_seen_stands_for_an_opening_that_nobody_noted(summer):
    company = CompanyFactory()
    programme = ProgrammeFactory(company=company)
    programme.cycles.create(season=summer_of(2026), state="closed", closes_on=dt.date(2025, 12, 1))
    for day in (20, 5, 28):
        PostingFactory(
            company=company, is_research=True, terms=["Summer 2026"], url_key=f"x/{day}",
            posted_at=dt.datetime(2025, 9, day, tzinfo=dt.UTC),
        )  # fmt: skip
    assert expect_next(at=NOW) == 1
    cycle = programme.cycles.get(season__slug="summer-2027")
    assert cycle.opens_on == dt.date(2026, 9, 5)
    assert "opened about 5 Sep, as in one year, 1 of them by the first posting seen" in cycle.source_note


def test_curators_roll_forward_by_a_button(cora, client_of, summer):
    answer = client_of(cora).post("/curation/expect/", follow=True)
    assert "0 windows expected from earlier years." in answer.text
    assert Cycle.objects.count() == Posting.objects.count() == 0
