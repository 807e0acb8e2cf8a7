"""Cells of the table that open as small forms."""

import pytest

from applications.models import Application
from tests.factories import TODAY, ApplicationFactory, CompanyFactory

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/applications/?kind=internship"}


@pytest.fixture
def ada_(ada, season, clock, client_of):
    return client_of(ada)


@pytest.fixture
def one(ada):
    return ApplicationFactory(student=ada, role="Speech", company=CompanyFactory(name="Tidewater"), next_step="Read")


def url(application, column):
    return f"/applications/{application.public_id}/row/{column}/"


def seen(text):
    """Return what a form sends that is left as it is."""
    pairs = [part.split(">")[0] for part in text.split("<input")[1:]]
    return {p.split('name="')[1].split('"')[0]: p.split('value="')[1].split('"')[0] for p in pairs if 'value="' in p}


def test_the_stage_is_moved_in_its_cell_with_undo(ada_, one):
    form = ada_.get(url(one, "stage"), headers=HTMX).text
    assert (form.count("<option"), form.lstrip()[:3]) == (5, "<td")
    response = ada_.post(url(one, "stage"), {"stage": "applied", "seen": "interested"}, headers=HTMX)
    assert response.text.lstrip().startswith('<td><a class="inl"')
    assert "Tidewater moved to Applied." in response.text
    undo = response.text.split('action="')[1].split('"')[0]
    back = ada_.post(undo, headers=HTMX)
    assert back.headers["HX-Redirect"] == "/applications/?kind=internship"
    one.refresh_from_db()
    assert one.stage == "interested"


def test_a_stage_that_changed_elsewhere_is_shown_and_told(ada_, one):
    Application.objects.filter(pk=one.pk).update(stage="offer")
    response = ada_.post(url(one, "stage"), {"stage": "applied", "seen": "interested"}, headers=HTMX)
    assert (response.status_code, "Offer" in response.text) == (409, True)
    assert "This changed in another tab: it is in Offer now." in response.headers["HX-Trigger"]


def test_an_unknown_stage_is_refused_in_the_cell(ada_, one):
    response = ada_.post(url(one, "stage"), {"stage": "\0", "seen": "interested"}, headers=HTMX)
    assert (response.status_code, "Choose a stage from the list." in response.text) == (422, True)


def test_the_next_step_is_written_in_its_cell_with_undo(ada_, one):
    typed = seen(ada_.get(url(one, "next"), headers=HTMX).text)
    typed |= {"next_step": "Send", "next_step_on": "2026-11-20"}
    response = ada_.post(url(one, "next"), typed, headers=HTMX)
    assert "Send" in response.text
    assert "20 Nov" in response.text
    assert "Tidewater: next step saved." in response.text
    ada_.post(response.text.split('action="')[1].split('"')[0], headers=HTMX)
    one.refresh_from_db()
    assert (one.next_step, one.next_step_on) == ("Read", None)


def test_a_next_step_that_changed_elsewhere_is_shown_beside_what_was_typed(ada_, one):
    typed = seen(ada_.get(url(one, "next"), headers=HTMX).text) | {"next_step": "Mine"}
    Application.objects.filter(pk=one.pk).update(next_step="Theirs", next_step_on=TODAY, version=2)
    response = ada_.post(url(one, "next"), typed, headers=HTMX)
    assert response.status_code == 409
    assert "Saved in another tab meanwhile: Theirs, 10 November 2026." in response.text
    assert 'value="Mine"' in response.text
    again = ada_.post(url(one, "next"), seen(response.text), headers=HTMX)
    one.refresh_from_db()
    assert (again.status_code, one.next_step) == (200, "Mine")


@pytest.mark.parametrize("text", ["x" * 201, "a\0b"])
def test_a_next_step_that_cannot_be_kept_stays_in_the_cell(ada_, one, text):
    typed = seen(ada_.get(url(one, "next"), headers=HTMX).text) | {"next_step": text}
    response = ada_.post(url(one, "next"), typed, headers=HTMX)
    assert (response.status_code, "invalid-feedback" in response.text) == (422, True)


def test_cancel_gives_the_cell_back(ada_, one):
    assert ada_.get(f"{url(one, 'next')}?back=1", headers=HTMX).text.startswith('<td><a class="inl"')


@pytest.mark.parametrize(("column", "page"), [("stage", "stage/"), ("next", "edit/next/")])
def test_without_htmx_the_cell_leads_to_the_page_for_it(ada_, one, column, page):
    assert ada_.get(url(one, column)).url == f"/applications/{one.public_id}/{page}"


def test_other_columns_and_other_people_get_nothing(ada_, one, mallory, client_of):
    assert ada_.get(url(one, "role")).status_code == 404
    for column in ("stage", "next"):
        assert client_of(mallory).get(url(one, column), headers=HTMX).status_code == 404
        assert client_of(mallory).post(url(one, column), {"stage": "offer"}, headers=HTMX).status_code == 404
