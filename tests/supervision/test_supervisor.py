"""What supervisors see of their students."""

import datetime as dt

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from applications.models import SeasonPlan
from supervision import actions
from supervision.models import Supervision
from tests.factories import (
    NOW,
    ApplicationFactory,
    CompanyFactory,
    RoundFactory,
    SupervisionFactory,
    UserFactory,
)

LEVELS = ["summary", "stages", "details"]


def words(node):
    return " ".join(node.text(separator=" ").split())


def rows(response):
    page = HTMLParser(response.content.decode())
    return [[words(cell) for cell in row.css("td")] for row in page.css("tbody tr")]


def names(response):
    return [link.text() for link in HTMLParser(response.content.decode()).css("tbody th a")]


@pytest.fixture
def search(ada, season):
    """Ada's search: one application being prepared, one at interviews, one closed."""
    ApplicationFactory(
        student=ada, company=CompanyFactory(name="Tidewater"), stage="preparing", closes_on=dt.date(2026, 11, 20)
    )
    interviewing = ApplicationFactory(
        student=ada,
        company=CompanyFactory(name="Cormorant AI"),
        role="Research Scientist Intern",
        stage="interviewing",
        applied_on=dt.date(2026, 10, 20),
    )
    RoundFactory(application=interviewing)
    ApplicationFactory(
        student=ada,
        company=CompanyFactory(name="Old Mill"),
        stage="closed",
        outcome="not_this_time",
        applied_on=dt.date(2026, 10, 5),
    )
    return interviewing


@pytest.mark.parametrize(
    ("level", "next_date"),
    [("summary", ""), ("stages", "Fri 20 Nov, closing day"), ("details", "Thu 12 Nov, interview")],
)
def test_the_list_shows_what_the_level_opens(client_of, clock, ada, grace, search, share, level, next_date):
    share(ada, grace, level)
    response = client_of(grace).get("/supervision/")
    assert names(response) == ["Ada Whitlock"]
    assert rows(response) == [[level.capitalize(), "1 Preparing 1 Interviewing 1 Closed", next_date, ""]]
    assert "Third year" in response.content.decode()


def test_whoever_shares_nothing_is_not_in_the_list(client_of, ada, sam, search, share):
    share(ada, sam, "nothing")
    page = client_of(sam).get("/supervision/").content.decode()
    assert "No one shares with you yet" in page
    assert "Ada" not in page


def test_students_stand_in_the_order_of_their_names(client_of, grace, share):
    for name in ("zoe", "Ada", "mallory"):
        share(UserFactory(name=name), grace, "summary")
    assert names(client_of(grace).get("/supervision/")) == ["Ada", "mallory", "zoe"]


def test_a_long_list_goes_on_after_its_last_row(client_of, grace, share, settings):
    settings.WAYMARK_TABLE_PAGE = 2
    for name in ("Bea", "Ann", "Cy", "Bea", "Dan"):
        share(UserFactory(name=name), grace, "summary")
    client, found, url = client_of(grace), [], "/supervision/"
    while url:
        response = client.get(url)
        found += [names(response)]
        more = HTMLParser(response.content.decode()).css_first("#more a")
        url = more and f"/supervision/{more.attributes['href']}"
    assert found == [["Ann", "Bea"], ["Bea", "Cy"], ["Dan"]]
    part = client.get("/supervision/?after=nobody", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part


@pytest.mark.parametrize("after", ["nobody", "%00", "%ff", "-1", "x" * 5000])
def test_a_list_that_goes_on_after_nobody_starts_at_the_top(client_of, grace, share, after):
    share(UserFactory(name="Ann"), grace, "summary")
    assert names(client_of(grace).get(f"/supervision/?after={after}")) == ["Ann"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_however_many_students(
    client_of, grace, share, count, django_assert_num_queries
):
    for _ in range(count):
        student = UserFactory()
        share(student, grace, "details")
        RoundFactory(application=ApplicationFactory(student=student, stage="interviewing"))
    client = client_of(grace)
    client.get("/supervision/")
    with django_assert_num_queries(7):
        assert len(names(client.get("/supervision/"))) == count


@pytest.mark.parametrize("count", [1, 3])
def test_a_student_takes_the_same_queries_however_many_applications(
    client_of, ada, grace, season, share, count, django_assert_num_queries
):
    share(ada, grace, "details")
    ApplicationFactory.create_batch(count, student=ada)
    client, path = client_of(grace), f"/supervision/{ada.public_id}/"
    client.get(path)
    with django_assert_num_queries(10):
        assert client.get(path).content.decode().count('class="what"') == count


@pytest.mark.parametrize("count", [1, 3])
def test_an_application_takes_the_same_queries_however_many_rounds(
    client_of, ada, grace, share, count, django_assert_num_queries
):
    share(ada, grace, "details")
    application = ApplicationFactory(student=ada, stage="interviewing")
    RoundFactory.create_batch(count, application=application)
    client, path = client_of(grace), f"/supervision/{ada.public_id}/applications/{application.public_id}/"
    client.get(path)
    with django_assert_num_queries(10):
        assert client.get(path).content.decode().count("Research discussion") == count


def test_the_page_says_who_shares_what_since_when(client_of, ada, grace, search, share):
    share(ada, grace, "stages")
    page = client_of(grace).get(f"/supervision/{ada.public_id}/").content.decode()
    assert "Ada Whitlock shares stages with you since 3 October 2026, and can change that at any moment." in page


def test_summary_shows_numbers_and_the_window_alone(client_of, clock, ada, grace, search, share):
    share(ada, grace, "summary")
    page = HTMLParser(client_of(grace).get(f"/supervision/{ada.public_id}/").content.decode())
    stages = [words(line) for line in page.css("section[aria-labelledby=stages] li")]
    assert stages == ["Preparing 1", "Interviewing 1", "Closed 1"]
    window = words(page.css_first("section[aria-labelledby=window]"))
    assert window == "Window for Summer 2027 Week 7 of 18 in the window. 2 sent in it."
    assert page.css_first("section[aria-labelledby=applications]") is None


def test_the_window_is_the_students_own_when_they_moved_it(client_of, clock, ada, grace, season, share):
    SeasonPlan.objects.create(student=ada, season=season, opens_on=dt.date(2026, 11, 16))
    share(ada, grace, "summary")
    page = client_of(grace).get(f"/supervision/{ada.public_id}/").content.decode()
    assert "The window opens in 6 days." in page


def test_without_a_season_there_is_no_window(client_of, ada, grace, share):
    share(ada, grace, "summary")
    page = HTMLParser(client_of(grace).get(f"/supervision/{ada.public_id}/").content.decode())
    assert page.css_first("section[aria-labelledby=window]") is None


def test_stages_show_company_role_stage_and_dates_open_ones_first(client_of, clock, ada, grace, search, share):
    share(ada, grace, "stages")
    page = HTMLParser(client_of(grace).get(f"/supervision/{ada.public_id}/").content.decode())
    lines = [words(line) for line in page.css("section[aria-labelledby=applications] li")]
    assert [line.partition(", ")[2] for line in lines] == [
        "Cormorant AI Applied 20 Oct Interviewing since 10 Nov",
        "Tidewater Closes 20 Nov Preparing since 10 Nov",
        "Old Mill Applied 5 Oct Closed since 10 Nov",
    ]


@pytest.mark.parametrize(
    ("level", "rounds"), [("stages", None), ("details", ["Research discussion Thu 12 Nov, 15:00 GMT"])]
)
def test_rounds_are_for_details_alone(client_of, clock, ada, grace, search, share, level, rounds):
    share(ada, grace, level)
    path = f"/supervision/{ada.public_id}/applications/{search.public_id}/"
    page = HTMLParser(client_of(grace).get(path).content.decode())
    section = page.css_first("section[aria-labelledby=rounds]")
    assert (section and [words(line) for line in section.css("li")]) == rounds


def test_a_round_that_was_moved_or_cancelled_is_not_shown(client_of, ada, grace, share):
    application = ApplicationFactory(student=ada, stage="interviewing")
    for status, kind in (("moved", "coding"), ("cancelled", "talk"), ("not_this_time", "research")):
        RoundFactory(application=application, status=status, kind=kind)
    RoundFactory(application=application, kind="design", on=None, time=None)
    share(ada, grace, "details")
    path = f"/supervision/{ada.public_id}/applications/{application.public_id}/"
    page = HTMLParser(client_of(grace).get(path).content.decode())
    lines = [words(line) for line in page.css("section[aria-labelledby=rounds] li")]
    assert lines == ["Research discussion Thu 12 Nov, 15:00 GMT", "ML design Expected, no date yet"]


@pytest.mark.parametrize("approved", [True, False])
def test_a_company_only_the_student_knows_is_named_but_not_linked(client_of, ada, grace, share, approved):
    company = CompanyFactory(name="Tidewater", approved_at=NOW if approved else None, proposed_by=ada)
    application = ApplicationFactory(student=ada, company=company)
    share(ada, grace, "stages")
    path = f"/supervision/{ada.public_id}/applications/{application.public_id}/"
    page = client_of(grace).get(path).content.decode()
    assert ("Tidewater" in page, '<a href="/companies/tidewater/">' in page) == (True, approved)


@pytest.mark.parametrize("level", LEVELS)
def test_ended_sharing_is_404_at_the_next_request(client_of, ada, grace, search, share, level):
    supervision = share(ada, grace, level)
    client = client_of(grace)
    paths = [
        f"/supervision/{ada.public_id}/",
        f"/supervision/{ada.public_id}/applications/{search.public_id}/",
    ][: 1 if level == "summary" else 2]
    assert [client.get(path).status_code for path in paths] == [200] * len(paths)
    actions.end(supervision=supervision, by=ada, at=NOW)
    assert [client.get(path).status_code for path in paths] == [404] * len(paths)
    assert names(client.get("/supervision/")) == []


def test_less_is_shared_from_the_next_request_on(client_of, ada, grace, search, share):
    supervision = share(ada, grace, "details")
    client, path = client_of(grace), f"/supervision/{ada.public_id}/applications/{search.public_id}/"
    assert client.get(path).status_code == 200
    actions.change_level(supervision=supervision, level="summary", by=ada, at=NOW)
    assert client.get(path).status_code == 404


def test_one_students_page_opens_no_application_of_another(client_of, ada, mallory, grace, search, share):
    share(ada, grace, "details")
    share(mallory, grace, "details")
    path = f"/supervision/{mallory.public_id}/applications/{search.public_id}/"
    assert client_of(grace).get(path).status_code == 404


def test_a_supervisor_can_leave(client_of, ada, grace, share):
    share(ada, grace, "details")
    response = client_of(grace).post(f"/supervision/{ada.public_id}/leave/", follow=True)
    assert "You no longer see what Ada Whitlock shares." in response.content.decode()
    assert Supervision.objects.get().ended_at is not None


def test_students_have_no_list_of_students(client_of, ada):
    assert client_of(ada).get("/supervision/").status_code == 403


@pytest.mark.parametrize(
    ("started", "words"),
    [(dt.date(2026, 10, 1), "First year"), (dt.date(2018, 10, 1), "Year 9"), (None, ""), (dt.date(2027, 1, 1), "")],
)
def test_the_year_of_the_phd_in_words(client_of, clock, grace, started, words):
    student = UserFactory(name="Ada", phd_started_on=started)
    SupervisionFactory(student=student, supervisor=grace, level="summary")
    page = HTMLParser(client_of(grace).get("/supervision/").content.decode())
    assert page.css_first("tbody th .sub").text() == words
