"""Check 22: a chart has a name and a table with the same numbers; a stage is told by icon and word, not by colour."""

import datetime as dt
import re

import pytest

from applications.models import Application
from tests.factories import ApplicationFactory
from tracker.lib import clock

pytestmark = pytest.mark.django_db(transaction=True)

STAGES = ("interested", "preparing", "applied", "interviewing", "offer", "closed")


@pytest.fixture
def sent(ada, season):
    """Return how many Ada sent within the window, on several days, one of them before it."""
    on = clock.today(ada)
    season.opens_on, season.closes_on = on - dt.timedelta(days=40), on + dt.timedelta(days=60)
    season.save()
    for ago in (60, 30, 30, 21, 9, 8, 0):
        ApplicationFactory(student=ada, stage="applied", applied_on=on - dt.timedelta(days=ago))
    return 6


def numbers(words, pattern=r"\d+"):
    return sum(int(number) for number in re.findall(pattern, words))


def column(page, number):
    """Return the sum of a column of the chart's table, and what its last row says."""
    page.get_by_text("Show as table").click()
    cells = page.locator(".twin tbody tr").locator(f":nth-child({number})").all_inner_texts()
    return sum(int(cell) for cell in cells), int(page.locator(".twin tfoot td").first.inner_text())


@pytest.mark.parametrize(("width", "scheme"), [(1360, "light"), (390, "dark")])
def test_the_bars_of_today_have_a_name_and_a_table_with_the_same_total(
    open_page, ada, sent, sign_in, axe, width, scheme
):
    page = sign_in(open_page(width=width, color_scheme=scheme), ada)
    page.goto("/today/")
    name = page.locator("svg.wk[role=img]").get_attribute("aria-label")
    assert name.startswith("Applications sent per week.")
    assert numbers(name.partition(":")[2]) == sent
    assert column(page, 3) == (sent, sent)
    assert axe(page, "#main aside") == []


def test_the_calendar_has_a_name_and_a_table_with_the_same_total(page, ada, sent, sign_in):
    sign_in(page, ada).goto("/window/")
    assert numbers(page.locator("#heat svg").get_attribute("aria-label"), r"(\d+) sent") == sent
    days = page.locator("#heat svg title").evaluate_all("all => all.map(one => one.textContent).join()")
    assert numbers(days, r"(\d+) sent") == sent
    assert column(page, 2) == (sent, sent)


def test_every_drawing_has_a_name_or_is_no_more_than_decoration(page, ada, sent, sign_in):
    application = Application.objects.first()
    silent = "all => all.filter(one => !one.closest('[aria-hidden]') && !one.ariaLabel).map(one => one.outerHTML)"
    for path in ("/today/", "/window/", "/applications/", f"/applications/{application.public_id}/"):
        sign_in(page, ada).goto(path)
        assert page.locator("svg").evaluate_all(silent) == [], path


def test_without_colours_a_stage_is_told_by_its_icon_and_its_word(page, ada, season, sign_in):
    for stage in STAGES:
        outcome = "not_this_time" if stage == "closed" else ""
        ApplicationFactory(student=ada, stage=stage, outcome=outcome)
    icons = {}
    for one in Application.objects.all():
        sign_in(page, ada).goto(f"/applications/{one.public_id}/stage/")
        pill = page.locator("main .pill").first
        assert one.look.label in pill.inner_text()
        icons[one.stage] = pill.locator("use").get_attribute("href")
    assert len(set(icons.values())) == len(STAGES)
    page.goto("/applications/?view=all")
    pills = page.locator("tbody .pill[class*='st-']")
    assert pills.count() == len(STAGES)
    assert pills.evaluate_all("all => all.filter(one => !one.querySelector('use') || !one.innerText.trim())") == []
    page.goto("/applications/board/")
    heads = page.locator(".col-h")
    assert heads.count() == len(STAGES) - 1
    assert heads.evaluate_all("all => all.filter(one => !one.querySelector('use') || !one.innerText.trim())") == []
