"""The operations do what the pages do: the same rows, the same refusals."""

import datetime as dt
import io
import zipfile

import pytest
from openpyxl import load_workbook

from accounts.models import Archive
from applications.models import Application, Event, InterviewRound
from outreach.models import Contact
from owndata.actions.running import run_due
from tests.factories import (
    NOW,
    ApplicationFactory,
    CompanyFactory,
    PostingFactory,
    RoundFactory,
    SeasonFactory,
)
from tracker.lib import clock as tracker_clock


def xlsx_texts(content):
    return " ".join(str(cell) for row in load_workbook(io.BytesIO(content)).active.values for cell in row)


def test_an_application_is_added_changed_moved_and_deleted(ada, clock, program_of):
    SeasonFactory()
    CompanyFactory(name="Tidewater", slug="tidewater")
    ask = program_of(ada).of
    made = ask("POST", "/applications", {"company": "tidewater", "role": "Intern", "tags": ["vision"]}, 201)
    assert (made["company"], made["role"], made["tags"], made["season"]) == (
        "Tidewater", "Intern", ["vision"], "Summer 2027",
    )  # fmt: skip
    path = f"/applications/{made['id']}"
    assert ask("PATCH", path, {"notes": "Ask Hanna", "closes_on": "2026-12-01"})["notes"] == "Ask Hanna"
    assert ask("POST", f"{path}/stage", {"stage": "applied", "on": "2026-11-09"})["applied_on"] == "2026-11-09"
    closed = ask("POST", f"{path}/stage", {"stage": "closed", "outcome": "no_reply", "reason": "Silence"})
    assert (closed["stage"], closed["outcome"], closed["closing_reason"]) == ("closed", "no_reply", "Silence")
    entries = {event["stage"] for event in ask("GET", f"{path}/events")["items"]}
    assert entries == {"closed", "applied", "interested", ""}
    assert ask("DELETE", path, status=204) is None
    assert Application.objects.count() == 0


def test_a_link_of_the_list_fills_in_what_is_known(ada, clock, program_of):
    posting = PostingFactory(title="Research Intern, Tides", url="https://tidewater.example/jobs/7")
    made = program_of(ada).of("POST", "/applications", {"company": "https://tidewater.example/jobs/7"}, 201)
    assert (made["company"], made["role"]) == (posting.company.name, "Research Intern, Tides")


def test_what_is_sent_alone_is_changed_and_null_empties(ada, clock, program_of):
    one = ApplicationFactory(student=ada, notes="Mine", place="Leith", closes_on=dt.date(2026, 12, 1))
    told = program_of(ada).of("PATCH", f"/applications/{one.public_id}", {"closes_on": None, "place": ""})
    assert (told["closes_on"], told["place"], told["notes"]) == (None, "", "Mine")


@pytest.mark.parametrize(
    ("body", "field", "sentence"),
    [
        ({"closes_on": "1.12.2026"}, "closes_on", "Write the day like 2026-11-30."),
        ({"closes_on": "1850-01-01"}, "closes_on", "Enter a day between 1990 and 2100."),
        ({"kind": "job"}, "kind", "Input should be 'internship'"),
        ({"stage": "applied"}, "stage", "Extra inputs are not permitted"),
        ({"zone": "Mars/Olympus"}, "zone", "Choose a time zone from the list."),
        ({"url": "ftp://x"}, "url", "Enter a full web address"),
        ({"season": "Summer 2090"}, "season", "Unknown."),
        ({"notes": "\0"}, "notes", "Write plain text"),
        ({"weeks": 0}, "weeks", "greater than or equal to 1"),
        ({"starts_from": "2027-08-01", "starts_until": "2027-07-01"}, None, "The latest start is before the earliest."),
    ],
)
def test_what_cannot_be_taken_is_refused_by_field_and_changes_nothing(ada, clock, program_of, body, field, sentence):
    one = ApplicationFactory(student=ada, notes="Mine")
    told = program_of(ada).of("PATCH", f"/applications/{one.public_id}", {"notes": "New", **body}, 422)
    words = told["detail"] if field is None else {e["field"]: e["detail"] for e in told["errors"]}[field]
    assert sentence in words
    one.refresh_from_db()
    assert one.notes == "Mine"


def test_lists_come_in_parts_without_gaps_or_repetition(ada, mallory, clock, program_of, django_assert_num_queries):
    ids = [ApplicationFactory(student=ada).public_id for _ in range(5)]
    ApplicationFactory(student=mallory)
    program = program_of(ada)
    program.of("GET", "/me")
    seen, after = [], ""
    while True:
        with django_assert_num_queries(2 + bool(after)):
            part = program.of("GET", f"/applications?limit=2&after={after}")
        seen += [one["id"] for one in part["items"]]
        if not (after := part["next"]):
            break
    assert seen == ids[::-1]
    assert program.of("GET", "/applications?after=zzzzzzzzzzzz", status=422)["errors"][0]["field"] == "after"


def test_lists_are_narrowed(ada, clock, program_of):
    tidewater = CompanyFactory(name="Tidewater", slug="tidewater")
    applied = ApplicationFactory(student=ada, company=tidewater, role="Tidal Intern", stage="applied", tags=["vision"])
    ApplicationFactory(student=ada, stage="interested")
    Application.objects.exclude(pk=applied.pk).update(updated_at=NOW - dt.timedelta(days=9))
    ask = program_of(ada).of
    for question in (
        "q=tide%20intern",
        "q=tidewater",
        "stage=applied",
        "tag=vision",
        "updated_since=2026-11-09T00:00:00Z",
    ):
        assert [one["id"] for one in ask("GET", f"/applications?{question}")["items"]] == [applied.public_id], question
    assert ask("GET", "/applications?stage=sent", status=422)["errors"][0]["field"] == "stage"


def test_what_somebody_has_is_not_sent_again_and_a_change_of_what_is_old_is_refused(ada, clock, program_of):
    one = ApplicationFactory(student=ada)
    program, path = program_of(ada), f"/applications/{one.public_id}"
    tag = program.ask("GET", path).headers["ETag"]
    assert program.ask("GET", path, if_none_match=tag).status_code == 304
    program.of("PATCH", path, {"notes": "First"}, if_match=tag)
    told = program.of("PATCH", path, {"notes": "Second"}, 412, if_match=tag)
    assert told["detail"] == "This has changed since you read it. Read it again, then decide."
    assert program.ask("GET", path, if_none_match=tag).status_code == 200
    assert program.ask("DELETE", path, if_match=tag).status_code == 412
    one.refresh_from_db()
    assert one.notes == "First"


def test_a_request_that_is_repeated_is_done_once(ada, clock, program_of):
    one = ApplicationFactory(student=ada)
    program, path, body = program_of(ada), f"/applications/{one.public_id}/events", {"text": "They called"}
    first = program.of("POST", path, body, 201, idempotency_key="a-1")
    clock.shift(dt.timedelta(hours=1))
    again = program.ask("POST", path, body, idempotency_key="a-1")
    assert (again.json(), again.status_code, again.headers["Idempotent-Replayed"]) == (first, 201, "true")
    assert Event.objects.filter(kind="note").count() == 1
    told = program.of("POST", path, {"text": "Another"}, 422, idempotency_key="a-1")
    assert told["detail"] == "This Idempotency-Key was used for another request. Use a new one."
    assert program.of("POST", path, {"text": ""}, 422, idempotency_key="a-2")
    assert program.of("POST", path, {"text": "Now right"}, 201, idempotency_key="a-3")["text"] == "Now right"


def test_rounds_follow_wall_time_and_zone(ada, clock, program_of):
    one = ApplicationFactory(student=ada, stage="interviewing")
    program = program_of(ada)
    body = {"kind": "coding", "on": "2026-11-20", "time": "15:00", "zone": "America/New_York"}
    made = program.of("POST", f"/applications/{one.public_id}/rounds", body, 201)
    assert made["starts_at"] == "2026-11-20T20:00:00Z"
    moved = program.of("PATCH", f"/rounds/{made['id']}", {"time": "16:30"})
    assert (moved["starts_at"], moved["kind"]) == ("2026-11-20T21:30:00Z", "coding")
    assert InterviewRound.objects.get().revision == 2
    assert [r["id"] for r in program.of("GET", "/rounds")["items"]] == [made["id"]]
    assert program.of("DELETE", f"/rounds/{made['id']}", status=204) is None


def test_an_offer_is_noted_in_parts(ada, clock, program_of):
    one = ApplicationFactory(student=ada, stage="offer")
    program, path = program_of(ada), f"/applications/{one.public_id}/offer"
    assert program.of("GET", path, status=404)["detail"] == "Nothing is noted of an offer."
    assert program.of("PUT", path, {"pay": "6500.00", "currency": "GBP"})["pay"] == "6500.00"
    assert program.of("PUT", path, {"mentor": "Hanna Sato"})["currency"] == "GBP"
    assert "Enter the currency of the pay, like GBP." in program.of("PUT", path, {"currency": ""}, 422)["detail"]


def test_people_need_their_own_scope_and_stay_ones_own(ada, mallory, clock, program_of):
    program = program_of(ada)
    made = program.of("POST", "/people", {"name": "Hanna Sato", "how": "paper", "source": "Tidal flow"}, 201)
    assert program.of("PATCH", f"/people/{made['id']}", {"country": "JP"})["name"] == "Hanna Sato"
    assert program.of("GET", "/people")["items"][0]["country"] == "JP"
    assert program_of(mallory).of("GET", f"/people/{made['id']}", status=404)
    told = program_of(ada, scopes=["read", "write"]).of("GET", "/people", status=403)
    assert told["detail"] == "This token lacks the scope people."
    assert program.of("DELETE", f"/people/{made['id']}", status=204) is None
    assert Contact.objects.count() == 0


def test_the_shared_list_and_the_window_are_read(ada, season, clock, program_of):
    own = CompanyFactory(name="Mine", approved_at=None, proposed_by=ada)
    CompanyFactory(name="Hidden", approved_at=None)
    posting = PostingFactory(is_research=True)
    ApplicationFactory(student=ada, season=season, stage="applied")
    ask = program_of(ada).of
    names = {one["name"]: one["is_own"] for one in ask("GET", "/companies")["items"]}
    assert (names["Mine"], names[posting.company.name], "Hidden" in names) == (True, False, False)
    assert ask("GET", f"/companies/{own.slug}")["name"] == "Mine"
    assert [one["id"] for one in ask("GET", "/postings?research=true")["items"]] == [posting.public_id]
    assert ask("GET", f"/postings/{posting.public_id}")["company"] == posting.company.name
    assert (ask("GET", "/window")["season"], ask("GET", "/window")["sent"]) == ("Summer 2027", 1)


def test_all_of_ones_data_goes_out_and_in(ada, mallory, clock, program_of):
    ApplicationFactory(student=ada, role="Research Intern")
    program = program_of(ada)
    asked = program.of("POST", "/exports", status=202)
    assert (asked["state"], asked["file"]) == ("waiting", None)
    run_due(at=tracker_clock.now(), clock=tracker_clock.now)
    done = program.of("GET", f"/archives/{asked['id']}")
    assert (done["state"], done["counts"]["applications"]) == ("done", 1)
    content = b"".join(program.ask("GET", done["file"].removeprefix("/api/v1")).streaming_content)
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    other = program_of(mallory)
    answer = other.client.post(
        "/api/v1/archives",
        {"file": io.BytesIO(content)},
        HTTP_AUTHORIZATION=f"Bearer {other.secret}",
    )
    assert answer.status_code == 202, answer.content
    run_due(at=tracker_clock.now(), clock=tracker_clock.now)
    assert other.of("GET", f"/archives/{answer.json()['id']}")["state"] == "done"
    assert Application.objects.visible_to(mallory).get().role == "Research Intern"
    assert other.of("GET", f"/archives/{asked['id']}", status=404)
    assert Archive.objects.count() == 2


@pytest.mark.parametrize(("kind", "reads"), [("csv", lambda content: content.decode()), ("xlsx", xlsx_texts)])
def test_applications_go_out_as_a_table_of_ones_own_without_notes(ada, mallory, clock, program_of, kind, reads):
    ApplicationFactory(student=ada, role="Open role", notes="CANARY")
    ApplicationFactory(student=ada, role="Closed role", stage="closed", outcome="no_reply")
    ApplicationFactory(student=mallory, role="CANARY")
    program = program_of(ada, scopes=["read"])
    text = reads(program.ask("GET", f"/exports/applications.{kind}").content)
    assert ("Open role" in text, "Closed role" in text, "CANARY" in text) == (True, True, False)
    assert program.ask("GET", "/exports/applications.pdf").status_code == 422


def test_of_another_student_nothing_is_there(ada, mallory, clock, program_of):
    one = ApplicationFactory(student=ada, notes="CANARY")
    round_ = RoundFactory(application=one, notes="CANARY")
    event = Event.objects.create(application=one, kind="note", on=NOW.date(), text="CANARY", by=ada)
    program = program_of(mallory)
    for method, path in (
        ("GET", f"/applications/{one.public_id}"), ("PATCH", f"/applications/{one.public_id}"),
        ("DELETE", f"/applications/{one.public_id}"), ("POST", f"/applications/{one.public_id}/stage"),
        ("GET", f"/applications/{one.public_id}/events"), ("POST", f"/applications/{one.public_id}/events"),
        ("GET", f"/applications/{one.public_id}/rounds"), ("POST", f"/applications/{one.public_id}/rounds"),
        ("GET", f"/applications/{one.public_id}/offer"), ("PUT", f"/applications/{one.public_id}/offer"),
        ("GET", f"/rounds/{round_.public_id}"), ("PATCH", f"/rounds/{round_.public_id}"),
        ("DELETE", f"/rounds/{round_.public_id}"), ("DELETE", f"/events/{event.public_id}"),
    ):  # fmt: skip
        body = {"stage": "applied", "text": "x"} if method == "POST" else {} if method != "GET" else None
        if method == "POST" and not path.endswith("stage"):
            body = {"text": "x"} if path.endswith("events") else {"kind": "coding"}
        if path.endswith("stage"):
            body = {"stage": "applied"}
        answer = program.ask(method, path, body)
        assert (answer.status_code, b"CANARY" in answer.content) == (404, False), (method, path, answer.content)
    for path in ("/applications", "/rounds"):
        assert program.of("GET", path)["items"] == []
