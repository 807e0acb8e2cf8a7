"""A company's mark: two letters on one of six quiet colours, always the same for the same name."""

import zlib

TONES = 6
_SMALL_WORDS = {"the", "of", "and", "for", "de", "&"}


def initials(name: str) -> str:
    """Return one or two capital letters or digits: of the first two words that count, else of the first word."""
    words = [word for word in ("".join(c for c in part if c.isalnum()) for part in name.split()) if word]
    telling = [word for word in words if word.lower() not in _SMALL_WORDS] or words or ["?"]
    letters = telling[0][0] + telling[1][0] if len(telling) > 1 else telling[0][:2]
    return letters.upper()


def tone(name: str) -> str:
    """Return the colour class, m1 to m6; the same in every process, unlike hash()."""
    return f"m{zlib.crc32(name.casefold().encode()) % TONES + 1}"
