"""The kinds of files that are taken, and how a file of another kind is called."""

import re
from dataclasses import dataclass

from tracker.lib.errors import DomainError

TAKEN = "PDF, Word (docx), PowerPoint (pptx), plain text or LaTeX"

_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind that is taken: what people call it, and the only media type that it is ever served as."""

    label: str
    media_type: str


class TooLargeError(DomainError):
    """A file over the limit; answered with 413."""


PDF = FileKind("a PDF", "application/pdf")
WORD = FileKind("a Word document", f"{_OFFICE}.wordprocessingml.document")
SLIDES = FileKind("a PowerPoint file", f"{_OFFICE}.presentationml.presentation")
TEXT = FileKind("plain text", "text/plain; charset=utf-8")

KINDS = {"pdf": PDF, "docx": WORD, "pptx": SLIDES, "txt": TEXT, "md": TEXT, "tex": TEXT}

_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype|html|head|body|script|svg)\b", re.IGNORECASE | re.DOTALL
)
_LOOKS = {
    b"%PDF-": "a PDF",
    b"MZ": "a program",
    b"\x7fELF": "a program",
    b"PK": "a zip archive or an Office file",
    b"\xd0\xcf\x11\xe0": "a file of an old Office program",
    b"{\\rtf": "an RTF file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
}
_HEAD = 2_000


def looks_like(content: bytes) -> str:
    """Return what the first bytes look like, in words; nothing when they say nothing."""
    if is_page(content):
        return "a web page or a drawing"
    return next((words for start, words in _LOOKS.items() if content.startswith(start)), "")


def is_page(content: bytes) -> bool:
    """Say whether a browser might take this for HTML or SVG."""
    return bool(_PAGE.match(content[:_HEAD].removeprefix(b"\xef\xbb\xbf")))


def not_a(kind: FileKind, content: bytes) -> DomainError:
    """Return the refusal of a file that is not what its name says."""
    looks = looks_like(content)
    ending = f"but it is {looks}" if looks and looks != kind.label else "but its content is something else"
    return refusal(f"The name says that this is {kind.label}, {ending}.")


def refusal(sentence: str) -> DomainError:
    """Return a refusal, to be shown at the field of the file."""
    return DomainError(sentence, field="file")
