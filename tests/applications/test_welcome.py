import datetime as dt

import pytest

from applications.models import Application, Desk, SeasonPlan, Undo
from tests.factories import NOW, TODAY, ApplicationFactory, CompanyFactory, PostingFactory
from tests.words import said


@pytest.fixture
def ada_(ada, season, client_of, clock):
    return client_of(ada)


def test_each_step_says_which_it_is_and_can_be_left_out(ada_):
    for step, title in enumerate(["You", "When", "What you have", "Reminders and sharing"], start=1):
        page = ada_.get(f"/welcome/{step}/")
        assert f"> Step {step} of 4 {title}" in said(page)
        assert ("Skip this step" in page.text, f'href="/welcome/{step - 1}/"' in page.text) == (step < 4, step > 1)


@pytest.mark.parametrize("step", [0, 5, 99])
def test_there_is_no_other_step(ada_, step):
    assert ada_.get(f"/welcome/{step}/").status_code == 404


def test_the_first_step_keeps_who_one_is(ada_, ada):
    typed = {"phd_started_on": "1 10 2025", "topics": "Graph learning, causality,, graph learning", "thesis": " Tides "}
    assert ada_.post("/welcome/1/", typed).headers["Location"] == "/welcome/2/"
    desk = Desk.objects.get(student=ada)
    ada.refresh_from_db()
    assert (desk.topics, desk.thesis) == (["Graph learning", "causality"], "Tides")
    assert (ada.phd_started_on, ada.name, ada.is_student) == (dt.date(2025, 10, 1), "Ada Whitlock", True)
    assert "Graph learning, causality" in ada_.get("/welcome/1/").text


def test_a_name_is_asked_only_where_there_is_none(ada_, ada):
    assert "Your name" not in ada_.get("/welcome/1/").text
    ada.name = ""
    ada.save()
    assert ada_.post("/welcome/1/", {"topics": ""}).status_code == 422
    ada_.post("/welcome/1/", {"name": "Ada"})
    ada.refresh_from_db()
    assert ada.name == "Ada"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"topics": ", ".join("abcdefghijklm")}, "Use at most 12 topics; these are 13."),
        ({"topics": "x" * 61}, "Use at most 60 characters for a topic."),
        ({"topics": "a\0b"}, "Enter plain text."),
        ({"topics": "a" * 10_000}, "Use at most 1000 characters; this has 10000."),
        ({"thesis": "x" * 301}, "Use at most 300 characters; this has 301."),
        ({"phd_started_on": "soon"}, "Enter the day your PhD started, like 1 10 2024."),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence(ada_, typed, sentence):
    response = ada_.post("/welcome/1/", typed)
    assert (response.status_code, sentence in response.text) == (422, True)
    assert not Desk.objects.exists()


def test_from_the_profile_one_comes_back_there(ada_):
    assert 'href="/welcome/1/?next=/settings/profile/"' in ada_.get("/settings/profile/").text
    response = ada_.post("/welcome/1/", {"topics": "tides", "next": "/settings/profile/"})
    assert response.headers["Location"] == "/settings/profile/"
    assert ada_.post("/welcome/1/", {"next": "https://evil.example/"}).headers["Location"] == "/welcome/2/"


def test_the_second_step_suggests_two_a_week_and_keeps_the_plan(ada_, ada, season):
    assert 'value="2"' in ada_.get("/welcome/2/").text
    typed = {"season": season.pk, "starts_on": "2027-07-01", "weeks": "17", "weekly_target": "3", "goal": "24"}
    assert ada_.post("/welcome/2/", typed).headers["Location"] == "/welcome/3/"
    plan = SeasonPlan.objects.get(student=ada)
    assert (plan.season, plan.starts_on, plan.weeks, plan.weekly_target, plan.goal) == (
        season,
        dt.date(2027, 7, 1),
        17,
        3,
        24,
    )


def test_a_length_that_was_planned_elsewhere_stays(ada_, ada, season):
    SeasonPlan.objects.create(student=ada, season=season, weeks=15)
    assert '<option value="15" selected>15 weeks</option>' in ada_.get("/welcome/2/").text
    ada_.post("/welcome/2/", {"season": season.pk, "weeks": "15"})
    assert SeasonPlan.objects.get().weeks == 15


@pytest.mark.parametrize(
    "typed", [{"season": ""}, {"season": "999"}, {"season": "x\0"}, {"weeks": "16"}, {"goal": "0"}, {"goal": "9" * 40}]
)
def test_a_plan_that_cannot_be_is_refused(ada_, season, typed):
    assert ada_.post("/welcome/2/", {"season": season.pk, **typed}).status_code == 422
    assert not SeasonPlan.objects.exists()


def test_without_any_season_the_second_step_can_still_be_passed(ada, client_of, clock):
    assert "No summer is on the list yet." in client_of(ada).get("/welcome/2/").text


def test_every_line_says_what_became_of_it(ada_, ada):
    tidewater = CompanyFactory(name="Tidewater")
    posting = PostingFactory(company=tidewater, title="Tide Intern")
    known = ApplicationFactory(student=ada, company=CompanyFactory(name="Marram"), role="Coast Intern")
    lines = [posting.url, "Ostrava Vision", "Marram", "https://www.linkedin.com/jobs/view/1", "", posting.url]
    response = ada_.post("/welcome/3/", {"lines": "\r\n".join(lines)})
    words = said(response)
    assert response.status_code == 422
    assert "Tide Intern, Tidewater Added, in Interested" in words
    assert "Role to add, Ostrava Vision Added, in Interested" in words
    assert "You already track this: Marram" in words
    assert "Not added. This site lists many companies. Type the company's name after the link." in words.replace(
        "&#x27;", "'"
    )
    assert "https://www.linkedin.com/jobs/view/1</textarea>" in response.text
    stages = Application.objects.exclude(pk=known.pk).values_list("stage", flat=True)
    assert list(stages) == ["interested", "interested"]


def test_companies_from_the_list_are_ticked(ada_, ada):
    Desk.objects.create(student=ada, topics=["tides"])
    CompanyFactory(name="Aardvark")
    CompanyFactory(name="Tidewater", topics=["tides"])
    ApplicationFactory(student=ada, company=CompanyFactory(name="Marram"))
    CompanyFactory(name="Hidden", approved_at=None)
    page = ada_.get("/welcome/3/").text
    assert [name for name in ("Tidewater", "Aardvark", "Marram", "Hidden") if f'value="{name}"' in page] == [
        "Tidewater",
        "Aardvark",
    ]
    assert page.index('value="Tidewater"') < page.index('value="Aardvark"')
    response = ada_.post("/welcome/3/", {"company": ["Tidewater", "Aardvark"]})
    assert (response.status_code, Application.objects.count()) == (200, 3)
    assert "Added 2, in Interested." in response.text


def test_what_was_pasted_is_taken_back_in_one(ada_, ada):
    ada_.post("/welcome/3/", {"lines": "Tidewater\nMarram"})
    assert Application.objects.count() == 2
    ada_.post(f"/undo/{Undo.objects.get().public_id}/")
    assert Application.objects.count() == 0


def test_a_reload_adds_nothing_twice(ada_):
    typed = {"lines": "Tidewater\nMarram", "request_key": "6f6c1f0e-52f5-4b86-8a40-9e5d1e8f7d11"}
    for _ in range(2):
        assert said(ada_.post("/welcome/3/", typed)).count("Added, in Interested") == 2
    assert Application.objects.count() == 2


def test_more_than_twenty_lines_wait(ada_):
    response = ada_.post("/welcome/3/", {"lines": "\n".join(f"Company {n}" for n in range(23))})
    assert (response.status_code, Application.objects.count()) == (422, 20)
    assert "3 more lines wait there, at most 20 are added at once." in said(response)
    assert "Company 20\nCompany 21\nCompany 22</textarea>" in response.text


@pytest.mark.parametrize("lines", ["a\0b", "x" * 50_001])
def test_lines_that_cannot_be_read_are_kept(ada_, lines):
    response = ada_.post("/welcome/3/", {"lines": lines})
    assert (response.status_code, Application.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    "lines", ["x" * 10_000, "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "🌊" * 300]
)
def test_odd_lines_are_answered_too(ada_, lines):
    assert ada_.post("/welcome/3/", {"lines": lines, "company": ["\0", "x" * 9_000]}).status_code == 422


def test_nothing_pasted_goes_on(ada_):
    assert ada_.post("/welcome/3/", {"lines": " \n "}).headers["Location"] == "/welcome/4/"


def test_the_last_step_ends_on_today_and_is_not_asked_again(ada_, ada):
    assert ada_.get("/").headers["Location"] == "/welcome/1/"
    assert ada_.post("/welcome/4/").headers["Location"] == "/today/"
    assert Desk.objects.get(student=ada).welcomed_at == NOW
    assert ada_.get("/").headers["Location"] == "/today/"


def test_all_of_it_can_be_left_out_and_no_page_waits_for_it(ada_):
    assert ada_.get("/today/").status_code == 200
    ada_.post("/welcome/skip/")
    assert ada_.get("/").headers["Location"] == "/today/"


def test_a_supervisor_has_one_page(sam, client_of, clock):
    client = client_of(sam)
    assert "What you see here" in client.get("/welcome/1/").text
    assert client.get("/welcome/2/").status_code == 404
    assert client.post("/welcome/1/", follow=True).redirect_chain[-1] == ("/supervision/", 302)


def test_a_curator_has_none(cora, client_of):
    assert client_of(cora).get("/welcome/1/").status_code == 403


@pytest.mark.parametrize("companies", [1, 3])
@pytest.mark.parametrize("step", [1, 2, 3, 4])
def test_each_step_asks_a_fixed_number_of_questions(ada_, ada, companies, step, django_assert_num_queries):
    CompanyFactory.create_batch(companies, topics=["tides"])
    Desk.objects.create(student=ada, topics=["tides"])
    with django_assert_num_queries({1: 4, 2: 6, 3: 5, 4: 3}[step]):
        ada_.get(f"/welcome/{step}/")


def test_the_day_counts_as_the_first_entry(ada_):
    ada_.post("/welcome/3/", {"lines": "Tidewater"})
    assert Application.objects.get().events.get().on == TODAY
