"""What entries of BibTeX say of their subject: titles, abstracts and keywords, whatever stands around them. Pure."""

import re

_FIELD = re.compile(r"\b(title|booktitle|abstract|keywords?)\s*=\s*", re.IGNORECASE)
_MOST = 200_000
_COMMAND = re.compile(r"\\[a-zA-Z]+\s*|\\.|[{}$~]")
_SKIPPED = "booktitle"


def subjects(text: str) -> list[str]:
    """Return the values of title, abstract and keywords, in order; one that never ends ends with the text.

    Titles of proceedings are left out: they say the same of every paper. The time grows with the text, not faster.
    """
    text = text[:_MOST]
    found, after = [], 0
    for match in _FIELD.finditer(text):
        if match.start() < after:
            continue
        value, after = _value(text, match.end())
        if match[1].casefold() != _SKIPPED and value:
            found.append(" ".join(_COMMAND.sub(" ", value).split()))
    return found


def _value(text: str, start: int) -> tuple[str, int]:
    """Return what stands in braces or quotes from here, and where it ends."""
    if start >= len(text) or text[start] not in '{"':
        end = text.find(",", start)
        end = len(text) if end < 0 else end
        return text[start:end], end
    depth = 0
    for place in range(start, len(text)):
        letter = text[place]
        if letter == "{":
            depth += 1
        elif letter == "}":
            depth -= 1
        ends = depth == 0 and letter == ("}" if text[start] == "{" else '"') and place > start
        if ends and text[place - 1] != "\\":
            return text[start + 1 : place], place + 1
    return text[start + 1 :], len(text)
