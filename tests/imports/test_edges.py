"""What happens beside the straight way: the same link, choices for all, rows that get alike, imports that went on."""

import csv
import io
import json

import pytest

from applications.models import Application
from imports.actions.beginning import begin_import
from imports.actions.matching import match_columns
from imports.actions.running import ask_for_undo, run_due
from imports.models import Import, ImportRow
from imports.tasks import run as run_task
from imports.tasks import tidy
from tests.factories import NOW, ApplicationFactory, CompanyFactory
from tests.imports.sheets import HEAD, as_csv
from tests.words import said
from tracker.lib.errors import DomainError, StaleError


def row(company="Tidewater", role="Intern", **cells):
    given = {"Company": company, "Role": role, **cells}
    return [given.get(name, "") for name in HEAD]


def verdicts(file):
    return list(file.rows.order_by("number").values_list("verdict", flat=True))


def test_the_same_link_is_the_same_however_it_is_spelt(upload, match, ada):
    ApplicationFactory(student=ada, url="https://jobs.lever.co/acme/1?utm_source=x", role="Another name")
    ApplicationFactory(student=ada, url="")
    file = upload([row(Link="https://jobs.lever.co/acme/1/apply"), row(role="b", Link="http://www.x.example/1"),
                   row(company="Else", role="c", Link="https://www.x.example/1/")])  # fmt: skip
    match(file)
    assert verdicts(file) == ["same", "ready", "same"]


def test_one_choice_for_all_that_look_like_ones_that_are_there(upload, match, run, client, ada):
    company = CompanyFactory(name="Tidewater")
    for role in ("a", "b"):
        ApplicationFactory(student=ada, company=company, role=role)
    file = upload([row(role="a"), row(role="b"), row(role="b")])
    match(file)
    here = f"/import/{file.public_id}"
    assert client.post(f"{here}/choices/", {"choice": "file"}).headers["Location"] == f"{here}/review/?show=same"
    assert list(file.rows.order_by("number").values_list("choice", flat=True)) == ["file", "file", "mine"]
    assert client.post(f"{here}/choices/", {"choice": "none"}).status_code == 422
    client.post(f"{here}/choices/", {"choice": "both"})
    run(file)
    assert (file.added, Application.objects.count()) == (3, 5)


def test_a_corrected_row_may_look_like_another_and_is_left_with_its_reason(upload, match, run, client):
    file = upload([row(role="x" * 201), row(), row(role="other")])
    match(file)
    assert verdicts(file) == ["wrong", "ready", "ready"]
    client.post(f"/import/{file.public_id}/rows/2/", {"cell-1": "Intern"})
    assert verdicts(file) == ["ready", "same", "ready"]
    assert file.rows.get(number=3).cells == ["Tidewater", "Intern"]
    run(file)
    left = list(csv.reader(io.StringIO(b"".join(client.get(f"/import/{file.public_id}/left.csv")).decode())))
    assert left[1][-2:] == ["3", "It looks like row 2."]


def test_rows_that_are_left_say_why(upload, match, run, client):
    file = upload([row(role="=1+1", **{"Applied on": "soon"}), row()])
    match(file)
    run(file)
    left = list(csv.reader(io.StringIO(b"".join(client.get(f"/import/{file.public_id}/left.csv")).decode())))
    assert left == [
        [*HEAD, "Row", "Why it was left out"],
        ["Tidewater", "'=1+1", "", "soon", "", "", "2", "Applied on: write the day as 2026-11-03."],
    ]


def test_corrections_and_choices_stay_when_columns_are_matched_again(upload, match, client, ada):
    ApplicationFactory(student=ada, company=CompanyFactory(name="Tidewater"), role="a")
    file = upload([row(role="a"), row(role="b", **{"Applied on": "soon"})])
    match(file)
    client.post(f"/import/{file.public_id}/rows/2/", {"choice": "file"})
    client.post(f"/import/{file.public_id}/rows/3/", {"cell-3": "2026-11-03"})
    match(file)
    assert list(file.rows.order_by("number").values_list("verdict", "choice")) == [("same", "file"), ("ready", "mine")]


def test_contacts_of_reactive_resume_go_into_the_notes(upload, match, run):
    item = {
        "company": "Tidewater", "role": "Intern", "stageEnteredAt": "2026-11-03", "status": "Applied",
        "source": "Indeed", "tags": ["NLP", "UK"], "notes": "Ask again", "jobDescription": "Line one\nLine two",
        "contacts": [{"name": "Ines Falk", "role": "Recruiter", "email": "i@t.example"}],
    }  # fmt: skip
    file = upload([], name="items.json", content=json.dumps({"items": [item]}).encode())
    match(file)
    run(file)
    one = Application.objects.get()
    assert one.notes == "Ask again\ncontacts: Ines Falk, Recruiter, i@t.example\nSource: Indeed"
    assert (one.tags, one.source, one.posting_text, one.stage) == (
        ["NLP", "UK"], "other", "Line one\nLine two", "applied",
    )  # fmt: skip


def test_a_column_of_many_words_is_no_stage(upload, match):
    file = upload([row(role=f"r{n}", Notes=f"word {n}") for n in range(60)])
    answer = match(file, expect=422, column_2="", column_5="stage")
    assert "“Notes” has too many different words to be the stage." in said(answer)


def test_an_undo_is_refused_where_something_was_deleted_since(upload, match, run, client, ada):
    file = upload([row(role="a"), row(role="b")])
    match(file)
    run(file)
    Application.objects.filter(role="a").delete()
    client.post(f"/import/{file.public_id}/undo/")
    file.refresh_from_db()
    assert (file.state, file.problem) == ("done", "There was another change since. Nothing was undone.")
    assert Application.objects.count() == 1


def test_a_second_click_finds_the_import_where_it_is(upload, match, run, client):
    file = upload([row()])
    match(file)
    run(file)
    run(file)
    assert Application.objects.count() == 1
    assert client.post(f"/import/{file.public_id}/map/", {}).headers["Location"].endswith("/done/")
    assert client.post(f"/import/{file.public_id}/rows/2/", {"cell-1": "x"}).headers["Location"].endswith("/done/")
    assert client.post(f"/import/{file.public_id}/rows/99/", {}).status_code == 404


def test_nothing_to_add_is_said_and_changes_nothing(upload, match, run, client):
    file = upload([row(**{"Applied on": "soon"})])
    match(file)
    answer = client.post(f"/import/{file.public_id}/run/", follow=True)
    assert "There is nothing to add." in answer.text
    assert Import.objects.get().state == "review"


def test_it_is_too_late_to_undo_after_a_week(upload, match, run, ada, clock):
    file = upload([row()])
    match(file)
    run(file)
    with pytest.raises(DomainError, match="for 7 days"):
        ask_for_undo(file=file, by=ada, at=NOW.replace(day=18), clock=lambda: NOW)
    with pytest.raises(StaleError):
        ask_for_undo(file=Import(pk=0), by=ada, at=NOW, clock=lambda: NOW)


def test_the_review_shows_fifty_and_then_the_next(upload, match, client):
    file = upload([row(role=f"r{n}") for n in range(60)])
    match(file)
    first = client.get(f"/import/{file.public_id}/review/?show=ready")
    assert first.text.count('<li id="row-') == 50
    more = client.get(f"/import/{file.public_id}/review/?show=ready&after=51", headers={"HX-Request": "true"})
    assert (more.text.count('<li id="row-'), "<html" in more.text) == (10, False)


def test_the_workers_jobs_do_it(upload, match, run, settings, clock):
    settings.WAYMARK_SHEET_AT_ONCE = 0
    file = upload([row()])
    match(file)
    run(file)
    run_task()
    tidy()
    assert (Application.objects.count(), Import.objects.get().state) == (1, "done")


def test_one_that_was_taken_over_meanwhile_is_left_alone(upload, match, run, settings, monkeypatch):
    from imports.actions import running

    settings.WAYMARK_SHEET_AT_ONCE = 0
    file = upload([row()])
    match(file)
    run(file)
    claimed = running._claim(NOW, running.Q())
    Import.objects.update(began_at=NOW.replace(hour=10))
    running._work(claimed, NOW, lambda: NOW)
    assert (Application.objects.count(), Import.objects.get().state) == (0, "waiting")
    assert run_due(at=NOW.replace(hour=11), clock=lambda: NOW) == 1
    assert Application.objects.count() == 1


def test_nobody_elses_applications_or_companies_are_compared_or_used(upload, match, run, ada, mallory):
    theirs = CompanyFactory(name="Hiddenbrook", approved_at=None, proposed_by=mallory)
    ApplicationFactory(student=mallory, company=theirs, role="Intern", url="https://x.example/1")
    file = upload([row(company="Hiddenbrook", Link="https://x.example/1")])
    match(file)
    assert verdicts(file) == ["ready"]
    run(file)
    assert Application.objects.get(student=ada).company.proposed_by == ada


def test_another_student_cannot_touch_a_row(upload, match, client_of, mallory):
    file = upload([row(**{"Applied on": "soon"})])
    match(file)
    for path in ("rows/2/", "choices/", "run/", "undo/"):
        assert client_of(mallory).post(f"/import/{file.public_id}/{path}", {"choice": "both"}).status_code == 404
    assert ImportRow.objects.get().verdict == "wrong"


def test_words_that_are_not_answered_are_refused_by_the_action_too(ada, season, clock):
    file = begin_import(student=ada, name="a.csv", content=as_csv([row(Status="Zzz")]), at=NOW)
    fields = ["company", "role", "stage", "", "", ""]
    for wrong in (
        {"fields": fields, "words": {}}, {"fields": fields[:2], "words": {}},
        {"fields": ["", *fields[1:]], "words": {}},
    ):  # fmt: skip
        with pytest.raises(DomainError):
            match_columns(file=file, day_first=None, by=ada, at=NOW, **wrong)
    assert Import.objects.get().state == "matching"
