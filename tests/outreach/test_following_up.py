"""The one more note: ten working days later, over public holidays and clock changes; and on Today."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from applications.models import TodayMark
from outreach.actions import Facts, add_contact, delete_message, edit_contact, log_message, set_standing
from outreach.choices import Said, Standing
from outreach.follow_up import follow_up_day
from outreach.free_days import countries, country_of, is_free
from outreach.models import Contact
from reminders.days import wall
from tests.factories import NOW, TODAY
from tracker.lib.errors import DomainError

DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2030, 12, 31))
ZONES = st.sampled_from(["Europe/London", "America/New_York", "Pacific/Auckland", "Asia/Tokyo", "Africa/Cairo"])
ALONE = Said.SENT.value
SENT = dt.date(2026, 10, 26)


def person(ada, name="Ann Bee", **facts):
    return add_contact(facts=Facts(name, facts.pop("how", "friend"), **facts), by=ada, at=NOW - dt.timedelta(days=60))


def wrote(ada, contact, kind=Said.SENT, on=SENT):
    return log_message(contact=contact, kind=kind, on=on, text="", by=ada, today=max(on, TODAY))


def lines(client, path="/today/"):
    return [a.text() for a in HTMLParser(client.get(path).text).css("a.what")]


@given(DAYS, st.sampled_from(["", *countries()]), st.integers(1, 30))
def test_it_is_so_many_working_days_later_and_never_on_a_free_day(sent, country, number):
    due = follow_up_day([(ALONE, sent)], country, number)
    between = [sent + dt.timedelta(days=n) for n in range(1, (due - sent).days + 1)]
    working = [day for day in between if day.weekday() < 5 and not is_free(country, day)]
    assert (len(working), working[-1]) == (number, due)


@given(DAYS, ZONES)
def test_its_reminder_leaves_at_eight_on_that_day_whatever_was_done_to_clocks(sent, zone):
    due = follow_up_day([(ALONE, sent)], country_of(zone), 10)
    local = wall(due, dt.time(8), zone).astimezone(ZoneInfo(zone))
    assert (local.date(), local.time()) == (due, dt.time(8))


@given(st.lists(st.tuples(st.sampled_from(Said.values), DAYS), max_size=6), st.sampled_from(["", "GB"]))
def test_it_is_asked_for_once_and_only_without_an_answer(said, country):
    due = follow_up_day(said, country, 10)
    kinds = [kind in {"sent", "follow_up"} for kind, _ in said]
    alone = kinds[:1] == [True] and kinds[1:2] != [True]
    assert (due is not None) == alone


@pytest.mark.parametrize(
    ("country", "due"),
    [("", (2027, 1, 1)), ("GB", (2027, 1, 6)), ("US", (2027, 1, 5)), ("JP", (2027, 1, 4)), ("XX", (2027, 1, 1))],
)
def test_christmas_is_no_working_day_where_it_is_none(country, due):
    assert follow_up_day([(ALONE, dt.date(2026, 12, 18))], country, 10) == dt.date(*due)


def test_whose_country_is_not_known_is_taken_for_the_students(ada):
    one = person(ada)
    wrote(ada, one, on=dt.date(2026, 12, 18))
    one.refresh_from_db()
    assert (country_of(ada.time_zone), one.follow_up_on) == ("GB", dt.date(2027, 1, 6))
    edit_contact(contact=one, facts=Facts("Ann Bee", "friend", country="JP"), by=ada)
    one.refresh_from_db()
    assert one.follow_up_on == dt.date(2027, 1, 4)


def test_an_answer_another_standing_or_no_message_ends_it(ada):
    one = person(ada)
    message = wrote(ada, one)
    answer = wrote(ada, one, Said.ANSWERED, SENT + dt.timedelta(days=2))
    assert Contact.objects.get().follow_up_on is None
    delete_message(message=answer, by=ada)
    assert Contact.objects.get().follow_up_on is None, "how it stands is for the student to say"
    set_standing(contact=one, standing=Standing.WRITTEN, by=ada)
    assert Contact.objects.get().follow_up_on == dt.date(2026, 11, 9)
    set_standing(contact=one, standing=Standing.TALKING, by=ada)
    assert Contact.objects.get().follow_up_on is None
    set_standing(contact=one, standing=Standing.WRITTEN, by=ada)
    delete_message(message=message, by=ada)
    assert Contact.objects.get().follow_up_on is None


def test_today_asks_once_and_a_tick_is_the_second_and_last_note(client_of, ada, clock):
    one = person(ada)
    wrote(ada, one)
    client = client_of(ada)
    page = HTMLParser(client.get("/today/").text)
    assert page.css_first("a.what").text() == "Write to Ann Bee once more"
    assert "You wrote 15 days ago. One more note, then leave it." in page.text()
    assert page.css_first(".do a").attributes["href"] == f"/people/{one.public_id}/draft/follow-up/"
    path = page.css_first("button.tick").attributes["formaction"]
    assert "Noted: you wrote to Ann Bee." in client.post(path, follow=True).text
    one.refresh_from_db()
    assert [line.kind for line in one.messages.order_by("pk")] == ["sent", "follow_up"]
    assert (one.standing, one.follow_up_on, lines(client)) == ("no_answer", None, [])
    client.post(path)
    assert one.messages.count() == 2, "the second click of a double click"
    with pytest.raises(DomainError, match="That is enough"):
        wrote(ada, one, on=TODAY)


def test_letting_go_leaves_them_alone(client_of, ada, clock):
    one = person(ada)
    wrote(ada, one)
    client = client_of(ada)
    tick = HTMLParser(client.get("/today/").text).css_first("button.tick").attributes["formaction"]
    client.post(tick.replace("done/", "dismiss/"))
    one.refresh_from_db()
    assert (one.standing, one.messages.count(), lines(client)) == ("no_answer", 1, [])
    assert TodayMark.objects.get().state == "dismissed"


def test_what_is_put_off_comes_back(client_of, ada, clock):
    wrote(ada, person(ada))
    client = client_of(ada)
    tick = HTMLParser(client.get("/today/").text).css_first("button.tick").attributes["formaction"]
    client.post(tick.replace("done/", "snooze/"), {"until": "tomorrow"})
    assert lines(client) == []
    clock.move_to(NOW + dt.timedelta(days=1))
    assert lines(client_of(ada)) == ["Write to Ann Bee once more"]


def test_an_answer_waits_on_today_and_so_does_a_next_step(client_of, ada, clock):
    replied, stepped = person(ada, "Re Plied"), person(ada, "Next Step", next_step="Thank her", next_on=TODAY)
    wrote(ada, replied)
    wrote(ada, replied, Said.ANSWERED, TODAY - dt.timedelta(days=3))
    client = client_of(ada)
    assert lines(client) == ["Answer Re Plied", "Thank her: Next Step"]
    for button in HTMLParser(client.get("/today/").text).css("button.tick"):
        client.post(button.attributes["formaction"])
    stepped.refresh_from_db()
    assert (lines(client), stepped.next_step, stepped.next_on) == ([], "", None)
    assert replied.messages.count() == 3


def test_nobody_elses_people_are_on_today_nor_done_by_them(client_of, ada, mallory, clock):
    wrote(ada, person(ada))
    tick = HTMLParser(client_of(ada).get("/today/").text).css_first("button.tick").attributes["formaction"]
    assert lines(client_of(mallory)) == []
    assert client_of(mallory).post(tick).status_code == 404
    assert client_of(ada).get("/today/why/").text.count("Notes to people") == 1
