"""Check 23: a spreadsheet of 100 rows, 7 of them bad and 4 that are there already, with and without JavaScript.

And how its pages look to everybody: those that the demo does not leave lying, the end and the line of progress.
"""

import json
import re

import pytest
from playwright.sync_api import expect

from applications.models import Application
from applications.queries.rows import rows_of
from imports.actions import ask_for_run, run_due
from imports.models import Import
from tests.browser.looking import contrast, nameless_scrolling, sideways, too_low, too_small
from tests.imports.sheets import as_csv
from tracker.lib import clock

pytestmark = pytest.mark.django_db(transaction=True)

HEAD = ["Company", "Position", "Status", "Applied on", "Link", "Notes"]
BAD = {
    7: (3, "soon"), 19: (4, "javascript:1"), 33: (0, ""), 48: (3, "31/02/2026"), 61: (1, "x" * 201),
    77: (3, "2099-01-01"), 90: (0, "..."),
}  # fmt: skip
"""Number -> column and what stands in it; row 2 is the first."""
DOUBLES = (12, 25, 58, 99)


def a_hundred_rows(ada):
    """Return the rows, the numbers of those that are bad, and of those that Ada has; row 2 is the first."""
    known = list(Application.objects.filter(student=ada).exclude(role="").select_related("company").order_by("pk")[:4])
    rows = {
        n: [f"Firm {n % 9}", f"Intern {n}", "OA", "2026-10-03", f"https://jobs.example/{n}", ""] for n in range(2, 102)
    }
    rows[40][1] = "=1+1"
    for number, (column, text) in BAD.items():
        rows[number][column] = text
        rows[number][4] = "" if number == 33 else rows[number][4]
    for number, one in zip(DOUBLES, known, strict=True):
        rows[number][:2] = [one.company.name, one.role]
    return list(rows.values())


def export(student):
    keys = list(Application.objects.filter(student=student).values_list("pk", flat=True))
    return {key: json.loads(row) for key, row in rows_of(student, keys, desk=True).items()}


@pytest.mark.parametrize("scripts", [True, False], ids=["js", "plain"])
def test_what_is_reviewed_is_added_and_what_is_added_is_undone(demo, request, sign_in, person, scripts, tmp_path):
    ada = person("ada")
    page = sign_in(request.getfixturevalue("page" if scripts else "plain_page"), ada)
    (tmp_path / "a.csv").write_bytes(as_csv(a_hundred_rows(ada), HEAD))
    before = export(ada)
    page.goto("/applications/board/")
    page.get_by_role("main").get_by_role("link", name="Import").click()
    page.get_by_label("Spreadsheet").set_input_files(tmp_path / "a.csv")
    page.get_by_role("button", name="Read the file").click()

    page.get_by_label("Notes", exact=True).select_option("role")
    page.get_by_role("button", name="Show what becomes of each row").click()
    expect(page.get_by_role("alert").first).to_contain_text(
        "“Position” and “Notes” are matched with Role. Choose one of them."
    )
    page.get_by_label("Notes", exact=True).select_option("notes")
    expect(page.get_by_label("OA", exact=True)).to_have_value("interviewing")
    page.get_by_role("button", name="Show what becomes of each row").click()

    expect(page.locator("#plan-sum")).to_contain_text("89 ready, 7 need a look, 4 look like ones you have.")
    shown = [page.locator(f"#row-{number}") for number in BAD]
    assert page.locator(".plan > li").count() == len(shown)
    assert [len(one.locator("input[type=text], textarea").all()) for one in shown] == [1] * 7
    assert [one.locator("[aria-invalid]").get_attribute("name") for one in shown] == [
        f"cell-{column}" for column, _ in BAD.values()
    ]
    row = page.locator("#row-7")
    row.get_by_label("Applied on").fill("2099-01-01")
    row.get_by_role("button", name="Save row 7").click()
    expect(page.locator("#row-7 .invalid-feedback")).to_contain_text("Applied on: write today or an earlier day.")
    expect(page.locator("#row-7").get_by_label("Applied on")).to_have_value("2099-01-01")
    page.locator("#row-7").get_by_label("Applied on").fill("3 Oct 2026")
    page.locator("#row-7").get_by_role("button", name="Save row 7").click()
    expect(page.locator("#plan-sum")).to_contain_text("90 ready, 6 need a look, 4 look like ones you have.")

    page.get_by_role("link", name=re.compile("^Like yours")).click()
    expect(page.locator(".plan > li")).to_have_count(len(DOUBLES))
    assert [one.get_attribute("id") for one in page.locator(".plan > li").all()] == [
        f"row-{number}" for number in DOUBLES
    ]
    page.locator("#row-12").get_by_role("button", name="Add both").click()
    expect(page.get_by_role("button", name="Add 91")).to_be_visible()
    page.locator("#row-25").get_by_role("button", name="Use the file").click()
    page.get_by_role("button", name="Add 91, change 1").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("91 added")
    expect(page.get_by_role("heading", name="8 left out")).to_be_visible()
    added = Application.objects.filter(student=ada).count() - len(
        [key for key in before if key[0] == Application._meta.db_table]
    )
    assert added == 91
    assert Application.objects.get(student=ada, role="=1+1").stage == "interviewing"
    page.get_by_role("main").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Taken back")
    without = {"version", "updated_at"}
    put_back = export(ada)
    assert put_back.keys() == before.keys()
    for key, row in before.items():
        assert {k: v for k, v in put_back[key].items() if k not in without} == {
            k: v for k, v in row.items() if k not in without
        }


@pytest.fixture
def over(demo, person, settings):
    """An import of Ada's that waits for a worker, and one that is over, with rows that were left out."""
    ada, at = person("ada"), clock.now()
    settings.WAYMARK_SHEET_AT_ONCE = 1
    lying = Import.objects.get(student=ada, state="review")
    ask_for_run(file=lying, by=ada, at=at, clock=clock.now)
    return ada, lying


def looks_of(page, axe):
    found = [*axe(page), *too_small(page)]
    page.emulate_media(color_scheme="dark")
    found += contrast(page)
    page.set_viewport_size({"width": 390, "height": 844})
    found += too_low(page)
    page.set_viewport_size({"width": 320, "height": 640})
    return [*found, *sideways(page), *nameless_scrolling(page), *too_small(page)]


def test_progress_and_the_end_can_be_used_by_everybody(over, open_page, sign_in, axe):
    ada, lying = over
    page = sign_in(open_page(), ada)
    page.goto(f"/import/{lying.public_id}/done/")
    expect(page.get_by_role("progressbar")).to_be_visible()
    assert looks_of(page, axe) == []
    run_due(at=clock.now(), clock=clock.now)
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    page.set_viewport_size({"width": 1360, "height": 900})
    page.emulate_media(color_scheme="light")
    assert looks_of(page, axe) == []
    page.get_by_role("main").get_by_role("button", name="Undo").click()
    run_due(at=clock.now(), clock=clock.now)
    expect(page.get_by_role("heading", level=1)).to_have_text("Taken back")
    assert looks_of(page, axe) == []
