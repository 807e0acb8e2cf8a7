"""Check 10: what has the focus is seen, and seen to have it, while somebody goes through a page with the Tab key."""

import pytest
from playwright.sync_api import Page

from applications.models import Application

pytestmark = pytest.mark.django_db(transaction=True)

MOST = 60
"""So many stops of each page are looked at: all kinds of controls are among them."""
FOCUS = """async () => {
  await new Promise(requestAnimationFrame);
  const e = document.activeElement;
  if (!e || e === document.body) return 'end';
  const label = e.closest('label') ?? (e.id ? document.querySelector(`label[for="${CSS.escape(e.id)}"]`) : null);
  const outlined = style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const ring = [e, label].some(one => one && outlined(getComputedStyle(one)))
    || outlined(getComputedStyle(e, '::after'))
    || parseFloat(getComputedStyle(e.querySelector('rect') ?? e).strokeWidth) >= 2;
  const found = ring ? [] : [`no ring: ${e.outerHTML.slice(0, 110)}`];
  const shown = e.matches('.vh') ? label : e;
  const box = [...shown.getClientRects()].find(one => one.width && one.height) ?? shown.getBoundingClientRect();
  const [left, top] = [Math.max(box.left, 0), Math.max(box.top, 0)];
  const [wide, high] = [Math.min(box.right, innerWidth) - left, Math.min(box.bottom, innerHeight) - top];
  const seen = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.2], [0.1, 0.8], [0.9, 0.8]].some(([x, y]) => {
    const there = document.elementFromPoint(left + wide * x, top + high * y);
    return there && (e.contains(there) || label?.contains(there) || there.matches('.tk'));
  });
  if (!seen) found.push(`hidden at ${Math.round(box.left)}, ${Math.round(box.top)}: ${e.outerHTML.slice(0, 110)}`);
  return found;
}"""


def tab_through(page: Page) -> list[str]:
    """Press Tab from the top to the end; return each stop that is covered, out of sight or without a ring."""
    found: list[str] = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        said = page.evaluate(FOCUS)
        if said == "end":
            break
        found += said
    return found


@pytest.mark.parametrize(("width", "scheme"), [(1360, "light"), (390, "dark")])
def test_what_has_the_focus_is_seen(demo, open_page, sign_in, person, width, scheme):
    page = sign_in(open_page(width=width, height=700, color_scheme=scheme), person("ada"))
    one = Application.objects.filter(student=person("ada"), stage="interviewing").order_by("pk").first()
    found = []
    for path in (
        "/today/",
        "/applications/board/",
        "/applications/",
        f"/applications/{one.public_id}/",
        "/window/",
        "/offers/",
    ):
        page.goto(path)
        found += [f"{path}: {line}" for line in tab_through(page)]
    assert found == [], "\n".join(found)
