import datetime as dt
import threading
import uuid

import pytest
from django.db import connection

from applications.actions.adding import add_application
from applications.models import Application, Event
from companies.models import Alias, Company
from tests.factories import NOW, TODAY, CompanyFactory, PostingFactory
from tracker.lib.errors import DomainError


def add(student, text="Tidewater", role="Research Intern", stage="interested", key=None, **more):
    facts = {"company_or_link": text, "role": role, "stage": stage, "request_key": key or uuid.uuid4(), **more}
    return add_application(student=student, at=NOW, on=TODAY, **facts)


def test_a_company_nobody_knows_becomes_the_students_own(ada):
    application = add(ada, "Tidewater")
    assert (application.company.name, application.company.proposed_by, application.company.approved_at) == (
        "Tidewater", ada, None,
    )  # fmt: skip
    assert (application.role, application.stage, application.stage_since) == ("Research Intern", "interested", TODAY)


def test_the_first_event_says_when_it_was_added_and_in_which_stage(ada):
    event = Event.objects.get(application=add(ada, stage="preparing"))
    assert (event.kind, event.stage, event.on, event.by) == ("added", "preparing", TODAY, ada)


def test_a_known_company_is_found_in_any_spelling(ada):
    company = CompanyFactory(name="Mosaic ML")
    Alias.objects.create(company=company, name="Mosaic Research", match_key="mosaicresearch")
    assert [add(ada, text).company for text in ("MosaicML Inc.", "mosaic research")] == [company, company]


@pytest.mark.parametrize(("stage", "sent_on"), [("interested", None), ("applied", TODAY), ("offer", TODAY)])
def test_it_counts_as_sent_from_applied_on(ada, stage, sent_on):
    assert add(ada, stage=stage).applied_on == sent_on


def test_a_known_posting_fills_what_was_not_typed(ada, season):
    posting = PostingFactory(
        company=CompanyFactory(name="Northlight Labs"),
        title="Research Intern, Graph Learning",
        url="https://jobs.lever.co/northlight/77",
        url_key="jobs.lever.co/northlight/77",
        places=["Cambridge", "Remote"],
        closes_on=dt.date(2026, 11, 30),
        zone="Europe/London",
        kind="scheme",
    )
    application = add(ada, "https://jobs.lever.co/northlight/77/apply?utm_source=x", role="")
    assert (application.posting, application.company.name, application.role) == (
        posting, "Northlight Labs", "Research Intern, Graph Learning",
    )  # fmt: skip
    assert (application.place, application.closes_on, application.zone) == (
        "Cambridge · Remote", dt.date(2026, 11, 30), "Europe/London",
    )  # fmt: skip
    assert (application.kind, application.source, application.season) == ("scheme", "list", season)


def test_a_typed_role_is_kept_over_the_postings_title(ada):
    PostingFactory(title="Intern", url_key="jobs.example.org/9")
    assert add(ada, "https://jobs.example.org/9", role="Robot learning").role == "Robot learning"


def test_a_link_to_a_known_companys_site_finds_the_company(ada):
    company = CompanyFactory(name="Tidewater", website="https://www.tidewater.ai/")
    assert add(ada, "https://careers.tidewater.ai/roles/7").company == company


def test_a_link_to_an_unknown_job_board_names_the_company(ada):
    application = add(ada, "https://job-boards.greenhouse.io/brightwater-health/jobs/12", role="")
    assert (application.company.name, application.url, application.title) == (
        "Brightwater Health", "https://job-boards.greenhouse.io/brightwater-health/jobs/12", "Role to add",
    )  # fmt: skip


def test_a_name_beside_a_link_is_the_company(ada):
    application = add(ada, "Ostrava Vision https://www.linkedin.com/jobs/view/123")
    assert (application.company.name, application.url, application.source) == (
        "Ostrava Vision", "https://www.linkedin.com/jobs/view/123", "linkedin",
    )  # fmt: skip


def test_the_same_request_twice_adds_once(ada):
    key = uuid.uuid4()
    first, second = add(ada, key=key), add(ada, "Something else", key=key)
    assert (first.pk, Application.objects.count(), Event.objects.count()) == (second.pk, 1, 1)


def test_the_key_of_another_student_is_no_hindrance(ada, mallory):
    key = uuid.uuid4()
    assert add(ada, key=key).pk != add(mallory, key=key).pk


def test_the_same_role_again_is_not_blocked(ada):
    add(ada)
    add(ada)
    assert Application.objects.filter(student=ada).count() == 2


def test_a_link_that_names_role_and_place_fills_what_was_not_typed(ada):
    link = "https://kestrel.wd5.myworkdayjobs.com/Careers/job/US-WA-Seattle/PhD-Research-Intern--Speech_R12"
    application = add(ada, link, role="")
    assert (application.company.name, application.role, application.place) == (
        "Kestrel", "PhD Research Intern, Speech", "US, WA, Seattle",
    )  # fmt: skip
    assert add(ada, link, role="My own words").role == "My own words"


def test_a_board_that_carries_a_companys_postings_is_its_own_and_no_guess(ada):
    company = CompanyFactory(name="Ostrava Vision")
    PostingFactory(company=company, url_key="jobs.lever.co/ov/1")
    CompanyFactory(name="OV")
    assert add(ada, "https://jobs.lever.co/ov/2").company == company


def test_a_linkedin_page_is_never_linkedins(ada):
    CompanyFactory(name="LinkedIn", website="https://www.linkedin.com")
    with pytest.raises(DomainError, match="This site lists many companies"):
        add(ada, "https://www.linkedin.com/jobs/view/1")
    assert add(ada, "https://www.linkedin.com/jobs/view/1 Tidewater").company.name == "Tidewater"


def test_it_was_sent_on_a_day_before(ada):
    application = add(ada, stage="applied", applied_on=TODAY - dt.timedelta(days=7))
    event = Event.objects.get(application=application)
    assert (application.applied_on, application.stage_since, event.on) == (TODAY - dt.timedelta(days=7),) * 3


def test_a_day_of_applying_counts_at_applied_only(ada):
    assert add(ada, applied_on=TODAY - dt.timedelta(days=7)).stage_since == TODAY


def test_nobody_applies_tomorrow(ada):
    with pytest.raises(DomainError) as refusal:
        add(ada, stage="applied", applied_on=TODAY + dt.timedelta(days=1))
    assert (refusal.value.sentence, refusal.value.field, Application.objects.count()) == (
        "Enter the day on which you applied: today or before.", "applied_on", 0,
    )  # fmt: skip


def test_details_are_kept_and_a_posting_fills_the_others(ada):
    PostingFactory(url_key="jobs.example.org/9", places=["Oslo"], closes_on=dt.date(2026, 12, 1), max_weeks=20)
    details = {"place": "Bergen", "notes": "Ask Priya", "weeks": None, "posting_text": "We study speech."}
    application = add(ada, "https://jobs.example.org/9", details=details)
    assert (application.place, application.notes, application.posting_text) == (
        "Bergen", "Ask Priya", "We study speech.",
    )  # fmt: skip
    assert (application.closes_on, application.weeks) == (dt.date(2026, 12, 1), 20)


def test_a_postings_start_after_the_last_day_typed_is_left_out(ada):
    PostingFactory(url_key="jobs.example.org/9", starts_on=dt.date(2028, 6, 1))
    application = add(ada, "https://jobs.example.org/9", details={"starts_until": dt.date(2027, 9, 1)})
    assert (application.starts_from, application.starts_until) == (None, dt.date(2027, 9, 1))


def test_only_details_are_taken(ada):
    with pytest.raises(TypeError, match="outcome"):
        add(ada, details={"outcome": "accepted"})


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Enter a link or a company."),
        ("   \t ", "Enter a link or a company."),
        ("Tide\0water", "Enter a link or a company."),
        ("!!!", "Enter a link or a company."),
        ("javascript:alert(1)", "Enter a link that starts with https://, or a company."),
        ("javascript: alert(1)", "Enter a link that starts with https://, or a company."),
        ("JaVaScRiPt:alert(1)", "Enter a link that starts with https://, or a company."),
        ("ftp://example.org/a", "Enter a link that starts with https://, or a company."),
        ("https://user:pass@example.org/", "Enter a link that starts with https://, or a company."),
        ("https://example.org/" + "a" * 5000, "Use a link of at most 2,000 characters; this one has 5,020."),
        ("a" * 5000, "Use at most 160 characters for the company."),
        (
            "https://www.linkedin.com/jobs/view/1",
            "This site lists many companies. Type the company's name after the link.",
        ),
    ],
    ids=lambda value: value[:24],
)
def test_what_is_neither_link_nor_company_is_refused_with_a_sentence(ada, text, sentence):
    with pytest.raises(DomainError) as refusal:
        add(ada, text)
    assert (refusal.value.sentence, refusal.value.field) == (sentence, "company_or_link")
    assert (Application.objects.count(), Company.objects.count()) == (0, 0)


@pytest.mark.parametrize("role", ["a" * 201, "In\0tern", "In\u202etern"])
def test_a_role_that_cannot_be_kept_is_refused(ada, role):
    with pytest.raises(DomainError) as refusal:
        add(ada, role=role)
    assert refusal.value.field == "role"


@pytest.mark.parametrize("stage", ["closed", "", "nowhere", "Applied"])
def test_one_adds_to_an_open_stage_only(ada, stage):
    with pytest.raises(DomainError) as refusal:
        add(ada, stage=stage)
    assert (refusal.value.field, Application.objects.count()) == ("stage", 0)


@pytest.mark.django_db(transaction=True)
def test_a_double_click_adds_once(ada):
    key, start, found = uuid.uuid4(), threading.Barrier(4), []

    def click():
        start.wait()
        try:
            found.append(add(ada, "Brand New Lab", key=key).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(found), len(set(found)), Application.objects.count(), Company.objects.count()) == (4, 1, 1, 1)
