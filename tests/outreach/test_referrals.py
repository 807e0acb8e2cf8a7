"""From asking for a referral, with the application on hold, to its release and "Referred" on the board."""

import datetime as dt

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from applications.choices import WayIn
from outreach.actions import Asked, Facts, add_contact, note_referral
from outreach.models import Contact
from tests.factories import NOW, TODAY, ApplicationFactory, CompanyFactory
from tracker.lib.errors import DomainError, StaleError

LATER = TODAY + dt.timedelta(days=7)


def text_of(response):
    return " ".join(HTMLParser(response.text).body.text(separator=" ").split())


@pytest.fixture
def tidewater(ada):
    company = CompanyFactory(name="Tidewater")
    return ApplicationFactory(student=ada, company=company, role="Research Intern", stage="preparing")


@pytest.fixture
def ann(ada, tidewater):
    return add_contact(facts=Facts("Ann Bee", "friend", "Tidewater"), by=ada, at=NOW)


def lines(client):
    page = HTMLParser(client.get("/today/").text)
    return [(line.css_first("a.what").text(), line.css_first(".why").text()) for line in page.css("li[data-row]")]


def asks(client, ann, tidewater, **typed):
    typed = {"application": tidewater.public_id, "way_in": "asked", **typed}
    return client.post(f"/people/{ann.public_id}/referral/", typed)


def test_a_hold_runs_warns_and_is_released_by_the_answer(client_of, ada, ann, tidewater, clock):
    client, page = client_of(ada), f"/applications/{tidewater.public_id}/"
    asked = asks(client, ann, tidewater, on_hold="on", hold_until=LATER.isoformat())
    assert asked.headers["Location"] == page
    shown = text_of(client.get(page))
    assert "Referral asked: Ann Bee" in shown
    assert "On hold until 17 November 2026" in shown
    assert "Referral asked, 10 Nov · on hold until 17 Nov" in text_of(client.get(f"/people/{ann.public_id}/"))
    assert lines(client) == []
    asks(client, ann, tidewater, way_in="referred", on_hold="on", hold_until=LATER.isoformat())
    submit = ("Submit Research Intern at Tidewater", "Ann Bee referred you: submit now.")
    assert lines(client) == [submit]
    assert "The hold is over" in text_of(client.get(page))
    tick = HTMLParser(client.get("/today/").text).css_first("button.tick").attributes["formaction"]
    client.post(tick)
    tidewater.refresh_from_db()
    assert (tidewater.stage, tidewater.on_hold, Contact.objects.get().standing) == ("applied", False, "referred")
    assert "Referred" in text_of(client.get("/applications/board/"))


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ({"way_in": "declined"}, "Ann Bee declined: apply directly."),
        ({"hold_until": TODAY.isoformat()}, "No answer of Ann Bee by 10 Nov: apply directly."),
    ],
)
def test_a_no_or_the_last_day_releases_as_well(client_of, ada, ann, tidewater, clock, answer, why):
    asks(client_of(ada), ann, tidewater, on_hold="on", **answer)
    clock.move_to(NOW + dt.timedelta(days=1))
    client = client_of(ada)
    assert [said for _, said in lines(client)] == [why]
    assert "Submit: the hold is over" in text_of(client.get("/applications/board/"))
    assert "On hold for a referral" not in text_of(client.get("/applications/"))


def test_sending_one_on_hold_says_whom_to_ask_and_one_whose_hold_is_over_does_not(
    client_of, ada, ann, tidewater, clock
):
    client, page = client_of(ada), f"/applications/{tidewater.public_id}/"
    asks(client, ann, tidewater, on_hold="on")
    move = {"stage": "applied", "seen": "preparing"}
    assert "Check with them before you submit" in client.post(f"{page}stage/", move, follow=True).text
    client.post(f"{page}stage/", {"stage": "preparing", "seen": "applied"})
    asks(client, ann, tidewater, way_in="declined", on_hold="on")
    assert "Check with them" not in client.post(f"{page}stage/", move, follow=True).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"application": "nothing"}, "Choose one from the list."),
        ({"way_in": "bribe"}, "Choose one from the list."),
        ({"way_in": ""}, "Choose what happened."),
        ({"on_hold": "on", "hold_until": "2026-11-09"}, "Enter a day from today on."),
        ({"on_hold": "on", "hold_until": "soon"}, "Enter the day, like 30 11 2026"),
    ],
)
def test_what_cannot_be_is_refused(client_of, ada, ann, tidewater, clock, typed, said):
    refused = asks(client_of(ada), ann, tidewater, **typed)
    assert (refused.status_code, said in refused.text) == (422, True)
    tidewater.refresh_from_db()
    assert (tidewater.way_in, ann.applications.count()) == ("none", 0)


def test_one_changes_and_forgets_it_again(client_of, ada, ann, tidewater, clock):
    client, path = client_of(ada), f"/people/{ann.public_id}/"
    asks(client, ann, tidewater, on_hold="on")
    form = HTMLParser(client.get(f"{path}referral/?application={tidewater.public_id}").text)
    assert form.css_first("input[name=way_in][checked]").attributes["value"] == "asked"
    assert form.css_first("input[name=on_hold]").attributes.get("checked", "no") != "no"
    client.post(f"{path}referral/{tidewater.public_id}/delete/")
    tidewater.refresh_from_db()
    assert (ann.applications.count(), tidewater.way_in) == (0, "asked"), "what the application says stays"


def test_who_helps_stands_on_the_ladder_wherever_they_work(client_of, ada, tidewater, clock):
    friend = add_contact(facts=Facts("Far Friend", "friend", "Elsewhere"), by=ada, at=NOW)
    client, page = client_of(ada), f"/applications/{tidewater.public_id}/"
    assert "Far Friend" not in client.get(page).text
    note_referral(contact=friend, application=tidewater, asked=Asked(WayIn.DECLINED), by=ada, at=NOW)
    ladder = HTMLParser(client.get(page).text).css_first("section[aria-labelledby=ladder]")
    assert [a.text() for a in ladder.css("a.wrap-any")] == ["Far Friend"]


def test_nobody_notes_one_for_another(client_of, ada, mallory, ann, tidewater):
    theirs = ApplicationFactory(student=mallory, company=tidewater.company)
    assert asks(client_of(mallory), ann, theirs).status_code == 404
    assert asks(client_of(ada), ann, theirs).status_code == 422
    with pytest.raises((StaleError, DomainError)):
        note_referral(contact=ann, application=theirs, asked=Asked(WayIn.ASKED), by=ada, at=NOW)
    assert ann.applications.count() == 0


def test_whoever_is_deleted_leaves_no_name_in_the_application(client_of, ada, ann, tidewater, clock):
    client, other = client_of(ada), ApplicationFactory(student=ada, referrer="Ann Bee")
    asks(client, ann, tidewater, way_in="referred")
    client.post(f"/people/{ann.public_id}/delete/")
    for one in (tidewater, other):
        one.refresh_from_db()
    assert (tidewater.way_in, tidewater.referrer) == ("referred", "")
    assert other.referrer == "Ann Bee", "typed there, and no person of one's list"
