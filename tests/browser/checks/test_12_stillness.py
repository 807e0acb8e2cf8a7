"""Check 12: nothing moves while a heavy page loads with late fonts, nor during each act that htmx carries out.

A shift within half a second of a press is the answer to it, and counts only where the act has a place of its own.
"""

import pytest
from playwright.sync_api import expect

from applications.models import PrepItem
from tests.browser.checks.heavy import ada_with

pytestmark = pytest.mark.django_db(transaction=True)

SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    const moved = entry.sources.map(({node}) => (node?.outerHTML ?? node?.textContent ?? "").slice(0, 100));
    window.shifts.push({value: entry.value, asked: entry.hadRecentInput, moved});
  }
}).observe({type: "layout-shift", buffered: true});
"""
LEAST = 0.01
PAPER = r"@article{a, title = {Neural Tides}, author = {M{\"u}ller, J{\"o}rg and Bee, Ann}, year = 2025}"


def still(page, act, *, in_place=False):
    """Return what moved while an act was under way, if together it was too much."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready.then(() => { window.shifts.length = 0; })")
    act()
    page.wait_for_timeout(150)
    shifts = [one for one in page.evaluate("window.shifts") if in_place or not one["asked"]]
    return shifts if sum(one["value"] for one in shifts) >= LEAST else []


@pytest.fixture
def ada(transactional_db):
    return ada_with(1_000)


@pytest.fixture
def prep(ada):
    """Return a line of a plan, of an application whose page is full."""
    return PrepItem.objects.filter(round__application__student=ada, done_at=None).select_related("round").first()


def pages(application):
    lists = ("/today/", "/applications/board/", "/applications/", "/window/", "/offers/")
    return (*lists, f"/applications/{application.public_id}/")


@pytest.mark.parametrize("width", [1360, 390])
def test_nothing_moves_while_a_heavy_page_loads_and_its_fonts_come_a_second_late(open_page, sign_in, ada, prep, width):
    page, held, moved = sign_in(open_page(width=width), ada), [], {}
    page.add_init_script(SHIFTS)
    page.route("**/*.woff2", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks it
    for path in pages(prep.round.application):
        page.goto(path, wait_until="domcontentloaded")
        page.wait_for_timeout(1_000)
        assert held, path
        while held:
            held.pop().continue_()
        page.wait_for_load_state("networkidle")
        page.evaluate("document.fonts.ready.then(() => true)")
        moved[path] = page.evaluate("window.shifts")
    assert {path: found for path, found in moved.items() if sum(one["value"] for one in found) >= LEAST} == {}


@pytest.mark.alone  # it measures half a second: what ran beside it would be measured too
@pytest.mark.parametrize("width", [1360, 390])
def test_nothing_else_moves_during_an_act(open_page, sign_in, ada, prep, width):
    page = sign_in(open_page(width=width, color_scheme="dark" if width == 390 else "light"), ada)
    page.add_init_script(SHIFTS)
    acts = (today, board, table, application, rounds, window, adding, paper)
    found = {act.__name__: act(page, prep.round) for act in acts}
    assert {name: moved for name, moved in found.items() if moved} == {}


def today(page, _):
    def done():
        page.locator("#today [data-done]").first.click()
        expect(page.locator(".toast")).to_contain_text("Undo")

    def snooze():
        page.locator("[data-snooze]").first.click()
        page.get_by_role("button", name="Tomorrow").filter(visible=True).first.click()
        expect(page.locator(".toast")).to_contain_text("Put off")

    page.goto("/today/")
    return still(page, done) + still(page, snooze)


def board(page, _):
    def move():
        page.locator("#board .mv:visible").first.click()
        page.get_by_role("menuitem", name="Offer").click()
        expect(page.locator(".toast")).to_contain_text("moved to Offer.")

    def more():
        page.locator("#col-preparing .ghost").click()
        expect(page.locator("#col-preparing .tk")).to_have_count(40)

    page.goto("/applications/board/?column=preparing")
    return still(page, move) + still(page, more)


def table(page, _):
    def search():
        page.get_by_label("Search role, company or place").fill("intern 01")
        expect(page.locator("#live")).to_contain_text("applications")

    def narrow():
        page.get_by_role("link", name="Filter").first.click()
        page.get_by_role("dialog").get_by_label("Stage").select_option("Applied")
        page.get_by_role("button", name="Show applications").click()
        expect(page.get_by_role("dialog")).to_have_count(0)

    page.goto("/applications/")
    moved = still(page, search)
    page.goto("/applications/")
    return moved + still(page, narrow)


def application(page, one):
    def note():
        page.get_by_placeholder("What happened?").fill("They rang")
        page.get_by_role("button", name="Note").click()
        page.locator("#entries").get_by_text("They rang").wait_for()

    def edit():
        page.get_by_role("link", name="Edit the key facts").click()
        page.locator("#section-facts").get_by_role("button", name="Save").click()
        page.get_by_role("link", name="Edit the key facts").wait_for()

    page.goto(f"/applications/{one.application.public_id}/")
    return still(page, note) + still(page, edit)


def rounds(page, one):
    def tick():
        page.get_by_role("checkbox", checked=False).first.click()
        expect(page.get_by_text("ready").first).to_be_visible()

    def kind():
        page.get_by_label("Coding", exact=True).check()
        page.locator("#prep").get_by_text("prepare").first.wait_for()

    page.goto(f"/rounds/{one.public_id}/")
    moved = still(page, tick, in_place=True)
    page.goto(f"/rounds/{one.public_id}/edit/")
    return moved + still(page, kind)


def window(page, _):
    def target():
        number = int(page.locator("#target b").inner_text())
        page.get_by_role("button", name="Raise the weekly target").click()
        expect(page.locator("#target b")).to_have_text(str(number + 1))

    page.goto("/window/")
    return still(page, target, in_place=True)


def adding(page, _):
    def open_it():
        page.keyboard.press("c")
        expect(page.get_by_label("Link or company")).to_be_focused()

    def look():
        page.get_by_label("Link or company").fill("Brand New Lab")
        expect(page.locator("#lookup")).to_contain_text("New company")

    def add():
        page.get_by_role("button", name="Add", exact=True).click()
        expect(page.locator(".toast")).to_contain_text("Added.")

    page.goto("/companies/")
    return still(page, open_it, in_place=True) + still(page, look) + still(page, add)


def paper(page, _):
    def authors():
        page.get_by_role("button", name="Show authors").click()
        expect(page.get_by_role("checkbox", name="Jörg Müller")).to_be_visible()

    page.goto("/people/from-paper/")
    page.get_by_label("Papers").fill(PAPER)
    return still(page, authors)
