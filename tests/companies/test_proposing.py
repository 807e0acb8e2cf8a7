import pytest
from django.db import connection, connections

from companies.actions import propose_company
from companies.models import Alias, Company
from companies.queries import find_company, find_company_by_link, find_posting_by_url, names_beginning
from tests.factories import NOW, CompanyFactory, PostingFactory
from tracker.lib.errors import DomainError


def test_a_new_name_makes_a_company_for_this_person_alone(ada, mallory):
    company = propose_company(name="  Ostrava   Vision ", by=ada, at=NOW)
    assert (company.name, company.match_key, company.approved_at) == ("Ostrava Vision", "ostravavision", None)
    assert list(Company.objects.visible_to(ada)) == [company]
    assert list(Company.objects.visible_to(mallory)) == []


@pytest.mark.parametrize("spelling", ["MosaicML", "mosaic ml", "Mosaic ML, Inc.", "MOSAIC-ML GmbH"])
def test_another_spelling_is_the_company_that_is_there(ada, spelling):
    company = CompanyFactory(name="Mosaic ML")
    assert propose_company(name=spelling, by=ada, at=NOW) == company
    assert Company.objects.count() == 1


def test_an_alias_is_the_company_that_is_there(ada):
    company = CompanyFactory(name="Amazon")
    Alias.objects.create(company=company, name="Amazon Web Services", match_key="amazonwebservices")
    assert propose_company(name="amazon web services", by=ada, at=NOW) == company


def test_proposing_twice_is_one_company(ada):
    assert propose_company(name="Foo", by=ada, at=NOW) == propose_company(name="foo Ltd", by=ada, at=NOW)


def test_two_students_with_the_same_new_name_do_not_learn_of_each_other(ada, mallory):
    first, second = (propose_company(name="Foo", by=who, at=NOW) for who in (ada, mallory))
    assert first != second
    assert [len(c.slug) for c in (first, second)] == [len("foo-") + 8] * 2


def test_the_approved_company_comes_before_ones_own(ada):
    propose_company(name="Foo", by=ada, at=NOW)
    approved = CompanyFactory(name="Foo")
    assert find_company(ada, "foo") == approved


@pytest.mark.parametrize("name", ["", "   ", "!!!", "…", "a\0b"])
def test_a_name_without_letters_is_refused(ada, name):
    with pytest.raises(DomainError, match="at least one letter or digit"):
        propose_company(name=name, by=ada, at=NOW)


def test_a_name_that_is_too_long_is_refused(ada):
    with pytest.raises(DomainError, match="at most 160 characters"):
        propose_company(name="x" * 161, by=ada, at=NOW)


def test_a_text_without_letters_is_no_company(ada):
    assert find_company(ada, "!?") is None


@pytest.mark.parametrize("name", ["研究所", "Ünïted Robotics", "株式会社 Preferred", "x" * 160])
def test_any_script_can_name_a_company(ada, name):
    company = propose_company(name=name, by=ada, at=NOW)
    company.full_clean()
    assert find_company(ada, name) == company


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_make_one_company(ada):
    from concurrent.futures import ThreadPoolExecutor

    def propose(_):
        try:
            return propose_company(name="Foo", by=ada, at=NOW).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        keys = set(pool.map(propose, range(8)))
    assert len(keys) == Company.objects.count() == 1
    assert connection.is_usable()


def test_a_posting_is_found_by_any_spelling_of_its_link(ada):
    posting = PostingFactory(url="https://jobs.example.org/7", url_key="jobs.example.org/7")
    for url in ("http://JOBS.example.org/7/", "https://jobs.example.org/7?utm_source=x&ref=mail#apply"):
        assert find_posting_by_url(ada, url) == posting
    assert find_posting_by_url(ada, "https://jobs.example.org/8") is None
    assert find_posting_by_url(ada, "javascript:alert(1)") is None


def test_a_posting_at_somebody_elses_company_is_not_found(ada, mallory, cora):
    company = propose_company(name="Foo", by=mallory, at=NOW)
    posting = PostingFactory(company=company, url="https://jobs.example.org/7", url_key="jobs.example.org/7")
    assert find_posting_by_url(ada, posting.url) is None
    assert find_posting_by_url(mallory, posting.url) == posting


@pytest.mark.parametrize(
    "url",
    [
        "https://www.waymo.com/careers/jobs/1",
        "https://careers.waymo.com/jobs/1",
        "https://job-boards.greenhouse.io/waymo/jobs/8237997",
        "https://boards.greenhouse.io/embed/job_app?for=waymo&token=8237997",
        "https://jobs.ashbyhq.com/waymo/0d1e",
        "https://waymo.wd5.myworkdayjobs.com/External/job/1",
    ],
)
def test_a_company_is_recognised_by_its_site_its_careers_page_or_its_postings(ada, url):
    company = CompanyFactory(
        name="Waymo", website="https://waymo.com/research/", careers_url="https://jobs.ashbyhq.com/waymo"
    )
    CompanyFactory(name="Amo", website="https://amo.com")
    for n, key in enumerate(("boards.greenhouse.io/waymo/jobs/7", "waymo.wd5.myworkdayjobs.com/External/job/2")):
        PostingFactory(company=company, url=f"https://{key}{n}", url_key=f"{key}{n}")
    assert find_company_by_link(ada, url) == company


def test_a_board_of_the_same_short_name_proves_nothing(ada):
    CompanyFactory(name="Waymo", website="https://waymo.com/research/")
    assert find_company_by_link(ada, "https://jobs.lever.co/waymo/0d1e") is None


def test_a_board_with_postings_of_two_companies_is_nobodys(ada):
    for n, name in enumerate(("Waymo", "Wayve")):
        PostingFactory(company=CompanyFactory(name=name), url_key=f"jobs.lever.co/agency/{n}")
    assert find_company_by_link(ada, "https://jobs.lever.co/agency/7") is None


def test_names_beginning_with_what_is_typed_are_found_by_other_names_too(ada, mallory, cora):
    for name in ("North Sea AI", "Northlight Labs", "Kestrel"):
        CompanyFactory(name=name)
    propose_company(name="Northern Secret", by=mallory, at=NOW)
    Alias.objects.create(company=Company.objects.get(name="Kestrel"), name="Northkestrel", match_key="northkestrel")
    assert names_beginning(ada, "north", 3) == ["Kestrel", "Northlight Labs", "North Sea AI"]
    assert names_beginning(ada, "!", 3) == []


@pytest.mark.parametrize(
    "url",
    [
        "https://notwaymo.com/",
        "https://example.org/waymo",
        "javascript:waymo",
        "",
        "https://boards.greenhouse.io/embed/job_app?token=1",
    ],
)
def test_a_link_elsewhere_is_no_company(ada, url):
    CompanyFactory(name="Waymo", website="https://waymo.com/research/")
    assert find_company_by_link(ada, url) is None
