"""Two teams, programmes or postings of a company become one, and two again: exactly what there was before."""

import datetime as dt
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connections

from applications.models import Application
from companies import actions
from companies.actions.companies import refresh_search
from companies.models import Company, CycleMove, Following, PartMerge, Posting, Programme, Team
from tests.factories import NOW, ApplicationFactory, CompanyFactory, PostingFactory, ProgrammeFactory, UserFactory
from tracker.lib.errors import DomainError, StaleError

OURS = ("companies", "applications", "reminders")


def everything():
    """Return every row but of the log of merges, to compare."""
    models = [m for m in apps.get_models() if m._meta.app_label in OURS and m is not PartMerge]
    later = {"updated_at"}
    return {
        model._meta.label: json.dumps(
            [{k: v for k, v in row.items() if k not in later} for row in model.objects.order_by("pk").values()],
            cls=DjangoJSONEncoder,
        )
        for model in models
    }


@pytest.fixture
def company(db):
    return CompanyFactory(name="Northlight")


@pytest.fixture
def programmes(company, season, ada, mallory):
    """Two programmes: each with a window of one season, a follower of both, one of the second, a posting."""
    one, other = (ProgrammeFactory(company=company, name=name) for name in ("Summer interns", "Summer internship"))
    for programme, state in ((one, "expected"), (other, "confirmed")):
        cycle = programme.cycles.create(season=season, state=state, opens_on=dt.date(2026, 11, 1))
        CycleMove.objects.create(cycle=cycle, at=NOW, state_before="expected", zone_before="UTC")
        Following.objects.create(person=ada, programme=programme)
    Following.objects.create(person=mallory, programme=other)
    PostingFactory(company=company, programme=other, url_key="x/1")
    Programme.objects.filter(pk=other.pk).update(notes="Paid", places=["Oslo"])
    other.refresh_from_db()
    return one, other


def test_what_can_move_moves_and_what_the_keeper_has_stays_its_own(programmes, cora, ada, mallory):
    one, other = programmes
    actions.merge_parts(keeper=one, taken=other, values={"notes": "Paid"}, by=cora, at=NOW)
    assert list(Programme.objects.values_list("name", "notes")) == [("Summer interns", "Paid")]
    assert set(Following.objects.values_list("person", "programme")) == {(ada.pk, one.pk), (mallory.pk, one.pk)}
    assert [cycle.state for cycle in one.cycles.all()] == ["expected"]
    assert Posting.objects.get().programme == one


def test_taking_it_back_gives_exactly_what_there_was(programmes, cora):
    before = everything()
    merge = actions.merge_parts(
        keeper=programmes[0], taken=programmes[1], values={"notes": "Paid", "places": ["Oslo"]}, by=cora, at=NOW
    )
    assert everything() != before
    actions.undo_part_merge(merge=merge, by=cora, at=NOW + dt.timedelta(days=29))
    assert everything() == before


@pytest.mark.parametrize("kind", ["team", "posting"])
def test_teams_and_postings_come_back_exactly_too(company, ada, cora, kind):
    if kind == "team":
        rows = [Team.objects.create(company=company, name=n, slug=n.lower(), topics=[n]) for n in ("Vision", "Sight")]
    else:
        rows = [PostingFactory(company=company, title=n, url_key=f"x/{n}", places=[n]) for n in ("Vision", "Sight")]
    ApplicationFactory(student=ada, company=company, **{kind: rows[1]})
    refresh_search(company=company)
    before = everything()
    merge = actions.merge_parts(keeper=rows[0], taken=rows[1], values={}, by=cora, at=NOW)
    assert getattr(Application.objects.get(), kind) == rows[0]
    actions.undo_part_merge(merge=merge, by=cora, at=NOW)
    assert everything() == before


def test_what_somebody_changed_since_stays_as_they_left_it(programmes, cora):
    one, other = programmes
    merge = actions.merge_parts(keeper=one, taken=other, values={"notes": "Paid"}, by=cora, at=NOW)
    Programme.objects.update(notes="Well paid")
    actions.undo_part_merge(merge=merge, by=cora, at=NOW)
    assert dict(Programme.objects.values_list("name", "notes")) == {
        "Summer interns": "Well paid", "Summer internship": "Paid",
    }  # fmt: skip


def test_a_merge_is_taken_back_once_and_for_a_month(programmes, cora):
    merge = actions.merge_parts(keeper=programmes[0], taken=programmes[1], values={}, by=cora, at=NOW)
    with pytest.raises(DomainError, match="30 days"):
        actions.undo_part_merge(merge=merge, by=cora, at=NOW + dt.timedelta(days=31))
    actions.undo_part_merge(merge=merge, by=cora, at=NOW)
    with pytest.raises(StaleError, match="already"):
        actions.undo_part_merge(merge=merge, by=cora, at=NOW)


def test_two_of_different_companies_are_refused(company, cora):
    one, other = ProgrammeFactory(company=company), ProgrammeFactory(company=CompanyFactory())
    with pytest.raises(DomainError, match="two companies"):
        actions.merge_parts(keeper=one, taken=other, values={}, by=cora, at=NOW)
    other.delete()
    with pytest.raises(StaleError, match="not there any more"):
        actions.merge_parts(keeper=one, taken=Programme(pk=0, company=company), values={}, by=cora, at=NOW)


def test_the_old_address_of_a_posting_leads_to_the_one_that_stayed(company, ada, cora, client_of):
    one, other = (PostingFactory(company=company, title=n, url_key=f"x/{n}") for n in ("One", "Two"))
    actions.merge_parts(keeper=one, taken=other, values={}, by=cora, at=NOW)
    answer = client_of(ada).get(f"/postings/{other.public_id}/")
    assert answer.headers["Location"] == f"/postings/{one.public_id}/"
    assert client_of(ada).get("/postings/zzzzzzzzzzzz/").status_code == 404


def test_cora_finds_compares_and_takes_back_on_the_pages(programmes, company, cora, client_of, clock):
    client, page = client_of(cora), f"/curation/companies/{company.slug}/parts/"
    assert "Merge teams, programmes or postings" in client.get(f"/companies/{company.slug}/").text
    one, other = programmes
    same = client.get(page, {"subject": "programme", "keep": one.slug, "take": one.slug})
    assert (same.status_code, "Choose two different ones." in same.text) == (422, True)
    found = client.get(page, {"subject": "programme", "keep": one.slug, "take": other.slug})
    address = found.headers["Location"]
    assert "becomes it" in client.get(address).text
    assert client.post(address, {}).status_code == 422
    chosen = {"name": "one", "notes": "other", "places": "other"}
    assert client.post(address, chosen).status_code == 302
    one.refresh_from_db()
    assert (one.notes, one.places) == ("Paid", ["Oslo"])
    assert "Summer internship, a programme of Northlight" in client.get("/curation/merges/").text
    client.post(f"/curation/part-merges/{PartMerge.objects.get().public_id}/undo/")
    assert Programme.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_nothing_is_lost_when_applications_move_at_the_same_time(company, cora):
    one, other = (PostingFactory(company=company, title=n, url_key=f"x/{n}") for n in ("One", "Two"))
    people = [UserFactory() for _ in range(6)]
    own = [ApplicationFactory(student=person, company=company, posting=other) for person in people]

    def there_and_back(_):
        try:
            merge = actions.merge_parts(keeper=one, taken=other, values={}, by=cora, at=NOW)
            actions.undo_part_merge(merge=merge, by=cora, at=NOW)
        except StaleError:
            pass
        finally:
            connections.close_all()

    def write(application):
        try:
            for number in range(20):
                Application.objects.filter(pk=application.pk).update(role=f"Role {number}")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(there_and_back, range(4)))
        list(pool.map(write, own))
    assert set(Application.objects.values_list("posting", "role")) == {(other.pk, "Role 19")}
    assert Posting.objects.count() == 2
    assert Company.objects.count() == 1
