"""Conferences: with days and people, in the plan, on Today and in the calendar; and letters in one's own words."""

import datetime as dt

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from outreach.actions import Dates, Facts, add_contact, expect, save_conference
from outreach.models import Conference, Wording
from reminders.actions.subscribing import open_feed
from tests.factories import NOW, TODAY
from tracker.lib.errors import DomainError

NEURIPS = {"name": "NeurIPS 2026", "begins_on": "2026-12-06", "ends_on": "2026-12-12", "place": "Vancouver"}


def text_of(response):
    return " ".join(HTMLParser(response.text).body.text(separator=" ").split())


def conference(ada, begins=dt.date(2026, 12, 6), days=6):
    dates = Dates("NeurIPS 2026", begins, begins + dt.timedelta(days=days))
    return save_conference(dates=dates, by=ada, at=NOW)


def test_one_is_added_changed_and_deleted_and_the_people_stay(client_of, ada, clock):
    client = client_of(ada)
    path = client.post("/people/conferences/new/", NEURIPS).headers["Location"]
    assert "6\N{EN DASH}12 Dec · Vancouver" in text_of(client.get(path))
    add_contact(facts=Facts("Ann Bee", "event", "Tidewater"), by=ada, at=NOW)
    assert client.post(f"{path}there/", {"name": " ann  bee "}).status_code == 302
    assert "1 of your people will be there" in text_of(client.get("/people/conferences/"))
    ann = ada.contacts.get()
    assert "Will be at NeurIPS 2026" in text_of(client.get(f"/people/{ann.public_id}/"))
    client.post(f"{path}edit/", {**NEURIPS, "ends_on": "", "place": ""})
    assert Conference.objects.get().ends_on == dt.date(2026, 12, 6)
    client.post(f"{path}there/{ann.public_id}/delete/")
    assert "Nobody yet." in text_of(client.get(path))
    client.post(f"{path}delete/")
    assert (Conference.objects.count(), ada.contacts.count()) == (0, 1)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "Enter the conference or workshop"),
        ({"begins_on": "soon"}, "Enter the day, like 30 11 2026"),
        ({"ends_on": "2026-12-01"}, "The last day is before the first."),
        ({"url": "javascript:alert(1)"}, "Enter a full web address"),
        ({"name": "x" * 161}, "at most 160 characters"),
    ],
)
def test_what_cannot_be_is_refused_and_stays(client_of, ada, typed, said):
    refused = client_of(ada).post("/people/conferences/new/", {**NEURIPS, **typed})
    assert (refused.status_code, said in refused.text) == (422, True)
    assert "Vancouver" in refused.text
    assert not Conference.objects.exists()


def test_who_is_expected_is_one_of_ones_people(client_of, ada, mallory):
    path = f"/people/conferences/{conference(ada).public_id}/"
    add_contact(facts=Facts("Not Mine", "friend"), by=mallory, at=NOW)
    client = client_of(ada)
    for name, said in (
        ("Not Mine", "Nobody among your people is called that."),
        ("", "Enter the name of one of your people."),
    ):
        refused = client.post(f"{path}there/", {"name": name})
        assert (refused.status_code, said in refused.text) == (422, True)
    for _ in range(2):
        add_contact(facts=Facts("Twice", "friend"), by=ada, at=NOW)
    with pytest.raises(DomainError, match="More than one"):
        expect(conference=Conference.objects.get(), name="Twice", by=ada)
    assert client_of(mallory).get(path).status_code == 404


def test_they_end_at_a_number(ada, settings):
    settings.WAYMARK_CONFERENCES_MOST = 1
    conference(ada)
    with pytest.raises(DomainError, match="These are 1 conferences already"):
        conference(ada)


def test_it_stands_in_the_plan_and_on_today_a_week_before(client_of, ada, mallory, season, clock):
    one = conference(ada, TODAY + dt.timedelta(days=7))
    client = client_of(ada)
    step = HTMLParser(client.get("/window/").text).css_first(f"#step-{one.public_id}")
    assert step.css_first("a").attributes["href"] == f"/people/conferences/{one.public_id}/"
    today = HTMLParser(client.get("/today/").text)
    assert today.css_first("a.what").text() == "Prepare for NeurIPS 2026"
    assert "It begins on Tue 17 Nov. Say whom you hope to meet there." in text_of(client.get("/today/"))
    client.post(today.css_first("button.tick").attributes["formaction"])
    assert HTMLParser(client.get("/today/").text).css("li[data-row]") == []
    assert "NeurIPS" not in client_of(mallory).get("/window/").text


def test_it_is_in_the_calendar_with_both_days_and_moves_there(client_of, ada, clock):
    one, client = conference(ada), client_of(ada)
    address = f"/calendar/{open_feed(by=ada, at=NOW)}.ics"
    before = client.get(address).text
    assert "SUMMARY:NeurIPS 2026" in before
    assert "DTSTART;VALUE=DATE:20261206\r\nDTEND;VALUE=DATE:20261213" in before
    save_conference(dates=Dates("NeurIPS 2026", TODAY, TODAY), by=ada, at=NOW, conference=one)
    after = client.get(address).text
    assert (before.count("SEQUENCE:1\r\n"), after.count("SEQUENCE:2\r\n")) == (1, 1)
    assert "DTSTART;VALUE=DATE:20261110" in after


def test_letters_are_put_into_ones_own_words_and_back(client_of, ada, mallory):
    ann = add_contact(facts=Facts("Ann {paper} Bee", "friend"), by=ada, at=NOW)
    client, draft = client_of(ada), f"/people/{ann.public_id}/draft/thanks/"
    usual = HTMLParser(client.get(draft).text).css_first("#text").text()
    page = HTMLParser(client.get("/people/drafts/thanks/").text)
    assert page.css_first("textarea").text().strip().startswith("Dear {name},")
    own = {"subject": "Thanks, {name}", "text": "Hi {name}, about {paper}: {other}.\n{me}"}
    assert client.post("/people/drafts/thanks/", own).status_code == 302
    shown = HTMLParser(client.get(draft).text)
    assert shown.css_first("#subject").attributes["value"] == "Thanks, Ann {paper} Bee"
    assert "{other}.\nAda Whitlock" in shown.css_first("#text").text()
    assert "In your own words" in text_of(client.get("/people/drafts/"))
    assert client.post("/people/drafts/thanks/", {"subject": "", "text": ""}).status_code == 422
    assert client.post("/people/drafts/love/", own).status_code == 404
    theirs = add_contact(facts=Facts("Cy", "friend"), by=mallory, at=NOW)
    assert "Hi Cy" not in client_of(mallory).get(f"/people/{theirs.public_id}/draft/thanks/").text
    client.post("/people/drafts/thanks/", {"usual": ""})
    assert Wording.objects.count() == 0
    assert HTMLParser(client.get(draft).text).css_first("#text").text() == usual
