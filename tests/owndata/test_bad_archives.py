"""Archives that anybody may have made: refused with a sentence, and nothing changes."""

import io
import json
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Archive
from applications.models import Application, Desk
from owndata.archive import BadArchiveError, Limits, Reader
from tests.archives import upload, zipped
from tests.factories import ApplicationFactory

MANIFEST = {"manifest.json": {"format": "waymark", "version": 1}}
LIMITS = Limits(json_bytes=1 << 20, file_bytes=1 << 20, rows=100)


def event(**changed):
    row = {"id": "e1", "application": "a1", "kind": "note", "on": "2026-11-10", "is_shared": False, "by": "me"}
    row |= dict.fromkeys(("stage", "came_from", "outcome", "text"), "")
    return {**row, "recorded_at": "2026-11-10T09:00:00+00:00", **changed}


def locked():
    """A zip whose entries say that they are encrypted."""
    data = bytearray(zipped(MANIFEST))
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.index(mark) + place
        data[at : at + 2] = struct.pack("<H", 1)
    return bytes(data)


def damaged():
    data = bytearray(zipped({**MANIFEST, "data/desk.json": [{"id": str(n)} for n in range(500)]}))
    at = data.index(b"data/desk.json") + 20
    data[at : at + 30] = b"\xff" * 30
    return bytes(data)


def bomb():
    return zipped({**MANIFEST, "data/desk.json": b"[" + b" " * 30_000_000 + b"]"})


def crowd():
    return zipped({f"{n}.txt": b"" for n in range(1_001)})


def only(**tables):
    return zipped({**MANIFEST, **{f"data/{name}.json": rows for name, rows in tables.items()}})


BAD = {
    "empty": (b"", "no zip file"),
    "no zip": (b"%PDF-1.7", "no zip file"),
    "cut": (zipped(MANIFEST)[:-30], "no zip file"),
    "locked": (locked(), "locked by a password"),
    "damaged": (damaged(), "damaged"),
    "bomb": (bomb(), "unpacks to far more"),
    "crowd": (crowd(), "1,001 files"),
    "somebody else's": (zipped({"notes.txt": b"x"}), "has no manifest.json"),
    "another format": (zipped({"manifest.json": {"format": "huntr"}}), "not made by Waymark"),
    "another version": (zipped({"manifest.json": {"format": "waymark", "version": 2}}), "another version"),
    "no JSON": (zipped({**MANIFEST, "data/desk.json": b"[{"}), "no complete JSON"),
    "deep": (zipped({**MANIFEST, "data/desk.json": b"[" * 100_000}), "no complete JSON"),
    "no list": (only(desk={"id": "1"}), "no list of rows"),
    "no id": (only(documents=[{"name": "CV"}]), "documents, row 1"),
    "two desks": (only(today_marks=[{"id": "1"}]), "today_marks, row 1: key is missing"),
    "no application": (only(events=[event()]), "events, row 1: application is no row of this archive"),
    "no company": (only(applications=[{"id": "a1", "company": "Tidewater"}]), "applications, row 1: names something"),
    "a file that is not there": (
        only(
            documents=[{"id": "d1", "kind": "cv", "name": "CV", "created_at": "2026-11-10T09:00:00+00:00"}],
            document_versions=[
                {"id": "v1", "document": "d1", "number": 1, "file_name": "cv.pdf", "media_type": "x", "size": 1,
                 "sha256": "0", "note": "", "uploaded_at": "2026-11-10T09:00:00+00:00"}
            ],
        ),
        "documents/v1 is not in the archive",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_in_is_refused_with_a_sentence(newcomer, clock, brought, name):
    content, sentence = BAD[name]
    Desk.objects.create(student=newcomer, thesis="Mine")
    became = brought(newcomer, content)
    assert sentence in became.problem
    assert (became.problem[-1], became.stored_as) == (".", "")
    assert (Application.objects.count(), Desk.objects.get(student=newcomer).thesis) == (0, "Mine")


def test_an_account_that_is_not_empty_takes_no_archive(ada, clock, client_of):
    ApplicationFactory(student=ada)
    answer = client_of(ada).post("/settings/data/bring/", {"file": upload(zipped(MANIFEST))})
    assert (answer.status_code, "has applications, people or documents already" in answer.text) == (422, True)
    assert Archive.objects.count() == 0


@given(st.binary(max_size=400) | st.binary(max_size=60).map(lambda data: zipped({"manifest.json": data})))
def test_no_bytes_do_more_than_be_refused(content):
    with pytest.raises(BadArchiveError) as error:
        Reader(io.BytesIO(content), LIMITS)
    assert str(error.value).endswith(".")


def test_no_more_is_unpacked_than_is_allowed():
    small = Reader(io.BytesIO(zipped({**MANIFEST, "data/desk.json": [{}] * 101})), LIMITS)
    with pytest.raises(BadArchiveError, match="more than 100 rows"):
        small.rows("data/desk.json")
    large = io.BytesIO()
    with zipfile.ZipFile(large, "w") as archive:
        archive.writestr("manifest.json", json.dumps(MANIFEST["manifest.json"]))
        archive.writestr("data/desk.json", b"[" + b"1, " * 400_000 + b"1]")
    with pytest.raises(BadArchiveError, match="larger than an import takes"):
        Reader(large, LIMITS).rows("data/desk.json")
