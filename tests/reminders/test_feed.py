"""The calendar feed: what it holds, how changes arrive, and who gets it."""

import datetime as dt
import io
import re
import secrets

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from applications.actions.editing import edit_application
from applications.actions.events import log_event
from applications.actions.rounds import delete_round, edit_round
from applications.models import Application, Offer, Placement, SeasonPlan, TodayMark
from applications.today_rules import Rule, key_of
from companies.models import Following
from reminders.actions.subscribing import open_feed, shut_feed
from reminders.models import CalendarFeed
from reminders.plan import Kind
from reminders.queries import database_now
from reminders.tokens import Stop, sign
from supervision import actions as sharing
from tests.factories import (
    NOW,
    TODAY,
    ApplicationFactory,
    CompanyFactory,
    ProgrammeFactory,
    RoundFactory,
    SeasonFactory,
    UserFactory,
)
from tests.ical import as_icalendar, events, strict

PAGE = "/settings/calendar/"
DAY = dt.timedelta(days=1)


@pytest.fixture
def address(ada, clock):
    return f"/calendar/{open_feed(by=ada, at=NOW)}.ics"


@pytest.fixture
def read(address):
    """Return what both readers read of the feed now, by the first part of the UID."""

    def read():
        return {uid.partition("@")[0]: event for uid, event in events(Client().get(address).content).items()}

    return read


def titles(read):
    return {title: begins for _, title, begins, _, _ in read().values()}


def test_it_holds_every_kind_of_date(ada, read, season):
    company = CompanyFactory(name="Tidewater")
    mine = {"student": ada, "company": company}
    RoundFactory(application__student=ada, application__company=company)
    ApplicationFactory(**mine, role="Research Intern", closes_on=dt.date(2026, 11, 30))
    Offer.objects.create(
        application=ApplicationFactory(**mine, stage="offer"), answer_by=dt.date(2026, 11, 24), starts_on=TODAY
    )
    ApplicationFactory(**mine, stage="applied", applied_on=dt.date(2026, 10, 30))
    earlier = SeasonFactory(
        name="Summer 2026", slug="summer-2026", opens_on=dt.date(2025, 10, 1), closes_on=dt.date(2026, 1, 31),
        starts_on=dt.date(2026, 6, 1),
    )  # fmt: skip
    accepted = ApplicationFactory(**mine, stage="offer", outcome="accepted", season=earlier)
    Placement.objects.create(application=accepted, starts_on=dt.date(2026, 6, 1), ends_on=dt.date(2026, 9, 30))
    scheme = ProgrammeFactory(company=company, kind="scheme", name="Enrichment scheme")
    ApplicationFactory(**mine, kind="scheme")
    scheme.cycles.create(season=season, state="expected", closes_on=dt.date(2027, 2, 28))
    followed = ProgrammeFactory(company=company, name="PhD internship")
    followed.cycles.create(season=season, state="confirmed", closes_on=dt.date(2026, 12, 1))
    Following.objects.create(person=ada, programme=followed)
    for kind in ("internship", "scheme"):  # nobody asked for these
        ProgrammeFactory(kind=kind).cycles.create(season=season, closes_on=dt.date(2026, 12, 2))
    assert titles(read) == {
        "Interview: research discussion, Tidewater": dt.datetime(2026, 11, 12, 15, 0, tzinfo=dt.UTC),
        "Closes: Research Intern, Tidewater": dt.date(2026, 11, 30),
        "Answer the offer: Tidewater": dt.date(2026, 11, 24),
        "Follow up: Tidewater": dt.date(2026, 11, 13),
        "First day: Tidewater": dt.date(2026, 6, 1),
        "Last day: Tidewater": dt.date(2026, 9, 30),
        "Window opens: Summer 2027": dt.date(2026, 10, 1),
        "Half-way through the window: Summer 2027": dt.date(2026, 12, 1),
        "Two weeks left in the window: Summer 2027": dt.date(2027, 1, 15),
        "Window closes: Summer 2027": dt.date(2027, 1, 31),
        "Expected to close: Enrichment scheme, Tidewater": dt.date(2027, 2, 28),
        "Closes: PhD internship, Tidewater": dt.date(2026, 12, 1),
    }


def test_without_any_date_it_is_a_calendar_all_the_same(read):
    assert read() == {}


def test_it_tells_titles_and_dates_of_its_person_alone(ada, mallory, address, season):
    private = dict.fromkeys(("notes", "closing_reason", "referrer", "next_step", "place", "posting_text"), "CANARY")
    application = ApplicationFactory(student=ada, closes_on=TODAY, url="https://canary.example/", **private)
    RoundFactory(application=application, notes="CANARY", people="CANARY", place="https://canary.example/")
    theirs = ApplicationFactory(student=mallory, closes_on=TODAY, company__name="CANARY")
    RoundFactory(application=theirs)
    content = Client().get(address).content
    assert b"CANARY" not in content
    assert b"canary" not in content
    assert {name for _, name, _, _ in strict(content)} == {
        "VERSION", "PRODID", "NAME", "X-WR-CALNAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL", "TZID", "DTSTART",
        "TZOFFSETFROM", "TZOFFSETTO", "TZNAME", "UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "SUMMARY", "STATUS",
        "CLASS", "DTEND", "TRANSP",
    }  # fmt: skip


def test_what_is_over_or_done_is_not_in_it(ada, read):
    applied = {"student": ada, "stage": "applied"}
    ApplicationFactory(**applied, applied_on=TODAY - DAY, closes_on=TODAY + DAY, company__name="Sent")
    ApplicationFactory(student=ada, closes_on=TODAY - DAY)
    ApplicationFactory(student=ada, stage="closed", outcome="no_reply", closes_on=TODAY + DAY)
    written = ApplicationFactory(**applied, applied_on=TODAY - 14 * DAY)
    log_event(application=written, kind="email", text="Wrote", is_shared=False, on=TODAY, by=ada, at=NOW)
    ApplicationFactory(**applied, applied_on=TODAY - 60 * DAY)
    let_go = ApplicationFactory(**applied, applied_on=dt.date(2026, 10, 26))
    TodayMark.objects.create(
        student=ada, key=key_of(Rule.FOLLOW_UP, let_go.public_id, dt.date(2026, 11, 9)), state="dismissed", on=TODAY
    )
    accepted = ApplicationFactory(student=ada, stage="offer", outcome="accepted")
    Offer.objects.create(application=accepted, answer_by=TODAY + DAY)
    assert list(titles(read)) == ["Follow up: Sent"]


def test_a_scheme_that_was_sent_or_has_a_day_of_its_own_is_told_once(ada, read, season):
    for number, facts in enumerate(({"closes_on": TODAY + DAY}, {"stage": "interviewing"})):
        company = CompanyFactory(name=f"Institute {number}")
        ProgrammeFactory(company=company, kind="scheme").cycles.create(season=season, closes_on=TODAY + 9 * DAY)
        ApplicationFactory(student=ada, company=company, role="", kind="scheme", **facts)
    assert [title for title in titles(read) if title.startswith("Closes")] == ["Closes: Institute 0"]


def test_a_window_is_the_students_own_and_ends_with_an_accepted_offer(ada, read, season):
    SeasonPlan.objects.create(student=ada, season=season, opens_on=dt.date(2026, 11, 1))
    assert titles(read)["Window opens: Summer 2027"] == dt.date(2026, 11, 1)
    ApplicationFactory(student=ada, stage="offer", outcome="accepted", season=season)
    assert read() == {}


# Changes.


def test_a_moved_round_is_the_same_entry_with_a_greater_number_and_the_new_time(ada, read):
    interview = RoundFactory(application__student=ada)
    ((uid, before),) = read().items()
    details = {"on": dt.date(2026, 11, 19), "time": dt.time(10, 0), "zone": "Asia/Tokyo"}
    edit_round(interview=interview, details=details, version=1, by=ada, at=NOW)
    ((same, after),) = read().items()
    assert same == uid == f"round-{interview.public_id}"
    assert after[0] > before[0]
    assert (before[2], after[2]) == (
        dt.datetime(2026, 11, 12, 15, 0, tzinfo=dt.UTC), dt.datetime(2026, 11, 19, 1, 0, tzinfo=dt.UTC),
    )  # fmt: skip


def test_another_length_is_a_change_too(ada, read):
    interview = RoundFactory(application__student=ada)
    (before,) = read().values()
    edit_round(interview=interview, details={"minutes": 90}, version=1, by=ada, at=NOW)
    (after,) = read().values()
    assert after[0] > before[0]
    assert after[3] - after[2] == dt.timedelta(minutes=90)


def test_a_cancelled_round_is_struck_out_for_thirty_days_and_a_deleted_one_is_gone(ada, read, clock):
    interview = RoundFactory(application__student=ada, on=dt.date(2027, 1, 20))
    (before,) = read().values()
    cancelled = edit_round(interview=interview, details={"status": "cancelled"}, version=1, by=ada, at=NOW)
    (after,) = read().values()
    assert (before[4], after[4]) == ("CONFIRMED", "CANCELLED")
    assert after[0] > before[0]
    clock.move_to(NOW + dt.timedelta(days=31))
    assert read() == {}
    edit_round(interview=interview, details={"status": "scheduled"}, version=2, by=ada, at=NOW)
    assert [event[4] for event in read().values()] == ["CONFIRMED"]
    delete_round(interview=cancelled, by=ada, at=NOW)
    assert read() == {}


def test_the_rounds_of_a_closed_application_leave_and_those_held_stay(ada, read):
    held = RoundFactory(application__student=ada, status="passed", on=dt.date(2026, 11, 5))
    RoundFactory(application=held.application)
    assert len(read()) == 2
    Application.objects.update(stage="closed", outcome="not_this_time")
    assert list(read()) == [f"round-{held.public_id}"]


def test_a_closing_day_that_moves_is_the_same_entry_with_a_greater_number(ada, read):
    application = ApplicationFactory(student=ada, closes_on=dt.date(2026, 11, 30))
    (before,) = read().values()
    edit_application(application=application, details={"closes_on": TODAY + DAY}, version=1, by=ada, at=NOW)
    ((uid, after),) = read().items()
    assert uid == f"closes-{application.public_id}"
    assert after[0] > before[0]
    assert after[2] == TODAY + DAY


def test_a_milestone_that_moves_is_another_entry_and_the_former_one_is_gone(read, season):
    before = read()
    season.closes_on = dt.date(2027, 2, 28)
    season.save()
    moved = {uid: event for uid, event in read().items() if uid not in before}
    assert [title for _, title, *_ in moved.values()].count("Window closes: Summer 2027") == 1
    assert titles(read)["Window closes: Summer 2027"] == dt.date(2027, 2, 28)


def test_the_file_of_a_round_is_the_entry_of_the_feed(ada, client_of, address):
    interview = RoundFactory(application__student=ada, zone="America/New_York", minutes=45)
    from_file = as_icalendar(client_of(ada).get(f"/rounds/{interview.public_id}/round.ics").content)
    assert from_file == as_icalendar(Client().get(address).content)


def test_the_letter_of_the_evening_before_links_the_file(student, sink, settings):
    settings.WAYMARK_QUIET_HOURS = False  # it runs at any hour
    start = (database_now() + dt.timedelta(hours=3)).replace(second=0, microsecond=0)
    interview = RoundFactory(application__student=student(), on=start.date(), time=start.time(), zone="UTC")
    call_command("tick", stdout=io.StringIO())
    (mail,) = sink.mails
    link = f"http://testserver/rounds/{interview.public_id}/round.ics"
    assert f"Add it to your calendar: {link}\r\n" in mail.get_body("plain").get_content()
    assert f'href="{link}"' in mail.get_body("html").get_content()


# Days.


@pytest.mark.parametrize(
    ("own", "theirs", "day"),
    [
        ("Europe/London", "Etc/GMT+12", 30),
        ("Pacific/Kiritimati", "Etc/GMT+12", 30),
        ("Pacific/Pago_Pago", "Etc/GMT+12", 30),
        ("Europe/London", "America/Los_Angeles", 30),
        ("Europe/London", "Asia/Tokyo", 30),
        ("America/Los_Angeles", "Pacific/Kiritimati", 30),
        ("Pacific/Honolulu", "Pacific/Kiritimati", 29),  # there midnight is when here the day begins
        ("Pacific/Pago_Pago", "Pacific/Kiritimati", 29),
    ],
)
def test_a_closing_day_is_never_told_too_late(ada, read, own, theirs, day):
    ada.time_zone = own
    ada.save()
    ApplicationFactory(student=ada, closes_on=dt.date(2026, 11, 30), zone=theirs)
    ((_, _, begins, ends, _),) = read().values()
    assert (begins, ends) == (dt.date(2026, 11, day), dt.date(2026, 11, day) + DAY)


def test_today_is_the_persons_own(ada, read, clock):
    ada.time_zone = "Pacific/Kiritimati"
    ada.save()
    ApplicationFactory(student=ada, closes_on=TODAY)
    assert len(read()) == 1
    clock.move_to(dt.datetime(2026, 11, 10, 10, 1, tzinfo=dt.UTC))  # 00:01 on the 11th
    assert read() == {}


# Over HTTP.


def test_the_same_facts_are_the_same_bytes_and_are_not_sent_twice(ada, address, season, clock):
    interview = RoundFactory(application__student=ada)
    ApplicationFactory.create_batch(5, student=ada, closes_on=TODAY)
    client = Client()
    first = client.get(address)
    clock.shift(dt.timedelta(hours=2))
    assert client.get(address).content == first.content
    tag = first.headers["ETag"]
    again = client.get(address, headers={"if-none-match": tag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    edit_round(interview=interview, details={"time": dt.time(16, 0)}, version=1, by=ada, at=NOW)
    assert client.get(address, headers={"if-none-match": tag}).status_code == 200


def test_it_is_a_calendar_that_stays_private(address):
    response = Client().get(address)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert not response.cookies
    assert Client().head(address).headers["Content-Length"] == str(len(response.content))
    for method in ("post", "put", "patch", "delete"):
        assert getattr(Client(), method)(address).status_code == 405


def test_the_number_of_queries_does_not_grow(ada, address, season, django_assert_num_queries):
    def fill(number):
        applications = ApplicationFactory.create_batch(number, student=ada, closes_on=TODAY)
        for application in applications:
            RoundFactory(application=application)
            Offer.objects.create(application=ApplicationFactory(student=ada, stage="offer"), answer_by=TODAY)
        programme = ProgrammeFactory()
        programme.cycles.create(season=season, closes_on=TODAY)
        Following.objects.create(person=ada, programme=programme)

    for number in (1, 20):
        fill(number)
        with django_assert_num_queries(12):
            assert Client().get(address).status_code == 200


# The secret.


def dump():
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        said = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            said += [row for (row,) in cursor.fetchall()]
    return "\n".join(said)


def made(response):
    (found,) = set(re.findall(r"https?://testserver(/calendar/[\w-]{43}\.ics)", response.text))
    return found


def test_the_page_shows_the_address_once_and_keeps_a_hash_only(ada, client_of, clock, settings):
    settings.SITE_URL = "https://testserver"
    client = client_of(ada)
    assert "Make an address" in client.get(PAGE).text
    response = client.post(PAGE)
    address = made(response)
    assert response.headers["Cache-Control"] == "no-store, private"
    assert f'href="webcal://testserver{address}"' in response.text
    token = address.removeprefix("/calendar/").removesuffix(".ics")
    assert token not in client.get(PAGE).text
    assert token not in dump()
    assert CalendarFeed.objects.get().token_hash in dump()
    assert Client().get(address).status_code == 200


def test_a_new_address_ends_the_old_one_at_once_and_so_does_removing(ada, client_of, clock, settings):
    settings.SITE_URL = "https://testserver"
    client = client_of(ada)
    old = made(client.post(PAGE))
    new = made(client.post(PAGE))
    assert (Client().get(old).status_code, Client().get(new).status_code) == (404, 200)
    assert client.post(f"{PAGE}remove/", follow=True).status_code == 200
    assert Client().get(new).status_code == 404
    assert client.post(f"{PAGE}remove/").status_code == 302


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_student": False}])
def test_it_opens_to_nobody_once_its_person_may_not_sign_in_or_is_no_student(ada, address, change):
    for name, value in change.items():
        setattr(ada, name, value)
    ada.save()
    assert Client().get(address).status_code == 404


def test_secrets_of_other_kinds_open_nothing_and_this_one_opens_nothing_else(ada, address, client_of):
    invited = sharing.invite(student=ada, email="prof@uni.example", at=NOW).token
    stop = sign(Stop(person=ada.public_id, kind=Kind.INTERVIEWS))
    kept = CalendarFeed.objects.get().token_hash
    for other in (invited, stop, kept, ada.public_id, secrets.token_urlsafe(32), "x", "%00", "é"):
        assert Client().get(f"/calendar/{other}.ics").status_code == 404
    token = address.removeprefix("/calendar/").removesuffix(".ics")
    assert Client().get(f"/e/{token}/").status_code == 404
    assert client_of(ada).get(f"/supervision/invitations/{token}/").status_code == 404


def test_a_forged_form_makes_no_address(ada):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    assert client.post(PAGE).status_code == 403
    assert not CalendarFeed.objects.exists()


def test_only_students_have_one(grace, client_of):
    client = client_of(grace)
    assert client.get(PAGE).status_code == client.post(PAGE).status_code == 403
    assert PAGE not in client.get("/settings/profile/").text


def test_a_supervisor_who_is_a_student_too_reads_their_own_dates(ada, client_of, clock):
    both = UserFactory(is_supervisor=True)
    ApplicationFactory(student=ada, closes_on=TODAY)
    ApplicationFactory(student=both, role="", closes_on=TODAY, company__name="Own")
    content = Client().get(f"/calendar/{open_feed(by=both, at=NOW)}.ics").content
    assert [title for _, title, *_ in events(content).values()] == ["Closes: Own"]


def test_shutting_twice_is_shutting_once(ada, address):
    shut_feed(by=ada)
    shut_feed(by=ada)
    assert Client().get(address).status_code == 404
