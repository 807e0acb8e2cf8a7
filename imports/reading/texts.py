"""The text behind bytes: which of the usual encodings a table is written in. Pure."""

import codecs
import re

from applications.files.kinds import is_page, looks_like
from imports.reading.table import UnreadableError

_UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_SEVERAL = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_LOOKED_AT = 4_096
_UNMARKED = 0.3
"""From so large a share of NUL on every other place a text is UTF-16 without its mark."""


def text_of(content: bytes) -> str:
    """Return the text in UTF-8 or UTF-16, with or without their marks, else in the Latin of Windows."""
    encoding = "utf-8"
    if content.startswith(codecs.BOM_UTF8):
        content = content[len(codecs.BOM_UTF8) :]
    elif marked := _UTF_16.get(content[:2]):
        content, encoding = content[2:], marked
    else:
        encoding = _unmarked(content[:_LOOKED_AT])
    _refuse_others(content, encoding)
    text = _decoded(content, encoding)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise UnreadableError(f"Line {line:,} holds an empty character (NUL). Save the table again, as CSV in UTF-8.")
    if _CONTROLS.search(text[:_LOOKED_AT].lstrip().partition("\n")[0]):
        raise UnreadableError("This is no text, but data of a program. Save the table as CSV or XLSX.")
    return text


def _unmarked(head: bytes) -> str:
    pairs = max(1, len(head) // 2)
    even, odd = head[::2].count(0) / pairs, head[1::2].count(0) / pairs
    if odd >= _UNMARKED > even:
        return "utf-16-le"
    return "utf-16-be" if even >= _UNMARKED > odd else "utf-8"


def _refuse_others(content: bytes, encoding: str) -> None:
    looks = looks_like(content) if encoding == "utf-8" else ""
    head = content[:_LOOKED_AT].decode(encoding, errors="replace").encode()
    looks = looks or ("a web page or a drawing" if is_page(head) else "")
    if looks:
        raise UnreadableError(f"This is {looks}, and no table. Save the table as CSV or XLSX.")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise UnreadableError("This text is cut off or damaged. Save the table again, as CSV in UTF-8.") from None
        if _SEVERAL.search(content):
            line = content.count(b"\n", 0, error.start) + 1
            said = f"Line {line:,} is written in another encoding than the others. Save the whole table as UTF-8."
            raise UnreadableError(said) from None
    return content.decode("cp1252", errors="replace") if _is_windows(content) else content.decode("latin-1")


def _is_windows(content: bytes) -> bool:
    """Say whether every byte stands for something in the Latin of Windows, which differs from Latin-1 in a few."""
    try:
        content.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return True
