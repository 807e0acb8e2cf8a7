"""Files of what is shown: what people typed comes back as they typed it, and no cell runs."""

import csv
import datetime as dt
import io
import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from applications.sheets import csv_lines, guarded, unguarded
from applications.views import export
from applications.workbook import whole
from tests.factories import TODAY, ApplicationFactory, CompanyFactory

TYPED = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
ESCAPED = re.compile("_x([0-9A-F]{4})_")


@pytest.fixture
def ada_(ada, season, clock, client_of):
    return client_of(ada)


def content_of(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def read_csv(lines):
    return list(csv.reader(io.StringIO("".join(lines), newline="")))


def read_xlsx(content):
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(content)).active]


@given(TYPED)
@example("=1+1")
@example("'=1")
@example("''")
def test_a_guarded_text_begins_with_nothing_risky_and_comes_back(text):
    assert not guarded(text).startswith(RISKY)
    assert unguarded(guarded(text)) == text


@given(st.lists(st.lists(TYPED, min_size=3, max_size=3), max_size=12))
def test_texts_go_round_through_csv(rows):
    found = read_csv(csv_lines(["a", "b", "c"], rows))
    assert [[unguarded(cell) for cell in row] for row in found] == [["a", "b", "c"], *rows]
    assert [cell for row in found for cell in row if cell.startswith(RISKY)] == []


def as_excel_reads(text):
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text or "")


@given(st.lists(TYPED, min_size=1, max_size=12))
@example(["a\ufffeb\uffff", "_x0041_", "one\r\ntwo", "\x01"])
def test_texts_go_round_through_xlsx_as_texts(texts):
    sheet = load_workbook(io.BytesIO(whole("S", ["T"], [[text] for text in texts]))).active
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert [as_excel_reads(cell.value) for cell in cells] == texts[: len(cells)]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert not {cell.value for cell in cells if cell.data_type == "f"}


@pytest.fixture
def one(ada):
    return ApplicationFactory(
        student=ada,
        role="=1+1",
        company=CompanyFactory(name="Tidewater"),
        stage="applied",
        applied_on=TODAY,
        next_step="@SUM(A1)",
        next_step_on=dt.date(2026, 11, 20),
        tags=["NLP", "UK"],
        closeness="close",
        on_hold=True,
        notes="Only for me",
        closing_reason="Only for me",
        posting_text="Only for me",
    )


def test_a_csv_file_has_every_column_and_no_formula(ada_, one):
    response = ada_.get("/applications/export.csv")
    head, row = read_csv([content_of(response).decode()])
    cells = dict(zip(head, row, strict=True))
    assert response.headers["Content-Disposition"] == 'attachment; filename="applications-2026-11-10.csv"'
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert {name: cells[name] for name in ("Company", "Role", "Stage", "Next step", "Next step by", "Applied on")} == {
        "Company": "Tidewater",
        "Role": "'=1+1",
        "Stage": "Applied",
        "Next step": "'@SUM(A1)",
        "Next step by": "2026-11-20",
        "Applied on": "2026-11-10",
    }
    assert (cells["Tags"], cells["Team's work"], cells["On hold"], cells["Kind"]) == (
        "NLP, UK",
        "Close",
        "Yes",
        "Internship",
    )
    assert "Only for me" not in row


def test_an_xlsx_file_has_texts_and_real_days(ada_, one):
    content = content_of(ada_.get("/applications/export.xlsx"))
    head, row = read_xlsx(content)
    cells = dict(zip(head, row, strict=True))
    assert (cells["Role"], cells["Applied on"].date()) == ("=1+1", TODAY)
    sheet = load_workbook(io.BytesIO(content)).active
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "d", "n", "inlineStr"}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.lists(TYPED, min_size=4, max_size=4))
@example(typed=["=1+1", "'=1", "&<>\"'", "_x0041_\r\x01"])
@example(typed=["+x", "-1", "@a", "\t=1"])
def test_what_people_typed_comes_back_from_what_the_database_writes(ada_, one, kind, typed):
    role, place, step, tag = typed
    texts = {"role": role, "place": place, "next_step": step, "tags": [tag[:40]]}
    type(one).objects.filter(pk=one.pk).update(**texts)
    content = content_of(ada_.get(f"/applications/export.{kind}"))
    head, row = read_xlsx(content) if kind == "xlsx" else read_csv([content.decode()])
    cells = dict(zip(head, row, strict=True))
    back = as_excel_reads if kind == "xlsx" else unguarded
    assert [back(cells[name]) for name in ("Role", "Place", "Next step", "Tags")] == [role, place, step, tag[:40]]
    assert kind == "xlsx" or not any(cell.startswith(RISKY) for cell in row)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_rows_come_as_they_are_sorted_and_only_ones_own(ada_, ada, mallory, kind):
    for name in ("B", "A", "C"):
        ApplicationFactory(student=ada, role=name, company=CompanyFactory(name=f"Firm {name}"), kind="scheme")
    ApplicationFactory(student=mallory, role="Secret", kind="scheme")
    response = ada_.get(f"/applications/export.{kind}?kind=scheme&sort=company")
    rows = read_xlsx(content_of(response)) if kind == "xlsx" else read_csv([content_of(response).decode()])
    assert [row[1] for row in rows] == ["Role", "A", "B", "C"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_large_file_comes_from_the_disk_and_leaves_nothing_there(ada_, one, kind, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    whole_file = content_of(ada_.get(f"/applications/export.{kind}"))
    monkeypatch.setattr(export, "_IN_MEMORY", 10)
    response = ada_.get(f"/applications/export.{kind}")
    assert (response.streaming, response.headers["Content-Length"]) == (True, str(len(whole_file)))
    assert len(content_of(response)) == len(whole_file)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_nothing_found_is_a_file_with_a_head(ada_, kind):
    assert ada_.get(f"/applications/export.{kind}?q=nothing").status_code == 200
