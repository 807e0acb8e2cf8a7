"""An import of Ada's, taken as far as a test wants it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from imports.models import Import
from tests.html_forms import Reader
from tests.imports.sheets import HEAD, as_csv


@pytest.fixture
def client(ada, season, clock, client_of):
    return client_of(ada)


@pytest.fixture
def upload(client):
    """Return a function that uploads a table, and returns the import, or the refusal."""

    def upload(rows, head=HEAD, *, name="applications.csv", content=None, expect=302):
        content = as_csv(rows, head) if content is None else content
        answer = client.post("/import/", {"file": SimpleUploadedFile(name, content)})
        assert answer.status_code == expect, answer.content.decode()[:3_000]
        return Import.objects.order_by("-pk").first() if expect == 302 else answer

    return upload


def _name(given):
    """column_2 is what Python allows for column-2."""
    return given.replace("_", "-") if given[-1].isdigit() else given


@pytest.fixture
def match(client):
    """Return a function that sends the matching page as it stands, with some answers changed."""

    def match(file, *, expect=302, **answers):
        address = f"/import/{file.public_id}/map/"
        page = Reader(client.get(address).content.decode(), address)
        form = next(form for form in page.forms if any(one.name == "words_of" for one in form.fields))
        sent = form.hidden() | form.chosen() | {_name(name): value for name, value in answers.items()}
        sent["words_of"] = form.hidden()["words_of"]
        answer = client.post(address, sent)
        assert answer.status_code == expect, answer.content.decode()[:5_000]
        file.refresh_from_db()
        return answer

    return match


@pytest.fixture
def run(client):
    """Return a function that adds what is planned."""

    def run(file):
        answer = client.post(f"/import/{file.public_id}/run/")
        assert answer.status_code == 302
        file.refresh_from_db()
        return answer

    return run
