"""The sheet of a season as the browser prints it."""

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.applications.test_sheet import PRINT, whole
from tests.browser.looking import sideways
from tests.factories import ApplicationFactory, CompanyFactory

pytestmark = pytest.mark.django_db(transaction=True)


def printed(page, paper):
    return PdfReader(io.BytesIO(page.pdf(format=paper, prefer_css_page_size=False)))


@pytest.mark.parametrize(("paper", "width"), [("A4", 595), ("Letter", 612)])
def test_it_prints_on_few_pages_black_on_white_without_the_frame(open_page, ada, season, sign_in, paper, width):
    names = [f"Company {number:02}" for number in range(30)]
    for name in names:
        ApplicationFactory(student=ada, season=season, company=CompanyFactory(name=name), url="https://jobs.example/1")
    whole(ada, season, "Tidewater")
    page = sign_in(open_page(color_scheme="dark"), ada)
    page.goto(PRINT)
    pdf = printed(page, paper)
    text = "\n".join(sheet.extract_text() for sheet in pdf.pages)
    assert [name for name in [*names, "Tidewater", "A method for tides"] if name not in text] == []
    assert 2 <= len(pdf.pages) <= 4
    assert abs(float(pdf.pages[0].mediabox.width) - width) < 2
    for frame in ("Sign out", "Skip to main", "With my notes", "jobs.example", "Made for paper"):
        assert frame not in text, frame
    page.emulate_media(media="print")
    colours = page.evaluate(
        "(() => { const s = getComputedStyle(document.body); return [s.color, s.backgroundColor] })()"
    )
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


def test_an_entry_stays_together_on_paper(page, ada, season, sign_in):
    for number in range(12):
        whole(ada, season, f"Company {number:02}")
    sign_in(page, ada).goto(PRINT)
    for number, sheet in enumerate(printed(page, "A4").pages):
        text = sheet.extract_text()
        assert text.count("Research discussion,") == text.count("A method for tides"), f"page {number + 1}"


def test_the_button_prints_with_scripts_and_is_not_there_without(page, plain_page, ada, season, sign_in, axe_both):
    whole(ada, season, "Tidewater")
    sign_in(page, ada).goto(PRINT)
    page.evaluate("window.print = () => { document.title = 'printing' }")
    page.get_by_role("button", name="Print").click()
    expect(page).to_have_title("printing")
    assert axe_both(page) == []
    sign_in(plain_page, ada).goto(PRINT)
    expect(plain_page.get_by_role("button", name="Print")).to_have_count(0)
    expect(plain_page.get_by_text("with your browser")).to_be_visible()
    plain_page.set_viewport_size({"width": 320, "height": 600})
    assert sideways(plain_page) == []
