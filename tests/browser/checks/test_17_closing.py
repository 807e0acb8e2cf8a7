"""Check 17: closing as Not this time is answered with one sentence, and the outcome is named nowhere it could hurt."""

import pytest
from playwright.sync_api import expect

from tests.factories import ApplicationFactory, CompanyFactory, RoundFactory, SupervisionFactory
from tracker.lib import clock

pytestmark = pytest.mark.django_db(transaction=True)

SENTENCES = {0: "Closed. Nothing else to do here.", 1: "Closed. You reached round 1, and your notes stay here."}
OUTCOME = ("not this time", "someone else", "no reply")
COLOURS = "one => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]"
TOKENS = """() => {
  const probe = document.body.appendChild(document.createElement("i"));
  const [text, tint, due] = ["closed", "closed-t", "due"].map((name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  });
  return {closed: [text, tint], due};
}"""


@pytest.mark.parametrize(
    ("width", "scheme", "scripts", "rounds"),
    [(1360, "light", True, 0), (390, "dark", False, 1)],
)
def test_closing_is_calm(open_page, ada, grace, season, sign_in, width, scheme, scripts, rounds):
    mine = ApplicationFactory(
        student=ada, company=CompanyFactory(name="Northlight Labs"), role="Graph Learning", stage="interviewing",
        stage_since=clock.today(ada), applied_on=clock.today(ada),
    )  # fmt: skip
    RoundFactory.create_batch(rounds, application=mine, status="done")
    SupervisionFactory(student=ada, supervisor=grace)
    page = sign_in(open_page(width=width, color_scheme=scheme, java_script_enabled=scripts), ada)
    page.goto(f"/applications/{mine.public_id}/close/")
    page.get_by_label("Not this time").check()
    page.get_by_role("button", name="Close application").click()
    expect(page.locator(".toast p")).to_have_text(SENTENCES[rounds])

    page.goto("/applications/board/")
    assert page.get_by_text("Graph Learning").count() == 0
    for path in ("/today/", "/window/", "/notifications/"):
        page.goto(path)
        assert named(page) == [], path
    page.goto(f"/applications/{mine.public_id}/stage/")
    assert page.locator("main .pill").evaluate(COLOURS) == page.evaluate(TOKENS)["closed"]
    page.goto(f"/applications/{mine.public_id}/")
    tokens = page.evaluate(TOKENS)
    assert page.locator(".closed-line").evaluate(COLOURS) == tokens["closed"]
    assert tokens["due"] not in page.locator("main *").evaluate_all(
        "all => all.map(one => getComputedStyle(one).color)"
    )

    sign_in(page, grace)
    for path in (
        "/supervision/", f"/supervision/{ada.public_id}/",
        f"/supervision/{ada.public_id}/applications/{mine.public_id}/",
    ):  # fmt: skip
        answer = page.goto(path)
        assert answer.status in {200, 404}
        assert named(page) == [], path


def named(page):
    """Return the words of an outcome that stand on the page."""
    said = page.locator("body").inner_text().lower()
    return [word for word in OUTCOME if word in said]
