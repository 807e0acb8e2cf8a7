"""What a page looks like to the tests: does it scroll sideways, what is too small to press, what is written inline."""

from html.parser import HTMLParser

from playwright.sync_api import Page

SIDEWAYS = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  const guilty = [...document.querySelectorAll('body *')].filter(e => {
    const box = e.getBoundingClientRect();
    if (!box.width || box.right <= wide + 1) return false;
    for (let up = e.parentElement; up; up = up.parentElement) {
      if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(up).overflowX)) return false;
    }
    return true;
  });
  return [`${document.documentElement.scrollWidth} px wide`, ...guilty.slice(0, 3).map(e => e.outerHTML.slice(0, 120))];
}"""

SMALL = """least => {
  const seen = e => e.checkVisibility({opacityProperty: true, visibilityProperty: true}) && !e.closest('.vh, .skip');
  const boxes = [...document.querySelectorAll(
    'button, select, textarea, summary, input:not([type=hidden]), [role=button], nav a, a.btn, a.iconbtn, a.chip'
  )].filter(seen).map(e => {
    const ticks = ['radio', 'checkbox'].includes(e.type);
    const label = ticks && (e.closest('label') || document.querySelector(`label[for="${e.id}"]`));
    const own = e.getBoundingClientRect();
    const box = label ? label.getBoundingClientRect() : own;
    return [e, Math.max(own.width, box.width), Math.max(own.height, box.height)];
  });
  return boxes.filter(([e, wide, high]) => wide && (wide < least || high < least))
    .map(([e, wide, high]) => `${Math.round(wide)} x ${Math.round(high)}: ${e.outerHTML.slice(0, 120)}`);
}"""


LOW = """least => [...document.querySelectorAll(
  'button, input:not([type=hidden]), select, textarea, summary, .btn, .bottom a'
)].filter(e => e.checkVisibility({opacityProperty: true, visibilityProperty: true}) && !e.closest('.vh, .skip, p'))
  .map(e => {
    const ticks = ['radio', 'checkbox'].includes(e.type);
    const label = ticks && (e.closest('label') || document.querySelector(`label[for="${e.id}"]`));
    const high = Math.max(e.getBoundingClientRect().height, label ? label.getBoundingClientRect().height : 0);
    return [e, high];
  })
  .filter(([e, high]) => high && high < least - 0.5)
  .map(([e, high]) => `${Math.round(high)}: ${e.outerHTML.slice(0, 120)}`)"""

SCROLLING = """() => [...document.querySelectorAll('body *')].filter(e => {
  if (e.scrollWidth <= e.clientWidth + 1 || !e.checkVisibility()
      || e.matches('input, textarea, select, .vh')) return false;
  return ['auto', 'scroll'].includes(getComputedStyle(e).overflowX);
}).filter(e => !(e.getAttribute('aria-label') || e.getAttribute('aria-labelledby'))
    || (e.tabIndex < 0 && !e.querySelector('a[href], button, [tabindex="0"]')))
  .map(e => e.outerHTML.slice(0, 120))"""


def sideways(page: Page) -> list[str]:
    """Return what makes the page scroll sideways; regions that scroll by themselves may."""
    found: list[str] = page.evaluate(SIDEWAYS)
    return found


def too_small(page: Page, least: int = 24) -> list[str]:
    """Return everything to press that is smaller than so many CSS pixels either way."""
    found: list[str] = page.evaluate(SMALL, least)
    return found


def too_low(page: Page, least: int = 40) -> list[str]:
    """Return every button, field and item of the bottom bar that is lower than a finger wants; not those in a text."""
    found: list[str] = page.evaluate(LOW, least)
    return found


def nameless_scrolling(page: Page) -> list[str]:
    """Return every region that scrolls sideways and has no name, or that the keyboard does not reach."""
    found: list[str] = page.evaluate(SCROLLING)
    return found


class _Inline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        self._script = tag == "script" and "src" not in names
        if tag == "style" or self._script:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name == "style" or name.startswith(("on", "hx-on")) or (value or "").strip().startswith("javascript:"):
                self.found.append(f"<{tag} {name}={value!r}>")


def written_inline(html: str) -> list[str]:
    """Return every style and script that is written into the page, which the content security policy would refuse."""
    reader = _Inline()
    reader.feed(html)
    return reader.found


CONTRAST = """within => axe.run(within, {
  runOnly: {type: 'rule', values: ['color-contrast']}, resultTypes: ['violations'], selectors: false, preload: false,
}).then(found => found.violations.flatMap(rule => rule.nodes.map(node => node.html.slice(0, 160))))"""


def contrast(page: Page, within: str = "html") -> list[str]:
    """Return what axe, loaded before, finds too faint in the colours as they are now."""
    found: list[str] = page.evaluate(CONTRAST, within)
    return found
