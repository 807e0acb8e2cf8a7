import datetime as dt
import re
import threading

import pytest
from django.db import connection

from applications.actions.editing import edit_application
from applications.models import Application
from companies.models import Team
from tests.factories import NOW, ApplicationFactory, CompanyFactory
from tests.words import said
from tracker.lib.errors import DomainError, StaleError

DAYS = ("closes_on", "next_step_on", "starts_from", "starts_until")
FIELDS = (
    "role",
    "kind",
    "url",
    "place",
    "zone",
    "next_step",
    "way_in",
    "referrer",
    "source",
    "weeks",
    "hours",
    "notes",
)


@pytest.fixture
def tidewater(ada):
    return ApplicationFactory(
        student=ada, company=CompanyFactory(name="Tidewater"), role="Research Intern", place="Leeds"
    )


def page(application, rest="edit/"):
    return f"/applications/{application.public_id}/{rest}"


def form(application, **more):
    """What the form of this application sends back when only `more` was changed."""
    values = {name: getattr(application, name) or "" for name in FIELDS}
    values |= {day: value.isoformat() if (value := getattr(application, day)) else "" for day in DAYS}
    if application.on_hold:
        values["on_hold"] = "on"
    first = {f"initial-{name}": value for name, value in {"on_hold": "", **values}.items()}
    typed = {**values, **first, "version": application.version, **more}
    return {name: value for name, value in typed.items() if value is not None}


def sent_by(response):
    inputs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', response.text)
    return {name: value for name, value in inputs if name != "csrfmiddlewaretoken"}


def test_everything_but_the_stage_is_edited(tidewater, ada, client_of, clock, season):
    team = Team.objects.create(company=tidewater.company, name="Speech", slug="speech")
    typed = {
        "role": "Speech Intern", "kind": "scheme", "url": "https://tidewater.example/1", "place": "Edinburgh",
        "closes_on": "30 11 2026", "zone": "Europe/London", "next_step": "Ask Tom", "next_step_on": "2026-11-12",
        "way_in": "asked", "referrer": "Tom", "on_hold": "on", "source": "conference", "starts_from": "2027-06-01",
        "starts_until": "2027-07-01", "weeks": "14", "hours": "full", "notes": "One\r\ntwo", "stage": "offer",
        "tags": "speech, Speech, on-device", "closeness": "partly", "could_become": ["patent", "paper"],
        "reasons": "skills, city", "posting_text": "We look for\r\nyou", "season_id": season.pk, "team_id": team.pk,
    }  # fmt: skip
    response = client_of(ada).post(page(tidewater), form(tidewater, **typed))
    tidewater.refresh_from_db()
    assert response.headers["Location"] == page(tidewater, "")
    assert (tidewater.role, tidewater.kind, tidewater.closes_on) == ("Speech Intern", "scheme", dt.date(2026, 11, 30))
    assert (tidewater.on_hold, tidewater.weeks, tidewater.notes) == (True, 14, "One\ntwo")
    assert (tidewater.stage, tidewater.version) == ("interested", 2)
    assert (tidewater.tags, tidewater.could_become) == (["speech", "on-device"], ["paper", "patent"])
    assert (tidewater.reasons, tidewater.posting_text) == (["skills", "city"], "We look for\nyou")
    assert (tidewater.closeness, tidewater.season, tidewater.team) == ("partly", season, team)


def test_what_was_changed_is_recorded(tidewater, ada, client_of, clock):
    client_of(ada).post(page(tidewater), form(tidewater, role="Speech Intern", place="Edinburgh"))
    event = tidewater.events.get(kind="edit")
    assert (event.text, event.on, event.by) == ("Edited: role, place", NOW.date(), ada)


def test_saving_without_a_change_records_nothing(tidewater, ada, client_of, clock):
    client_of(ada).post(page(tidewater), form(tidewater))
    tidewater.refresh_from_db()
    assert (tidewater.version, tidewater.events.count()) == (1, 1)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"url": "javascript:alert(1)"}, "Enter a full web address, like https://example.org/jobs/1."),
        ({"url": "tidewater"}, "Enter a full web address, like https://example.org/jobs/1."),
        ({"url": "https://tidewater.example/" + "x" * 5_000}, "Use at most 2000 characters; this has 5026."),
        ({"role": "x" * 201}, "Use at most 200 characters; this has 201."),
        ({"role": "a\0b"}, "Enter plain text."),
        ({"notes": "x" * 20_001}, "Use at most 20000 characters; this has 20001."),
        ({"closes_on": "0001-01-01"}, "Enter a day between 1990 and 2100."),
        ({"closes_on": "9999-12-31"}, "Enter a day between 1990 and 2100."),
        ({"next_step_on": "soon"}, "Enter the day, like 30 11 2026"),
        ({"zone": "Mars/Olympus"}, "Choose one from the list."),
        ({"kind": "job"}, "Choose one from the list."),
        ({"way_in": "bribe"}, "Choose one from the list."),
        ({"weeks": "-1"}, "Enter a number from 0 up."),
        ({"weeks": "99999"}, "Enter a number up to 32767."),
        ({"weeks": "many"}, "Enter a whole number, like 60"),
        ({"tags": ",".join("abcdefghijk")}, "Use at most 10 tags; this has 11."),
        ({"tags": "a" * 41}, "Use at most 40 characters for a tag; one has 41."),
        ({"tags": "a\0b"}, "Enter plain text."),
        ({"posting_text": "x" * 50_001}, "Use at most 50000 characters; this has 50001."),
        ({"posting_text": "\0"}, "Enter plain text."),
        ({"could_become": "fame"}, "Choose one from the list."),
        ({"reasons": ["city", "money"]}, "Choose one from the list."),
        ({"closeness": "very"}, "Choose one from the list."),
        ({"team_id": "1"}, "Choose one from the list."),
        ({"team_id": "9" * 400}, "Choose one from the list."),
        ({"season_id": "x"}, "Choose one from the list."),
        ({"starts_from": "2027-07-01", "starts_until": "2027-06-01"}, "The latest start is before the earliest."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_nothing_typed_is_lost(
    tidewater, ada, client_of, clock, wrong, sentence
):
    response = client_of(ada).post(page(tidewater), form(tidewater, **{"referrer": "Kept as typed", **wrong}))
    tidewater.refresh_from_db()
    assert (response.status_code, sentence in response.text, "Kept as typed" in response.text) == (422, True, True)
    assert ("<title>Error: " in response.text, tidewater.version, tidewater.referrer) == (True, 1, "")


def test_ten_megabytes_are_refused(tidewater, ada, client_of, clock):
    response = client_of(ada).post(page(tidewater), form(tidewater, notes="x" * 10_000_000))
    tidewater.refresh_from_db()
    assert (response.status_code, tidewater.notes) == (413, "")


def test_a_second_tab_sees_both_values_and_loses_nothing(tidewater, ada, client_of, clock):
    client = client_of(ada)
    older = form(tidewater, role="Mine <b>", next_step="Ask Tom", on_hold="on")
    client.post(page(tidewater), form(tidewater, role="From the first tab", place="Edinburgh"))
    response = client.post(page(tidewater), older)
    assert response.status_code == 409
    text = said(response)
    assert "This application changed at 09:00 in another tab. Yours is kept below: choose, and save again." in text
    assert "Role Yours Mine &lt;b&gt; Saved From the first tab" in text
    assert "Next step Yours Ask Tom Saved Empty" in text
    assert "Hold: wait for the referral before applying Yours Yes Saved No" in text
    tidewater.refresh_from_db()
    assert tidewater.role == "From the first tab"
    chosen = {"role": "From the first tab", "next_step": "Ask Tom", "on_hold": "on"}
    assert client.post(page(tidewater), {**sent_by(response), **chosen}).status_code == 302
    tidewater.refresh_from_db()
    kept = (tidewater.role, tidewater.place, tidewater.next_step, tidewater.on_hold, tidewater.version)
    assert kept == ("From the first tab", "Edinburgh", "Ask Tom", True, 3)


def test_a_third_tab_between_is_noticed_as_well(tidewater, ada, client_of, clock):
    client = client_of(ada)
    older = form(tidewater, role="Mine")
    client.post(page(tidewater), form(tidewater, role="First"))
    response = client.post(page(tidewater), older)
    tidewater.refresh_from_db()
    client.post(page(tidewater), form(tidewater, role="Third"))
    again = client.post(page(tidewater), {**sent_by(response), "role": "Mine"})
    assert (again.status_code, "Third" in said(again)) == (409, True)


def test_the_second_click_on_save_is_no_conflict(tidewater, ada, client_of, clock):
    client, typed = client_of(ada), form(tidewater, role="Speech Intern")
    answers = [client.post(page(tidewater), typed).status_code for _ in range(2)]
    tidewater.refresh_from_db()
    assert (answers, tidewater.version) == ([302, 302], 2)


def test_a_move_in_another_tab_is_no_conflict_with_an_edit(tidewater, ada, client_of, clock):
    client, typed = client_of(ada), form(tidewater, role="Speech Intern")
    client.post(page(tidewater, "stage/"), {"stage": "applied", "seen": "interested"})
    assert client.post(page(tidewater), typed).status_code == 302
    tidewater.refresh_from_db()
    assert (tidewater.role, tidewater.stage) == ("Speech Intern", "applied")


def test_nobody_edits_or_deletes_for_another(tidewater, mallory, grace, cora, admin, client_of):
    people = (mallory, grace, cora, admin)
    answers = [
        client_of(who).post(page(tidewater, rest), form(tidewater)).status_code
        for who in people
        for rest in ("edit/", "delete/")
    ]
    assert (answers, Application.objects.get().version) == ([404] * 8, 1)
    with pytest.raises(StaleError):
        edit_application(application=tidewater, details={"role": "M"}, version=1, by=mallory, at=NOW)


def test_the_stage_is_no_detail(tidewater):
    with pytest.raises(TypeError):
        edit_application(application=tidewater, details={"stage": "offer"}, version=1, by=tidewater.student, at=NOW)


def test_what_the_database_refuses_becomes_a_sentence(tidewater):
    days = {"starts_from": dt.date(2027, 7, 1), "starts_until": dt.date(2027, 6, 1), "role": "Speech Intern"}
    with pytest.raises(DomainError):
        edit_application(application=tidewater, details=days, version=1, by=tidewater.student, at=NOW)
    tidewater.refresh_from_db()
    assert (tidewater.role, tidewater.version) == ("Research Intern", 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_edits_at_once_one_wins_and_one_gets_409(client_of):
    application = ApplicationFactory(role="Before")
    together, answers = threading.Barrier(2), []
    clients = [(client_of(application.student), form(application, role=role)) for role in ("Mine", "Yours")]

    def save(client, typed):
        together.wait()
        try:
            answers.append(client.post(page(application), typed).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=pair) for pair in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    application.refresh_from_db()
    assert (sorted(answers), application.version, application.events.filter(kind="edit").count()) == ([302, 409], 2, 1)


def test_the_form_asks_a_fixed_number_of_questions(tidewater, ada, client_of, django_assert_num_queries, clock):
    client = client_of(ada)
    with django_assert_num_queries(6):  # session, person, application, teams, seasons, bell
        client.get(page(tidewater))
