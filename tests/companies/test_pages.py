import datetime as dt
import re

import pytest

from companies.actions import import_roster, propose_company
from companies.actions.companies import refresh_search
from companies.models import Alias, Company, Cycle, Posting, Team
from companies.naming import search_text
from companies.roster import read_roster
from tests.factories import NOW, CompanyFactory, PostingFactory, ProgrammeFactory

LISTS = ["/companies/", "/postings/"]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def student(ada, client_of, clock):
    return client_of(ada)


def shown(response):
    """The names or titles of the rows, in order."""
    assert response.status_code == 200
    return [re.sub(r"\s+", " ", name) for name in re.findall(r'class="what"[^>]*>([^<]*)<', response.text)]


def company(name, **facts):
    made = CompanyFactory(name=name, **facts)
    refresh_search(company=made)
    return made


def posting(title, **facts):
    made = PostingFactory.build(title=title, company=facts.pop("company", None) or CompanyFactory(), **facts)
    made.search_text = search_text(title, made.company.name, made.places, made.terms)
    made.save()
    return made


@pytest.mark.parametrize("url", [*LISTS, "/companies/waymo/", "/postings/abc/"])
def test_strangers_are_asked_to_sign_in(client, db, url):
    assert client.get(url).headers["Location"] == f"/accounts/login/?next={url}"


@pytest.mark.parametrize("url", [*LISTS, "/companies/waymo/"])
@pytest.mark.parametrize("who", ["ada", "grace", "cora", "admin"])
def test_everybody_who_is_signed_in_reads_the_list(db, request, client_of, url, who):
    CompanyFactory(name="Waymo")
    assert client_of(request.getfixturevalue(who)).get(url).status_code == 200


@pytest.mark.parametrize("url", [*LISTS, "/companies/waymo/"])
def test_pages_are_only_read(student, url):
    CompanyFactory(name="Waymo")
    for method in ("post", "put", "patch", "delete"):
        assert getattr(student, method)(url).status_code == 405


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("/companies/", "No companies yet"),
        ("/companies/?q=waymo", "No company found"),
        ("/companies/?has_open=on", "No company matches"),
        ("/postings/", "No open postings"),
        ("/postings/?q=waymo", "No posting matches"),
    ],
)
def test_an_empty_list_says_why(student, url, title):
    assert f"<h2>{title}</h2>" in student.get(url).text


# Queries: the session, the person and their unread notices come first on every page.


@pytest.mark.parametrize("rows", [1, 3])
def test_the_company_list_asks_a_fixed_number_of_questions(student, django_assert_num_queries, rows):
    for n in range(rows):
        PostingFactory(company=CompanyFactory(name=f"Lab {n}", topics=["robotics"]))
    student.get("/companies/")
    with django_assert_num_queries(6):  # topics, companies, open postings
        response = student.get("/companies/")
    assert len(shown(response)) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_posting_list_asks_a_fixed_number_of_questions(student, django_assert_num_queries, rows):
    PostingFactory.create_batch(rows)
    student.get("/postings/")
    with django_assert_num_queries(4):  # postings
        response = student.get("/postings/")
    assert len(shown(response)) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_schemes_ask_a_fixed_number_of_questions(student, season, django_assert_num_queries, rows):
    for n in range(rows):
        Cycle.objects.create(programme=ProgrammeFactory(kind="scheme", name=f"Scheme {n}"), season=season)
    student.get("/postings/?kind=scheme")
    with django_assert_num_queries(6):  # postings, programmes, cycles
        response = student.get("/postings/?kind=scheme")
    assert response.text.count("<h3>") == rows


def company_with(rows, season):
    made = CompanyFactory(name="Waymo")
    for n in range(rows):
        PostingFactory(company=made)
        Team.objects.create(company=made, name=f"Team {n}", slug=f"team-{n}", topics=["maps"])
        Alias.objects.create(company=made, name=f"Alias {n}", match_key=f"alias{n}")
        programme = ProgrammeFactory(company=made, name=f"Programme {n}")
        Cycle.objects.create(programme=programme, season=season)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_company_page_asks_a_fixed_number_of_questions(student, season, django_assert_num_queries, rows):
    company_with(rows, season)
    student.get("/companies/waymo/")
    with django_assert_num_queries(8):  # company with teams, programmes, cycles, postings
        response = student.get("/companies/waymo/")
    assert len(shown(response)) == rows


def test_the_posting_page_asks_a_fixed_number_of_questions(student, django_assert_num_queries):
    made = PostingFactory()
    student.get("/postings/")
    with django_assert_num_queries(5):  # posting with its company
        student.get(f"/postings/{made.public_id}/")


# Companies


def test_companies_stand_by_name_whatever_the_case(student):
    for name in ("waymo", "The Boeing Company", "Amazon", "Álamo"):
        CompanyFactory(name=name)
    assert shown(student.get("/companies/")) == ["Álamo", "Amazon", "The Boeing Company", "waymo"]


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("waymo", ["Waymo"]),
        ("way", ["Waymo"]),
        ("WAYMO Inc.", ["Waymo"]),
        ("mosaicml", ["Mosaic ML"]),
        ("mosaic", ["Mosaic ML"]),
        ("tile", ["Mosaic ML"]),
        ("perception", ["Waymo"]),
        ("zurich", ["Mosaic ML"]),
        ("driving or training", ["Mosaic ML", "Waymo"]),
        ('"self driving"', ["Waymo"]),
        ("driving -self", []),
        ("   ", ["Mosaic ML", "Waymo"]),
        ("nothing of the kind", []),
    ],
)
def test_a_company_is_found_by_names_topics_place_and_notes(student, q, found):
    company("Waymo", topics=["perception"], notes="Self driving cars.")
    mosaic = company("Mosaic ML", city="Zurich", notes="Efficient training.")
    Alias.objects.create(company=mosaic, name="Tile People", match_key="tilepeople")
    refresh_search(company=mosaic)
    assert shown(student.get("/companies/", {"q": q})) == found


def test_companies_are_narrowed_by_topic_place_and_open_postings(student):
    company("Waymo", topics=["robotics"], city="Mountain View", country="United States")
    PostingFactory(company=company("Wayve", topics=["robotics", "NLP"], city="London", country="United Kingdom"))
    PostingFactory(company=company("Arm", country="United Kingdom"), is_open=False)
    PostingFactory(company=company("Ocado", country="United Kingdom"), is_visible=False)
    assert shown(student.get("/companies/?topic=robotics")) == ["Waymo", "Wayve"]
    assert shown(student.get("/companies/?topic=NLP")) == ["Wayve"]
    assert shown(student.get("/companies/?place=united king")) == ["Arm", "Ocado", "Wayve"]
    assert shown(student.get("/companies/?has_open=on")) == ["Wayve"]
    assert shown(student.get("/companies/?q=way&topic=robotics&place=london&has_open=on")) == ["Wayve"]


@pytest.mark.parametrize(
    "path", ["/companies/", "/companies/?q=ostrava", "/companies/?place=brno", "/companies/?topic=maps"]
)
def test_another_students_company_is_nowhere(ada, mallory, client_of, clock, path):
    own = propose_company(name="Ostrava Vision", by=ada, at=NOW)
    Company.objects.filter(pk=own.pk).update(city="Brno", topics=["maps"])
    posting("Secret Intern", company=own)
    address = f"/companies/{own.slug}/"
    assert shown(client_of(ada).get(path)) == ["Ostrava Vision"]
    assert "Only you, until a curator approves it" in client_of(ada).get(address).text
    assert shown(client_of(mallory).get(path)) == []
    assert "maps" not in client_of(mallory).get("/companies/").text
    assert client_of(mallory).get(address).status_code == 404
    assert client_of(mallory).get(f"/postings/{Posting.objects.get().public_id}/").status_code == 404
    assert shown(client_of(mallory).get("/postings/?q=secret")) == []
    assert shown(client_of(ada).get("/postings/?q=secret")) == ["Secret Intern"]


def test_a_curator_sees_which_companies_wait(ada, cora, client_of, clock):
    own = propose_company(name="Ostrava Vision", by=ada, at=NOW)
    for page in ("/companies/", f"/companies/{own.slug}/"):
        text = client_of(cora).get(page).text
        assert "Waiting for approval" in text
        assert "Only you" not in text


def test_a_company_page_says_what_is_offered_and_how_we_know(student, season):
    made = CompanyFactory(
        name="Waymo", city="Mountain View", country="United States", website="https://waymo.com", topics=["perception"],
        source_url="https://waymo.com/about", checked_on=dt.date(2026, 11, 3),
    )  # fmt: skip
    Alias.objects.create(company=made, name="Chauffeur", match_key="chauffeur")
    Team.objects.create(company=made, name="Maps", slug="maps", topics=["SLAM"], place="London")
    programme = ProgrammeFactory(company=made, name="PhD internship", min_weeks=12, max_weeks=16, places=["London"])
    Cycle.objects.create(
        programme=programme, season=season, state="confirmed", closes_on=dt.date(2027, 1, 31),
        source_url="https://waymo.com/jobs", checked_on=dt.date(2026, 11, 1),
    )  # fmt: skip
    PostingFactory(
        company=made, title="Research Intern", url="https://jobs.example.org/1?a=1&b=2", closes_on=dt.date(2026, 12, 1)
    )
    PostingFactory(company=made, title="Closed Intern", is_open=False)
    text = student.get("/companies/waymo/").text
    for said in (
        "Mountain View, United States", "Also known as Chauffeur.", "SLAM · London", "Checked on 3 November 2026",
        "Internship · 12 to 16 weeks · London", "Closes on 31 January 2027, anywhere on earth (UTC-12).",
        "Checked on 1 November 2026", 'href="https://waymo.com/jobs"', "Not checked yet", "Closes 1 Dec",
        "/add/?url=https%3A%2F%2Fjobs.example.org%2F1%3Fa%3D1%26b%3D2&amp;title=Research+Intern",
    ):  # fmt: skip
        assert said in text, said
    assert "Closed Intern" not in text


def test_only_students_add_applications(grace, cora, client_of):
    PostingFactory(company=CompanyFactory(name="Waymo"), public_id="p7")
    for who in (grace, cora):
        for page in ("/companies/waymo/", "/postings/", "/postings/p7/"):
            assert 'class="top"' in client_of(who).get(page).text
            assert "/add/" not in client_of(who).get(page).text


def test_a_company_page_shows_ten_postings_and_leads_to_the_others(student):
    PostingFactory.create_batch(12, company=CompanyFactory(name="Waymo"))
    response = student.get("/companies/waymo/")
    assert len(shown(response)) == 10
    assert 'href="/postings/?company=waymo">Show all open postings' in response.text
    assert len(shown(student.get("/postings/?company=waymo"))) == 12


# Postings


def test_postings_stand_newest_first_and_undated_ones_by_when_we_heard_of_them(student):
    for title, posted in (
        ("A", NOW),
        ("B", NOW - dt.timedelta(days=9)),
        ("C", None),
        ("D", NOW - dt.timedelta(days=2)),
    ):
        PostingFactory(title=title, posted_at=posted)
    assert shown(student.get("/postings/")) == ["C", "A", "D", "B"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Scheme", "Nurse", "Engineer", "Research Intern"]),
        ({"q": "google zurich"}, ["Research Intern"]),
        ({"q": "research or nurse"}, ["Nurse", "Research Intern"]),
        ({"q": "-research"}, ["Scheme", "Nurse", "Engineer"]),
        ({"kind": "scheme"}, ["Scheme"]),
        ({"term": "Summer 2027"}, ["Engineer", "Research Intern"]),
        ({"place": "zuri"}, ["Research Intern"]),
        ({"place": "%"}, []),
        ({"sponsorship": "offered"}, ["Engineer"]),
        ({"research": "on"}, ["Research Intern"]),
        ({"company": "google"}, ["Research Intern"]),
        ({"closed": "on"}, ["Old", "Scheme", "Nurse", "Engineer", "Research Intern"]),
        ({"closed": "on", "q": "old"}, ["Old"]),
        ({"q": "old"}, []),
        ({"soon": "on"}, ["Scheme", "Nurse"]),
        ({"q": "research", "kind": "internship", "term": "Summer 2027", "place": "zurich"}, ["Research Intern"]),
    ],
)  # fmt: skip
def test_postings_are_searched_and_narrowed(student, asked, found):
    posting(
        "Research Intern",
        company=CompanyFactory(name="Google"),
        places=["Zurich, Switzerland"],
        terms=["Summer 2027"],
        is_research=True,
    )
    posting("Engineer", terms=["Summer 2027"], sponsorship="offered")
    posting("Nurse", terms=["Winter 2027"])
    posting("Scheme", kind="scheme", starts_on=dt.date(2026, 12, 1))
    posting("Old", is_open=False)
    posting("Hidden", is_visible=False)
    assert shown(student.get("/postings/", asked)) == found


@pytest.mark.parametrize("url", LISTS)
@pytest.mark.parametrize(
    "asked",
    [
        *({"q": q} for q in ("'); DROP TABLE companies_posting; --", "& | ! <-> :* ( )", "\0", "x" * 5000, '"', "-")),
        {"q": "\\"},
        *({"q": q} for q in ("the", "<script>alert(1)</script>", b"\xff\xfe", ["a", "b"])),
        *({"after": after} for after in ("\0", "nobody", "-1", "x" * 5000, "é")),
        *({"place": place} for place in ("\0", "%_\\", "x" * 5000)),
        *({"company": company} for company in ("../..", "nobody", "\0")),
        {"kind": "nonsense"}, {"term": "Summer 9999"}, {"topic": "\0"}, {"sponsorship": "x"}, {"unknown": "x"},
        {"research": "maybe"}, {"has_open": "\0"}, {"soon": "x", "closed": "y"},
    ],
)  # fmt: skip
def test_bad_input_is_harmless(student, url, asked):
    posting("Research Intern")
    response = student.get(url, asked)
    assert response.status_code == 200
    assert "<script>alert" not in response.text
    assert student.get(url, asked, headers=HTMX).status_code == 200


@pytest.mark.parametrize("slug", ["%00", "..%2f..", "a%0d%0ab", "x" * 5000, "ä"])
@pytest.mark.parametrize("url", LISTS)
def test_addresses_that_name_nothing_are_not_found(student, url, slug):
    assert student.get(f"{url}{slug}/").status_code == 404


def test_a_hidden_posting_is_not_found_but_a_curator_sees_it(student, cora, client_of):
    made = PostingFactory(is_visible=False)
    assert student.get(f"/postings/{made.public_id}/").status_code == 404
    assert client_of(cora).get(f"/postings/{made.public_id}/").status_code == 200


def test_a_posting_page_gives_its_facts(student):
    made = PostingFactory(
        title="Research Intern", company=CompanyFactory(name="Waymo"), places=["London", "Paris"], hours="full",
        terms=["Summer 2027"], sponsorship="none", starts_on=dt.date(2027, 6, 1), closes_on=dt.date(2026, 12, 1),
        is_research=True,
    )  # fmt: skip
    text = student.get(f"/postings/{made.public_id}/").text
    facts = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", text[text.index("Key facts") : text.index("</main>")]))
    assert facts == {
        "Kind": "Internship", "Place": "London · Paris", "Term": "Summer 2027", "Starts from": "1 June 2027",
        "Closes": "1 December 2026, anywhere on earth (UTC-12)", "Hours": "Full time", "Visa": "Does not sponsor visas",
        "Posted": "10 Nov",
    }  # fmt: skip
    assert f'href="{made.url}"' in text
    assert "Research or PhD role" in text


def test_a_posting_without_a_link_or_a_day_says_so(student):
    made = PostingFactory(
        company=CompanyFactory(name="Waymo"),
        title="Intern",
        url="",
        url_key="id:listings:1",
        is_open=False,
        posted_at=None,
    )
    text = student.get(f"/postings/{made.public_id}/").text
    assert "No day stated" in text
    assert "Read the posting" not in text
    assert "This posting has closed." in text
    assert "/add/?text=Waymo&amp;title=Intern" in text


def test_enrichment_schemes_are_shown_although_they_are_seldom_advertised(student):
    scheme = {
        "name": "Enrichment scheme",
        "cycles": [{"season": "Summer 2027", "state": "expected", "closes": "2027-02-28"}],
    }
    content = {"companies": [{"name": "The Alan Turing Institute", "programmes": [scheme, {"name": "Internship"}]}]}
    import_roster(roster=read_roster(content, most=9), at=NOW)
    text = student.get("/postings/?kind=scheme").text
    assert text.count("<h3>") == 1
    assert "Expected to close in February 2027. No day is announced yet." in text
    assert 'href="/companies/the-alan-turing-institute/"' in text


# Pages of a list, and htmx


@pytest.mark.parametrize("url", LISTS)
@pytest.mark.parametrize("rows", [2, 3, 5])
def test_show_more_reaches_every_row_once(student, settings, url, rows):
    settings.WAYMARK_TABLE_PAGE = 2
    for n in range(rows):
        posting(f"Intern {n}", company=company(f"Lab {n}"))
    seen, page = [], f"{url}?q=lab"
    while page:
        response = student.get(page)
        seen += shown(response)
        more = re.search(r'class="ghost" href="([^"]*)"', response.text)
        page = f"{url}{more[1].replace('&amp;', '&')}" if more else ""
    assert len(seen) == len(set(seen)) == rows


def test_rows_added_meanwhile_do_not_move_the_next_page(student, settings):
    settings.WAYMARK_TABLE_PAGE = 2
    for n in range(4):
        PostingFactory(title=f"Intern {n}", posted_at=NOW - dt.timedelta(days=n))
    last = Posting.objects.get(title="Intern 1")
    PostingFactory(title="New", posted_at=NOW)
    assert shown(student.get(f"/postings/?after={last.public_id}")) == ["Intern 2", "Intern 3"]


@pytest.mark.parametrize("url", LISTS)
def test_htmx_gets_the_results_or_the_next_rows_alone(student, url):
    posting("Intern")
    results = student.get(url, headers=HTMX).text
    assert "<html" not in results
    assert '<p class="results">1 ' in results
    assert '<div id="live" hx-swap-oob="innerHTML">1 ' in results
    rows = student.get(url, headers={**HTMX, "HX-Target": "more"}).text.strip()
    assert rows.startswith("<li>")
    assert 'class="results"' not in rows
    whole = student.get(url, headers={**HTMX, "HX-History-Restore-Request": "true"}).text
    assert "<html" in whole


@pytest.mark.parametrize("url", LISTS)
def test_filters_stand_in_the_form_again(student, url):
    text = student.get(url, {"q": 'a "b" <c>', "place": "Bern"}).text
    assert 'value="a &quot;b&quot; &lt;c&gt;"' in text
    assert 'value="Bern"' in text
    assert "Clear filters" in student.get(url, {"place": "Nowhere"}).text
    assert "Clear filters" not in student.get(url).text
