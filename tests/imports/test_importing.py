"""From the file to the applications: what the review says is what is added, and an undo takes away just that."""

import csv
import datetime as dt
import io
import json
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.actions.events import log_event
from applications.models import Application, Event
from applications.queries.rows import rows_of
from companies.models import Company, Proposal
from imports.actions.running import run_due
from imports.actions.tidying import forget_old
from imports.models import Habit, Import, ImportRow
from tests.applications.test_bad_files import memory
from tests.factories import NOW, TODAY, ApplicationFactory, CompanyFactory, PostingFactory
from tests.imports.sheets import HEAD, as_workbook, as_xlsx, bad_tables
from tests.words import said
from tracker.lib import clock as now

BAD = bad_tables()
DAY = dt.timedelta(days=1)


def rows_like(count):
    """Return rows of which none is like another."""
    return [
        [f"Company {n % 7}", f"Intern {n}", "Applied", "2026-11-03", f"https://jobs.example/{n}", ""]
        for n in range(count)
    ]


def everything(student):
    """Return all rows of a student, as undo compares them, with companies and proposals."""
    keys = list(Application.objects.filter(student=student).values_list("pk", flat=True))
    rows = {key: json.loads(row) for key, row in rows_of(student, keys, desk=True).items()}
    for row in rows.values():
        row.pop("version", None)
    return rows, set(Company.objects.values_list("pk", flat=True)), set(Proposal.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_is_answered_with_a_sentence_in_three_seconds_and_100_megabytes(what, upload):
    name, content, sentence = BAD[what]
    before, began = memory(), time.process_time()
    answer = upload([], name=name, content=content, expect=413 if "larger" in sentence else 422)
    took, grown = time.process_time() - began, memory() - before
    assert sentence in said(answer)
    assert Import.objects.count() == 0
    assert took <= 3
    assert grown <= 100


def test_a_file_of_10_megabytes_is_too_large(client):
    answer = client.post("/import/", {"file": SimpleUploadedFile("a.csv", b"x" * 10 * 1024**2)})
    assert (answer.status_code, "5 MB" in said(answer)) == (413, True)


def test_nothing_is_added_before_the_person_says_so(upload, match, client, ada):
    file = upload(rows_like(3))
    match(file)
    page = client.get(f"/import/{file.public_id}/review/")
    assert "3 ready" in said(page)
    assert Application.objects.count() == 0


def test_what_is_planned_is_added_with_its_history(upload, match, run, client, ada):
    file = upload([["Tidewater", "=1+1", "OA", "2026-10-20", "https://t.example/1", "Met at ICML"]])
    match(file)
    run(file)
    one = Application.objects.select_related("company").get()
    assert (one.role, one.company.name, one.stage, one.applied_on, one.notes) == (
        "=1+1", "Tidewater", "interviewing", dt.date(2026, 10, 20), "Met at ICML",
    )  # fmt: skip
    told = Event.objects.filter(application=one).order_by("pk").values_list("kind", "stage", "came_from", "on", "by")
    assert list(told) == [
        ("added", "applied", "", dt.date(2026, 10, 20), ada.pk),
        ("stage", "interviewing", "applied", TODAY, ada.pk),
    ]
    assert (one.company.proposed_by, one.company.approved_at, one.season.slug) == (ada, None, "summer-2027")
    assert "1 added" in said(client.get(f"/import/{file.public_id}/done/"))
    assert client.get(f"/applications/{one.public_id}/").status_code == 200


def test_companies_are_found_by_name_other_name_and_link_as_quick_add_does(upload, match, run):
    amazon, tidewater = (
        CompanyFactory(name="Amazon"),
        CompanyFactory(name="Tidewater", website="https://tidewater.example"),
    )
    amazon.aliases.create(name="AWS", match_key="aws")
    posting = PostingFactory(company=amazon, url="https://jobs.example.org/7")
    file = upload(
        [
            ["AMAZON Inc.", "a", "", "", "", ""],
            ["AWS", "b", "", "", "", ""],
            ["", "c", "", "", "https://jobs.tidewater.example/7", ""],
            ["Somebody", "d", "", "", posting.url, ""],
            ["", "e", "", "", "https://jobs.lever.co/acme-labs/1", ""],
        ]
    )
    match(file)
    run(file)
    found = Application.objects.order_by("role").values_list("role", "company__name", "posting")
    assert list(found) == [
        ("a", "Amazon", None), ("b", "Amazon", None), ("c", "Tidewater", None), ("d", "Amazon", posting.pk),
        ("e", "Acme Labs", None),
    ]  # fmt: skip
    assert Company.objects.filter(approved_at=None).count() == 1
    assert tidewater.name == "Tidewater"


def test_two_columns_of_one_field_are_refused_with_their_names(upload, match):
    file = upload([["T", "a", "b"]], ["Company", "Role", "Thing"])
    answer = match(file, expect=422, column_2="role")
    assert "“Role” and “Thing” are matched with Role. Choose one of them." in said(answer)
    assert answer.content.decode().count('aria-invalid="true"') == 1


def test_words_for_stages_are_matched_once_and_remembered(upload, match, client):
    rows = [["Tidewater", "a", "Phase X"], ["Marram", "b", "Sent"]]
    file = upload(rows, ["Firm name", "Role", "Phase"])
    page = said(match(file, expect=422, column_0="company", column_2="stage"))
    assert "See what your words for stages mean, then go on." in page
    assert "Phase X" in page
    chosen = {"column-0": "company", "column-1": "role", "column-2": "stage", "words_of": "2", "word-1": "applied"}
    refused = said(client.post(f"/import/{file.public_id}/map/", chosen))
    assert "Choose the stage that “Phase X” means." in refused
    answer = client.post(f"/import/{file.public_id}/map/", chosen | {"word-0": "interviewing"})
    assert answer.status_code == 302
    assert set(ImportRow.objects.values_list("facts__stage", flat=True)) == {"interviewing", "applied"}
    again = upload(rows, ["Firm name", "Role", "Phase"])
    shown = said(client.get(f"/import/{again.public_id}/map/"))
    assert shown.count("As last time") == 3
    match(again)
    assert Habit.objects.count() == 5


def test_the_order_of_days_is_asked_where_it_is_unclear(upload, match):
    file = upload([["Tidewater", "a", "Applied", "03/11/2026", "", ""]])
    assert "Choose whether the day or the month comes first." in said(match(file, expect=422))
    file = upload([["Tidewater", "a", "Applied", "11/03/2026", "", ""]])
    match(file, day_first="month")
    assert file.rows.get().facts["applied_on"] == "2026-11-03"


def test_our_own_export_comes_back(upload, match, run, client, ada, mallory):
    other = {"role": "@SUM(A1)", "place": "Leith", "next_step": "-1", "tags": ["NLP", "UK"], "closeness": "close"}
    ApplicationFactory(student=ada, stage="closed", outcome="no_reply", stage_since=dt.date(2026, 11, 2))
    ApplicationFactory(
        student=ada, stage="interviewing", applied_on=dt.date(2026, 10, 3), stage_since=dt.date(2026, 10, 9), weeks=12,
        way_in="asked", on_hold=True, source="linkedin", kind="visit", hours="full", url="https://t.example/1", **other,
    )  # fmt: skip
    for kind in ("csv", "xlsx"):
        answer = client.get(f"/applications/export.{kind}")
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        before = export(client)
        Application.objects.filter(student=ada).delete()
        file = upload([], name=f"a.{kind}", content=content)
        assert file.format == "waymark"
        match(file)
        assert file.rows.exclude(verdict="ready").count() == 0
        run(file)
        assert export(client) == before


def export(client):
    lines = client.get("/applications/export.csv").content.decode()
    rows = csv.DictReader(io.StringIO(lines, newline=""))
    return sorted(tuple(sorted((k, v) for k, v in row.items() if k not in {"Season", "Last activity"})) for row in rows)


def test_a_wrong_cell_is_corrected_in_place(upload, match, client):
    file = upload([["Tidewater", "a", "Applied", "soon", "", ""]])
    match(file)
    here = f"/import/{file.public_id}"
    page = said(client.get(f"{here}/review/"))
    assert "0 ready, 1 needs a look" in page
    assert "Applied on: write the day as 2026-11-03." in page
    refused = client.post(f"{here}/rows/2/", {"cell-3": "later"})
    assert (refused.status_code, 'value="later"' in refused.content.decode()) == (422, True)
    assert ImportRow.objects.get().cells[3] == "soon"
    part = client.post(f"{here}/rows/2/", {"cell-3": "3 Nov 2026"}, headers={"HX-Request": "true"})
    assert (part.status_code, "1 ready" in said(part), "Row 2: ready now" in said(part)) == (200, True, True)
    assert ImportRow.objects.get().facts["applied_on"] == "2026-11-03"


def test_rows_like_ones_that_are_there_are_left_changed_or_added(upload, match, run, client, ada):
    tidewater = CompanyFactory(name="Tidewater")
    mine = {"student": ada, "company": tidewater, "stage": "interested", "stage_since": TODAY - 9 * DAY}
    kept, changed, doubled = (ApplicationFactory(role=role, place="Leith", **mine) for role in ("a", "b", "c"))
    file = upload([["Tidewater", role, "OA", "2026-11-03", "", "From the file"] for role in ("A", "b", "c", "C", "d")])
    match(file)
    assert list(file.rows.order_by("number").values_list("verdict", "twin", "twin_row")) == [
        ("same", kept.pk, None), ("same", changed.pk, None), ("same", doubled.pk, None), ("same", None, 4),
        ("ready", None, None),
    ]  # fmt: skip
    here = f"/import/{file.public_id}"
    assert "1 ready, 4 look like ones you have" in said(client.get(f"{here}/review/"))
    assert client.post(f"{here}/rows/3/", {"choice": "file"}).status_code == 302
    assert client.post(f"{here}/rows/4/", {"choice": "both"}).status_code == 302
    assert client.post(f"{here}/rows/5/", {"choice": "file"}).status_code == 422
    before = everything(ada)
    run(file)
    assert (file.added, file.changed, Application.objects.count()) == (2, 1, 5)
    changed.refresh_from_db()
    assert (changed.notes, changed.place, changed.stage, changed.applied_on) == (
        "From the file", "Leith", "interviewing", dt.date(2026, 11, 3),
    )  # fmt: skip
    left = list(csv.reader(io.StringIO(b"".join(client.get(f"{here}/left.csv").streaming_content).decode())))
    assert [row[-2:] for row in left] == [
        ["Row", "Why it was left out"], ["2", "It looks like one you have."], ["5", "It looks like row 4."],
    ]  # fmt: skip
    assert client.post(f"{here}/undo/").status_code == 302
    file.refresh_from_db()
    assert (file.state, file.problem) == ("undone", "")
    assert everything(ada) == before


def test_an_undo_takes_away_all_that_was_added_and_nothing_else(upload, match, run, client, ada):
    ApplicationFactory(student=ada, role="Mine")
    before = everything(ada)
    file = upload(rows_like(30))
    match(file)
    run(file)
    assert Application.objects.filter(student=ada).count() == 31
    client.post(f"/import/{file.public_id}/undo/")
    assert everything(ada) == before


def test_an_undo_is_refused_where_a_row_was_changed_since(upload, match, run, client, ada):
    file = upload(rows_like(3))
    match(file)
    run(file)
    one = Application.objects.order_by("pk").first()
    log_event(application=one, kind="note", text="Met", is_shared=False, on=TODAY, by=ada, at=NOW)
    before = everything(ada)
    client.post(f"/import/{file.public_id}/undo/")
    file.refresh_from_db()
    assert file.state == "done"
    assert "There was another change since. Nothing was undone." in said(client.get(f"/import/{file.public_id}/done/"))
    assert everything(ada) == before


def test_an_import_can_be_undone_for_seven_days(upload, match, run, client, clock):
    file = upload(rows_like(2))
    match(file)
    run(file)
    assert "Undo until 17 November 2026." in said(client.get(f"/import/{file.public_id}/done/"))
    clock.shift(7 * DAY + dt.timedelta(seconds=1))
    client.post(f"/import/{file.public_id}/undo/")
    assert Application.objects.count() == 2
    assert forget_old(at=now.now()) == 1
    assert Application.objects.count() == 2


def test_what_changed_meanwhile_is_reviewed_again(upload, match, run, client, ada):
    file = upload([["Tidewater", "a", "Applied", "", "", ""], ["Marram", "b", "Applied", "", "", ""]])
    match(file)
    ApplicationFactory(student=ada, company=CompanyFactory(name="Tidewater"), role="A")
    run(file)
    assert (file.state, Application.objects.count()) == ("review", 1)
    page = said(client.get(f"/import/{file.public_id}/review/"))
    assert "Your applications changed meanwhile. Look at the plan again, then add." in page
    assert "1 ready, 1 looks like one you have" in page
    run(file)
    assert (file.state, Application.objects.count()) == ("done", 2)


def test_many_rows_are_a_workers_and_running_twice_adds_nothing_twice(upload, match, run, client, settings):
    settings.WAYMARK_SHEET_AT_ONCE = 10
    file = upload(rows_like(40))
    match(file)
    run(file)
    assert (file.state, Application.objects.count()) == ("waiting", 0)
    page = client.get(f"/import/{file.public_id}/done/")
    assert "Adding 40" in said(page)
    part = client.get(f"/import/{file.public_id}/status/", headers={"HX-Request": "true"})
    assert "begins within a minute" in said(part)
    assert [run_due(at=NOW, clock=lambda: NOW) for _ in range(2)] == [1, 0]
    assert Application.objects.count() == 40
    over = client.get(f"/import/{file.public_id}/status/", headers={"HX-Request": "true"})
    assert (over.status_code, over.headers["HX-Redirect"]) == (286, f"/import/{file.public_id}/done/")


def test_who_died_over_an_import_is_passed_over_after_a_while(upload, match, run, settings, clock):
    settings.WAYMARK_SHEET_AT_ONCE = 1
    file = upload(rows_like(3))
    match(file)
    run(file)
    Import.objects.update(began_at=NOW)
    assert run_due(at=NOW + dt.timedelta(minutes=5), clock=now.now) == 0
    assert run_due(at=NOW + dt.timedelta(minutes=7), clock=now.now) == 1
    assert Application.objects.count() == 3


def test_what_is_left_lying_goes_after_a_month(upload, clock):
    upload(rows_like(1))
    assert forget_old(at=NOW + 29 * DAY) == 0
    assert forget_old(at=NOW + 31 * DAY) == 1


def test_only_a_few_are_left_lying(upload, settings):
    settings.WAYMARK_SHEETS_LEFT = 2
    for _ in range(4):
        upload(rows_like(1))
    assert Import.objects.count() == 2


@pytest.mark.parametrize("name", ["huntr", "jobsync"])
def test_what_other_trackers_write_is_matched_without_a_word(name, upload, match, run):
    head, row = OTHERS[name]
    file = upload([row], head)
    assert file.format == name
    match(file)
    run(file)
    one = Application.objects.select_related("company").get()
    assert (one.company.name, one.role, one.stage, one.place, one.applied_on) == (
        "Tidewater", "Research Intern", *EXPECTED[name],
    )  # fmt: skip


OTHERS = {
    "huntr": (
        ["id", "createdAt", "title", "salary", "location", "url", "rootDomain", "htmlDescription", "deadline", "color",
         "lastMovedAt", "boardId", "boardName", "listId", "listName", "companyId", "companyName", "companyDomain",
         "creatorUserId", "creatorUserFirstName", "creatorUserLastName", "creatorUserEmail"],
        ["1", "2026-10-02 08:00:00", "Research Intern", "-", "Leith", "https://t.example/1", "t.example", "<p>x</p>",
         "-", "#fff", "2026-11-03 10:00:00", "1", "Board", "2", "Interview", "3", "Tidewater", "t.example", "9", "A",
         "W", "ada@waymark.example"],
    ),
    "jobsync": (
        ["index", "createdAt", "applied", "appliedDate", "Company", "JobTitle", "jobType", "workplaceType", "Location",
         "JobSource", "Status"],
        ["1", "2026-10-02", "Yes", "2026-10-05", "Tidewater", "Research Intern", "Full-time", "N/A", "Leith", "Indeed",
         "Applied"],
    ),
}  # fmt: skip
EXPECTED = {
    "huntr": ("interviewing", "Leith", dt.date(2026, 11, 3)),
    "jobsync": ("applied", "Leith", dt.date(2026, 10, 5)),
}


@pytest.mark.parametrize("count", [1, 30])
def test_the_review_asks_the_database_a_constant_number_of_times(count, upload, match, client, ada):
    for n in range(count):
        ApplicationFactory(student=ada, role=f"Intern {n}", company=CompanyFactory(name=f"Firm {n}"))
    file = upload([[f"Firm {n}", f"Intern {n}", "Applied", "", "", ""] for n in range(count)])
    match(file)
    for show in ("wrong", "same", "ready"):
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/import/{file.public_id}/review/?show={show}")
        assert len(queries) <= 8


def test_imports_of_others_are_not_there(upload, match, client_of, mallory, grace):
    file = upload(rows_like(1))
    match(file)
    for person, status in ((mallory, 404), (grace, 404)):
        assert client_of(person).get(f"/import/{file.public_id}/review/").status_code == status
    assert client_of(grace).get("/import/").status_code == 403


def test_the_template_can_be_filled_in(client, upload, match):
    head = b"".join(client.get("/import/template.csv").streaming_content).decode().strip().split(",")
    row = ["Tidewater" if name == "Company" else "" for name in head]
    file = upload([row], head)
    match(file)
    assert file.rows.get().verdict == "ready"
    assert "" not in file.fields


def test_a_workbook_goes_the_same_way(upload, match, run):
    file = upload(
        [], name="a.xlsx", content=as_xlsx([["Tidewater", "Intern", "Applied", dt.date(2026, 11, 3), "", ""]])
    )
    match(file)
    run(file)
    assert Application.objects.get().applied_on == dt.date(2026, 11, 3)


def test_the_page_says_which_of_several_sheets_was_read(upload, match, run, client):
    mine = [["Summer 2027"], HEAD, ["Tidewater", "Intern", "Applied", "", "", ""]]
    file = upload([], name="a.xlsx", content=as_workbook({"People": [["Name", "Mail"]], "Mine 2027": mine}))
    assert "Read from the sheet “Mine 2027”. To import another sheet" in said(
        client.get(f"/import/{file.public_id}/map/")
    )
    match(file)
    run(file)
    assert Application.objects.get().role == "Intern"
    alone = upload([], name="a.xlsx", content=as_workbook({"Mine": mine}))
    assert "Read from the sheet" not in said(client.get(f"/import/{alone.public_id}/map/"))


def test_the_page_of_an_import_that_is_over_leads_to_its_end(upload, match, run, client):
    file = upload([["Tidewater", "a", "Applied", "", "", ""]])
    here = f"/import/{file.public_id}"
    assert client.get(f"{here}/review/").headers["Location"] == f"{here}/map/"
    match(file)
    run(file)
    for page in ("map", "review", "status"):
        assert client.get(f"{here}/{page}/").headers["Location"] == f"{here}/done/"
