"""The one more note to somebody, and whom one keeps for long: once, at eight, and nobody is named in a subject."""

import datetime as dt
import re

import pytest

from outreach.actions import Facts, add_contact, log_message
from outreach.choices import Said
from reminders.models import Delivery
from reminders.plan import Kind
from tests.reminders.conftest import LONG_AGO, hears_only, posted

EIGHT = dt.datetime(2026, 11, 9, 8, tzinfo=dt.UTC)
MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)


@pytest.fixture
def ada(student):
    return hears_only(student(time_zone="Europe/London"), Kind.FOLLOW_UPS)


def wrote(ada, **facts):
    one = add_contact(facts=Facts("Ann Bee", "friend", **facts), by=ada, at=LONG_AGO)
    sent = dt.date(2026, 10, 26)
    log_message(contact=one, kind=Said.SENT, on=sent, text="CANARY", by=ada, today=sent)
    return one


def test_it_comes_at_eight_once_and_names_nobody_in_its_subject(ada):
    one = wrote(ada)
    assert posted(EIGHT - MINUTE) == {}
    message = posted(EIGHT)["outreach"]
    assert message.subject == "No answer yet: one more note?"
    assert "You wrote to Ann Bee on 26 October, and noted no answer since." in message.body
    assert re.search(rf"/people/{one.public_id}/draft/follow-up/", message.body)
    assert "CANARY" not in message.message().as_string()
    assert posted(EIGHT + DAY) == {}
    assert Delivery.objects.filter(rule="outreach", channel="mail").count() == 1


def test_a_holiday_where_they_work_puts_it_off(ada):
    wrote(ada, country="PL")  # 11 November is one there
    assert posted(EIGHT)["outreach"]
    other = add_contact(facts=Facts("Cy Dee", "friend", country="PL"), by=ada, at=LONG_AGO)
    sent = dt.date(2026, 10, 28)
    log_message(contact=other, kind=Said.SENT, on=sent, text="", by=ada, today=sent)
    assert posted(EIGHT + 2 * DAY) == {}
    assert "Cy Dee" in posted(EIGHT + 3 * DAY)["outreach"].body


def test_whom_one_keeps_for_18_months_is_asked_about_once(ada):
    add_contact(facts=Facts("Ann Bee", "friend"), by=ada, at=dt.datetime(2025, 4, 15, 9, tzinfo=dt.UTC))
    firsts = [dt.datetime(2026, month, 1, 8, tzinfo=dt.UTC) for month in (10, 11, 12)]
    asked = [posted(first if first.month > 10 else first - dt.timedelta(hours=1)) for first in firsts]
    assert [list(letters) for letters in asked] == [[], ["people_kept"], []]
    assert "You keep 1 person in Waymark with whom nothing was said for 18 months." in asked[1]["people_kept"].body
