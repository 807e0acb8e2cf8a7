"""Files on disk, and what stands before every form that takes one."""

import stat

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import SimpleUploadedFile

from tracker.lib.filenames import MARK, marked
from tracker.lib.storage import WholeFileStorage


@pytest.fixture
def storage(tmp_path):
    return WholeFileStorage(location=tmp_path)


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_file_is_there_whole_and_for_us_alone(storage, tmp_path):
    assert storage.save("documents/a", ContentFile(b"text")) == "documents/a"
    path = tmp_path / "documents" / "a"
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"text", 0o600)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_who_is_interrupted_leaves_nothing(storage, tmp_path):
    class Broken(File):
        def chunks(self, chunk_size=None):
            yield b"half"
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        storage.save("documents/a", Broken(None, "a"))
    assert files(tmp_path) == []


def test_a_file_has_no_address(storage):
    with pytest.raises(ValueError, match="a view serves it"):
        storage.url("documents/a")


@pytest.mark.parametrize("name", ["../../a", "/etc/passwd", "documents/../../a"])
def test_no_name_leads_out_of_the_folder(storage, tmp_path, name):
    with pytest.raises(SuspiciousFileOperation):
        storage.save(name, ContentFile(b"x"))
    assert files(tmp_path) == []


@pytest.mark.parametrize(("sent", "shown"), [
    ("cv.pdf", "cv.pdf"),
    ("Lebenslauf Ä.pdf", "Lebenslauf Ä.pdf"),
    ("../cv.pdf", f"..{MARK}cv.pdf"),
    ("c:\\cv.pdf", f"c:{MARK}cv.pdf"),
    ("cv&#x202e;.pdf", f"cv{MARK}.pdf"),
    ("cv\r\n.pdf", f"cv{MARK}{MARK}.pdf"),
])  # fmt: skip
def test_what_hides_in_a_name_is_made_to_show(sent, shown):
    assert marked(sent) == shown


def test_a_body_without_a_boundary_is_answered_with_400(ada, client_of):
    response = client_of(ada).generic("POST", "/documents/new/", b"x", content_type="multipart/form-data")
    assert response.status_code == 400


def test_more_files_than_any_form_has_are_answered_with_400(ada, client_of):
    many = {f"file{n}": SimpleUploadedFile("a.txt", b"x") for n in range(6)}
    assert client_of(ada).post("/documents/new/", many).status_code == 400


@pytest.mark.parametrize("length", ["", "-1", "many", "1" * 40])
def test_an_odd_length_is_an_answer_of_4xx(length, ada, client_of):
    response = client_of(ada).generic("POST", "/documents/new/", b"", CONTENT_LENGTH=length)
    assert response.status_code in {400, 413, 422}


def test_whoever_is_not_signed_in_is_told_too(client, db):
    response = client.generic("POST", "/accounts/login/", b"", CONTENT_LENGTH=str(10**9))
    assert (response.status_code, "larger than this site takes" in response.text) == (413, True)
