import re
import uuid

import pytest

from applications.models import Application
from companies.models import Company, Team
from tests.factories import ApplicationFactory, CompanyFactory, PostingFactory

BOARD = {"HX-Request": "true", "HX-Current-URL": "http://testserver/applications/board/"}
ELSEWHERE = {"HX-Request": "true", "HX-Current-URL": "http://testserver/companies/"}


def facts(**changed):
    return {
        "company_or_link": "Tidewater",
        "role": "Speech Intern",
        "stage": "interested",
        "request_key": str(uuid.uuid4()),
        **changed,
    }


@pytest.fixture
def ada_(ada, season, clock, client_of):
    return client_of(ada)


def test_the_page_asks_for_link_role_and_stage_with_interested_chosen(ada_):
    text = ada_.get("/add/").text
    assert text.count('type="radio"') == 5
    assert 'value="interested"' in text.split("checked")[0].rsplit("<input", 1)[1]


def test_the_share_sheet_and_postings_fill_the_form(ada_):
    PostingFactory(company=CompanyFactory(name="Northlight Labs"), title="Graph Intern", url_key="jobs.example.org/1")
    text = ada_.get("/add/?url=https://jobs.example.org/1&title=Graph+Intern&stage=applied").text
    assert 'value="https://jobs.example.org/1"' in text
    assert 'value="Graph Intern"' in text
    assert "Northlight Labs</span>" in text


def test_a_plain_form_leads_to_the_application(ada_):
    response = ada_.post("/add/", facts())
    application = Application.objects.get()
    assert (response.status_code, response.url) == (302, f"/applications/{application.public_id}/")
    assert "Added. Tidewater is in Interested." in ada_.get("/applications/board/").text


def test_add_and_another_leads_back_to_the_form(ada_):
    assert ada_.post("/add/", facts(another="1", stage="applied")).url == "/add/?stage=applied"


def test_in_the_dialog_201_closes_it_and_puts_the_card_on_the_board(ada_, ada):
    ApplicationFactory(student=ada)
    response = ada_.post("/add/", facts(), headers=BOARD)
    assert (response.status_code, response.headers["HX-Trigger"]) == (201, "waymark:close-dialog")
    assert 'id="col-interested"' in response.text
    assert "Added. Tidewater is in Interested." in response.text


def test_the_first_card_of_an_empty_board_loads_it_anew(ada_, ada):
    assert ada_.post("/add/", facts(), headers=BOARD).headers["HX-Refresh"] == "true"
    assert "HX-Refresh" not in ada_.post("/add/", facts(role="Another"), headers=BOARD).headers


def test_elsewhere_the_dialog_brings_no_columns(ada_):
    response = ada_.post("/add/", facts(), headers=ELSEWHERE)
    assert (response.status_code, 'id="col-' in response.text) == (201, False)


def test_over_a_list_the_page_is_loaded_anew(ada_):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/today/"}
    response = ada_.post("/add/", facts(), headers=headers)
    assert (response.status_code, response.headers["HX-Refresh"]) == (201, "true")


def test_a_double_click_adds_once_and_is_no_duplicate_of_itself(ada_):
    form = facts()
    first, second = ada_.post("/add/", form), ada_.post("/add/", form)
    assert (first.status_code, second.status_code, first.url) == (302, 302, second.url)
    assert Application.objects.count() == 1


@pytest.mark.parametrize(
    ("again", "asked"),
    [
        ({}, True),
        ({"role": "  SPEECH  intern "}, True),
        ({"company_or_link": "tidewater inc."}, True),
        ({"role": "Another role"}, False),
        ({"company_or_link": "Kestrel"}, False),
    ],
)
def test_a_role_that_is_tracked_is_pointed_out_once_and_then_added(ada_, ada, again, asked):
    known = ApplicationFactory(student=ada, company=CompanyFactory(name="Tidewater"), role="Speech Intern")
    response = ada_.post("/add/", facts(**again))
    assert response.status_code == (409 if asked else 302)
    if asked:
        assert "You already track Speech Intern here, Interested 10 Nov." in response.text
        assert "Error:" not in response.text
        assert ada_.post("/add/", facts(**again, warned=known.public_id)).status_code == 302
    assert Application.objects.count() == 2


@pytest.mark.parametrize("link", ["https://acme.ai/jobs/1", "https://www.acme.ai/jobs/1/?utm_source=x#top"])
def test_the_same_link_is_the_same_role_whatever_it_is_called(ada_, ada, link):
    CompanyFactory(name="Acme", website="https://acme.ai")
    ada_.post("/add/", facts(company_or_link="https://acme.ai/jobs/1", role="One name"))
    assert ada_.post("/add/", facts(company_or_link=link, role="Other name")).status_code in {302, 409}
    assert ada_.post("/add/", facts(company_or_link="https://acme.ai/jobs/1", role="Other")).status_code == 409


def test_somebody_elses_application_is_no_duplicate(ada_, mallory):
    ApplicationFactory(student=mallory, company=CompanyFactory(name="Tidewater"), role="Speech Intern")
    assert ada_.post("/add/", facts()).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"company_or_link": ""}, "Enter a link or a company."),
        ({"company_or_link": "\0"}, "Enter a link or a company."),
        ({"company_or_link": "javascript:alert(1)"}, "Enter a link that starts with https://, or a company."),
        ({"company_or_link": "x" * 5000}, "Use at most 160 characters for the company."),
        ({"company_or_link": "https://a.io/" + "x" * 5000}, "Use a link of at most 2,000 characters"),
        ({"role": "x" * 201}, "Use at most 200 characters for the role."),
        ({"role": "a\0b"}, "Enter the role in letters and digits, or leave it empty."),
        ({"stage": "nowhere"}, "Choose a stage from the list."),
        ({"stage": "closed"}, "Choose a stage from the list."),
        ({"stage": ""}, "Choose a stage."),
    ],
    ids=lambda value: str(value)[:40],
)
@pytest.mark.parametrize("headers", [{}, BOARD], ids=["page", "dialog"])
def test_bad_input_is_refused_with_a_sentence_and_nothing_typed_is_lost(ada_, wrong, sentence, headers):
    form = facts(**wrong)
    response = ada_.post("/add/", form, headers=headers)
    assert response.status_code == 422
    assert "There is a problem" in response.text
    assert sentence in response.text
    for typed in (form["company_or_link"], form["role"]):
        assert f'value="{typed}"' in response.text or not typed.strip("\0")
    assert Application.objects.count() == 0


@pytest.mark.parametrize("key", ["", "no-key", "0" * 5000])
def test_a_broken_request_key_is_a_request_of_its_own(ada_, key):
    assert ada_.post("/add/", facts(request_key=key)).status_code == 302


def test_what_is_typed_is_shown_as_text(ada_):
    response = ada_.post("/add/lookup/", {"company_or_link": "<script>alert(1)</script>", "role": ""})
    assert (response.status_code, "<script>" in response.text) == (200, False)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ostrava Vision", "New company: Ostrava Vision"),
        ("https://jobs.lever.co/ostrava-vision/1", "New company: Ostrava Vision"),
        ("TIDEWATER ltd", "Tidewater</span>"),
    ],
)
def test_the_lookup_says_whose_it_is(ada_, text, words):
    CompanyFactory(name="Tidewater")
    assert words in ada_.post("/add/lookup/", {"company_or_link": text}).text


@pytest.mark.parametrize("text", ["", "\0", "javascript:1", "x" * 5000, "https://www.linkedin.com/jobs/view/1"])
def test_the_lookup_is_silent_about_what_it_cannot_read(ada_, text):
    response = ada_.post("/add/lookup/", {"company_or_link": text})
    assert (response.status_code, response.text.strip()) == (200, "")


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("https://jobs.lever.co/tidewater/1", "Tidewater<small>, by its name in the link. Another company?"),
        ("https://jobs.lever.co/sable/1", "New company: Sable<small>, by the link. Another name?"),
        ("https://tidewater.ai/jobs/1", "Tidewater</span>"),
        ("Tidewater https://jobs.lever.co/sable/1", "Tidewater</span>"),
    ],
)
def test_a_company_told_by_its_short_name_is_marked_as_a_guess(ada_, link, words):
    CompanyFactory(name="Tidewater", website="https://tidewater.ai")
    assert words in ada_.post("/add/lookup/", {"company_or_link": link}).text


def test_names_that_begin_so_are_offered_while_one_types(ada_):
    for name in ("Northlight Labs", "Northsea AI", "Kestrel"):
        CompanyFactory(name=name)
    text = ada_.post("/add/lookup/", {"company_or_link": "north"}).text
    assert re.findall(r'data-company="([^"]*)"', text) == ["Northlight Labs", "Northsea AI"]
    assert "data-company" not in ada_.post("/add/lookup/", {"company_or_link": "no"}).text
    assert "data-company" not in ada_.get("/add/?text=north").text


def test_the_lookup_tells_the_role_that_the_link_spells(ada_):
    link = "https://kestrel.wd5.myworkdayjobs.com/Careers/job/Oslo/PhD-Research-Intern--Speech_R12"
    assert 'data-role="PhD Research Intern, Speech"' in ada_.post("/add/lookup/", {"company_or_link": link}).text


@pytest.fixture
def asked(ada):
    """Ada waits for Priya's referral at Tidewater."""
    return ApplicationFactory(
        student=ada,
        company=CompanyFactory(name="Tidewater"),
        role="Vision Intern",
        way_in="asked",
        on_hold=True,
        referrer="Priya",
    )


HOLD = "You asked Priya for a referral here. Some companies want you to wait. Apply anyway?"


def test_applying_while_a_referral_is_awaited_is_asked_about_once(ada_, asked):
    response = ada_.post("/add/", facts(stage="applied"))
    assert (response.status_code, HOLD in response.text, "Apply anyway</button>" in response.text) == (409, True, True)
    assert ada_.post("/add/", facts(stage="applied", warned=asked.public_id)).status_code == 302


def test_who_does_not_apply_yet_is_not_asked(ada_, asked):
    assert ada_.post("/add/", facts(stage="preparing")).status_code == 302


@pytest.mark.parametrize("changed", [{"on_hold": False}, {"way_in": "referred"}, {"stage": "applied"}])
def test_without_hold_there_is_nothing_to_wait_for(ada_, asked, changed):
    Application.objects.update(**changed)
    assert ada_.post("/add/", facts(stage="applied")).status_code == 302


def test_the_same_role_on_hold_is_told_of_both_ways_in_one_question(ada_, asked):
    form = facts(stage="applied", role="Vision Intern")
    response = ada_.post("/add/", form)
    assert (response.status_code, HOLD in response.text, "You already track" in response.text) == (409, True, True)
    warned = re.findall(r'name="warned" value="([^"]*)"', response.text)
    assert ada_.post("/add/", {**form, "warned": warned}).status_code == 302


def test_the_lookup_says_so_as_soon_as_applied_is_chosen(ada_, asked):
    form = {"company_or_link": "Tidewater", "role": "x"}
    assert HOLD not in ada_.post("/add/lookup/", {**form, "stage": "interested"}).text
    assert HOLD in ada_.post("/add/lookup/", {**form, "stage": "applied"}).text


def test_the_day_of_applying_may_be_past_but_not_to_come(ada_):
    assert ada_.post("/add/", facts(stage="applied", applied_on="2026-11-03")).status_code == 302
    assert str(Application.objects.get().applied_on) == "2026-11-03"
    response = ada_.post("/add/", facts(stage="applied", applied_on="2026-11-11", role="Another"))
    assert response.status_code == 422
    assert "Enter the day on which you applied: today or before." in response.text
    assert 'value="2026-11-11"' in response.text
    assert '<details class="applied-day" open>' in response.text


FULL = {
    "kind": "visit", "hours": "part", "place": "Oslo", "source": "conference", "closes_on": "2026-12-01",
    "zone": "Europe/Oslo", "next_step": "Read two papers", "next_step_on": "2026-11-20", "way_in": "asked",
    "referrer": "Priya", "on_hold": "on", "starts_from": "2027-06-01", "starts_until": "2027-07-01", "weeks": "16",
    "notes": "One\r\ntwo", "posting_text": "We study speech.",
}  # fmt: skip


def test_more_details_goes_on_with_what_was_typed(ada_):
    form = facts(stage="applied", applied_on="2026-11-03", posting_text="Shared text", more="1")
    text = ada_.post("/add/", form, headers=BOARD).text
    assert 'hx-post="/add/?more=1"' in text
    for typed in ('value="Tidewater"', 'value="Speech Intern"', 'value="2026-11-03"', ">\nShared text</textarea>"):
        assert typed in text
    assert 'value="applied"' in text.split("checked")[0].rsplit("<input", 1)[1]
    assert Application.objects.count() == 0


def test_more_details_brings_what_the_posting_says(ada_):
    PostingFactory(url_key="jobs.example.org/1", places=["Oslo"], kind="scheme", title="Enrichment scheme")
    text = ada_.get("/add/?more=1&url=https://jobs.example.org/1").text
    assert 'value="Oslo"' in text
    assert 'value="Enrichment scheme"' in text
    assert '<option value="scheme" selected>' in text


def test_all_details_are_saved_in_one_go(ada_):
    assert ada_.post("/add/?more=1", facts(**FULL)).status_code == 302
    application = Application.objects.get()
    kept = {name: getattr(application, name) for name in FULL}
    assert {name: str(value) for name, value in kept.items()} == {**FULL, "on_hold": "True", "notes": "One\ntwo"}


@pytest.fixture
def teams():
    """Two companies with a team each."""
    return {
        name: Team.objects.create(company=CompanyFactory(name=name), name=f"{name} Vision", slug="vision")
        for name in ("Tidewater", "Kestrel")
    }


def offered(page):
    """Return the teams in the list, and the chosen one."""
    [choice] = re.findall(r'<select name="team_id".*?</select>', page.text, re.DOTALL)
    names = re.findall(r"<option[^>]*>(.*?)</option>", choice)
    return names[1:], next(iter(re.findall(r'<option value="\d+" selected>(.*?)<', choice)), "")


@pytest.mark.parametrize("headers", [{}, BOARD], ids=["page", "dialog"])
def test_a_team_of_the_company_is_chosen_with_the_rest(ada_, teams, headers):
    assert offered(ada_.get("/add/?more=1")) == ([], "")
    team = teams["Tidewater"]
    page = ada_.post("/add/?more=1", facts(more="1", team_id=team.pk), headers=headers)  # "Show its teams"
    assert offered(page) == (["Tidewater Vision"], "Tidewater Vision")
    assert ada_.post("/add/?more=1", facts(**FULL, team_id=team.pk), headers=headers).status_code in {201, 302}
    assert Application.objects.get().team == team


def test_the_teams_follow_the_company_while_one_types(ada_, teams, django_assert_num_queries):
    form = facts(company_or_link="Kestrel", team_id=teams["Kestrel"].pk)
    with django_assert_num_queries(5):
        page = ada_.post("/add/lookup/", form)
    assert offered(page) == (["Kestrel Vision"], "Kestrel Vision")
    assert '<div id="add-team" hx-swap-oob="innerHTML">' in page.text
    assert offered(ada_.post("/add/lookup/", {**form, "company_or_link": "Tidewater"})) == (["Tidewater Vision"], "")
    assert offered(ada_.post("/add/lookup/", {**form, "company_or_link": "Nobody"})) == ([], "")


@pytest.mark.parametrize("company", ["Tidewater", "Nobody yet"])
@pytest.mark.parametrize("team", ["other", "0", "9" * 30])
def test_a_team_of_another_company_is_refused_and_the_right_ones_are_offered(ada_, teams, company, team):
    team = str(teams["Kestrel"].pk) if team == "other" else team
    page = ada_.post("/add/?more=1", facts(**FULL, company_or_link=company, team_id=team))
    assert (page.status_code, "Choose one of the company&#x27;s own teams." in page.text) == (422, True)
    assert 'value="Read two papers"' in page.text
    assert offered(page)[0] == (["Tidewater Vision"] if company == "Tidewater" else [])
    assert (Application.objects.count(), Company.objects.filter(name="Nobody yet").count()) == (0, 0)


def test_the_team_of_the_posting_is_chosen_already(ada_, teams):
    team = teams["Tidewater"]
    PostingFactory(company=team.company, team=team, url_key="jobs.example.org/1")
    assert offered(ada_.get("/add/?more=1&url=https://jobs.example.org/1")) == (["Tidewater Vision"], team.name)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"weeks": "many"}, "Enter a whole number, like 60"),
        ({"weeks": "9" * 40}, "Enter a number up to"),
        ({"closes_on": "soon"}, "Enter the day, like 30 11 2026"),
        ({"starts_from": "2027-08-01"}, "The latest start is before the earliest."),
        ({"kind": "nothing"}, "Choose one from the list."),
        ({"zone": "Mars/Base"}, "Choose"),
        ({"team_id": "any"}, "Choose one from the list."),
        ({"posting_text": "x" * 50_001}, "Use at most 50000 characters; this has 50001."),
        ({"notes": "a\0b"}, "Enter plain text."),
        ({"company_or_link": ""}, "Enter a link or a company."),
    ],
    ids=lambda value: str(value)[:40],
)
def test_the_full_form_refuses_in_words_and_loses_nothing(ada_, wrong, sentence):
    response = ada_.post("/add/?more=1", facts(**{**FULL, **wrong}))
    assert (response.status_code, sentence in response.text) == (422, True)
    assert ('value="Read two papers"' in response.text, Application.objects.count()) == (True, 0)


def test_a_shared_text_is_kept_as_the_text_of_the_posting(ada_):
    shared = f"https://jobs.lever.co/tidewater/1 {'We study speech. ' * 600}".strip()
    text = ada_.get("/add/", {"title": "Tidewater - Speech Intern", "text": shared}).text
    assert "The text you shared is kept as the text of the posting: 1801 words." in text
    assert 'value="Speech Intern"' in text
    ada_.post("/add/", facts(posting_text=f"{shared}\0"))
    assert Application.objects.get().posting_text == shared


def test_what_was_added_can_be_taken_back_also_with_another_to_follow(ada_):
    response = ada_.post("/add/", facts(another="1"), headers=BOARD)
    way_back = re.search(r'hx-post="(/undo/[^"]+)"', response.text)[1]
    assert (response.status_code, Application.objects.count()) == (201, 1)
    assert ada_.post(way_back).status_code == 302
    assert Application.objects.count() == 0


@pytest.mark.parametrize(
    "address", ["/add/?url=%00", "/add/?text=%ff%00&title=%e2%80%ae", "/add/?more=%00&url=[", "/add/?stage=%00"]
)
def test_whatever_comes_with_the_address_the_form_opens(ada_, address):
    assert ada_.get(address).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_lookup_asks_a_fixed_number_of_questions(ada_, ada, django_assert_num_queries, rows):
    company = CompanyFactory(name="Tidewater")
    for n in range(rows):
        ApplicationFactory(student=ada, company=company, role=f"Role {n}")
    with django_assert_num_queries(4):  # session, person, company, applications there
        ada_.post("/add/lookup/", {"company_or_link": "Tidewater", "role": "x"})


def test_only_students_add(client_of, grace):
    assert client_of(grace).get("/add/").status_code == 403
    assert client_of(grace).post("/add/lookup/").status_code == 403
