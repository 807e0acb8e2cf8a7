import copy
import datetime as dt
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from companies.actions import import_roster
from companies.cells import UnreadableFileError
from companies.models import Alias, Company, Cycle, Programme, Season
from companies.roster import kind_of, read_roster
from tests.factories import NOW, CompanyFactory, PostingFactory

SEED = Path(__file__).parents[2] / "companies" / "data" / "companies.json"
GIVEN = Path(__file__).parents[3] / "shared" / "data" / "companies.json"

ONE = {
    "name": "The Alan Turing Institute",
    "aliases": ["Turing", "The Turing"],
    "kind": "research_institute",
    "website": "https://www.turing.ac.uk",
    "hq_city": "London",
    "hq_country": "GB",
    "research_areas": ["data science", "AI"],
    "ats": {"provider": "greenhouse", "board": "turing"},
    "programmes": [
        {
            "name": "Enrichment scheme",
            "duration_weeks": [26, 39],
            "locations": ["London"],
            "evidence": ["owner/list README", "https://www.turing.ac.uk/enrichment (call)", "a talk"],
            "window": {"opens": None, "closes": "2024-01-17"},
            "cycles": [{"season": "Summer 2027", "state": "expected", "closes": "2027-02-28", "zone": "Europe/London"}],
        }
    ],
    "notes": "Not an internship.",
}


def file_of(*companies):
    return {"companies": list(companies)}


def take(content, **options):
    return import_roster(roster=read_roster(content, most=1000), at=NOW, **options)


def numbers(report):
    return report.created, report.updated, report.unchanged, len(report.errors)


def changed(path, value):
    """A copy of ONE with one value changed; a path is made of keys and indexes."""
    company = copy.deepcopy(ONE)
    at = company
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return company


@pytest.mark.parametrize(
    "file",
    [SEED, *(given_one for given_one in [GIVEN] if given_one.exists())],
    ids=["ours", "given"][: 1 + GIVEN.exists()],
)
def test_49_companies_are_read_and_a_second_run_says_nothing_new(db, capsys, file):
    call_command("import_companies", str(file), "--json")
    first = json.loads(capsys.readouterr().out)
    assert first == {
        "read": 49, "created": 49, "updated": 0, "unchanged": 0, "skipped": 0, "errors": [], "companies_created": 49,
        "companies_matched": 0,
    }  # fmt: skip
    assert Programme.objects.count() == 59
    call_command("import_companies", str(file), "--json")
    assert json.loads(capsys.readouterr().out) == {
        **first, "created": 0, "unchanged": 49, "companies_created": 0, "companies_matched": 49
    }  # fmt: skip


def test_our_own_facts_name_their_sources_and_stand_as_not_checked(db):
    take(json.loads(SEED.read_text()))
    assert not Company.objects.filter(checked_on__isnull=False).exists()
    without = Programme.objects.filter(source_url="").values_list("company__name", flat=True)
    assert set(without) <= {
        "Arm",
        "Qualcomm AI Research",
        "Bosch Center for Artificial Intelligence",
        "J.P. Morgan AI Research",
    }
    expected = Cycle.objects.filter(state="expected").order_by("pk")
    assert {cycle.source_url != "" for cycle in expected} == {True}
    for company in Company.objects.all():
        company.full_clean()
    for fact in (*Programme.objects.all(), *Cycle.objects.all()):
        fact.full_clean()


def test_the_enrichment_scheme_is_expected_in_february(db):
    take(json.loads(SEED.read_text()))
    schemes = Cycle.objects.filter(programme__kind="scheme", season__name="Summer 2027")
    assert list(schemes.values_list("programme__company__name", "state", "closes_on", "zone").distinct()) == [
        ("The Alan Turing Institute", "expected", dt.date(2027, 2, 28), "Europe/London")
    ]


def test_the_command_makes_the_seasons_around_its_own_year(db, clock, tmp_path):
    (tmp_path / "none.json").write_text('{"companies": []}')
    clock.move_to(dt.datetime(2031, 3, 1, tzinfo=dt.UTC))
    call_command("import_companies", str(tmp_path / "none.json"), "--json")
    names = Season.objects.order_by("starts_on").values_list("name", flat=True)
    assert list(names) == ["Summer 2030", "Summer 2031", "Summer 2032", "Summer 2033"]


def test_seasons_come_with_their_default_window(db):
    take(file_of())
    seasons = Season.objects.order_by("starts_on").values_list("name", "opens_on", "closes_on")
    assert [name for name, *_days in seasons] == ["Summer 2025", "Summer 2026", "Summer 2027", "Summer 2028"]
    assert seasons[2] == ("Summer 2027", dt.date(2026, 10, 1), dt.date(2027, 1, 31))


def test_a_season_that_a_curator_moved_stays(db):
    take(file_of())
    Season.objects.filter(name="Summer 2027").update(opens_on=dt.date(2026, 9, 1))
    take(file_of())
    assert Season.objects.get(name="Summer 2027").opens_on == dt.date(2026, 9, 1)


def test_a_company_comes_with_everything_the_file_says(db):
    assert numbers(take(file_of(ONE))) == (1, 0, 0, 0)
    company = Company.objects.get()
    assert (company.slug, company.kind, company.country) == (
        "the-alan-turing-institute",
        "Research institute",
        "United Kingdom",
    )
    assert (company.careers_url, company.approved_at) == ("https://job-boards.greenhouse.io/turing", NOW)
    assert company.search_text == (
        "The Alan Turing Institute Turing Research institute London United Kingdom data science AI Not an internship."
    )
    programme = company.programmes.get()
    assert (programme.slug, programme.kind, programme.min_weeks, programme.max_weeks) == (
        "enrichment-scheme",
        "scheme",
        26,
        39,
    )
    assert programme.source_url == "https://github.com/owner/list"
    assert programme.source_note == "README; https://www.turing.ac.uk/enrichment (call); a talk"
    past, ahead = programme.cycles.order_by("season__starts_on")
    assert (past.season.name, past.state, past.closes_on) == ("Summer 2024", "closed", dt.date(2024, 1, 17))
    assert (ahead.season.name, ahead.state, ahead.zone) == ("Summer 2027", "expected", "Europe/London")


def test_a_window_that_is_ahead_is_confirmed(db):
    take(file_of(changed(["programmes", 0, "window"], {"opens": "2027-09-01", "closes": None})))
    cycle = Cycle.objects.get(season__name="Summer 2028")
    assert (cycle.state, cycle.opens_on, cycle.zone) == ("confirmed", dt.date(2027, 9, 1), "Etc/GMT+12")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["hq_city"], "Leeds"),
        (["research_areas"], ["AI"]),
        (["aliases"], ["Turing", "ATI"]),
        (["programmes", 0, "notes"], "New."),
        (["programmes", 0, "cycles", 0, "closes"], "2027-02-01"),
        (["programmes"], [*ONE["programmes"], {"name": "Another"}]),
    ],
)
def test_what_changed_in_the_file_changes_in_the_list(db, path, value):
    take(file_of(ONE))
    assert numbers(take(file_of(changed(path, value)))) == (0, 1, 0, 0)
    assert numbers(take(file_of(changed(path, value)))) == (0, 0, 1, 0)


def test_a_window_without_days_is_no_cycle(db):
    take(file_of(changed(["programmes", 0, "window"], {"opens": None, "closes": None})))
    assert list(Cycle.objects.values_list("season__name", flat=True)) == ["Summer 2027"]


def test_what_a_curator_checked_stays(db):
    take(file_of(ONE))
    for facts in (Company, Programme, Cycle):
        facts.objects.update(checked_on=dt.date(2026, 11, 1))
    new = changed(["hq_city"], "Leeds")
    new["programmes"][0]["notes"] = "New."
    new["programmes"][0]["cycles"][0]["closes"] = "2027-02-01"
    assert numbers(take(file_of(new))) == (0, 0, 1, 0)


def test_a_company_known_from_postings_is_completed(db):
    company = CompanyFactory(name="Alan Turing Institute", slug="turing")
    posting = PostingFactory(company=company, title="Research Intern", search_text="old")
    report = take(file_of(ONE))
    assert (report.updated, report.companies_matched) == (1, 1)
    company.refresh_from_db()
    posting.refresh_from_db()
    assert (company.name, company.slug, company.city) == ("Alan Turing Institute", "turing", "London")
    assert posting.search_text == "Research Intern Alan Turing Institute Turing"


def test_a_name_of_another_company_is_no_alias(db):
    CompanyFactory(name="Turing")
    report = take(file_of(ONE))
    assert [p.message for p in report.errors] == ["Turing names another company of the list already."]
    assert Alias.objects.count() == 0


def test_a_dry_run_writes_nothing(db, capsys):
    call_command("import_companies", str(SEED), "--dry-run")
    assert capsys.readouterr().out.splitlines()[:2] == [
        "Dry run: nothing was written. This would happen:",
        "Read 49 companies: 49 created, 0 updated, 0 unchanged, 0 skipped, 0 not taken.",
    ]
    assert (Company.objects.count(), Season.objects.count()) == (0, 0)


def test_nothing_new_takes_a_fixed_number_of_questions(db):
    take(json.loads(SEED.read_text()))
    with CaptureQueriesContext(connection) as asked:
        take(json.loads(SEED.read_text()))
    # savepoint and its release, two locks, seasons made and read, companies by alias and by name, companies, their
    # other names, programmes, cycles, seasons
    assert len(asked) == 13, "\n".join(query["sql"][:80] for query in asked)


BAD = [
    (["name"], "", "name is missing."),
    (["name"], "?", "name has no letter and no digit."),
    (["name"], "a\0", "name holds a NUL character; remove it."),
    (["name"], 7, "name is a number; write a text."),
    (["website"], "javascript:alert(1)", "Enter a full web address, like https://example.org/jobs/1."),
    (["website"], "https://x.org/".ljust(3000, "x"), "Use a link of at most 2,000 characters; this one has 3,000."),
    (["notes"], "x" * 10_000_000, "notes has 10,000,000 characters; write at most 5,000."),
    (["aliases"], "Turing", "aliases is a text; write a list of texts."),
    (["ats"], "greenhouse", "ats is a text; write an object with named fields."),
    (["programmes"], {}, "programmes is no list."),
    (["programmes"], [7], "An entry of programmes is a number; write an object with named fields."),
    (["programmes", 0, "name"], None, "name is missing."),
    (["programmes", 0, "kind"], "job", "kind is 'job'; write internship, scheme, visit, fellowship."),
    *(
        (
            ["programmes", 0, "duration_weeks"],
            weeks,
            "duration_weeks is no pair of weeks between 1 and 520, like [12, 16].",
        )
        for weeks in (12, [12], [0, 5], [1, 521], ["1", 2], [True, 2], [1.5, 2])
    ),
    (["programmes", 0, "duration_weeks"], [16, 12], "The shortest length is longer than the longest."),
    (["programmes", 0, "window"], [], "window is a list; write an object with named fields."),
    (["programmes", 0, "window", "closes"], "17 January", "closes is no day; write it like 2027-02-28."),
    (["programmes", 0, "window", "closes"], "0001-01-01", "closes is no day between 1990 and 2100."),
    (["programmes", 0, "window", "closes"], "9999-12-31", "closes is no day between 1990 and 2100."),
    (["programmes", 0, "window", "opens"], "2024-02-01", "The window closes before it opens."),
    (["programmes", 0, "cycles", 0, "season"], "Fall 2027", "season is 'Fall 2027'; write it like Summer 2027."),
    (["programmes", 0, "cycles", 0, "season"], "Summer 0001", "season is 'Summer 0001'; write it like Summer 2027."),
    (["programmes", 0, "cycles", 0, "state"], "maybe", "state is 'maybe'; write expected, confirmed, closed."),
    (
        ["programmes", 0, "cycles", 0, "zone"],
        "Mars",
        "zone is 'Mars'; write one of the IANA database, like Europe/London.",
    ),
    (
        ["programmes", 0, "cycles", 0, "zone"],
        "../../etc/passwd",
        "zone is '../../etc/passwd'; write one of the IANA database, like Europe/London.",
    ),
]


@pytest.mark.parametrize(("path", "value", "sentence"), BAD)
def test_a_bad_row_is_a_sentence_and_the_others_are_taken(db, path, value, sentence):
    report = take(file_of({"name": "Waymo"}, changed(path, value), {"name": "Wayve"}))
    assert [(problem.row, problem.message) for problem in report.errors] == [(2, sentence)]
    assert report.created == 2


def test_a_company_or_programme_that_stands_there_twice_is_taken_once(db):
    twice = changed(["programmes"], [{"name": "A scheme"}, {"name": "A Scheme!", "notes": "x"}])
    report = take(file_of(twice, {"name": "Alan Turing Institute"}))
    assert [(p.row, p.message) for p in report.errors] == [
        (2, "Alan Turing Institute stands in row 1 already."),
        (1, "A Scheme! stands there twice."),
    ]
    assert Programme.objects.count() == 1


@pytest.mark.parametrize("content", [[], {}, {"companies": {}}, 7, None])
def test_another_shape_is_a_sentence(content):
    with pytest.raises(UnreadableFileError, match="no list of companies"):
        read_roster(content, most=10)


def test_files_that_cannot_be_read_end_with_status_1(db, tmp_path):
    file = tmp_path / "companies.json"
    for data in (b"", b'{"companies": [', b"[]"):
        file.write_bytes(data)
        with pytest.raises(CommandError, match="was not imported") as error:
            call_command("import_companies", str(file))
        assert error.value.returncode == 1
    with pytest.raises(UnreadableFileError, match="has 2 companies; import at most 1"):
        read_roster(file_of({}, {}), most=1)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Enrichment scheme - Placement award", "scheme"),
        ("Fellows Program", "fellowship"),
        ("Visiting researcher", "visit"),
        ("Internship / Visiting Researcher", "internship"),
        ("General application", "internship"),
    ],
)
def test_the_kind_of_a_programme_is_guessed_from_its_name(name, kind):
    assert kind_of(name) == kind


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*ONE, *ONE["programmes"][0], "season", "closes", "provider", "board"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(
    JSON
    | st.builds(file_of, JSON)
    | st.builds(file_of, st.builds(lambda more: {**ONE, **more}, st.dictionaries(st.sampled_from(list(ONE)), JSON)))
)
def test_any_json_gives_an_answer(content):
    try:
        roster = read_roster(content, most=5)
    except UnreadableFileError:
        return
    assert roster.read == len(roster.companies) + len(roster.problems)
