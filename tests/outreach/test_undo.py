"""A tick on Today about somebody is taken back like any other: them, their log and the line."""

import datetime as dt

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from applications.models import TodayMark, Undo
from outreach.actions import Facts, add_contact, delete_contact, log_message
from outreach.models import Contact, Message
from tests.factories import NOW, TODAY

SENT = dt.date(2026, 10, 26)
WHO = [
    {"name": "Ann Bee"},  # wrote, and is to write once more
    {"name": "Re Plied", "said": ["sent", "answered"]},
    {"name": "Next Step", "said": [], "next_step": "Thank her", "next_on": TODAY},
]


@pytest.fixture(params=WHO, ids=lambda one: one["name"])
def somebody(request, ada, clock):
    facts = dict(request.param)
    said = facts.pop("said", ["sent"])
    contact = add_contact(facts=Facts(facts.pop("name"), "friend", **facts), by=ada, at=NOW - dt.timedelta(days=60))
    for number, kind in enumerate(said):
        on = SENT + dt.timedelta(days=number * 12)
        log_message(contact=contact, kind=kind, on=on, text="", by=ada, today=max(on, TODAY))
    return contact


def everything():
    """Return all rows that a tick on such a line may touch."""
    kept = [list(model.objects.order_by("pk").values()) for model in (Contact, Message, TodayMark)]
    return kept, sorted(Contact.papers.through.objects.values_list("contact", "paper"))


def tick(client):
    return HTMLParser(client.get("/today/").text).css_first("button.tick").attributes["formaction"]


@pytest.mark.parametrize("act", ["done/", "dismiss/", "snooze/"])
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["plain", "htmx"])
def test_all_is_as_it_was_before_the_tick(client_of, ada, somebody, act, headers):
    client, before = client_of(ada), everything()
    line = tick(client).replace("done/", act)
    page = client.post(line, {"until": "tomorrow"}, follow=True, headers=headers).text
    undo = Undo.objects.get()
    assert everything() != before
    assert f"/undo/{undo.public_id}/" in page
    answer = client.post(f"/undo/{undo.public_id}/", {"next": "/today/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/today/")
    assert everything() == before
    assert tick(client).replace("done/", act) == line


def test_what_was_said_since_stays(client_of, ada, somebody):
    client = client_of(ada)
    client.post(tick(client))
    somebody.refresh_from_db()
    somebody.name, somebody.next_step = "Another Name", "Ring"
    somebody.save()
    log_message(contact=somebody, kind="answered", on=TODAY, text="Yes", by=ada, today=TODAY)
    before = everything()
    answer = client.post(f"/undo/{Undo.objects.get().public_id}/")
    assert answer.status_code == 409
    assert "There was another change since. Nothing was undone." in answer.text
    assert everything() == before


def test_nobody_else_undoes_it_and_whoever_is_deleted_is_in_no_undo(client_of, ada, mallory, somebody):
    client = client_of(ada)
    client.post(tick(client))
    undo = Undo.objects.get()
    assert client_of(mallory).post(f"/undo/{undo.public_id}/").status_code == 404
    delete_contact(contact=somebody, by=ada)
    assert not Undo.objects.exists()
    assert client.post(f"/undo/{undo.public_id}/").status_code == 404
