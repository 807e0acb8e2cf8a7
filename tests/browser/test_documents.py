"""Documents in a browser: uploading, downloading and noting where a version went, with and without JavaScript."""

import pytest

from tests.browser.looking import sideways, too_small
from tests.factories import ApplicationFactory, CompanyFactory, UserFactory
from tests.files import HTML, pdf

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def application(transactional_db, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    ada = UserFactory(email="ada@waymark.example", name="Ada Whitlock")
    return ApplicationFactory(student=ada, company=CompanyFactory(name="Tidewater"), stage="preparing", role="Speech")


def chosen(page, content, name="cv.pdf"):
    page.get_by_label("File").set_input_files({"name": name, "mimeType": "application/pdf", "buffer": content})


@pytest.mark.parametrize("script", [True, False])
def test_a_cv_is_uploaded_from_an_application_taken_off_and_put_back(script, open_page, sign_in, application):
    page = sign_in(open_page(java_script_enabled=script), application.student)
    here = f"/applications/{application.public_id}/"
    page.goto(here)
    page.get_by_role("link", name="Upload").click()
    chosen(page, pdf())
    page.get_by_label("Name").fill("CV")
    page.get_by_role("button", name="Upload").click()
    page.wait_for_url(f"**{here}#documents")
    section = page.get_by_role("region", name="Documents")
    section.get_by_role("button", name="Take CV, version 1, off").click()
    page.locator(".toast").get_by_text("CV is taken off Tidewater.").wait_for()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("Undone").first.wait_for()
    page.goto(here)
    section.get_by_role("link", name="CV, version 1").click()
    page.get_by_role("link", name="Tidewater").wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download version 1").click()
    assert download.value.suggested_filename == "cv.pdf"
    assert download.value.path().read_bytes() == pdf()


def test_a_page_that_calls_itself_pdf_is_refused_at_the_field(page, sign_in, application, axe):
    sign_in(page, application.student).goto("/documents/new/")
    chosen(page, HTML)
    page.get_by_role("button", name="Upload").click()
    page.get_by_role("link", name="The name says that this is a PDF, but it is a web page").click()
    assert page.evaluate("document.activeElement.name") == "file"
    assert axe(page) == []


def test_the_pages_are_clean_on_a_phone(open_page, sign_in, application, axe):
    page = sign_in(open_page(width=320, color_scheme="dark"), application.student)
    page.goto(f"/documents/new/?application={application.public_id}")
    chosen(page, pdf())
    page.get_by_role("button", name="Upload").click()
    page.wait_for_url("**/applications/*/#documents")
    page.goto("/documents/")
    assert (axe(page), sideways(page), too_small(page)) == ([], [], [])
    page.get_by_role("link", name="cv", exact=True).click()
    page.get_by_role("heading", name="Version 1").wait_for()
    assert (axe(page), sideways(page), too_small(page)) == ([], [], [])
