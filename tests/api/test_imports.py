"""Spreadsheets over the API: the same plan as on the pages, run once and whole, taken back whole."""

import datetime as dt

import pytest

from applications.models import Application, Event
from imports.actions import run_due
from imports.models import Import
from tests.factories import ApplicationFactory, CompanyFactory
from tests.imports.sheets import as_csv, as_xlsx, bad_tables
from tracker.lib import clock as tracker_clock

HEAD = ["Company", "Role", "Status", "Applied on", "Link", "Notes"]
ROWS = [
    ["Tidewater", "Research Intern", "Applied", "2026-11-03", "https://tidewater.example/1", "Ask Hanna"],
    ["Northlight", "Vision Intern", "Interested", "", "", ""],
]

pytestmark = pytest.mark.usefixtures("season")


@pytest.fixture
def bring(program_of):
    """Return a function that sends a file, by multipart or raw, and gives the answer."""

    def bring(person, content, *, raw=False, name="a.csv", **headers):
        from django.core.files.uploadedfile import SimpleUploadedFile

        program = program_of(person)
        told = {f"HTTP_{key.upper()}": value for key, value in headers.items()}
        told["HTTP_AUTHORIZATION"] = f"Bearer {program.secret}"
        sent = (
            {"data": content, "content_type": "text/csv"}
            if raw
            else {"data": {"file": SimpleUploadedFile(name, content)}}
        )
        return program.client.post(f"/api/v1/imports?name={name}" if raw else "/api/v1/imports", **sent, **told)

    return bring


def ran(program, told, status=202):
    return program.of("POST", f"/imports/{told['id']}/run", status=status)


@pytest.mark.parametrize("raw", [True, False])
def test_a_table_whose_columns_are_known_is_planned_run_and_taken_back(ada, clock, program_of, bring, raw):
    answer = bring(ada, as_csv(ROWS), raw=raw)
    assert answer.status_code == 202, answer.content
    told = answer.json()
    assert [one["field"] for one in told["columns"]] == ["company", "role", "stage", "applied_on", "url", "notes"]
    assert told["columns"][0] == {
        "name": "Company", "field": "company", "reason": "Guessed", "samples": ["Tidewater", "Northlight"],
    }  # fmt: skip
    assert (told["state"], told["question"], told["counts"]["adds"], told["name"]) == ("review", None, 2, "a.csv")
    assert Application.objects.count() == 0
    program = program_of(ada)
    done = ran(program, told)
    assert (done["state"], done["added"], done["undo_until"]) == ("done", 2, "2026-11-17T09:00:00Z")
    one = Application.objects.get(role="Research Intern")
    assert (one.stage, one.applied_on, one.notes) == ("applied", dt.date(2026, 11, 3), "Ask Hanna")
    assert ran(program, told, 409)["detail"] == "This import went on meanwhile. Look at where it is now."
    assert program.of("POST", f"/imports/{told['id']}/undo", status=202)["state"] == "undone"
    assert (Application.objects.count(), Event.objects.count()) == (0, 0)


def test_what_is_not_clear_is_asked_and_answered_by_patch(ada, clock, program_of, bring):
    rows = [["Tidewater", "Intern", "Flung", "3/4/2026", "", ""], ["Northlight", "Intern", "Flung", "5/6/2026", "", ""]]
    told = bring(ada, as_csv(rows)).json()
    assert (told["state"], told["stages"]) == ("matching", [{"word": "Flung", "means": ""}])
    assert told["question"] == {"field": "stages.Flung", "detail": "Choose the stage that “Flung” means."}
    program, path = program_of(ada), f"/imports/{told['id']}"
    assert ran(program, told, 409)
    refused = program.of("PATCH", path, {"stages": {"Flung": "applied"}}, 422)
    assert refused["errors"] == [{"field": "day_first", "detail": "Choose whether the day or the month comes first."}]
    told = program.of("PATCH", path, {"stages": {"Flung": "applied"}, "day_first": True})
    assert (told["state"], told["question"], told["day_first"]) == ("review", None, True)
    ran(program, told)
    assert set(Application.objects.values_list("applied_on", flat=True)) == {dt.date(2026, 4, 3), dt.date(2026, 6, 5)}
    again = bring(ada, as_csv([["Ostrava", "Intern", "Flung", "2026-11-01", "", ""]])).json()
    assert again["stages"] == [{"word": "Flung", "means": "applied"}], "remembered"


@pytest.mark.parametrize(
    ("body", "field", "sentence"),
    [
        ({"fields": ["company"]}, None, "Choose from the list what each column is."),
        ({"fields": ["company", "company", "", "", "", ""]}, "fields.1", "are matched with Company"),
        ({"fields": ["", "role", "", "", "", ""]}, None, "Match a column with Company or with Link"),
        ({"fields": ["company", "colour", "", "", "", ""]}, None, "Choose from the list"),
        ({"stages": {"Applied": "flown"}}, "stages.Applied", "Choose the stage that “Applied” means."),
        ({"same": "all"}, "same", "Input should be 'mine'"),
        ({"colour": 1}, "colour", "Extra inputs are not permitted"),
    ],
)
def test_an_answer_that_cannot_be_taken_leaves_the_plan(ada, clock, program_of, bring, body, field, sentence):
    told = bring(ada, as_csv(ROWS)).json()
    program, path = program_of(ada), f"/imports/{told['id']}"
    refused = program.of("PATCH", path, body, 422)
    words = refused["detail"] if field is None else {e["field"]: e["detail"] for e in refused["errors"]}[field]
    assert sentence in words
    assert program.of("GET", path) == told


def test_rows_tell_what_is_wrong_and_what_they_look_like(ada, clock, program_of, bring, django_assert_max_num_queries):
    ApplicationFactory(student=ada, company=CompanyFactory(name="Tidewater"), role="Research Intern", stage="preparing")
    told = bring(ada, as_csv([*ROWS, ["Ostrava", "Intern", "Applied", "soon", "", ""]])).json()
    assert (told["counts"]["ready"], told["counts"]["wrong"], told["counts"]["same"]) == (1, 1, 1)
    wrong, same = told["rows"]
    assert (wrong["number"], wrong["company"], wrong["problems"][0]["column"], wrong["problems"][0]["text"]) == (
        4, "Ostrava", "Applied on", "soon",
    )  # fmt: skip
    assert "Applied on: " in wrong["problems"][0]["detail"]
    assert (same["number"], same["choice"], same["like"]) == (
        2,
        "mine",
        "Research Intern, Preparing since 10 November 2026",
    )
    program, path = program_of(ada), f"/imports/{told['id']}"
    ready = program.of("GET", f"{path}/rows?verdict=ready")
    assert ([row["company"] for row in ready["items"]], ready["next"]) == (["Northlight"], None)
    with django_assert_max_num_queries(8):
        assert program.of("GET", path) == told
    told = program.of("PATCH", path, {"same": "file"})
    assert (told["counts"]["adds"], told["counts"]["changes"]) == (1, 1)
    done = ran(program, told)
    assert (done["added"], done["changed"]) == (1, 1)
    assert Application.objects.get(company__name="Tidewater").stage == "applied"


def test_rows_come_in_parts(ada, clock, program_of, bring, settings):
    settings.WAYMARK_SHEET_SHOWN = 2
    rows = [[f"Company {n}", "Intern", "Applied", "soon", "", ""] for n in range(5)]
    told = bring(ada, as_csv(rows)).json()
    assert len(told["rows"]) == 2
    program, seen, after = program_of(ada), [], ""
    while after is not None:
        part = program.of("GET", f"/imports/{told['id']}/rows?verdict=wrong&after={after}")
        seen += [row["number"] for row in part["items"]]
        after = part["next"]
    assert seen == [2, 3, 4, 5, 6]
    assert program.of("GET", f"/imports/{told['id']}/rows?after=x", status=422)["errors"][0]["field"] == "after"


@pytest.mark.parametrize(
    "what", ["empty", "html as csv", "an old workbook", "a zip bomb", "xxe", "too large", "deep json"]
)
def test_what_is_no_table_is_refused_with_its_sentence(ada, clock, bring, what):
    name, content, sentence = bad_tables()[what]
    answer = bring(ada, content, name=name)
    assert answer.status_code == (413 if what == "too large" else 422)
    assert sentence in answer.json()["detail"]
    assert answer.json()["errors"][0]["field"] == "file"
    assert Import.objects.count() == 0


def test_other_bodies_are_refused(ada, clock, program_of, bring):
    program = program_of(ada)
    assert "text/csv" in program.of("POST", "/imports", {"rows": []}, 415)["detail"]
    assert bring(ada, b"a,b\n" * 700_000, raw=True).status_code == 413
    answer = program.client.post("/api/v1/imports", {"x": "1"}, HTTP_AUTHORIZATION=f"Bearer {program.secret}")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "file")


def test_a_file_that_is_sent_again_with_its_key_is_one_import(ada, clock, bring):
    first = bring(ada, as_xlsx(ROWS), name="a.xlsx", idempotency_key="k")
    again = bring(ada, as_xlsx(ROWS), name="a.xlsx", idempotency_key="other")
    assert first.json()["id"] != again.json()["id"]
    content = as_csv(ROWS)
    one = bring(ada, content, idempotency_key="c")
    two = bring(ada, content, idempotency_key="c")
    assert (two.json(), two.headers["Idempotent-Replayed"]) == (one.json(), "true")
    assert bring(ada, as_csv(ROWS[:1]), idempotency_key="c").status_code == 422
    assert Import.objects.count() == 3


def test_only_the_plan_that_was_seen_is_run(ada, clock, program_of, bring):
    told = bring(ada, as_csv(ROWS)).json()
    program, path = program_of(ada), f"/imports/{told['id']}"
    tag = program.ask("GET", path).headers["ETag"]
    assert program.ask("GET", path, if_none_match=tag).status_code == 304
    program.of("PATCH", path, {"fields": ["company", "role", "", "", "", ""]})
    assert program.ask("POST", f"{path}/run", if_match=tag).status_code == 412
    assert Application.objects.count() == 0
    ApplicationFactory(student=ada, role="Meanwhile")
    told = program.of("POST", f"{path}/run", status=202)
    assert (told["state"], told["added"]) == ("review", 0)
    assert told["problem"] == "Your applications changed meanwhile. Look at the plan again, then add."


def test_a_long_one_is_a_workers_and_told_on_the_way(ada, clock, program_of, bring, settings):
    settings.WAYMARK_SHEET_AT_ONCE = 1
    told = bring(ada, as_csv(ROWS)).json()
    program = program_of(ada)
    assert ran(program, told)["state"] == "waiting"
    assert program.of("GET", f"/imports/{told['id']}")["state"] == "waiting"
    run_due(at=tracker_clock.now(), clock=tracker_clock.now)
    assert program.of("GET", f"/imports/{told['id']}")["added"] == 2


def test_after_a_week_and_after_a_change_nothing_is_taken_back(ada, clock, program_of, bring):
    told = bring(ada, as_csv(ROWS)).json()
    program = program_of(ada)
    ran(program, told)
    Application.objects.filter(role="Vision Intern").update(notes="Mine", version=2)
    told = program.of("POST", f"/imports/{told['id']}/undo", status=202)
    assert (told["state"], Application.objects.count()) == ("done", 2)
    assert told["problem"]
    clock.shift(dt.timedelta(days=8))
    late = program.of("POST", f"/imports/{told['id']}/undo", status=422)
    assert late["detail"] == "An import can be taken back for 7 days."


def test_of_another_student_nothing_is_there_and_scopes_hold(ada, mallory, grace, clock, program_of, bring):
    told = bring(ada, as_csv([["CANARY", "Intern", "Applied", "", "", ""]])).json()
    path = f"/imports/{told['id']}"
    other = program_of(mallory)
    for method, place, body in (
        ("GET", path, None), ("GET", f"{path}/rows", None), ("PATCH", path, {"same": "both"}),
        ("POST", f"{path}/run", None), ("POST", f"{path}/undo", None),
    ):  # fmt: skip
        answer = other.ask(method, place, body)
        assert (answer.status_code, "CANARY" in answer.text) == (404, False), (method, place)
    reader = program_of(ada, scopes=["read"])
    assert reader.of("GET", path)["id"] == told["id"]
    assert reader.of("POST", f"{path}/run", status=403)["detail"] == "This token lacks the scope write."
    assert bring(grace, as_csv(ROWS)).status_code == 403
    assert Application.objects.count() == 0


def test_a_cell_is_corrected_and_what_stays_wrong_changes_nothing(ada, clock, program_of, bring):
    told = bring(ada, as_csv([[*ROWS[0][:3], "2099-01-01", *ROWS[0][4:]], ROWS[1]])).json()
    program, path = program_of(ada), f"/imports/{told['id']}/rows/2"
    assert told["rows"][0]["problems"] == [
        {"column": "Applied on", "text": "2099-01-01", "detail": "Applied on: write today or an earlier day."}
    ]
    refused = program.of("PATCH", path, {"cells": {"Applied on": "soon", "Role": "Another"}}, 422)
    assert refused["detail"] == "This row still needs a look."
    assert [one["field"] for one in refused["errors"]] == ["cells.Applied on"]
    unknown = program.of("PATCH", path, {"cells": {"Sent": "2026-11-03"}}, 422)
    assert unknown["errors"] == [{"field": "cells.Sent", "detail": "There is no column of this name."}]
    no_choice = program.of("PATCH", path, {"cells": {"Applied on": "2026-11-04"}, "choice": "both"}, 422)
    assert no_choice["detail"] == "This row looks like no other one."
    assert program.of("GET", f"/imports/{told['id']}")["rows"] == told["rows"]
    row = program.of("PATCH", path, {"cells": {"Applied on": "2026-11-03"}})
    assert (row["verdict"], row["role"], row["problems"]) == ("ready", "Research Intern", [])
    ran(program, told)
    assert Application.objects.get(role="Research Intern").applied_on == dt.date(2026, 11, 3)
    assert program.of("PATCH", path, {"cells": {"Role": "Late"}}, 409)["detail"].startswith("This import went on")
    for number, status in (("9", 404), ("0", 422), ("99999999999999999999", 422), ("two", 422)):
        program.of("PATCH", f"/imports/{told['id']}/rows/{number}", {}, status)


def test_one_of_the_rows_that_look_like_others_is_added_all_the_same(ada, mallory, clock, program_of, bring):
    company = CompanyFactory(name="Tidewater")
    ApplicationFactory(student=ada, company=company, role="Research Intern", url=ROWS[0][4])
    told = bring(ada, as_csv([ROWS[0], [*ROWS[0][:4], "", ""]])).json()
    program, path = program_of(ada), f"/imports/{told['id']}/rows"
    assert [row["choice"] for row in program.of("GET", f"{path}?verdict=same")["items"]] == ["mine", "mine"]
    assert program.of("PATCH", f"{path}/3", {"choice": "both"})["choice"] == "both"
    assert ran(program, told)["added"] == 1
    assert program_of(mallory).of("PATCH", f"{path}/3", {"choice": "mine"}, 404)
