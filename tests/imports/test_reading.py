"""Reading tables: every usual form comes out as the same rows, and no bytes get more than a sentence out of it."""

import contextlib
import datetime as dt
import io
import json

import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from openpyxl import Workbook

from applications.sheets import csv_lines
from applications.workbook import whole
from imports.reading import Limits, UnreadableError, read_table
from tests.imports.sheets import as_csv, as_workbook, as_xlsx, bad_tables, sheet, text, workbook

LIMITS = Limits(bytes=5 * 1024**2, rows=20_000, columns=60, cell=50_000, seconds=5.0)
ROWS = [["Tidewater", "Intern; Öresund", "Applied"], ["Café Noir", 'The "best", 2', "OA"]]
HEAD = ["Company", "Role", "Status"]
TYPED = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)


def read(content, name="a.csv", limits=LIMITS):
    table = read_table(name, content, limits)
    return table.format, table.head, [cells for _number, cells in table.rows]


def text_as(encoding, delimiter=","):
    return as_csv(ROWS, HEAD, delimiter).decode().encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_every_usual_encoding_and_separator_gives_the_same_rows(encoding, delimiter):
    assert read(text_as(encoding, delimiter)) == ("table", HEAD, ROWS)


def test_a_line_that_tells_excel_the_separator_is_no_head():
    assert read(b"sep=|\r\n" + as_csv(ROWS, HEAD, "|")) == ("table", HEAD, ROWS)


def test_a_workbook_gives_the_same_rows_with_days_and_numbers_as_people_write_them():
    rows = [
        ["Tidewater", dt.date(2026, 11, 3), 12],
        ["Café", dt.datetime(2026, 11, 4, 9, 30), 1.5],
        ["=1+1", True, None],
    ]
    assert read(as_xlsx(rows, HEAD)) == (
        "table",
        HEAD,
        [["Tidewater", "2026-11-03", "12"], ["Café", "2026-11-04", "1.5"], ["=1+1", "Yes"]],
    )


def test_a_workbook_of_1904_has_its_days_too():
    book = Workbook()
    book.epoch = dt.datetime(1904, 1, 1)
    book.active.append(["Day"])
    book.active.append([dt.date(2026, 11, 3)])
    out = io.BytesIO()
    book.save(out)
    assert read(out.getvalue())[2] == [["2026-11-03"]]


def test_shared_texts_are_put_together_without_what_tells_how_to_say_them():
    shared = b"<sst><si><r><t>Tide</t></r><r><t>water</t></r><rPh><t>tai</t></rPh></si></sst>"
    cells = sheet([(1, text(b"A1", b"Company")), (3, b'<c r="B3" t="s"><v>0</v></c>')])
    table = read_table("a.xlsx", workbook(cells, shared=shared), LIMITS)
    assert list(table.rows) == [(3, ["", "Tidewater"])]


@pytest.mark.parametrize(
    ("said", "read_as"), [("{'items': ROWS}", "reactive-resume"), ("ROWS", "reactive-resume")], ids=["object", "list"]
)
def test_objects_become_rows_and_people_lines(said, read_as):
    rows = [
        {
            "company": "Tidewater",
            "role": "Intern",
            "tags": ["NLP", "UK"],
            "contacts": [{"name": "Ines", "role": "Recruiter", "email": "i@t.example"}, {"name": "Bo"}],
            "stageEnteredAt": "2026-11-03",
        },
        {"company": "Marram", "salary": 3000},
    ]
    content = json.dumps({"items": rows} if "items" in said else rows).encode()
    form, head, found = read(content, "export.json")
    assert (form, head) == (read_as, ["company", "role", "tags", "contacts", "stageEnteredAt", "salary"])
    assert found[0] == ["Tidewater", "Intern", "NLP, UK", "Ines, Recruiter, i@t.example\nBo", "2026-11-03"]
    assert found[1] == ["Marram", "", "", "", "", "3000"]


def test_a_table_in_markdown_gives_its_cells_and_its_first_link():
    content = b"""# Applications

| # | Date | Company | Role | Score | Status | PDF | Report | Notes |
|---|------|---------|------|------:|--------|-----|--------|-------|
| 1 | 2026-11-03 | **Tidewater** | [Intern](https://t.example/1) | 4.2 | Applied | - | [1](r/1.md) | a \\| b |
"""
    form, head, rows = read(content, "applications.md")
    assert (form, head[-1]) == ("career-ops", "Link")
    assert rows == [
        ["1", "2026-11-03", "Tidewater", "Intern", "4.2", "Applied", "-", "1", "a | b", "https://t.example/1"]
    ]


def test_who_made_a_card_in_huntr_is_dropped_while_reading():
    head = ["id", "title", "htmlDescription", "boardName", "listName", "companyName", "creatorUserEmail"]
    content = as_csv([["1", "Intern", "<p>x</p>", "B", "Wishlist", "Tidewater", "ada@waymark.example"]], head)
    assert read(content) == (
        "huntr",
        ["id", "title", "boardName", "listName", "companyName"],
        [["1", "Intern", "B", "Wishlist", "Tidewater"]],
    )


def test_a_row_keeps_the_number_that_a_spreadsheet_gives_it_and_cells_beyond_the_head():
    table = read_table("a.csv", b"\n\nCompany\n\nTidewater,more\n", LIMITS)
    assert (table.head, list(table.rows)) == (["Company"], [(5, ["Tidewater", "more"])])


TITLES = {
    "a title": [["My applications, summer 2027"]],
    "a title padded as Excel does": [["My applications", "", ""]],
    "a title, nothing, and the day": [["Internships"], [], ["Exported on", "2026-11-03"]],
}


@pytest.mark.parametrize("above", TITLES.values(), ids=TITLES)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_what_stands_above_the_head_is_left_out(above, delimiter):
    assert read(as_csv([*above[1:], HEAD, *ROWS], above[0], delimiter)) == ("table", HEAD, ROWS)
    assert read(as_xlsx([*above[1:], HEAD, *ROWS], above[0])) == ("table", HEAD, ROWS)


@pytest.mark.parametrize(
    "rows",
    [
        [["Firma", "Stelle", "Stand"], ["Tidewater", "Role", "Status"]],
        [["Company"], ["Role"], ["Status"]],
        [["Firma"], ["Tidewater"], ["Marram"]],
        [["Firma", "Stelle"], ["Tidewater", "Programme"], ["Marram", "Intern", "a note"]],
        [["Company"], ["Tidewater", "Intern", "a note"]],
    ],
    ids=["another language", "one column", "one of another language", "cells beyond the head", "and beyond one"],
)
def test_a_head_that_is_first_stays_the_head(rows):
    assert read(as_csv(rows[1:], rows[0]))[1] == rows[0]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_a_title_of_one_cell_is_left_out_above_a_head_of_another_language(delimiter):
    head = ["Firma", "Stelle", "Stand"]
    assert read(as_csv([[], head, *ROWS], ["Bewerbungen"], delimiter)) == ("table", head, ROWS)


def test_a_head_may_stand_in_the_tenth_row_and_no_lower():
    for above, found in ((9, HEAD), (10, ["Title"])):
        assert read(as_csv([["x"]] * (above - 1) + [HEAD, *ROWS], ["Title"]))[1] == found


PEOPLE, LISTS = [["Name", "E-mail"], ["Ines", "i@t.example"]], [["Company", "Role"], ["a", "b"]]
BOOKS = {
    "after another": ({"People": PEOPLE, "Mine": [HEAD, *ROWS]}, (), "Mine"),
    "under a title": ({"People": PEOPLE, "Mine": [["Summer 2027"], HEAD, *ROWS]}, (), "Mine"),
    "behind one that is empty": ({"Empty": [], "Mine": [HEAD, *ROWS]}, (), ""),
    "behind a hidden one": ({"Lists": LISTS, "Mine": [HEAD, *ROWS]}, ("Lists",), ""),
    "the first of two": ({"Mine": [HEAD, *ROWS], "Lists": LISTS}, (), "Mine"),
    "too wide beside it": ({"Wide": [["x"] * 99], "Mine": [HEAD, *ROWS]}, (), "Mine"),
}


@pytest.mark.parametrize("what", BOOKS)
def test_of_several_sheets_the_one_that_names_columns_of_ours_is_read_and_named(what):
    sheets, hidden, said = BOOKS[what]
    table = read_table("a.xlsx", as_workbook(sheets, hidden), LIMITS)
    assert (table.head, [cells for _number, cells in table.rows], table.sheet) == (HEAD, ROWS, said)


def test_of_sheets_that_name_nothing_of_ours_the_first_with_rows_is_read():
    table = read_table("a.xlsx", as_workbook({"Empty": [], "A": PEOPLE, "B": PEOPLE}), LIMITS)
    assert (table.head, table.sheet) == (PEOPLE[0], "A")


def test_of_sheets_of_which_one_cannot_be_read_that_is_said_where_no_other_has_rows():
    with pytest.raises(UnreadableError, match="more than 60 columns"):
        read(as_workbook({"Empty": [], "Wide": [["x"] * 99]}), "a.xlsx")


BAD = bad_tables()


@pytest.mark.parametrize("what", BAD)
def test_a_bad_table_is_refused_with_its_sentence(what):
    name, content, sentence = BAD[what]
    if what == "a head alone":
        return  # the table is read; that there is nothing to add is said when it is kept
    with pytest.raises(UnreadableError) as refused:
        read(content, name)
    assert sentence in refused.value.sentence
    assert refused.value.field == "file"


def read_or_refused(content, name):
    with contextlib.suppress(UnreadableError):
        for number, cells in read_table(name, content, LIMITS).rows:
            assert number > 0
            assert all("\0" not in cell for cell in cells)


NAMES = st.sampled_from(["a.csv", "a.xlsx", "a.json", "a.md", "a"])


@given(st.binary(max_size=300), NAMES)
@example(b"\xff\xfe", "a.csv")
@example(b"PK\x03\x04", "a.xlsx")
@example(b"[[[]]]", "a.json")
@example(b"|a|\n|--|\n", "a.md")
@hypothesis_settings(max_examples=500)
def test_no_bytes_raise_anything_but_a_sentence(content, name):
    read_or_refused(content, name)


GOOD = workbook(sheet([(1, text(b"A1", b"Company")), (2, text(b"A2", b"Tidewater") + b"<c r='B2' s='1'><v>4</v></c>")]))


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 20), st.binary(max_size=12)), min_size=1, max_size=5))
@hypothesis_settings(max_examples=300)
def test_a_spoiled_workbook_is_read_or_refused_and_nothing_else(cuts):
    content = GOOD
    for where, length, put in cuts:
        place = int(where * len(content))
        content = content[:place] + put + content[place + length :]
    read_or_refused(content, "a.xlsx")


@given(st.binary(max_size=200), st.binary(max_size=60))
@hypothesis_settings(max_examples=300)
def test_a_workbook_of_any_xml_is_read_or_refused_and_nothing_else(inside, cells):
    read_or_refused(workbook(sheet([(1, cells)]) if cells else inside, shared=inside), "a.xlsx")


@given(st.lists(st.lists(TYPED, min_size=3, max_size=3), min_size=1, max_size=100))
@example([["=1+1", "+1", "-1"], ["@x", "'=1", "''"], ["\r", "\n", "_x0041_"]])
@hypothesis_settings(max_examples=40)
def test_what_is_exported_comes_back_without_loss_and_without_formula(rows):
    rows = [["Tidewater", *row] for row in rows]  # a row of nothing but spaces is none
    head = ["Company", "a", "b", "c"]
    as_text = "".join(csv_lines(head, rows))
    for content in (as_text.encode(), whole("S", head, rows)):
        found = read(content)
        padded = [[*row, *[""] * (4 - len(row))] for row in found[2]]
        assert found[1] == head
        assert [[*kept(row)] for row in padded] == [[*kept(row)] for row in rows]


def kept(row):
    """Return a row as far as something is in it: cells of spaces at its end are none."""
    end = len(row)
    while end and not row[end - 1].strip():
        end -= 1
    return row[:end]


def test_10_000_strings_come_back_from_csv_and_xlsx():
    """S10 at full size, with the characters that spreadsheets are touchy about."""
    import random

    dice = random.Random(10)
    letters = "=+-@'\"\t\r\n,;|_x0041_<>&\x01\x1f\ufffeÄé字😀 a1"
    texts = ["".join(dice.choice(letters) for _ in range(dice.randrange(1, 24))) + "." for _ in range(10_000)]
    rows = [["T", *texts[n : n + 10]] for n in range(0, 10_000, 10)]
    head = ["Company", *(f"c{n}" for n in range(10))]
    assert read("".join(csv_lines(head, rows)).encode())[2] == rows
    assert read(whole("S", head, rows))[2] == rows
