"""PDF files: one whole PDF and nothing else, that does nothing but show pages.

No reader of PDF is at work: a walk over the bytes leaves out comments, strings and streams, and looks at the names that
are left; streams are inflated within a budget, since objects may lie packed in them.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from applications.files.kinds import PDF, is_page, not_a, refusal

STREAMS_MOST, INFLATED_MOST = 20_000, 48 * 1024**2
_PACKED_MOST = 16 * 1024**2
_SPACE = b"\0\t\n\f\r "
_BEFORE_MOST = 1_024

_MARK = re.compile(rb"%[^\r\n]*+|\((?:[^()\\]++|\\.)*+\)|\(|\bstream *+\r?\n", re.DOTALL)
_PAREN = re.compile(rb"\\.|[()]", re.DOTALL)
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_NAME = re.compile(
    rb"/(JavaScript|JS|Launch|SubmitForm|ImportData|GoToE|RichMedia|EmbeddedFiles?|XFA|Encrypt)"
    rb"(?![^\0\t\n\f\r ()<>\[\]{}/%])"
)
# An action wherever it lies, also where the walk saw a string or a stream.
_ACTION = re.compile(rb"/S[\0\t\n\f\r ]*+/(JavaScript|Launch|SubmitForm|ImportData|GoToE)\b")
_PACKED = re.compile(rb"/ObjStm\b")
_FILTER = re.compile(rb"/Filter\s*+(?:\[\s*+)?/FlateDecode\s*+\]?\s*+(?=/|>>|$)")
_PREDICTOR = re.compile(rb"/Predictor\s*+(?!1\b)\d")
_IMAGE = re.compile(rb"/Subtype\s*+/Image\b")

_RUNS = "This PDF can run scripts or start programs when it is opened. Print it to a new PDF, and upload that."
_TOO_MUCH = "This PDF unpacks to far more than its size. Print it to a new PDF, and upload that."
_SENTENCES = {
    b"EmbeddedFile": "Other files are attached inside this PDF. Save it without attachments.",
    b"RichMedia": "There is a film or another player in this PDF. Print it to a new PDF, and upload that.",
    b"XFA": "This PDF is a form that runs programs. Print it to a new PDF, and upload that.",
    b"Encrypt": "This PDF is locked with a password or restrictions. Save it without them.",
}


@dataclass(frozen=True, slots=True)
class _Stream:
    described: bytes
    data: bytes


def judge_pdf(content: bytes) -> None:
    """Refuse what is no whole and quiet PDF."""
    _judge_ends(content)
    outside, streams = bytearray(), []
    for piece in _walk(content):
        if isinstance(piece, _Stream):
            streams.append(piece)
            if len(streams) > STREAMS_MOST:
                raise refusal("This PDF has more parts than can be checked. Print it to a new PDF, and upload that.")
        else:
            outside += piece
    _judge_names(_readable(bytes(outside)))
    _judge_actions(_readable(content))
    _judge_streams(streams)


def _judge_ends(content: bytes) -> None:
    if not content.startswith(b"%PDF-"):
        if b"%PDF-" in content[:_BEFORE_MOST] and not is_page(content):
            raise refusal("Something stands before the beginning of this PDF. Print it to a new PDF, and upload that.")
        raise not_a(PDF, content)
    body, end, rest = content.rpartition(b"%%EOF")
    if not end or b"startxref" not in body:
        raise refusal("This PDF is cut off: its end is missing. Download or export it again.")
    if rest.strip(_SPACE) or zipfile.is_zipfile(BytesIO(content)):
        raise refusal("Something is added to the end of this PDF, or hidden in it. Print it to a new PDF.")


def _walk(content: bytes) -> Iterator[bytes | _Stream]:
    """Yield the file in pieces: streams, and what stands between them without comments and strings."""
    position, since = 0, 0
    outside = bytearray()
    while found := _MARK.search(content, position):
        outside += content[position : found.start()]
        position = found.end()
        if found[0] == b"(":
            position = _end_of_string(content, found.start())
        elif found[0].startswith(b"stream"):
            end = content.find(b"endstream", position)
            if end < 0:
                raise _damaged()
            since = max(outside.rfind(b"obj"), 0)
            yield _Stream(_readable(bytes(outside[since:])), content[position:end])
            yield bytes(outside)
            outside.clear()
            position = end + len(b"endstream")
        else:
            outside += b" "
    yield bytes(outside + content[position:])


def _end_of_string(content: bytes, start: int) -> int:
    """Return where a string with brackets in it ends."""
    depth = 0
    for found in _PAREN.finditer(content, start):
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        if depth == 0:
            return found.end()
    raise _damaged()


def _readable(text: bytes) -> bytes:
    """Return names as they are meant: /J#61vaScript is /JavaScript."""
    return _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), text) if b"#" in text else text


def _judge_names(text: bytes) -> None:
    for found in _NAME.finditer(text):
        raise refusal(_SENTENCES.get(found[1].removesuffix(b"s"), _RUNS))


def _judge_actions(text: bytes) -> None:
    if _ACTION.search(text):
        raise refusal(_RUNS)


def _judge_streams(streams: list[_Stream]) -> None:
    """Look into what is packed; pictures, which hold no objects, are left as they are."""
    left = INFLATED_MOST
    for stream in streams:
        packed = bool(_PACKED.search(stream.described))
        if packed or (b"/FlateDecode" in stream.described and not _IMAGE.search(stream.described)):
            inflated = _inflated(stream, min(left, _PACKED_MOST), must=packed)
            left -= len(inflated)
            if left <= 0:
                raise refusal(_TOO_MUCH)
            text = _readable(inflated)
            _judge_actions(text)
            if packed:
                _judge_names(b"".join(piece for piece in _walk(text) if isinstance(piece, bytes)))


def _inflated(stream: _Stream, most: int, *, must: bool) -> bytes:
    """Return what is packed in a stream, at most so much; `must`: objects, which have to be readable to the end."""
    if b"/Filter" not in stream.described:
        return stream.data[:most]
    if must and (not _FILTER.search(stream.described) or _PREDICTOR.search(stream.described)):
        raise refusal("Parts of this PDF are packed in a way that cannot be checked. Print it to a new PDF.")
    unpacking = zlib.decompressobj()
    try:
        inflated = unpacking.decompress(stream.data.lstrip(b"\r\n"), most)
    except zlib.error:
        if must:
            raise _damaged() from None
        return b""
    if must and not unpacking.eof:
        raise refusal(_TOO_MUCH) if unpacking.unconsumed_tail else _damaged()
    return inflated


def _damaged() -> Exception:
    return refusal("This PDF is damaged, so it cannot be checked. Download or export it again.")
