import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.models import SeasonPlan
from companies.actions import propose_company
from companies.actions.curating import save_company, save_posting
from companies.admin import CompanyAdmin, CycleAdmin, PaperAdmin, PostingAdmin, ProgrammeAdmin, SeasonAdmin, TeamAdmin
from companies.models import Alias, Company, Cycle, Paper, Posting, Programme, Season, Team
from tests.factories import NOW, TODAY, ApplicationFactory, CompanyFactory, PostingFactory, ProgrammeFactory
from tracker.lib.errors import DomainError

TABLES = ["company", "team", "paper", "programme", "season", "cycle", "posting"]
NO_PARTS = {
    "aliases-TOTAL_FORMS": 0,
    "aliases-INITIAL_FORMS": 0,
    "programmes-TOTAL_FORMS": 0,
    "programmes-INITIAL_FORMS": 0,
}
NO_CYCLES = {"cycles-TOTAL_FORMS": 0, "cycles-INITIAL_FORMS": 0}


def url(table, page=""):
    return f"/manage/companies/{table}/{page}"


def errors(response):
    """All sentences of refused forms and inlines."""
    forms = [
        response.context["adminform"].form,
        *(f for i in response.context["inline_admin_formsets"] for f in i.formset),
    ]
    more = [e for i in response.context["inline_admin_formsets"] for e in i.formset.non_form_errors()]
    return [error for form in forms for row in form.errors.values() for error in row] + more


@pytest.fixture
def curator(cora, client_of, clock):
    return client_of(cora)


def a_row_of(table, season):
    company = CompanyFactory(name="Waymo")
    programme = ProgrammeFactory(company=company)
    return {
        "company": lambda: company,
        "team": lambda: Team.objects.create(company=company, name="Maps", slug="maps"),
        "paper": lambda: Paper.objects.create(
            company=company, title="P", authors=["A"], year=2026, url="https://p.example/1"
        ),
        "programme": lambda: programme,
        "season": lambda: season,
        "cycle": lambda: Cycle.objects.create(programme=programme, season=season),
        "posting": lambda: PostingFactory(company=company),
    }[table]()


@pytest.mark.parametrize("table", TABLES)
def test_a_curator_opens_every_table(curator, season, table):
    row = a_row_of(table, season)
    for page in ("", "add/", f"{row.pk}/change/", f"{row.pk}/delete/", f"{row.pk}/history/", "?q=way", "?o=1"):
        assert curator.get(url(table, page)).status_code == 200, page


@pytest.mark.parametrize(
    ("checked", "found"), [("never", ["B"]), ("stale", ["C"]), ("fresh", ["A"]), ("x", ["A", "B", "C"])]
)
def test_facts_are_found_by_how_long_ago_somebody_looked(curator, checked, found):
    for name, day in (("A", TODAY), ("B", None), ("C", TODAY - dt.timedelta(days=181))):
        CompanyFactory(name=name, checked_on=day)
    shown = curator.get(url("company", f"?checked={checked}")).context["cl"].result_list
    assert [company.name for company in shown] == found


def test_companies_that_wait_are_found(curator, ada):
    CompanyFactory(name="Waymo")
    propose_company(name="Ostrava Vision", by=ada, at=NOW)
    for approval, found in (
        ("waiting", ["Ostrava Vision"]),
        ("approved", ["Waymo"]),
        ("", ["Ostrava Vision", "Waymo"]),
    ):
        shown = curator.get(url("company", f"?approval={approval}")).context["cl"].result_list
        assert [company.name for company in shown] == found


@pytest.mark.parametrize("table", TABLES)
def test_a_superuser_opens_every_table(admin, client_of, table):
    assert client_of(admin).get(url(table)).status_code == 200


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("who", ["ada", "grace", "mallory"])
def test_nobody_else_gets_in(request, client_of, season, table, who):
    row = a_row_of(table, season)
    client = client_of(request.getfixturevalue(who))
    for page in ("", "add/", f"{row.pk}/change/"):
        assert client.get(url(table, page)).status_code in {302, 403, 404}
        assert client.post(url(table, page)).status_code in {302, 403, 404}


def test_staff_who_are_no_curators_see_no_table(client_of, grace):
    grace.is_staff = True
    grace.save()
    assert client_of(grace).get(url("company")).status_code == 403


@pytest.mark.parametrize(
    ("table", "queries"),
    [("company", 8), ("team", 6), ("paper", 6), ("programme", 6), ("season", 6), ("cycle", 7), ("posting", 7)],
)
@pytest.mark.parametrize("rows", [1, 3])
def test_a_table_asks_a_fixed_number_of_questions(curator, season, table, queries, rows):
    for n in range(rows):
        company = CompanyFactory(name=f"Lab {n}")
        Team.objects.create(company=company, name="Maps", slug="maps")
        Cycle.objects.create(programme=ProgrammeFactory(company=company), season=season)
        PostingFactory(company=company)
        company.papers.create(title="P", authors=["A"], year=2026, url="https://p.example/1")
        Season.objects.get_or_create(
            slug=f"s-{n}",
            defaults={
                "name": f"S {n}",
                "opens_on": TODAY,
                "closes_on": dt.date(2027, 1, 1),
                "starts_on": dt.date(2027, 6, 1),
            },
        )
    curator.get(url(table))
    with CaptureQueriesContext(connection) as asked:
        curator.get(url(table))
    assert len(asked) == queries, "\n".join(query["sql"] for query in asked)


def test_a_new_company_is_approved_and_found(curator, cora, ada):
    response = curator.post(
        url("company", "add/"),
        {
            "name": " Ostrava  Vision ", "city": "Ostrava", "country": "Czechia",
            "topics": "computer vision\r\n\r\n robotics ",
            "aliases-TOTAL_FORMS": 1, "aliases-INITIAL_FORMS": 0, "aliases-0-name": "OV Labs",
            "programmes-TOTAL_FORMS": 1, "programmes-INITIAL_FORMS": 0,
            "programmes-0-name": "Summer internship", "programmes-0-kind": "internship",
        },
    )  # fmt: skip
    assert response.status_code == 302, errors(response)
    company = Company.objects.get()
    assert (company.name, company.slug, company.match_key) == ("Ostrava Vision", "ostrava-vision", "ostravavision")
    assert (company.approved_at, company.checked_on, company.checked_by) == (NOW, TODAY, cora)
    assert company.search_text == "Ostrava Vision OV Labs Ostrava Czechia computer vision robotics"
    assert list(Alias.objects.values_list("match_key", flat=True)) == ["ovlabs"]
    assert list(Programme.objects.values_list("slug", "checked_on")) == [("summer-internship", TODAY)]


def change_form(company, **changes):
    fields = ("name", "kind", "website", "careers_url", "city", "country", "notes", "source_url", "source_note")
    return {**{f: getattr(company, f) for f in fields}, "topics": "\n".join(company.topics), **NO_PARTS, **changes}


def test_renaming_a_company_brings_its_postings_along(curator):
    company = CompanyFactory(name="Mosaic ML")
    posting = PostingFactory(company=company, title="Research Intern", places=["Zurich"], search_text="old")
    response = curator.post(url("company", f"{company.pk}/change/"), change_form(company, name="Tessera"))
    assert response.status_code == 302, errors(response)
    company.refresh_from_db()
    posting.refresh_from_db()
    assert (company.name, company.slug, company.match_key) == ("Tessera", "mosaic-ml", "tessera")
    assert posting.search_text == "Research Intern Tessera Zurich"


def test_saving_without_a_change_notes_no_check(curator):
    company = CompanyFactory(name="Waymo")
    assert curator.post(url("company", f"{company.pk}/change/"), change_form(company)).status_code == 302
    company.refresh_from_db()
    assert company.checked_on is None


@pytest.mark.parametrize("name", ["Mosaic ML", "MosaicML, Inc.", "The Tile People", "!!!"])
def test_a_name_of_the_list_is_refused_at_the_field(curator, name):
    Alias.objects.create(company=CompanyFactory(name="Mosaic ML"), name="Tile People", match_key="tilepeople")
    other = CompanyFactory(name="Waymo")
    response = curator.post(url("company", f"{other.pk}/change/"), change_form(other, name=name))
    assert response.status_code == 200
    assert len(errors(response)) == 1
    assert curator.post(url("company", "add/"), change_form(Company(name=name))).status_code == 200


def test_an_alias_of_another_company_and_two_equal_ones_are_refused(curator):
    CompanyFactory(name="Mosaic ML")
    company = CompanyFactory(name="Waymo")
    names = {"aliases-TOTAL_FORMS": 2, "aliases-INITIAL_FORMS": 0}
    taken = {**names, "aliases-0-name": "MosaicML", "aliases-1-name": ""}
    response = curator.post(url("company", f"{company.pk}/change/"), change_form(company, **taken))
    assert errors(response) == ["Another company of the list has this name."]
    twice = {**names, "aliases-0-name": "WM", "aliases-1-name": "wm Ltd"}
    response = curator.post(url("company", f"{company.pk}/change/"), change_form(company, **twice))
    assert errors(response) == ["Two of these names are the same."]


def test_what_only_the_database_sees_becomes_a_sentence(curator, ada):
    propose_company(name="Waymo", by=ada, at=NOW)
    own = propose_company(name="Waabi", by=ada, at=NOW)
    response = curator.post(url("company", f"{own.pk}/change/"), change_form(own, name="Waymo"), follow=True)
    assert response.status_code == 200
    assert [str(m) for m in response.context["messages"]] == ["This company is in the list already."]
    assert sorted(Company.objects.values_list("name", flat=True)) == ["Waabi", "Waymo"]


def test_the_second_of_two_curators_adding_one_company_is_refused(cora):
    CompanyFactory(name="Waymo")
    with pytest.raises(DomainError, match="in the list already"):
        save_company(company=Company(name="waymo"), by=cora, at=NOW)


def test_approving_shows_a_company_to_everybody(curator, cora, ada, mallory):
    company = propose_company(name="Ostrava Vision", by=ada, at=NOW)
    response = curator.post(url("company"), {"action": "approve", "_selected_action": [company.pk]}, follow=True)
    assert [str(m) for m in response.context["messages"]] == ["1 approved."]
    company.refresh_from_db()
    assert (company.slug, company.approved_at, company.checked_by) == ("ostrava-vision", NOW, cora)
    assert list(Company.objects.visible_to(mallory)) == [company]


def test_approving_what_the_list_has_is_refused_by_name(curator, ada):
    own = propose_company(name="Waymo", by=ada, at=NOW)
    CompanyFactory(name="Waymo")
    other = propose_company(name="Ostrava Vision", by=ada, at=NOW)
    chosen = {"action": "approve", "_selected_action": [own.pk, other.pk]}
    response = curator.post(url("company"), chosen, follow=True)
    assert [str(m) for m in response.context["messages"]] == ["1 approved.", "The list has these already: Waymo."]


@pytest.mark.parametrize("table", ["company", "team", "paper", "programme", "cycle", "posting"])
def test_checked_today_notes_day_and_curator(curator, cora, season, table):
    row = a_row_of(table, season)
    curator.post(url(table), {"action": "checked_today", "_selected_action": [row.pk]})
    row.refresh_from_db()
    assert (row.checked_on, row.checked_by) == (TODAY, cora)


POSTING = {
    "title": "Research Intern", "url": "https://jobs.example.org/7?utm_source=x", "kind": "internship",
    "places": "Zurich", "terms": "Summer 2027", "zone": "Etc/GMT+12", "is_open": "on", "is_visible": "on",
}  # fmt: skip


def test_a_new_posting_is_found_by_its_link_and_its_words(curator, cora):
    company = CompanyFactory(name="Waymo")
    response = curator.post(url("posting", "add/"), {**POSTING, "company": company.pk})
    assert response.status_code == 302, errors(response)
    posting = Posting.objects.get()
    assert (posting.url_key, posting.origin) == ("jobs.example.org/7", "curator")
    assert posting.search_text == "Research Intern Waymo Zurich Summer 2027"
    assert (posting.checked_on, posting.checked_by) == (TODAY, cora)


def test_a_place_with_a_comma_stays_one_place(curator):
    made = PostingFactory(
        company=CompanyFactory(name="Waymo"), places=["Charlotte, NC", "Atlanta, GA"], terms=["Summer 2027"]
    )
    page = url("posting", f"{made.pk}/change/")
    assert "Charlotte, NC\nAtlanta, GA</textarea>" in curator.get(page).text
    form = {
        **POSTING,
        "title": made.title,
        "url": made.url,
        "company": made.company_id,
        "places": "Charlotte, NC\r\nAtlanta, GA",
    }
    assert curator.post(page, form).status_code == 302
    made.refresh_from_db()
    assert (made.places, made.checked_on) == (["Charlotte, NC", "Atlanta, GA"], None)
    for wrong in ("x" * 161, "a\0b"):
        assert curator.post(page, {**form, "places": wrong}).status_code == 200


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"url": "http://JOBS.example.org/7/"}, "This link is in the list already."),
        ({"url": ""}, "Enter the link of the posting."),
        ({"url": "javascript:alert(1)"}, "Enter a full web address, like https://example.org/jobs/1."),
        ({"url": f"https://example.org/{'x' * 5000}"}, "Ensure this value has at most 2000 characters (it has 5020)."),
        ({"closes_on": "0001-01-01"}, "Enter a day between 1990 and 2100."),
        ({"closes_on": "9999-12-31"}, "Enter a day between 1990 and 2100."),
        ({"min_weeks": 9, "max_weeks": 8}, "The shortest length is longer than the longest."),
        ({"team": "other"}, "Choose a team of the same company."),
        ({"zone": "Mars/Olympus"}, "Select a valid choice. Mars/Olympus is not one of the available choices."),
    ],
)
def test_a_posting_that_cannot_be_is_refused_in_a_sentence(curator, changes, sentence):
    company = CompanyFactory(name="Waymo")
    PostingFactory(url="https://jobs.example.org/7", url_key="jobs.example.org/7")
    if changes.get("team"):
        changes = {"team": Team.objects.create(company=CompanyFactory(), name="T", slug="t").pk}
    fields = {**POSTING, "url": "https://jobs.example.org/8", "company": company.pk, **changes}
    response = curator.post(url("posting", "add/"), fields)
    assert response.status_code == 200
    assert sentence in errors(response)


def test_a_programme_takes_its_cycles_along(curator, cora, season):
    company = CompanyFactory(name="The Alan Turing Institute")
    ProgrammeFactory(company=company, name="Enrichment scheme", slug="enrichment-scheme")
    fields = {
        "company": company.pk, "name": "Enrichment scheme", "kind": "scheme",
        "cycles-TOTAL_FORMS": 1, "cycles-INITIAL_FORMS": 0, "cycles-0-season": season.pk, "cycles-0-state": "confirmed",
        "cycles-0-closes_on": "2027-02-17", "cycles-0-zone": "Europe/London",
    }  # fmt: skip
    response = curator.post(url("programme", "add/"), fields)
    assert response.status_code == 302, errors(response)
    cycle = Cycle.objects.get()
    assert (cycle.programme.slug, cycle.checked_on, cycle.checked_by) == ("enrichment-scheme-2", TODAY, cora)


def test_names_programmes_and_cycles_are_deleted_where_they_stand(curator, season):
    made = CompanyFactory(name="Waymo", search_text="Waymo Chauffeur")
    alias = Alias.objects.create(company=made, name="Chauffeur", match_key="chauffeur")
    programme = ProgrammeFactory(company=made, name="P")
    cycle = Cycle.objects.create(programme=programme, season=season)
    row = {"cycles-0-id": cycle.pk, "cycles-0-programme": programme.pk, "cycles-0-season": season.pk}
    more = {"cycles-0-state": "expected", "cycles-0-zone": "UTC", "cycles-0-DELETE": "on"}
    counts = {"cycles-TOTAL_FORMS": 1, "cycles-INITIAL_FORMS": 1}
    form = {"company": made.pk, "name": "P", "kind": "internship", **row, **more, **counts}
    assert curator.post(url("programme", f"{programme.pk}/change/"), form).status_code == 302
    assert not Cycle.objects.exists()
    names = {
        "aliases-0-id": alias.pk,
        "aliases-0-company": made.pk,
        "aliases-0-name": "Chauffeur",
        "aliases-0-DELETE": "on",
    }
    parts = {"programmes-0-id": programme.pk, "programmes-0-company": made.pk, "programmes-0-name": "P"}
    gone = {"programmes-0-kind": "internship", "programmes-0-DELETE": "on"}
    ones = {f"{part}-{count}_FORMS": 1 for part in ("aliases", "programmes") for count in ("TOTAL", "INITIAL")}
    response = curator.post(url("company", f"{made.pk}/change/"), change_form(made, **ones, **names, **parts, **gone))
    assert response.status_code == 302, errors(response)
    made.refresh_from_db()
    assert (made.search_text, made.aliases.count(), made.programmes.count()) == ("Waymo", 0, 0)


def test_an_imported_posting_without_a_link_can_be_saved(curator):
    made = PostingFactory(url="", url_key="id:listings:7", origin="listings", origin_id="7")
    form = {**POSTING, "url": "", "company": made.company_id, "title": "Research Intern, Perception"}
    assert curator.post(url("posting", f"{made.pk}/change/"), form).status_code == 302
    made.refresh_from_db()
    assert (made.title, made.url_key) == ("Research Intern, Perception", "id:listings:7")


def test_changing_a_programme_or_season_keeps_its_address(curator, season):
    programme = ProgrammeFactory(name="P", slug="p")
    form = {"company": programme.company_id, "name": "Q", "kind": "internship", **NO_CYCLES}
    assert curator.post(url("programme", f"{programme.pk}/change/"), form).status_code == 302
    days = {"opens_on": "2026-10-01", "closes_on": "2027-01-31", "starts_on": "2027-06-01"}
    assert curator.post(url("season", f"{season.pk}/change/"), {"name": "Sommer 2027", **days}).status_code == 302
    programme.refresh_from_db()
    season.refresh_from_db()
    assert (programme.name, programme.slug) == ("Q", "p")
    assert (season.name, season.slug) == ("Sommer 2027", "summer-2027")


@pytest.mark.parametrize("link", ["", "javascript:alert(1)"])
def test_the_action_itself_refuses_what_is_no_link(cora, link):
    with pytest.raises(DomainError):
        save_posting(posting=Posting(company=CompanyFactory(), title="Intern", url=link), by=cora, at=NOW)


def cycles(*rows):
    numbered = {f"cycles-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}
    return {"cycles-TOTAL_FORMS": len(rows), "cycles-INITIAL_FORMS": 0, **numbered}


def test_a_window_in_the_wrong_order_and_a_season_twice_are_refused(curator, season):
    programme = ProgrammeFactory()
    form = {"company": programme.company_id, "name": "P", "kind": "internship"}
    row = {"season": season.pk, "state": "expected", "zone": "UTC"}
    backwards = cycles({**row, "opens_on": "2027-01-02", "closes_on": "2027-01-01"})
    response = curator.post(url("programme", f"{programme.pk}/change/"), {**form, **backwards})
    assert errors(response) == ["The window closes before it opens."]
    assert curator.post(url("programme", f"{programme.pk}/change/"), {**form, **cycles(row, row)}).status_code == 200
    Cycle.objects.create(programme=programme, season=season)
    assert curator.post(url("programme", f"{programme.pk}/change/"), {**form, **cycles(row)}).status_code == 200
    assert curator.post(url("cycle", "add/"), {**row, "programme": programme.pk}).status_code == 200
    assert Cycle.objects.count() == 1


def test_a_season_gets_its_slug(curator):
    form = {"name": "Summer 2031", "opens_on": "2030-10-01", "closes_on": "2031-01-31", "starts_on": "2031-06-01"}
    assert curator.post(url("season", "add/"), form).status_code == 302
    assert Season.objects.get().slug == "summer-2031"
    assert curator.post(url("season", "add/"), form).status_code == 200
    assert curator.post(url("season", "add/"), {**form, "name": "Summer, 2031"}).status_code == 302
    assert curator.post(url("season", "add/"), {**form, "name": "X", "closes_on": "2030-09-01"}).status_code == 200


def test_a_team_gets_a_slug_within_its_company(curator):
    company = CompanyFactory()
    for _ in range(2):
        curator.post(url("team", "add/"), {"company": company.pk, "name": "Graph Learning"})
    assert list(Team.objects.order_by("pk").values_list("slug", flat=True)) == ["graph-learning", "graph-learning-2"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"url": "http://P.example/1/"}, "This company has this paper already."),
        ({"team": "other"}, "Choose a team of the same company."),
        ({"year": "26"}, "Enter the year with four digits."),
        ({"authors": ""}, "This field is required."),
    ],
)
def test_a_paper_that_cannot_be_is_refused_in_a_sentence(curator, season, changes, sentence):
    company = a_row_of("paper", season).company
    if changes.get("team"):
        changes = {"team": Team.objects.create(company=CompanyFactory(), name="T", slug="t").pk}
    typed = {"title": "Q", "authors": "B", "year": "2026", "url": "https://p.example/2", "company": company.pk}
    response = curator.post(url("paper", "add/"), {**typed, **changes})
    assert response.status_code == 200
    assert sentence in errors(response)
    assert company.papers.count() == 1
    assert curator.post(url("paper", "add/"), typed).status_code == 302


def test_companies_complete_as_one_types(curator):
    CompanyFactory(name="Waymo")
    asked = {"term": "way", "app_label": "companies", "model_name": "posting", "field_name": "company"}
    assert curator.get("/manage/autocomplete/", asked).json()["results"][0]["text"] == "Waymo"


@pytest.mark.parametrize(
    "table", [CompanyAdmin, CycleAdmin, PaperAdmin, PostingAdmin, ProgrammeAdmin, SeasonAdmin, TeamAdmin]
)
def test_order_never_depends_on_chance(table):
    assert table.ordering[-1].lstrip("-") == "pk"


@pytest.mark.parametrize("number", [1, 2])
def test_a_company_that_students_track_stays_and_their_roles_are_not_told(curator, ada, number):
    company = CompanyFactory(name="Waymo")
    ApplicationFactory.create_batch(number, student=ada, company=company, role="Whispered Role")
    kept = "1 application" if number == 1 else "2 applications"
    chosen = {"action": "delete_selected", "_selected_action": company.pk, "post": "yes"}
    for response in (
        curator.get(url("company", f"{company.pk}/delete/")),
        curator.post(url("company", f"{company.pk}/delete/"), {"post": "yes"}),
        curator.post(url("company"), chosen),
    ):
        assert (response.status_code, list(response.context["protected"])) == (200, [kept])
        assert "Whispered" not in response.text
    assert Company.objects.count() == 1


def test_a_season_with_a_students_goal_stays(curator, ada, season):
    SeasonPlan.objects.create(student=ada, season=season, goal=20)
    response = curator.post(url("season", f"{season.pk}/delete/"), {"post": "yes"})
    assert (response.status_code, list(response.context["protected"])) == (200, ["1 season plan"])
    assert SeasonPlan.objects.get().goal == 20


def test_what_only_the_list_holds_is_deleted(curator):
    posting = PostingFactory()
    assert curator.post(url("company", f"{posting.company_id}/delete/"), {"post": "yes"}).status_code == 302
    assert not Company.objects.exists()


@pytest.mark.parametrize(
    "page",
    [
        "company/?country=%00",
        "posting/?origin=%00",
        "../autocomplete/?app_label=companies&model_name=posting&field_name=company&term=%00",
    ],
)
def test_a_nul_in_the_address_is_400(curator, page):
    assert curator.get(f"/manage/companies/{page}".replace("companies/../", "")).status_code == 400


@pytest.mark.parametrize("company", ["abc", "-1", "²", "9" * 30])
def test_an_address_that_fills_in_nonsense_fills_in_nothing(curator, company):
    response = curator.get(url("posting", f"add/?company={company}&title=Research+Intern"))
    form = response.context["adminform"].form
    assert (response.status_code, form["company"].value(), form["title"].value()) == (200, None, "Research Intern")


@pytest.mark.parametrize("forged", ["abc", "\0", "1; DROP TABLE", "9" * 30])
def test_a_forged_key_is_400_and_writes_nothing(curator, forged):
    company = CompanyFactory()
    chosen = curator.post(url("company"), {"action": "checked_today", "_selected_action": [company.pk, forged]})
    filled = curator.post(url("posting", "add/"), {"title": "Research Intern", "company": forged})
    assert (chosen.status_code, filled.status_code) == (400, 400)
    assert (Company.objects.filter(checked_on__isnull=False).count(), Posting.objects.count()) == (0, 0)
