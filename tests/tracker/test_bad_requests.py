"""Requests that no browser of ours sends: each is answered with a sentence and a 4xx, or as if it were well meant."""

import pytest

from tests.factories import ApplicationFactory

HTMX = {"HX-Request": "true"}
ELSEWHERE = (
    "word", "x.y", "//evil.example/", "https:evil.example", "/\\evil.example", "javascript:alert(1)", "/a\r\nX-Evil: 1",
    "/a\0", "/\u202egro", "http://testserver/today/",
)  # fmt: skip
NOT_TEXT = ("hex", "rot13", "zip", "idna", "undefined", "unicode_escape", "raw_unicode_escape", "utf-16", "latin-1")


@pytest.mark.parametrize("wanted", ELSEWHERE)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_way_on_that_is_no_path_of_ours_is_not_taken(wanted, headers, ada, client_of, season):
    application = ApplicationFactory(student=ada)
    here = f"/applications/{application.public_id}/"
    answer = client_of(ada).post(f"{here}stage/", {"stage": "applied", "next": wanted}, headers=headers)
    assert (answer.status_code, answer.headers.get("Location", answer.headers.get("HX-Redirect"))) == (
        204 if headers else 302,
        here,
    )


@pytest.mark.parametrize("encoding", NOT_TEXT)
def test_a_form_in_another_encoding_than_utf_8_is_refused(encoding, ada, client_of):
    application = ApplicationFactory(student=ada)
    body = b'--B\r\nContent-Disposition: form-data; name="lines"\r\n\r\nPython \\ud800\r\n--B--\r\n'
    kind = f"multipart/form-data; boundary=B; charset={encoding}"
    url = f"/applications/{application.public_id}/requirements/"
    assert client_of(ada).generic("POST", url, body, content_type=kind).status_code == 400
    assert not application.requirements.exists()
