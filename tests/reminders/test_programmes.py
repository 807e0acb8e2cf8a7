"""A followed programme opens; an enrichment scheme closes."""

import datetime as dt
import re

import pytest

from companies.actions import follow, unfollow
from companies.models import Cycle, Following
from reminders import actions
from reminders.models import Delivery, Times
from tests.factories import ApplicationFactory, CompanyFactory, ProgrammeFactory
from tests.reminders.conftest import LONG_AGO, posted

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
OPENS = dt.date(2026, 11, 12)
AT_EIGHT = dt.datetime(2026, 11, 12, 8, tzinfo=dt.UTC)


@pytest.fixture
def ada(student):
    return student(email="ada@waymark.example", name="Ada Whitlock")


@pytest.fixture
def cycle(season):
    programme = ProgrammeFactory(
        company=CompanyFactory(name="Tidewater"), name="PhD internship", url="https://tide.example/phd"
    )
    return Cycle.objects.create(
        programme=programme, season=season, state="confirmed", opens_on=OPENS, zone="Europe/London", checked_on=OPENS
    )


@pytest.fixture
def scheme(season):
    programme = ProgrammeFactory(company=CompanyFactory(name="Harbour Institute"), name="Enrichment", kind="scheme")
    return Cycle.objects.create(
        programme=programme, season=season, state="confirmed", closes_on=dt.date(2027, 2, 12), zone="Europe/London"
    )


def follows(person, cycle):
    follow(person=person, programme=cycle.programme)
    Following.objects.update(created_at=LONG_AGO)


def dues(person, rule):
    rows = Delivery.objects.filter(person=person, channel="mail", rule=rule).exclude(state="superseded")
    return list(rows.order_by("due_at").values_list("due_at", flat=True))


def test_it_says_that_a_followed_programme_opens(ada, mallory, cycle):
    follows(ada, cycle)
    assert posted(AT_EIGHT - HOUR) == {}
    letter = posted(AT_EIGHT)["programme_opens"]
    assert (letter.subject, letter.to) == ("A programme you follow opens", [ada.email])
    assert "PhD internship at Tidewater opens for Summer 2027: from 12 November 2026, London time." in letter.body
    assert "Their page: https://tide.example/phd" in letter.body
    assert re.search(r"Open it in Waymark: \S+/companies/tidewater/#programmes\n", letter.body)


def test_expected_days_say_that_they_are_expected(ada, cycle):
    Times.objects.create(person=ada, names_in_subjects=True)
    Cycle.objects.update(state="expected", closes_on=dt.date(2026, 12, 20))
    follows(ada, cycle)
    letter = posted(AT_EIGHT)["programme_opens"]
    assert letter.subject == "PhD internship, Tidewater: expected to open"
    assert "is expected to open about 12 November 2026, for Summer 2027. No day is announced: look" in letter.body
    assert "It is expected to close about 20 December 2026." in letter.body


@pytest.mark.parametrize(
    ("own", "where", "due_at"),
    [
        ("Europe/London", "Etc/GMT+12", dt.datetime(2026, 11, 12, 12, tzinfo=dt.UTC)),
        ("Asia/Tokyo", "America/Los_Angeles", dt.datetime(2026, 11, 12, 8, tzinfo=dt.UTC)),
        ("America/Los_Angeles", "Asia/Tokyo", dt.datetime(2026, 11, 12, 16, tzinfo=dt.UTC)),
        ("Pacific/Auckland", "Etc/GMT+12", dt.datetime(2026, 11, 12, 12, tzinfo=dt.UTC)),
    ],
)
def test_it_is_due_at_eight_but_not_before_the_day_begins_where_it_opens(student, cycle, own, where, due_at):
    person = student(time_zone=own)
    follows(person, cycle)
    Cycle.objects.update(zone=where)
    for hours in range(-30, 31, 5):
        actions.make_plan(at=due_at + hours * HOUR)
    assert dues(person, "programme_opens") == [due_at]


@pytest.mark.parametrize(("day", "due_at"), [((2026, 10, 25), (2026, 10, 25, 8)), ((2026, 10, 24), (2026, 10, 24, 7))])
def test_eight_is_eight_on_both_sides_of_a_clock_change(ada, cycle, day, due_at):
    follows(ada, cycle)
    Cycle.objects.update(opens_on=dt.date(*day))
    actions.make_plan(at=dt.datetime(*due_at, tzinfo=dt.UTC))
    assert dues(ada, "programme_opens") == [dt.datetime(*due_at, tzinfo=dt.UTC)]


def test_a_cycle_without_days_opens_with_its_season_and_is_not_sure(ada, cycle):
    follows(ada, cycle)
    Cycle.objects.update(opens_on=None)
    at = dt.datetime(2026, 10, 1, 7, tzinfo=dt.UTC)
    actions.make_plan(at=at)
    assert dues(ada, "programme_opens") == [at]
    assert actions.make_plan(at=at).retired == 0


@pytest.mark.parametrize(
    ("change", "state"),
    [
        (lambda ada, cycle: unfollow(person=ada, programme=cycle.programme), "cancelled"),
        (lambda ada, cycle: Cycle.objects.update(state="closed"), "cancelled"),
        (lambda ada, cycle: Cycle.objects.update(opens_on=OPENS + 20 * DAY), "superseded"),
        (
            lambda ada, cycle: ApplicationFactory(
                student=ada, season=cycle.season, stage="offer", outcome="accepted", stage_since=OPENS
            ),
            "cancelled",
        ),
    ],
)
def test_what_is_no_longer_true_is_not_sent(ada, cycle, change, state):
    follows(ada, cycle)
    actions.make_plan(at=AT_EIGHT - HOUR)
    change(ada, cycle)
    assert actions.claim(at=AT_EIGHT).mails == []
    assert Delivery.objects.get(channel="mail").state == state
    assert actions.make_plan(at=AT_EIGHT).righted == 0


def season_long(person):
    at = dt.datetime(2026, 11, 20, 3, tzinfo=dt.UTC)
    while at < dt.datetime(2027, 2, 20, tzinfo=dt.UTC):
        actions.make_plan(at=at)
        at += 40 * HOUR
    return dues(person, "scheme_closes")


THREE = [dt.datetime(*day, 8, tzinfo=dt.UTC) for day in ((2026, 12, 1), (2027, 1, 15), (2027, 2, 5))]


def test_a_scheme_that_is_followed_is_told_three_times(ada, scheme):
    follows(ada, scheme)
    assert season_long(ada) == THREE


def test_so_is_one_that_is_noted_and_not_sent(ada, scheme):
    noted = ApplicationFactory(student=ada, company=scheme.programme.company, kind="scheme", season=scheme.season)
    type(noted).objects.update(created_at=LONG_AGO)
    assert season_long(ada) == THREE


def test_who_has_sent_it_hears_no_more(ada, scheme):
    follows(ada, scheme)
    actions.make_plan(at=THREE[0] - HOUR)
    ApplicationFactory(student=ada, company=scheme.programme.company, kind="scheme", stage="applied")
    assert "scheme_closes" not in {mail.delivery.rule for mail in actions.claim(at=THREE[0]).mails}
    assert season_long(ada)[1:] == []


def test_a_scheme_says_what_it_needs_and_how_sure_the_day_is(ada, scheme):
    follows(ada, scheme)
    letter = posted(THREE[0])["scheme_closes"]
    assert letter.subject == "Enrichment scheme closes in February"
    assert "Enrichment at Harbour Institute closes on 12 February 2027." in letter.body
    assert "a statement by your supervisor" in letter.body
    assert posted(THREE[2])["scheme_closes"].subject == "Enrichment scheme closes on 12 February 2027"


def test_a_scheme_that_is_expected_says_so_and_one_without_a_day_has_two_letters(ada, scheme):
    follows(ada, scheme)
    Cycle.objects.update(state="expected")
    assert (
        "is expected to close about 12 February 2027; look before you rely on it"
        in posted(THREE[0])["scheme_closes"].body
    )
    Delivery.objects.all().delete()
    Cycle.objects.update(closes_on=None)
    assert "usually closes in February; no day is known yet." in posted(THREE[0])["scheme_closes"].body
    assert season_long(ada) == THREE[:2]
