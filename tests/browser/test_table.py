import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from applications.models import Application, Event
from tests.browser.looking import sideways, too_small
from tests.factories import ApplicationFactory, CompanyFactory

pytestmark = pytest.mark.django_db(transaction=True)
TABLE = "/applications/"


@pytest.fixture
def some(ada, season):
    def one(role, company, **facts):
        return ApplicationFactory(student=ada, role=role, company=CompanyFactory(name=company), **facts)

    return [
        one("Speech", "Tidewater", stage="preparing", kind="internship"),
        one("Graphs", "Northlight", stage="applied", applied_on=dt.date(2026, 11, 1)),
        one("Scheme", "Turing", kind="scheme"),
        one("Vision", "Ostrava", stage="preparing", on_hold=True),
    ]


def stages():
    return sorted(Application.objects.values_list("role", "stage"))


def tick(page, role):
    page.get_by_label(re.compile(f"^Tick {role}")).check()


def test_ticked_ones_are_moved_and_undone_together(page, ada, some, sign_in):
    sign_in(page, ada).goto(TABLE)
    before = stages()
    expect(page.locator(".bulk-in")).to_be_hidden()
    for role in ("Speech", "Scheme", "Vision"):
        tick(page, role)
    expect(page.locator("[data-ticked]")).to_have_text("3 ticked")
    page.locator("#bulk").get_by_role("button", name="Move").click()
    page.locator("#bulk-move").get_by_role("button", name="Applied").click()
    expect(page.locator(".toast")).to_contain_text("Moved 2. 1 is on hold for a referral.")
    assert dict(stages()) == {"Graphs": "applied", "Scheme": "applied", "Speech": "applied", "Vision": "preparing"}
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".toast")).to_contain_text("Undone")
    expect(page).to_have_url(re.compile(r"/applications/$"))
    assert stages() == before


def test_the_answer_leads_to_what_is_on_hold(page, ada, some, sign_in):
    sign_in(page, ada).goto(TABLE)
    tick(page, "Vision")
    page.locator("#bulk").get_by_role("button", name="Move").click()
    page.locator("#bulk-move").get_by_role("button", name="Applied").click()
    page.locator(".toast").get_by_role("link", name="Review").click()
    expect(page.locator("tbody th a")).to_have_text(["Vision"])


def test_filters_stand_in_the_address_and_come_back_with_the_history(page, ada, some, sign_in):
    sign_in(page, ada).goto(TABLE)
    page.get_by_label("Search role, company or place").fill("tide")
    expect(page.locator("#live")).to_have_text("1 application")
    expect(page).to_have_url(re.compile(r"\?q=tide$"))
    expect(page.locator("tbody th a")).to_have_text(["Speech"])
    page.goto(TABLE)
    page.get_by_role("link", name="Filter", exact=True).click()
    page.get_by_label("Kind").select_option("Enrichment scheme")
    page.get_by_role("button", name="Show applications").click()
    expect(page).to_have_url(re.compile(r"kind=scheme"))
    expect(page.locator("tbody th a")).to_have_text(["Scheme"])
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("#filter-open")).to_be_focused()
    page.reload()
    expect(page.locator("tbody th a")).to_have_text(["Scheme"])
    page.go_back()
    expect(page.locator("tbody tr")).to_have_count(4)
    page.go_forward()
    expect(page.locator("tbody th a")).to_have_text(["Scheme"])
    page.get_by_role("link", name="Board").click()
    expect(page.locator(".tk .role")).to_have_text(["Scheme"])
    page.get_by_role("link", name="Take out: Enrichment scheme").click()
    expect(page.locator(".tk")).to_have_count(4)


def test_the_board_is_filtered_in_place_and_its_keys_still_move_cards(page, ada, some, sign_in):
    sign_in(page, ada).goto("/applications/board/")
    page.get_by_role("link", name="Filter", exact=True).click()
    page.get_by_role("dialog").get_by_label("Stage").select_option("Preparing")
    page.get_by_role("button", name="Show applications").click()
    expect(page.locator("#live")).to_have_text("2 applications")
    expect(page.locator(".tk")).to_have_count(2)
    page.locator(".tk .role", has_text="Speech").focus()
    page.keyboard.press("[")
    expect(page.locator(".toast")).to_contain_text("Tidewater moved to Interested.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#col-preparing .tk")).to_have_count(2)


def test_keys_go_between_rows_tick_ranges_and_edit(page, ada, some, sign_in):
    sign_in(page, ada).goto(f"{TABLE}?sort=company")
    for key in ("j", "x", "j", "j"):
        page.keyboard.press(key)
    page.keyboard.press("Shift+X")
    expect(page.locator("[data-ticked]")).to_have_text("3 ticked")
    page.keyboard.press("a")
    expect(page.locator("#live")).to_have_text("4 ticked")
    page.keyboard.press("a")
    expect(page.locator(".bulk-in")).to_be_hidden()
    page.keyboard.press("k")
    page.keyboard.press("e")
    expect(page.get_by_placeholder("Next step")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_placeholder("Next step")).to_have_count(0)


def test_stage_and_next_step_are_edited_in_the_row(page, ada, some, sign_in):
    sign_in(page, ada).goto(TABLE)
    row = page.locator("tbody tr", has_text="Tidewater")
    row.locator("a.inl[href$='/next/']").click()
    page.get_by_placeholder("Next step").fill("Ask Priya")
    page.keyboard.press("Enter")
    expect(row).to_contain_text("Ask Priya")
    expect(row.locator("a.inl[href$='/next/']")).to_be_focused()
    row.locator("a.inl[href$='/stage/']").click()
    row.get_by_label("Stage of Speech").select_option("Offer")
    row.get_by_role("button", name="Move").click()
    expect(page.locator(".toast")).to_contain_text("Tidewater moved to Offer.")
    expect(page.locator("#live")).to_have_text("Tidewater moved to Offer.")
    assert Application.objects.get(role="Speech").stage == "offer"


def test_without_javascript_ticked_ones_are_changed_exported_and_undone(plain_page, ada, some, sign_in):
    page = plain_page
    sign_in(page, ada).goto(TABLE)
    tick(page, "Speech")
    tick(page, "Scheme")
    page.locator("#bulk").get_by_role("button", name="Tag").click()
    page.get_by_label("Tags, with commas between").fill("summer")
    page.get_by_role("button", name="Add tag").click()
    expect(page.locator(".toast")).to_contain_text("Tagged 2.")
    assert Application.objects.filter(tags=["summer"]).count() == 2
    page.locator(".toast").get_by_role("button", name="Undo").click()
    assert Application.objects.filter(tags=["summer"]).count() == 0
    page.goto(TABLE)
    page.get_by_role("link", name="Filter").click()
    page.get_by_label("Kind").select_option("Enrichment scheme")
    page.get_by_role("button", name="Show applications").click()
    expect(page.locator("tbody th a")).to_have_text(["Scheme"])
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").first.click()
        page.get_by_role("link", name="CSV, for any program").click()
    assert "Scheme" in download.value.path().read_text()
    page.locator("a.inl[href$='/next/']").click()
    expect(page).to_have_url(re.compile("/edit/next/$"))


def test_a_thousand_rows_are_narrowed_and_can_all_be_meant(page, ada, season, sign_in):
    company = CompanyFactory()
    day = dt.date(2026, 11, 1)
    rows = [Application(student=ada, company=company, role=f"R{n}", stage_since=day) for n in range(1_000)]
    Application.objects.bulk_create(rows)
    Event.objects.bulk_create([Event(application=one, kind="added", stage="interested", on=day) for one in rows])
    sign_in(page, ada).goto(TABLE)
    page.get_by_label("Search role, company or place").fill("R99")
    expect(page.locator("#live")).to_have_text("11 applications")
    page.goto(TABLE)
    tick(page, "R999")
    page.get_by_label("Select all 1000").check()
    page.locator("#bulk").get_by_role("button", name="Move").click()
    page.locator("#bulk-move").get_by_role("button", name="Preparing").click()
    expect(page.locator(".toast")).to_contain_text("Moved 1000.")
    assert Application.objects.filter(stage="preparing").count() == 1_000


def test_on_a_phone_rows_are_cards_and_select_shows_the_boxes(phone, ada, some, sign_in, axe):
    page = phone
    sign_in(page, ada).goto(TABLE)
    expect(page.get_by_label(re.compile("^Tick Speech"))).to_be_hidden()
    page.get_by_text("Select", exact=True).tap()
    page.get_by_label(re.compile("^Tick Speech")).tap()
    page.locator("#bulk").get_by_role("button", name="Move").tap()
    page.locator("#bulk-move").get_by_role("button", name="Interviewing").tap()
    expect(page.locator(".toast")).to_contain_text("Moved 1.")
    assert (sideways(page), too_small(page), axe(page)) == ([], [], [])


def test_the_table_can_be_used_by_everybody(page, ada, some, sign_in, axe_both):
    sign_in(page, ada).goto(f"{TABLE}?kind=internship&sort=closes")
    tick(page, "Speech")
    page.get_by_role("button", name="Columns").click()
    assert (axe_both(page), too_small(page)) == ([], [])
    page.keyboard.press("Escape")
    page.locator("#bulk").get_by_role("button", name="Set next step").click()
    assert (axe_both(page), too_small(page)) == ([], [])
    page.keyboard.press("Escape")
    page.locator("tbody tr", has_text="Tidewater").locator("a.inl[href$='/next/']").click()
    expect(page.get_by_placeholder("Next step")).to_be_focused()
    assert (axe_both(page), too_small(page), sideways(page)) == ([], [], [])
