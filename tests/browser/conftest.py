"""Pages in a real browser. Whatever page a test opens is watched: a CSP report, an error in the console, a missing
file, a request to another site or an answer of 5xx fails the test at its end.

- `page`: desktop, 1360 px; `phone`: 390 px with touch; `plain_page`: JavaScript off; `open_page(...)`: anything else,
  such as `open_page(color_scheme="dark", width=320)`.
- `sign_in(page, user)`: a session without the form. `axe(page)`: what axe finds, as readable lines; `axe_both(page)`:
  that, and what is too faint in dark colours.
"""

import functools
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Playwright, Request, Response, expect

from tests.browser import chromium
from tests.browser.looking import contrast

DESKTOP = {"width": 1360, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE = 30_000
"""How long, in ms, to wait for what must come: a busy machine is no failure, and what passes does not wait."""
_AT_ONCE = {
    Page: "content evaluate title".split(),
    Locator: "all all_inner_texts count evaluate evaluate_all inner_html inner_text is_visible text_content".split(),
}
"""What Playwright reads without waiting for anything, or for the beginning of an element only."""
_AXE = chromium.ROOT / "node_modules" / "axe-core" / "axe.min.js"
_AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_AXE_RUN = "([within, options]) => axe.run(within, options).then((found) => found.violations)"
_AXE_LEAN = {"resultTypes": ["violations"], "selectors": False, "preload": False}
"""What is not asked for costs half the time; preload is for styles of other sites, and there are none."""
_FILES = {"stylesheet", "script", "image", "font", "manifest"}
_EXPECTED = ("404", "409", "422")  # a refusal is an answer, though the browser logs it as an error
_CUT = ("htmx:afterRequest", "htmx:sendError", "htmx:sendAbort")
"""What htmx logs of a request that a click on a link cut off; of one that failed the browser logs more than that."""

# Playwright's synchronous interface runs inside an event loop, where Django would refuse to query.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that `-m "not browser"` leaves them out."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], playwright: Playwright) -> dict[str, Any]:
    """Start the browser that there is; on Linux there always is one."""
    found = chromium.find(playwright.chromium.executable_path)
    if found is None:
        pytest.skip(f"no Chromium on this {sys.platform} machine; install one to run the browser tests")
    return {
        **browser_type_launch_args,
        "executable_path": str(found.program),
        "env": {**os.environ, **found.env},
        "args": [
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
            "--disable-gpu",  # there is none, and pretending costs a tenth of the time
            "--font-render-hinting=none",  # letters as wide as on people's screens, also without a screen
        ],
    }


def _of_the_whole(read: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(read)
    def reading(self: Page | Locator, *args: Any, **options: Any) -> Any:
        page = self if isinstance(self, Page) else self.page
        page.wait_for_load_state("load")
        return read(self, *args, **options)

    return reading


@pytest.fixture(scope="session", autouse=True)
def _whole_pages() -> Iterator[None]:
    """Let what reads a page wait for the whole of it: after a press it may have no body yet, or half of its rows."""
    with pytest.MonkeyPatch.context() as patch:
        for kind, names in _AT_ONCE.items():
            for name in names:
                patch.setattr(kind, name, _of_the_whole(getattr(kind, name)))
        yield


class Watch:
    """Collects what a page must not do."""

    def __init__(self, site: str) -> None:
        self.site = urlsplit(site).netloc
        self.problems: list[str] = []

    def follow(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self.problems.append(f"script: {error.error}"))
        context.on("request", self._request)
        context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        refused = message.text.startswith("Failed to load resource") and any(code in message.text for code in _EXPECTED)
        htmx_refused = message.text.startswith("Response Status Error Code 4")
        expected = refused or htmx_refused or message.text.startswith(_CUT)
        if message.type in {"error", "warning"} and not expected:
            self.problems.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != self.site:
            self.problems.append(f"another site: {request.url}")

    def _response(self, response: Response) -> None:
        missing = response.status >= 400 and response.request.resource_type in _FILES
        if missing or response.status >= 500:
            self.problems.append(f"{response.status}: {response.url}")


OpenPage = Callable[..., Page]


@pytest.fixture
def watch(live_server: Any) -> Iterator[Watch]:
    """Fail the test at its end if one of its pages did what no page may do."""
    watch = Watch(live_server.url)
    yield watch
    assert watch.problems == []


@pytest.fixture
def open_page(new_context: Callable[..., BrowserContext], live_server: Any, watch: Watch) -> OpenPage:
    """Return a function that opens a watched page; give width, height, or whatever Playwright's new_context takes."""

    def open_page(*, width: int = DESKTOP["width"], height: int = DESKTOP["height"], **options: Any) -> Page:
        viewport = {"width": width, "height": height}
        context = new_context(
            base_url=live_server.url, viewport=viewport, reduced_motion="reduce", locale="en-GB", **options
        )
        context.set_default_timeout(PATIENCE)
        watch.follow(context)
        return context.new_page()

    return open_page


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """Return a desktop page."""
    return open_page()


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    """Return a phone's page."""
    return open_page(**PHONE, has_touch=True, is_mobile=True, device_scale_factor=2)


@pytest.fixture
def plain_page(open_page: OpenPage) -> Page:
    """Return a desktop page without JavaScript."""
    return open_page(java_script_enabled=False)


@pytest.fixture
def sign_in(live_server: Any) -> Callable[[Page, Any], Page]:
    """Return a function that signs a person in on a page, without the form."""
    from django.conf import settings
    from django.test import Client

    def sign_in(page: Page, user: Any) -> Page:
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        return page

    return sign_in


@pytest.fixture
def axe() -> Callable[..., list[str]]:
    """Return a function that gives what axe finds on the page as it is now (WCAG 2.2 AA), one line each."""

    def axe(page: Page, within: str = "html") -> list[str]:
        if not page.evaluate("typeof window.axe === 'object'"):
            page.evaluate(_AXE.read_text(encoding="utf-8"))
        found = page.evaluate(_AXE_RUN, [within, {"runOnly": {"type": "tag", "values": _AXE_RULES}, **_AXE_LEAN}])
        return [
            f"{rule['id']} ({rule['impact']}): {node['html'][:160]} - {node['failureSummary']}"
            for rule in found
            for node in rule["nodes"]
        ]

    return axe


@pytest.fixture
def axe_both(axe: Callable[..., list[str]]) -> Callable[..., list[str]]:
    """Return a function that gives what axe finds in light colours, and what it finds too faint in dark ones."""

    def both(page: Page, within: str = "html") -> list[str]:
        found = axe(page, within)
        page.emulate_media(color_scheme="dark")
        found += [f"dark: {line}" for line in contrast(page, within)]
        page.emulate_media(color_scheme="light")
        return found

    return both
