"""Checks 8, 9 and 11 on every page there is: axe, light and dark; size of targets; no sideways scroll at 320 px.

Each kind of page is opened once and looked at in every width and theme. The states: typical (Ada) and empty (a
new student); refused forms are in test_15_refused_forms.py, open dialogs and menus in the tests of their pages.
Reports of the content security policy, errors in the console and requests to other sites fail a test as well (`watch`).
"""

import pytest
from playwright.sync_api import Page

from tests.browser.looking import contrast, nameless_scrolling, sideways, too_low, too_small
from tests.crawl import kind_of, pages_of

pytestmark = pytest.mark.django_db(transaction=True)

WIDE, PHONE, NARROW = ({"width": width, "height": high} for width, high in ((1360, 900), (390, 844), (320, 640)))
ALIKE = (
    "companies:list",
    "companies:detail",
    "companies:posting",
    "reminders:",
    "accounts:",
    "account_",
    "home",
    "demo-",
    "help",
    "guide",
    "shortcuts",
)
"""Pages that look alike to all: Ada's walk covers them."""
PARTS = 4
"""In which the many pages of a student are looked at, so that no test is as long as many others together."""
ENTRANCE = ["login", "signup", "password/reset"]
LETTER = b"Subject: Tomorrow 15:00: research discussion\nTo: ada@waymark.example\n\n" + b"https://waymark.example/" * 9


def look(page: Page, axe) -> list[str]:
    """Return everything that is wrong with what is shown, in every width and theme."""
    found = [f"axe: {line}" for line in axe(page)]
    found += [f"small: {line}" for line in too_small(page)]
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {line}" for line in contrast(page)]
    page.set_viewport_size(PHONE)
    found += [f"low at 390: {line}" for line in too_low(page)]
    page.set_viewport_size(NARROW)
    found += [f"sideways: {line}" for line in sideways(page)]
    found += [f"scrolls unnamed: {line}" for line in nameless_scrolling(page)]
    return found + [f"small at 320: {line}" for line in too_small(page)]


def visit(page: Page, path: str, axe) -> list[str]:
    """Open a page and return what is wrong with it, with its address."""
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")
    page.goto(path, wait_until="load")
    return [f"{path}: {line}" for line in look(page, axe)]


def nothing_in(found):
    """Assert that nothing was found, and say it all if something was."""
    lines = list(found)
    assert lines == [], "\n".join(lines)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_of_a_student_can_be_used_by_everybody(demo, page, sign_in, axe, person, part):
    paths = sorted(pages_of(person("ada")), key=kind_of)[part::PARTS]
    sign_in(page, person("ada"))
    nothing_in(line for path in paths for line in visit(page, path, axe))


@pytest.mark.parametrize("name", ["new", "grace", "sam", "cora", "kim"])
def test_every_page_of_the_others_can_be_used_by_everybody(demo, page, sign_in, axe, person, name):
    paths = [path for path in pages_of(person(name)) if not kind_of(path).startswith(ALIKE)]
    sign_in(page, person(name))
    nothing_in(line for path in paths for line in visit(page, path, axe))


def test_the_entrance_can_be_used_by_everybody(settings, tmp_path, page, axe):
    settings.DEMO, settings.DEMO_MAIL_DIR = True, str(tmp_path)
    (tmp_path / "letter.eml").write_bytes(LETTER)
    paths = [*(f"/accounts/{name}/" for name in ENTRANCE), "/demo/mail/", "/demo/mail/letter/", "/nowhere/"]
    nothing_in(line for path in paths for line in visit(page, path, axe))
