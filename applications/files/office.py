"""Office files (docx, pptx): zip archives of XML, read within limits, that load nothing and hold no macros."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import NoReturn
from xml.parsers import expat

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as SafeTree

from applications.files.kinds import SLIDES, WORD, FileKind, looks_like, not_a, refusal
from applications.files.names import ending_of

ENTRIES_MOST, UNPACKED_MOST, RATIO_MOST = 1_000, 50 * 1024**2, 100
_PART_MOST, _RELATIONS_MOST = 16 * 1024**2, 1024**2
_DIRECTORY_MOST = ENTRIES_MOST * 512
_END = struct.Struct("<4s4H2LH")
_CHUNK = 65_536
_LOCKED = 1
_PLAIN = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}

_XML = {"xml", "rels", "vml", "svg"}
_MEDIA = set("png jpg jpeg jfif gif bmp tif tiff emf wmf emz wmz wdp ttf otf odttf fntdata bin".split())
_INSIDE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"MZ", b"\x7fELF", b"Rar!", b"7z\xbc\xaf", b"%PDF-")
_MAIN = {
    WORD.media_type + ".main+xml": WORD,
    SLIDES.media_type + ".main+xml": SLIDES,
    SLIDES.media_type.replace("presentation.presentation", "presentation.slideshow") + ".main+xml": SLIDES,
}
_LINKS = ("http://", "https://", "mailto:", "tel:", "#")

_TOO_MUCH = "This file unpacks to far more than its size. Save it as {}, and upload that."
_BROKEN = "This file is damaged. Save it again, or as {}."
_LOADS = "This file loads something from elsewhere when it is opened, such as a template or a picture. Save it as PDF."
_MACROS = "There are macros in this file. Save it without macros, or as PDF."
_ERRORS = (
    zipfile.BadZipFile, zlib.error, struct.error, ValueError, EOFError, RuntimeError, OSError,
    OverflowError,
)  # fmt: skip


def judge_office(content: bytes, kind: FileKind) -> None:
    """Refuse what is no whole document of this kind, and what loads or runs something."""
    if not content.startswith(b"PK\x03\x04"):
        raise not_a(kind, content)
    judge_directory(content)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            judge_entries(archive.infolist())
            _judge_types(_read(archive, "[Content_Types].xml"), kind)
            for info in archive.infolist():
                _judge_part(archive, info)
    except (expat.ExpatError, SafeTree.ParseError, *_ERRORS):
        raise refusal(_BROKEN.format("PDF")) from None


def judge_directory(content: bytes, *, other: str = "PDF") -> None:
    """Look at the end of the archive before anything reads it: what a file of 5 MB can claim costs memory.

    other: as what the person had better save it.
    """
    at = len(content) - _END.size
    if at < 0 or content[at : at + 4] != b"PK\x05\x06":
        raise refusal(f"This file is cut off, or something was added to its end. Save it again, or as {other}.")
    _, _, _, _, entries, size, start, _ = _END.unpack(content[at:])
    if entries > ENTRIES_MOST or size > _DIRECTORY_MOST:
        raise refusal(f"This file is an archive of thousands of parts. Save it as {other}, and upload that.")
    if start + size != at:
        raise refusal(f"Something is hidden in this file beside its parts. Save it again, or as {other}.")


def judge_entries(infos: list[zipfile.ZipInfo], *, other: str = "PDF") -> None:
    """Refuse an archive by the list of its parts: odd names, locks, and what unpacks to too much."""
    names = [info.filename for info in infos]
    if len(infos) > ENTRIES_MOST or len({name.casefold() for name in names}) != len(names):
        raise refusal(_BROKEN.format(other))
    if any(info.flag_bits & _LOCKED for info in infos):
        raise refusal("This file is locked with a password. Save it without one.")
    if any(info.compress_type not in _PLAIN for info in infos):
        raise refusal(_BROKEN.format(other))
    if any(name.startswith("/") or "\\" in name or ".." in name.split("/") for name in names):
        raise refusal(f"A part of this file names a place outside of it. Save it again, or as {other}.")
    unpacked, packed = sum(info.file_size for info in infos), sum(info.compress_size for info in infos)
    if unpacked > UNPACKED_MOST or unpacked > RATIO_MOST * max(packed, 1):
        raise refusal(_TOO_MUCH.format(other))


def _judge_types(types: bytes, kind: FileKind) -> None:
    if b"macroenabled" in types.lower():
        raise refusal(_MACROS)
    declared = {element.get("ContentType", "") for element in _elements(types)}
    found = {_MAIN[name] for name in declared & _MAIN.keys()}
    if found != {kind}:
        raise refusal(f"The name says that this is {kind.label}, but the parts in it are those of something else.")


def _judge_part(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    """Read one part to its end, which also checks its sum."""
    name, ending = info.filename.casefold(), ending_of(info.filename)
    if info.is_dir():
        return
    if "vbaproject" in name or "vbadata" in name or "activex" in name:
        raise refusal(_MACROS)
    if ending not in _XML | _MEDIA:
        raise refusal("There is another file inside this one, such as a table or an archive. Save it as PDF.")
    if ending in _XML:
        part = _read(archive, info.filename)
        _judge_xml(part)
        if ending == "rels":
            _judge_relations(part)
        return
    first = next(_chunks(archive, info.filename), b"")
    if first.startswith(_INSIDE) or looks_like(first) == "a web page or a drawing":
        raise refusal("There is another file inside this one, such as a table or a program. Save it as PDF.")


def _chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as part:
        while chunk := part.read(_CHUNK):
            yield chunk


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return one part; never more than it may hold, whatever the archive says of it."""
    try:
        info = archive.getinfo(name)
    except KeyError:
        raise refusal("This is a zip archive, but no Office document.") from None
    most = _RELATIONS_MOST if ending_of(name) == "rels" or name.startswith("[") else _PART_MOST
    if info.file_size > most:
        raise refusal(_TOO_MUCH.format("PDF"))
    return b"".join(_chunks(archive, name))


def _judge_xml(part: bytes) -> None:
    """Refuse definitions of entities: those of a billion laughs as well as those that read other files."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_definitions
    parser.Parse(part, True)  # noqa: FBT003 - expat takes no keywords


def _refuse_definitions(*_: object) -> NoReturn:
    raise refusal("There are definitions of entities (a DTD) in this file. Save it as PDF, and upload that.")


def _judge_relations(part: bytes) -> None:
    """Let a document point to pages that people click, and to nothing that is loaded when it opens."""
    for relation in _elements(part):
        if relation.get("TargetMode", "").casefold() == "external":
            target = relation.get("Target", "").strip().casefold()
            if not relation.get("Type", "").endswith("/hyperlink") or not target.startswith(_LINKS):
                raise refusal(_LOADS)


def _elements(part: bytes) -> list[dict[str, str]]:
    """Return the attributes of each element below the root."""
    try:
        return [element.attrib for element in SafeTree.fromstring(part, forbid_dtd=True)]
    except DefusedXmlException:
        _refuse_definitions()
