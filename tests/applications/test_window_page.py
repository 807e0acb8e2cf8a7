import datetime as dt
import re

import pytest

from applications.models import PlanStep, SeasonPlan
from applications.queries.window import window_of
from companies.models import Season
from tests.factories import (
    TODAY,
    ApplicationFactory,
    CompanyFactory,
    PostingFactory,
    ProgrammeFactory,
    RoundFactory,
    SeasonFactory,
    UserFactory,
)
from tests.words import said


@pytest.fixture
def ada_(ada, season, clock, client_of):
    return client_of(ada)


@pytest.fixture
def next_year(db):
    return SeasonFactory(
        name="Summer 2028",
        slug="summer-2028",
        opens_on=dt.date(2027, 10, 1),
        closes_on=dt.date(2028, 1, 31),
        starts_on=dt.date(2028, 6, 1),
    )


def test_without_a_plan_the_season_whose_window_ends_next_counts(ada, season, next_year):
    assert [window_of(ada, on).season for on in (TODAY, dt.date(2027, 1, 31), dt.date(2027, 2, 1))] == [
        "Summer 2027", "Summer 2027", "Summer 2028",
    ]  # fmt: skip


def test_a_planned_season_comes_before_an_earlier_one(ada, season, next_year):
    SeasonPlan.objects.create(student=ada, season=next_year, goal=5)
    assert (window_of(ada, TODAY).season, window_of(ada, TODAY).goal) == ("Summer 2028", 5)


def there(client, address="/window/?season=summer-2028"):
    """Return what the page says of another season, and what its own forms and links lead to."""
    page = client.get(address)
    links = set(re.findall(r'(?:href|action|formaction|hx-post)="(/window/[^"]*)"', page.text))
    return said(page), links


def test_another_season_is_looked_at_by_its_address_and_planned_there(ada_, ada, season, next_year):
    names = r'class="chip" href="([^"]+)"( aria-current="page")?>([^<]+)<'
    links = [("/window/", "Summer 2027"), ("/window/?season=summer-2028", "Summer 2028")]
    for number, (url, _name) in enumerate(links):
        found = re.findall(names, ada_.get(url).text)
        assert [(url, name) for url, _here, name in found] == links
        assert [bool(here) for _url, here, _name in found] == [number == 0, number == 1]
    text, own = there(ada_)
    assert "October to January, for summer 2028" in text
    assert "46 weeks until 1 October 2027" in text
    assert "Working back from 1 June 2028" in text
    assert {url for url in own if not url.endswith("?season=summer-2028")} == {"/window/"}
    here = "/window/?season=summer-2028"
    assert ada_.post("/window/plan/?season=summer-2028", {"goal": "7"}).url == here
    assert ada_.post("/window/steps/summary/done/?season=summer-2028", {"done": "yes"}).url == f"{here}#plan"
    own = {"title": "ICML", "begins_on": "2027-07-19"}
    assert ada_.post("/window/steps/new/?season=summer-2028", own).url == f"{here}#plan"
    assert ada_.post("/window/steps/agreement/out/?season=summer-2028").url == f"{here}#plan"
    text, _own = there(ada_)
    assert ("0 of 7" in text, "ICML" in text, "1 step taken out" in text) == (True, True, True)
    assert set(PlanStep.objects.values_list("season__slug", flat=True)) == {"summer-2028"}
    present, _own = there(ada_, "/window/")
    assert ("for summer 2027" in present, "ICML" in present, "0 of 7" in present) == (True, False, False)
    assert "Week 7 of 18" in ada_.get("/today/").text


def test_the_target_of_another_season_is_changed_in_its_place(ada_, ada, season, next_year):
    where = "/window/plan/?season=summer-2028"
    changed = ada_.post(where, {"weekly_target": "4"}, headers={"HX-Request": "true"}).text
    assert (changed.count(f'="{where}"'), "1 February 2028" in changed or "4" in changed) == (2, True)
    plans = SeasonPlan.objects.order_by("season__opens_on").values_list("season__slug", "weekly_target")
    assert list(plans) == [("summer-2027", None), ("summer-2028", 4)]


@pytest.mark.parametrize("name", ["nothing", "\0", "x" * 900, "summer-2028 "])
def test_a_season_that_there_is_not_is_not_found(name, ada_, season, next_year):
    for path in ("/window/", "/window/plan/", "/window/steps/new/"):
        assert ada_.get(path, {"season": name}).status_code == 404


@pytest.mark.parametrize(("began", "offered"), [(2024, [2027, 2028]), (2027, [2028]), (2028, [])])
def test_the_seasons_of_the_phd_are_offered(began, offered, ada_, ada, season, next_year):
    ada.phd_started_on = dt.date(began, 9, 1)
    ada.save()
    for url, here in (("/window/", 2027), ("/window/?season=summer-2028", 2028)):
        found = [int(year) for year in re.findall(r'class="chip"[^>]*>Summer (\d+)<', ada_.get(url).text)]
        shown = sorted({*offered, here})
        assert found == (shown if len(shown) > 1 else [])


def test_the_plan_of_another_student_does_not_count(ada, mallory, season, next_year):
    SeasonPlan.objects.create(student=mallory, season=next_year, goal=5, opens_on=dt.date(2026, 1, 1))
    window = window_of(ada, TODAY)
    assert (window.season, window.goal, window.opens_on) == ("Summer 2027", None, season.opens_on)


def test_ones_own_days_hold_and_keep_the_season_open_longer(ada, season, next_year):
    SeasonPlan.objects.create(student=ada, season=season, closes_on=dt.date(2027, 3, 31))
    window = window_of(ada, dt.date(2027, 3, 1))
    assert (window.season, window.opens_on, window.closes_on) == (
        "Summer 2027", dt.date(2026, 10, 1), dt.date(2027, 3, 31),
    )  # fmt: skip


def test_a_planned_season_goes_on_until_it_starts(ada, season, next_year):
    SeasonPlan.objects.create(student=ada, season=season, starts_on=dt.date(2027, 6, 14))
    days = (dt.date(2027, 2, 1), dt.date(2027, 6, 14), dt.date(2027, 6, 15))
    assert [window_of(ada, on).season for on in days] == ["Summer 2027", "Summer 2027", "Summer 2028"]


def test_after_the_last_window_the_latest_season_stays(ada, season, next_year):
    assert window_of(ada, dt.date(2030, 1, 1)).season == "Summer 2028"


def test_there_is_no_window_without_a_season(ada):
    assert window_of(ada, TODAY) is None


def test_the_week_is_0_before_and_one_more_than_all_after(ada, season):
    window = window_of(ada, TODAY)
    days = (dt.date(2026, 9, 30), dt.date(2026, 10, 1), TODAY, dt.date(2027, 1, 31), dt.date(2027, 2, 1))
    assert [window.week(on) for on in days] == [0, 1, 7, 18, 19]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_a_fixed_number_of_questions(ada_, ada, season, django_assert_num_queries, rows):
    for _ in range(rows):
        ApplicationFactory(student=ada, stage="preparing", closes_on=TODAY)
        sent = ApplicationFactory(student=ada, stage="applied", applied_on=TODAY, way_in="asked")
        RoundFactory(application=sent)
        PlanStep.objects.create(student=ada, season=season, title="NeurIPS", begins_on=TODAY)
    ada_.get("/window/")
    # session, person, bell, window, days, scheme, steps, closing
    with django_assert_num_queries(8):
        response = ada_.get("/window/")
    assert f'<p class="v num">{rows}</p>' in response.text


def test_it_says_when_where_and_what_the_talk_says(ada_):
    text = said(ada_.get("/window/"))
    for words in (
        "October to January, for summer 2027",
        "Week 7 of 18",
        "October to January is the best time to apply",
        "Most internships are in summer and last 3 to 6 months",
        "some teams can start soon",
        "Years 2 and 3 suit most people; other years work too.",
        "Usually in February",
    ):
        assert words in text


def test_the_days_are_drawn_and_the_table_holds_the_same_numbers(ada_, ada, season):
    for day in (6, 21, 21):
        ApplicationFactory(student=ada, stage="applied", applied_on=dt.date(2026, 10, day))
    held = ApplicationFactory(student=ada, stage="interviewing", applied_on=dt.date(2026, 10, 21))
    RoundFactory(application=held, on=dt.date(2026, 10, 21), time=None)
    RoundFactory(application=held, on=dt.date(2026, 10, 22), time=None, status="cancelled")
    ApplicationFactory(student=ada, stage="preparing", closes_on=dt.date(2026, 11, 13))
    ApplicationFactory(student=ada, stage="preparing", closes_on=dt.date(2026, 11, 30))
    ApplicationFactory(student=ada, stage="applied", applied_on=dt.date(2026, 9, 1), closes_on=dt.date(2026, 11, 30))
    ApplicationFactory(stage="applied", applied_on=dt.date(2026, 10, 6))  # of another student
    text = ada_.get("/window/").text
    assert 'aria-label="Calendar from October to January: 4 sent, 1 interview, 2 closing ahead"' in text
    cells = re.findall(r"<title>([^<]+)</title>", text.partition('<svg class="heat"')[2].partition("</svg>")[0])
    assert len(cells) == 123
    assert [cell for cell in cells if "nothing" not in cell] == [
        "Tue 6 Oct: 1 sent", "Wed 21 Oct: 3 sent, 1 interview", "Fri 13 Nov: 1 closes", "Mon 30 Nov: 1 closes",
    ]  # fmt: skip
    assert "Tue 10 Nov, today: nothing" in cells
    table = re.findall(r"<td>(\d+)</td><td>(\d+)</td><td>(\d+)</td>", text)
    rows, total = [tuple(map(int, row)) for row in table[:-1]], tuple(map(int, table[-1]))
    assert rows == [(1, 0, 0), (3, 1, 0), (0, 0, 1), (0, 0, 1)]
    assert total == tuple(map(sum, zip(*rows, strict=True))) == (4, 1, 2)
    assert text.count('class="dl near f"') == 1


def test_a_round_lies_on_the_students_own_day(ada_, ada, season):
    ada.time_zone = "America/Los_Angeles"
    ada.save()
    application = ApplicationFactory(student=ada, stage="interviewing")
    RoundFactory(application=application, on=dt.date(2026, 11, 12), time=dt.time(6), zone="Asia/Tokyo")
    assert "Wed 11 Nov: 1 interview" in ada_.get("/window/").text
    assert [
        name for name in ("11", "12") if "Research discussion" in ada_.get(f"/window/days/2026-11-{name}/").text
    ] == ["11"]


def test_a_day_lists_what_was_counted(ada_, ada, season):
    sent = ApplicationFactory(student=ada, stage="applied", applied_on=dt.date(2026, 10, 21), role="Speech")
    RoundFactory(application=sent, on=dt.date(2026, 10, 21), time=None)
    ApplicationFactory(student=ada, stage="preparing", closes_on=dt.date(2026, 11, 30), role="Vision")
    past = said(ada_.get("/window/days/2026-10-21/"))
    assert "Wednesday 21 October 2026 Sent" in past
    assert ("Speech" in past, "Interviews" in past, "Vision" in past) == (True, True, False)
    assert "Closes" in said(ada_.get("/window/days/2026-11-30/"))
    assert "Nothing on this day." in said(ada_.get("/window/days/2026-12-24/"))


def test_a_day_opens_in_a_dialog(ada_, season):
    response = ada_.get("/window/days/2026-10-21/", headers={"HX-Request": "true"})
    assert ("<html" in response.text, "<h2>Wednesday 21 October 2026</h2>" in response.text) == (False, True)


@pytest.mark.parametrize(
    "day", ["2026-13-01", "0001-01-01", "9999-12-31", "20261021", "today", "2026-10-21%00", "x" * 900]
)
def test_what_is_no_day_is_not_found(ada_, season, day):
    assert ada_.get(f"/window/days/{day}/").status_code == 404


def test_the_day_asks_a_fixed_number_of_questions(ada_, ada, season, django_assert_num_queries):
    for _ in range(3):
        RoundFactory(application=ApplicationFactory(student=ada, applied_on=TODAY, stage="interviewing"), on=TODAY)
    with django_assert_num_queries(5):  # session, person, bell, applications, rounds
        ada_.get(f"/window/days/{TODAY}/")


def test_before_the_window_the_page_says_how_long_and_what_to_have_ready(ada_, season, clock):
    clock.move_to(dt.datetime(2026, 8, 13, 9, tzinfo=dt.UTC))
    text = said(ada_.get("/window/"))
    assert "7 weeks until 1 October 2026 What to have ready when it opens: CV, website" in text
    assert '<svg class="heat"' not in text
    clock.move_to(dt.datetime(2026, 9, 30, 9, tzinfo=dt.UTC))
    assert "1 day until 1 October 2026" in said(ada_.get("/window/"))


def test_after_the_window_it_says_how_much_is_still_open_and_the_plan_goes_on(
    ada, season, clock, client_of, django_assert_num_queries
):
    PostingFactory(is_research=True)
    PostingFactory(is_research=True)
    for other in (
        {"is_research": False},
        {"is_research": True, "is_open": False},
        {"is_research": True, "is_visible": False},
    ):
        PostingFactory(**other)
    SeasonPlan.objects.create(student=ada, season=season, goal=10)
    ApplicationFactory(student=ada, stage="applied", applied_on=dt.date(2027, 2, 20))
    clock.move_to(dt.datetime(2027, 2, 22, 9, tzinfo=dt.UTC))
    ada_ = client_of(ada)
    with django_assert_num_queries(8):
        response = ada_.get("/window/")
    text = said(response)
    assert (
        "The main window has closed. 2 research postings are still open. Late ones are fine, and your plan goes on."
        in text
    )
    assert "1 more since the window closed" in text
    assert "Working back from 1 June" in text
    link = re.search(r'href="([^"]+)">2 research', response.text)[1]
    assert "2 postings" in said(ada_.get(link))


def test_without_a_goal_it_is_asked_for_in_place(ada_, ada, season):
    assert "How many would you like to send?" in said(ada_.get("/window/"))
    assert ada_.post("/window/plan/", {"goal": "24"}).url == "/window/"
    text = said(ada_.get("/window/"))
    assert ("0 of 24" in text, "How many" in text) == (True, False)


def test_a_student_without_a_start_of_the_phd_is_led_to_the_profile(client_of, season, clock):
    text = client_of(UserFactory(phd_started_on=None)).get("/window/").text
    assert 'Say <a href="/settings/profile/">when your PhD began</a>' in text


@pytest.mark.parametrize("year", [2020, 2026, 2030])
def test_no_year_of_the_phd_is_refused(client_of, season, clock, year):
    response = client_of(UserFactory(phd_started_on=dt.date(year, 10, 1))).get("/window/")
    assert (response.status_code, "other years work too" in response.text) == (200, True)


def test_the_scheme_comes_from_the_shared_list(ada_, season):
    programme = ProgrammeFactory(company=CompanyFactory(name="The Alan Turing Institute"), kind="scheme")
    cycle = programme.cycles.create(
        season=season, state="expected", closes_on=dt.date(2027, 2, 28), source_note="Calls usually close in February."
    )
    text = said(ada_.get("/window/"))
    assert "Feb Enrichment scheme closes The Alan Turing Institute, expected in February; check the exact date" in text
    cycle.state, cycle.closes_on, cycle.checked_on = "confirmed", dt.date(2027, 2, 12), TODAY
    cycle.save()
    text = said(ada_.get("/window/"))
    assert (
        "12 Feb Enrichment scheme closes The Alan Turing Institute, 12 February 2027. Checked on 10 November 2026"
        in text
    )


def test_without_a_season_the_page_says_so(ada, clock, client_of):
    assert not Season.objects.exists()
    client = client_of(ada)
    assert "No season yet" in client.get("/window/").text
    names = ("plan", "shortfall", "steps/new")
    assert [client.post(f"/window/{name}/", {"goal": "3"}).status_code for name in names] == [302, 302, 404]
