"""Checks 15 and 8 in a browser: a refused form has the focus on its summary, whose links lead into the fields.

What a refusal says is checked for every form there is in tests/test_refused_forms.py; here each kind of page is.
"""

import pytest
from playwright.sync_api import expect

from applications.models import Application, InterviewRound
from tests.browser.looking import contrast, sideways

pytestmark = pytest.mark.django_db(transaction=True)

EMPTY = """form => {
  for (const one of form.elements) {
    if (['radio', 'checkbox'].includes(one.type)) one.checked = false;
    else if (one.matches('textarea, input:not([type=hidden])')) one.value = '';
  }
  form.noValidate = true;
}"""
FULL = """form => {
  for (const one of form.elements) {
    one.removeAttribute('maxlength');
    const typed = 'textarea, input:not([type]), [type=text], [type=url], [type=email]';
    if (one.matches(typed)) one.value = 'x'.repeat(10001);
    if (one.type === 'number') one.value = '999999999';
  }
  form.noValidate = true;
}"""
FOLLOWED = """() => [...document.querySelectorAll('.error-summary a')].filter(link => {
  link.click();
  return '#' + document.activeElement.id !== link.hash;
}).map(link => link.outerHTML)"""


def refused(page, fill) -> list[str]:
    """Send the form of the page as it is filled in; return what is wrong with the answer."""
    form = page.locator("main form[method=post]").filter(has=page.locator("input:not([type=hidden]), textarea")).first
    form.evaluate(fill)
    with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        form.evaluate("form => form.requestSubmit(form.querySelector('button:not([type=button], [name])'))")
    page.wait_for_load_state("load")
    if answered.value.status != 422:
        page.wait_for_load_state("networkidle")
        return [] if fill == EMPTY and answered.value.status in {302, 204} else [f"{answered.value.status}"]
    expect(page.locator(".error-summary")).to_be_focused()
    return page.evaluate(FOLLOWED)


def test_a_refused_form_has_the_focus_and_leads_into_its_fields(demo, open_page, sign_in, person, axe):
    ada = person("ada")
    page = sign_in(open_page(), ada)
    one = Application.objects.filter(student=ada, stage="interviewing").order_by("pk").first()
    interview = InterviewRound.objects.filter(application=one).order_by("pk").first()
    here = f"/applications/{one.public_id}/"
    paths = [
        "/add/", f"{here}edit/", f"{here}close/", f"{here}rounds/new/", f"{here}teams/new/", f"{here}events/new/",
        f"{here}edit/facts/", f"/rounds/{interview.public_id}/prep/", "/window/plan/", "/window/steps/new/",
        "/documents/new/", "/settings/profile/", "/welcome/1/",
    ]  # fmt: skip
    found = []
    for path in paths:
        for fill in (EMPTY, FULL):
            page.goto(path)
            found += [f"{path}: {line}" for line in refused(page, fill)]
        found += [f"{path}: {line}" for line in axe(page)]
        page.emulate_media(color_scheme="dark")
        found += [f"{path} dark: {line}" for line in [*contrast(page), *sideways(page)]]
        page.emulate_media(color_scheme="light")
    assert found == [], "\n".join(found)
