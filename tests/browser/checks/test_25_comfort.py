"""Check 25: no motion, no flash of a theme, large text and wide spacing, paste everywhere, help in its place.

That keys are silent in fields and when switched off is in test_look.py, test_today.py and test_preparation.py.
"""

import re

import pytest
from playwright.sync_api import expect

from applications.models import Application, InterviewRound
from tests.browser.checks.heavy import OPEN, add
from tests.browser.looking import sideways

pytestmark = pytest.mark.django_db(transaction=True)

MOVING = """() => [...document.querySelectorAll("*")].flatMap((one) => ["", "::before", "::after"].map((part) => {
  const style = getComputedStyle(one, part);
  const times = (style.animationName === "none" ? "" : style.animationDuration + ",") + style.transitionDuration;
  const most = Math.max(...times.split(",").map((time) => parseFloat(time) * (time.trim().endsWith("ms") ? 1 : 1000)));
  return most > 1 ? one.outerHTML.slice(0, 80) + part + times : "";
})).filter(Boolean)"""
LARGE = "() => { document.documentElement.style.fontSize = '200%' }"
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
LOST = """() => {
  const hides = (style) => ["hidden", "clip"].includes(style.overflowX) || ["hidden", "clip"].includes(style.overflowY);
  const shown = (one) => one.checkVisibility({opacityProperty: true, visibilityProperty: true})
    && !one.closest(".vh, .skip, [aria-hidden=true], svg, dialog:not([open]), .toasts")
    && [one, one.parentElement].every((box) => getComputedStyle(box).clipPath === "none");
  const cut = [...document.querySelectorAll("body *")].filter((one) => {
    const style = getComputedStyle(one);
    const room = [one.scrollWidth - one.clientWidth, one.scrollHeight - one.clientHeight];
    return shown(one) && one.innerText?.trim() && hides(style) && Math.max(...room) > 2;
  });
  return cut.map((one) => one.outerHTML.slice(0, 140));
}"""
HELP = (
    "() => [...document.querySelectorAll('a[href=\"/help/\"]')].map((one) => one.closest('[id], footer').id || 'foot')"
)
NARROWEST = 320
CODES = ("/accounts/password/reset/", "/accounts/login/", "/accounts/signup/")


@pytest.fixture
def paths(demo, person):
    """Return the pages that matter most, with a full application and a full round."""
    ada = person("ada")
    add(ada, 60, OPEN)
    full = Application.objects.filter(student=ada, rounds__prep__isnull=False).first()
    one = InterviewRound.objects.filter(application=full).first()
    lists = ("/today/", "/applications/board/", "/applications/", "/window/", "/offers/")
    return (*lists, f"/applications/{full.public_id}/", f"/rounds/{one.public_id}/")


@pytest.mark.parametrize(("width", "scheme"), [(1360, "light"), (390, "dark")])
def test_large_text_and_wide_spacing_lose_nothing_and_nothing_moves(open_page, sign_in, person, paths, width, scheme):
    page, found = sign_in(open_page(width=width, color_scheme=scheme), person("ada")), {}
    for path in paths:
        page.goto(path)
        found[f"{path} moves"] = page.evaluate(MOVING)
        page.evaluate(SPACED)
        found[f"{path} spaced"] = page.evaluate(LOST) + sideways(page)
        page.goto(path)
        page.evaluate(LARGE)
        found[f"{path} large"] = page.evaluate(LOST) + (sideways(page) if width > NARROWEST * 2 else [])
    assert {path: lost for path, lost in found.items() if lost} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_stands_in_the_first_bytes(client_of, ada, season, theme):
    ada.theme = theme
    ada.save(update_fields=["theme"])
    for path in ("/today/", "/applications/board/", "/applications/", "/window/", "/offers/", "/help/"):
        first = client_of(ada).get(path).content[:100].decode()
        assert re.search(rf'<html[^>]* data-bs-theme="{theme}"', first), path


def test_what_is_pasted_into_a_password_or_code_field_stays(open_page, transactional_db):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    for path in CODES:
        page.goto(path)
        fields = page.locator("main input:not([type=hidden]):not([type=checkbox]):visible")
        assert fields.count(), path
        page.evaluate("navigator.clipboard.writeText('pasted-7')")
        for number in range(fields.count()):
            fields.nth(number).focus()
            page.keyboard.press("Control+V")
            expect(fields.nth(number)).to_have_value("pasted-7")


def test_help_has_the_same_place_on_every_page(page, sign_in, person, paths):
    sign_in(page, person("ada"))
    places = set()
    for path in (*paths, "/companies/", "/settings/profile/", "/documents/", "/no/such/page/"):
        page.goto(path)
        places.add((tuple(page.evaluate(HELP)), page.locator("footer a").last.inner_text()))
    assert places == {(("account", "foot"), "Help")}
