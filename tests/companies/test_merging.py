"""Two companies become one and can be taken apart, row for row, also while somebody adds an application."""

import datetime as dt
import threading
import uuid

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from applications.actions.adding import add_application
from applications.actions.editing import duplicate_application
from applications.models import Application
from companies.actions import merge_companies, undo_merge
from companies.actions.companies import refresh_search
from companies.models import Alias, Company, Merge, Posting, Programme, Team
from companies.queries.merging import choices, duplicate_lines, effect_of, fuller
from tests.factories import NOW, ApplicationFactory, CompanyFactory, PostingFactory, ProgrammeFactory, UserFactory
from tracker.lib.errors import DomainError, StaleError

DAY = dt.timedelta(days=1)
_UNSEEN = {"updated_at"}


def everything():
    """Every row that a merge may touch, but for when it was last saved and merges themselves."""
    found = {}
    for model in (Company, Alias, Team, Programme, Posting, Application):
        for row in model.objects.order_by("pk").values():
            found[model.__name__, row["id"]] = {name: value for name, value in row.items() if name not in _UNSEEN}
    return found


@pytest.fixture
def pair(db, ada):
    """Two companies of one name, each with all that can point at a company; the second has a team that both have."""
    keeper = CompanyFactory(name="Northlight", website="https://northlight.example", topics=["vision"])
    taken = CompanyFactory(name="Northlight Labs", city="Oslo", topics=["vision", "graphs"], proposed_by=ada)
    for company in (keeper, taken):
        company.teams.create(name="Seeing", slug="seeing")
        ProgrammeFactory(company=company, name="Summer", slug="summer")
        PostingFactory(company=company)
        ApplicationFactory(company=company, student=ada)
    taken.aliases.create(name="NLL", match_key="nll")
    merge_companies(keeper=taken, taken=CompanyFactory(name="Old Light"), values={}, by=ada, at=NOW - DAY)
    for company in (keeper, taken):
        company.refresh_from_db()
        refresh_search(company=company)
    return keeper, taken


def test_all_that_points_at_it_moves_and_its_name_stays_known(pair, cora):
    keeper, taken = pair
    assert effect_of(taken) == (
        "1 earlier merge, 2 other names, 1 team, 1 programme, 1 posting and 1 application move."
    )
    merge_companies(keeper=keeper, taken=taken, values={"city": "Oslo"}, by=cora, at=NOW)
    keeper.refresh_from_db()
    assert (keeper.city, keeper.topics) == ("Oslo", ["vision", "graphs"])
    assert sorted(keeper.teams.values_list("slug", flat=True)) == ["seeing", "seeing-2"]
    assert Application.objects.filter(company=keeper).count() == Posting.objects.filter(company=keeper).count() == 2
    assert set(keeper.aliases.values_list("name", flat=True)) == {"NLL", "Old Light", "Northlight Labs"}
    assert not Company.objects.visible_to(cora).filter(name="Northlight Labs").exists()
    assert "Northlight Labs" in keeper.postings.first().search_text


def test_taking_it_back_puts_every_row_back(pair, cora):
    keeper, taken = pair
    before = everything()
    values = {"name": "Northlight AI", "city": "Oslo", "notes": "One company"}
    merge = merge_companies(keeper=keeper, taken=taken, values=values, by=cora, at=NOW)
    assert everything() != before
    undo_merge(merge=merge, by=cora, at=NOW + 29 * DAY)
    assert everything() == before


def test_what_changed_since_stays_changed(pair, cora, ada):
    keeper, taken = pair
    merge = merge_companies(keeper=keeper, taken=taken, values={"city": "Oslo"}, by=cora, at=NOW)
    Company.objects.filter(pk=keeper.pk).update(city="Bergen")
    new = ApplicationFactory(company=keeper, student=ada)
    undo_merge(merge=merge, by=cora, at=NOW)
    keeper.refresh_from_db()
    assert keeper.city == "Bergen"
    new.refresh_from_db()
    assert new.company == keeper


def test_it_is_refused_when_it_is_no_pair_any_more(pair, cora):
    keeper, taken = pair
    merge = merge_companies(keeper=keeper, taken=taken, values={}, by=cora, at=NOW)
    with pytest.raises(StaleError):
        merge_companies(keeper=keeper, taken=taken, values={}, by=cora, at=NOW)
    with pytest.raises(DomainError, match="30 days"):
        undo_merge(merge=merge, by=cora, at=NOW + 31 * DAY)
    undo_merge(merge=merge, by=cora, at=NOW)
    with pytest.raises(StaleError, match="already"):
        undo_merge(merge=merge, by=cora, at=NOW)


def test_a_merge_within_a_later_one_comes_apart_in_order(pair, cora):
    keeper, taken = pair
    first = Merge.objects.get()
    later = merge_companies(keeper=keeper, taken=taken, values={}, by=cora, at=NOW)
    with pytest.raises(StaleError, match="Take the later merge back first"):
        undo_merge(merge=first, by=cora, at=NOW)
    undo_merge(merge=later, by=cora, at=NOW)
    undo_merge(merge=first, by=cora, at=NOW)
    assert Company.objects.get(name="Old Light").merged_into is None


def test_a_name_that_another_company_has_is_refused_and_nothing_is_written(pair, cora):
    CompanyFactory(name="Taken Name")
    before = everything()
    with pytest.raises(DomainError, match="another company of this name"):
        merge_companies(keeper=pair[0], taken=pair[1], values={"name": "Taken Name"}, by=cora, at=NOW)
    assert everything() == before


def test_the_approved_and_fuller_one_is_kept_at_first(db, ada):
    private = CompanyFactory(
        name="Northlight AI", approved_at=None, proposed_by=ada, website="https://x.example", city="Oslo"
    )
    plain, full = CompanyFactory(name="A"), CompanyFactory(name="B", city="Oslo")
    assert fuller(private, plain) == (plain, private)
    assert fuller(plain, full) == (full, plain)
    assert [(one.name, one.is_one) for one in choices(full, private)] == [("name", True), ("website", False)]


def test_cora_merges_and_takes_back_on_the_pages(pair, cora, ada, client_of, clock):
    keeper, taken = pair
    client = client_of(cora)
    page = client.get("/curation/duplicates/").text
    assert "The same name but for a word such as Labs or Group" in page
    url = f"/curation/merge/{taken.slug}/{keeper.slug}/"
    assert "The old address will redirect here." in client.get(url).text
    refused = client.post(url, {"name": "neither"})
    assert (refused.status_code, "Choose one for name" in refused.text) == (422, True)
    chosen = {"name": "one", "website": "one", "city": "other"}
    assert client.post(url, chosen).headers["Location"] == "/curation/merges/"
    assert client_of(ada).get(f"/companies/{taken.slug}/").headers["Location"] == f"/companies/{keeper.slug}/"
    assert client.get(url).status_code == 404
    merge = Merge.objects.order_by("-pk").first()
    said = client.post(f"/curation/merges/{merge.public_id}/undo/", follow=True).text
    assert "Northlight Labs is a company of its own again." in said
    assert client_of(ada).get(f"/companies/{taken.slug}/").status_code == 200
    assert client.get("/curation/merge/no-such/other/").status_code == 404
    assert client.get(f"/curation/merge/{keeper.slug}/{keeper.slug}/").status_code == 404


def test_pages_of_curators_take_the_same_number_of_questions_however_long_they_are(db, cora, client_of, clock):
    client, counts = client_of(cora), []
    for number in range(1, 8):
        name = f"{'abcdefgh'[number] * 9} tides"
        CompanyFactory(name=f"{name} Labs", website=f"https://tide{number}.example")
        CompanyFactory(name=name)
        if number in {1, 7}:
            with CaptureQueriesContext(connection) as asked:
                assert client.get("/curation/duplicates/").status_code == 200
            counts.append(len(asked))
    assert counts[0] == counts[1] <= 9
    assert len(duplicate_lines()) == 7


@pytest.mark.django_db(transaction=True)
def test_an_application_added_at_this_moment_is_never_left_behind():
    """Two threads: one merges and takes back, the other adds and copies, thirty times; each row is where it belongs."""
    cora, ada = UserFactory(is_curator=True), UserFactory()
    keeper, taken = CompanyFactory(name="Northlight"), CompanyFactory(name="Northlight Labs")
    troubles = []

    def adding():
        try:
            for number in range(30):
                one = add_application(
                    student=ada, company_or_link="Northlight Labs", role=f"Intern {number}", stage="interested",
                    request_key=uuid.uuid4(), at=NOW, on=NOW.date(),
                )  # fmt: skip
                duplicate_application(application=one, request_key=uuid.uuid4(), by=ada, at=NOW)
        except Exception as trouble:  # noqa: BLE001 - told below
            troubles.append(trouble)
        finally:
            connections.close_all()

    thread = threading.Thread(target=adding)
    thread.start()
    while thread.is_alive():
        merge = merge_companies(keeper=keeper, taken=taken, values={}, by=cora, at=NOW)
        assert not Application.objects.filter(company=taken).exists()
        undo_merge(merge=merge, by=cora, at=NOW)
    thread.join()
    assert troubles == []
    assert Application.objects.count() == 60
    merge_companies(keeper=keeper, taken=taken, values={}, by=cora, at=NOW)
    assert set(Application.objects.values_list("company__name", flat=True)) == {"Northlight"}
