import uuid

import pytest

from applications.models import Application
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


def test_in_the_dialog_201_closes_it_and_puts_the_card_on_the_board(ada_):
    response = ada_.post("/add/", facts(), headers=BOARD)
    assert (response.status_code, response.headers["HX-Trigger"]) == (201, "waymark:close-dialog")
    assert 'id="col-interested"' in response.text
    assert "Added. Tidewater is in Interested." in response.text


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
