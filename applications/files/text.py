"""Plain text: UTF-8 without control characters, and nothing that a browser would take for a page."""

import re

from applications.files.kinds import TEXT, is_page, looks_like, not_a, refusal

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def judge_text(content: bytes) -> None:
    """Refuse what is no plain text in UTF-8."""
    if content.startswith(_UTF_16):
        raise refusal("This text is saved as UTF-16. Save it as UTF-8, which every editor offers.")
    if is_page(content) or (looks_like(content) and _CONTROLS.search(content)):
        raise not_a(TEXT, content)
    if b"\0" in content:
        raise refusal("There are empty characters (NUL) in this text. Save it as plain text in UTF-8.")
    if _CONTROLS.search(content):
        raise refusal("There are control characters in this text. Save it as plain text in UTF-8.")
    try:
        content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise refusal(f"Line {line} is not in UTF-8. Save the whole text as UTF-8.") from None
