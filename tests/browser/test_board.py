import datetime as dt

import pytest
from playwright.sync_api import expect

from applications.models import Application, Event
from tests.factories import ApplicationFactory, CompanyFactory, RoundFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cormorant(ada, season):
    ApplicationFactory(student=ada, stage="interviewing", role="Other", company=CompanyFactory(name="Marram"))
    ApplicationFactory(student=ada, stage="applied", role="Third", company=CompanyFactory(name="Kestrel"))
    return ApplicationFactory(
        student=ada, stage="applied", role="Research Scientist Intern", company=CompanyFactory(name="Cormorant AI")
    )


def stage_of(application):
    return Application.objects.values_list("stage", flat=True).get(pk=application.pk)


def card(page, application):
    return page.locator(f"#tk-{application.public_id}")


def test_the_keys_move_a_card_and_the_focus_goes_with_it(page, ada, cormorant, sign_in):
    sign_in(page, ada).goto("/applications/board/")
    card(page, cormorant).locator(".role").focus()
    page.keyboard.press("]")
    expect(page.locator("#col-interviewing").locator(card(page, cormorant))).to_have_count(1)
    expect(card(page, cormorant).locator(".role")).to_be_focused()
    expect(page.locator("#live")).to_have_text("Research Scientist Intern, Cormorant AI, moved to Interviewing, 1 of 2")
    assert stage_of(cormorant) == "interviewing"
    page.keyboard.press("[")
    expect(page.locator(".toast")).to_contain_text("Cormorant AI moved to Applied.")
    expect(page.locator("#col-applied").locator(card(page, cormorant))).to_have_count(1)
    assert stage_of(cormorant) == "applied"


def test_two_quick_keys_move_a_card_by_two_stages(page, ada, cormorant, sign_in):
    sign_in(page, ada).goto("/applications/board/")
    card(page, cormorant).locator(".role").focus()
    page.keyboard.press("]")
    page.keyboard.press("]")
    expect(page.locator(".toast")).to_contain_text("Cormorant AI moved to Offer.")
    expect(page.locator("#col-offer").locator(card(page, cormorant))).to_have_count(1)
    expect(card(page, cormorant).locator(".role")).to_be_focused()
    assert stage_of(cormorant) == "offer"


def test_tab_reaches_the_board_once_and_six_keys_move_a_named_card(page, ada, cormorant, sign_in):
    sign_in(page, ada).goto("/applications/board/")
    assert page.locator("#board .role[tabindex='0']").count() == 1
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('#board .role')"):
            break
    expect(page.locator("#board .role[tabindex='0']")).to_be_focused()
    pressed = 0
    while page.evaluate("document.activeElement.closest('.tk')?.id") != f"tk-{cormorant.public_id}":
        page.keyboard.press("ArrowDown")
        pressed += 1
        assert pressed < 5
    page.keyboard.press("m")
    page.keyboard.press("4")
    expect(page.locator(".toast")).to_contain_text("Cormorant AI moved to Interviewing.")
    expect(page.locator("#col-interviewing").locator(card(page, cormorant))).to_have_count(1)
    expect(card(page, cormorant).locator(".role")).to_be_focused()
    expect(page.locator("#live")).to_have_text("Research Scientist Intern, Cormorant AI, moved to Interviewing, 1 of 2")
    assert (stage_of(cormorant), pressed + 2 <= 6) == ("interviewing", True)


def test_two_clicks_in_the_menu_move_a_card_and_undo_takes_it_back(page, ada, cormorant, sign_in):
    sign_in(page, ada).goto("/applications/board/")
    card(page, cormorant).get_by_role("button", name="Move Research Scientist Intern at Cormorant AI").click()
    page.get_by_role("menuitem", name="Offer").click()
    expect(page.locator("#col-offer").locator(card(page, cormorant))).to_have_count(1)
    expect(page.locator(".toast")).to_contain_text("Cormorant AI moved to Offer.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".toast")).to_contain_text("Undone.")
    expect(page.locator("#col-applied").locator(card(page, cormorant))).to_have_count(1)
    assert (stage_of(cormorant), Event.objects.filter(application=cormorant).count()) == ("applied", 1)


MOVES_WHILE_DOWN = """
window.dragged = 0;
for (const name of ["pointermove", "touchmove"]) {
  addEventListener(name, (event) => { if (event.buttons || event.touches?.length) window.dragged += 1; }, true);
}
"""


def sent(page, act):
    """Do something, and return the one request it makes, without what differs each time."""
    with page.expect_request("**/stage/") as asked:
        act()
    request = asked.value
    body = sorted(part for part in (request.post_data or "").split("&") if not part.startswith("csrf"))
    return request.method, request.url, body


def test_a_drag_asks_for_the_same_as_two_clicks_that_move_nothing(page, ada, cormorant, sign_in):
    sign_in(page, ada)
    page.add_init_script(MOVES_WHILE_DOWN)
    page.goto("/applications/board/")

    def click():
        card(page, cormorant).get_by_role("button", name="Move").click()
        page.get_by_role("menuitem", name="Preparing").click()

    clicked = sent(page, click)
    expect(page.locator(".toast")).to_contain_text("Cormorant AI moved to Preparing.")
    assert (page.evaluate("window.dragged"), stage_of(cormorant)) == (0, "preparing")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#col-applied").locator(card(page, cormorant))).to_have_count(1)
    expect(page.locator(".toast")).to_contain_text("Undone.")
    assert sent(page, lambda: drag(page, cormorant, "preparing")) == clicked
    expect(page.locator(".toast")).to_contain_text("Cormorant AI moved to Preparing.")
    expect(page.locator("#col-preparing").locator(card(page, cormorant))).to_have_count(1)
    assert (page.evaluate("window.dragged") > 0, stage_of(cormorant)) == (True, "preparing")


def test_two_taps_move_a_card_on_a_phone(phone, ada, cormorant, sign_in):
    phone.add_init_script(MOVES_WHILE_DOWN)
    sign_in(phone, ada).goto("/applications/board/?column=applied")
    card(phone, cormorant).get_by_role("button", name="Move Research Scientist Intern").tap()
    phone.get_by_role("menuitem", name="Interviewing").tap()
    expect(phone.locator("#stage-tabs")).to_contain_text("Interviewing 2")
    expect(card(phone, cormorant)).to_be_hidden()
    assert (stage_of(cormorant), phone.evaluate("window.dragged")) == ("interviewing", 0)


def drag(page, application, stage):
    start = card(page, application).locator(".co").bounding_box()
    to = page.locator(f"#col-{stage} h2").bounding_box()
    page.mouse.move(start["x"] + 20, start["y"] + 5)
    page.mouse.down()
    page.mouse.move(start["x"] + 60, start["y"] + 25, steps=3)
    page.mouse.move(to["x"] + 10, to["y"] + 60, steps=8)
    page.mouse.up()


def test_dragging_moves_a_card(page, ada, cormorant, sign_in):
    sign_in(page, ada).goto("/applications/board/")
    drag(page, cormorant, "preparing")
    expect(page.locator("#col-preparing").locator(card(page, cormorant))).to_have_count(1)
    expect(page.locator(".toast")).to_contain_text("Cormorant AI moved to Preparing.")
    assert stage_of(cormorant) == "preparing"
    expect(page).to_have_url("/applications/board/")


@pytest.mark.parametrize("how", ["drag", "key", "offline"])
def test_when_the_server_fails_the_card_returns_and_is_named(page, ada, cormorant, sign_in, watch, how):
    sign_in(page, ada).goto("/applications/board/")
    page.route("**/stage/", lambda route: route.abort() if how == "offline" else route.fulfill(status=500))
    if how == "drag":
        drag(page, cormorant, "offer")
    else:
        card(page, cormorant).locator(".role").focus()
        page.keyboard.press("]")
    expect(page.get_by_role("alert")).to_contain_text("Research Scientist Intern, Cormorant AI, was not moved.")
    expect(page.locator("#col-applied").locator(card(page, cormorant))).to_have_count(1)
    assert stage_of(cormorant) == "applied"
    assert watch.problems
    watch.problems.clear()


def test_a_stale_tab_is_told_and_sees_where_the_card_is(page, ada, cormorant, sign_in):
    sign_in(page, ada).goto("/applications/board/")
    Application.objects.filter(pk=cormorant.pk).update(stage="offer")
    card(page, cormorant).locator(".role").focus()
    page.keyboard.press("]")
    expect(page.locator("#alert")).to_contain_text("Cormorant AI: This changed in another tab: it is in Offer now.")
    expect(page.locator("#col-offer").locator(card(page, cormorant))).to_have_count(1)


def test_closing_asks_how_it_ended_and_leaves_the_board(page, ada, cormorant, sign_in):
    RoundFactory(application=cormorant, status="passed", on=dt.date(2026, 11, 2))
    sign_in(page, ada).goto("/applications/board/")
    card(page, cormorant).locator(".role").focus()
    page.keyboard.press("m")
    page.keyboard.press("6")
    page.get_by_label("Not this time").check()
    page.get_by_role("button", name="Close application").click()
    expect(card(page, cormorant)).to_have_count(0)
    expect(page.locator("#live")).to_have_text("Closed. You reached round 1, and your notes stay here.")
    expect(page.locator("#closed-rail")).to_contain_text("Closed 1")
    assert page.evaluate("document.activeElement.className") == "role"
    assert stage_of(cormorant) == "closed"


def test_show_more_shows_the_rest_of_a_column(page, ada, season, sign_in):
    ApplicationFactory.create_batch(23, student=ada)
    sign_in(page, ada).goto("/applications/board/")
    expect(page.locator("#col-interested .tk")).to_have_count(20)
    page.get_by_role("link", name="Show 3 more").click()
    expect(page.locator("#col-interested .tk")).to_have_count(23)
    page.reload()
    expect(page.locator("#col-interested .tk")).to_have_count(23)


def test_without_javascript_move_is_a_page(plain_page, ada, cormorant, sign_in):
    sign_in(plain_page, ada).goto("/applications/board/")
    card(plain_page, cormorant).get_by_role("button", name="Move Research Scientist Intern").click()
    plain_page.get_by_role("button", name="Interviewing").click()
    expect(plain_page.get_by_role("region", name="Messages")).to_contain_text("Cormorant AI moved to Interviewing.")
    assert stage_of(cormorant) == "interviewing"


def test_axe_finds_nothing_in_the_menu_of_a_card(page, ada, cormorant, sign_in, axe_both):
    sign_in(page, ada).goto("/applications/board/")
    card(page, cormorant).get_by_role("button", name="Move").click()
    assert axe_both(page, "#move-menu") == []


def test_the_phone_has_no_sideways_scroll(open_page, ada, cormorant, sign_in):
    page = sign_in(open_page(width=320, height=800), ada)
    for url in ("/applications/board/", "/applications/", "/today/", "/window/", "/add/"):
        page.goto(url)
        assert page.evaluate("document.documentElement.scrollWidth <= 320"), url
