"""What is refused, measured: a sentence and 4xx, within three seconds and 100 MiB, and nothing is kept."""

import contextlib
import re
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from applications.files import KINDS, judge
from applications.models import Document, DocumentVersion
from tests.files import GOOD, bad_files
from tests.words import said
from tracker.lib.errors import DomainError

BAD = bad_files()
_MOST = 5 * 1024**2


def form(name, content, **more):
    """Return a body as a browser sends it, byte for byte: the test client would clean the name."""
    boundary = b"waymark-boundary"
    fields = {"kind": "cv", "name": "CV", "note": "", **more}
    parts = [
        b'--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (boundary, key.encode(), value.encode())
        for key, value in fields.items()
    ]
    called = f'filename="{name}"' if name.isprintable() else f"filename*=UTF-8''{quote(name)}"
    head = b'--%s\r\nContent-Disposition: form-data; name="file"; %s\r\n' % (boundary, called.encode())
    body = b"".join(parts) + head + b"Content-Type: application/pdf\r\n\r\n" + content + b"\r\n--%s--\r\n" % boundary
    return {"data": body, "content_type": f"multipart/form-data; boundary={boundary.decode()}"}


def memory():
    """Return the most megabytes that this process held since it was last asked."""
    status = Path("/proc/self/status")
    if not status.exists():  # only Linux tells
        return 0
    most = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
    Path("/proc/self/clear_refs").write_text("5")
    return int(most[1]) // 1024


def stored():
    return sorted(path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def test_there_are_at_least_thirty():
    assert len(BAD) >= 30


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_is_refused_with_a_sentence(what, ada, client_of, media):
    name, content, sentence = BAD[what]
    client = client_of(ada)
    before, began = memory(), time.process_time()
    response = client.post("/documents/new/", **form(name, content))
    took, grown = time.process_time() - began, memory() - before
    assert response.status_code == (413 if "larger" in sentence else 422)
    assert sentence in said(response)
    assert (Document.objects.count(), DocumentVersion.objects.count(), stored()) == (0, 0, [])
    assert took <= 3
    assert grown <= 100


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_comes_back_byte_for_byte(name, ada, client_of, media):
    client = client_of(ada)
    assert client.post("/documents/new/", **form(name, GOOD[name])).status_code == 302
    version = DocumentVersion.objects.get()
    answer = client.get(f"/versions/{version.public_id}/file/")
    assert (answer.content, version.file_name) == (GOOD[name], name)
    assert answer.headers["Content-Type"] == KINDS[name.rpartition(".")[2]].media_type
    assert stored() == [version.stored_as.removeprefix("documents/")]


def test_a_body_of_100_megabytes_is_refused_before_it_is_read(ada, client_of):
    class Unread:
        def read(self, *_):
            raise AssertionError("read")

        readline = read

    response = client_of(ada).generic(
        "POST", "/documents/new/", CONTENT_LENGTH=str(100 * 1024**2), **{"wsgi.input": Unread()}
    )
    assert (response.status_code, "A file may have up to 5 MB" in said(response)) == (413, True)


def test_every_refusal_has_a_sentence_of_its_own():
    sentences = {}
    for what, (name, content, _part) in BAD.items():
        with pytest.raises(DomainError) as refused:
            judge(name.replace("/", "\ufffd").replace("\\", "\ufffd"), content, most=_MOST)
        sentences.setdefault(refused.value.sentence, []).append(what)
    assert len(sentences) >= 30


PUT = st.binary(max_size=12) | st.sampled_from([b"PK\5\6", b"(", b"<<", b"stream\n", b"%%EOF", b"/JS"])
SPOILED = ("cv.pdf", "linked.pdf", "cv.docx", "talk.pptx", "statement.txt")


@given(
    name=st.sampled_from(SPOILED),
    cuts=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), PUT), min_size=1, max_size=6),
)
@example(name="cv.docx", cuts=[(1.0, 0, b"x")])
@hypothesis_settings(max_examples=400, deadline=3_000, suppress_health_check=[HealthCheck.too_slow])
def test_a_spoiled_file_is_taken_or_refused_and_nothing_else(name, cuts):
    content = bytearray(GOOD[name])
    for where, length, put in cuts:
        at = int(where * len(content))
        content[at : at + length] = put
    with contextlib.suppress(DomainError):
        assert judge(name, bytes(content), most=_MOST)[0] == name


@given(name=st.text(max_size=200))
@hypothesis_settings(max_examples=200)
def test_any_name_is_taken_as_it_is_or_refused(name):
    try:
        kept, _kind = judge(name + ".txt", b"text", most=_MOST)
    except DomainError:
        return
    assert len(kept) <= 120
    assert kept.isprintable()
    assert not set(kept) & set("/\\")
    assert not kept.startswith(("-", "."))
