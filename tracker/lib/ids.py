"""Random public ids: what stands in URLs instead of a counter."""

import os

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 12

# What each random byte stands for. The last eight would make the first letters likelier than others: they are left out.
_FAIR = 256 - 256 % len(ALPHABET)
_LETTERS = bytes(ord(ALPHABET[byte % len(ALPHABET)]) for byte in range(256))
_UNFAIR = bytes(range(_FAIR, 256))


def new_public_ids(count: int) -> list[str]:
    """Return so many of them: an import asks the kernel once for all that it needs."""
    letters = b""
    while len(letters) < count * LENGTH:
        letters += os.urandom(2 * count * LENGTH).translate(_LETTERS, _UNFAIR)
    return [letters[n : n + LENGTH].decode() for n in range(0, count * LENGTH, LENGTH)]


def new_public_id() -> str:
    """Return 12 letters and digits (about 59 bits), without look-alikes such as 0 and o."""
    letters = b""
    while len(letters) < LENGTH:  # an import makes ids by the ten thousand: mostly one call is enough
        letters += os.urandom(2 * LENGTH).translate(_LETTERS, _UNFAIR)
    return letters[:LENGTH].decode()


def read_public_id(text: str) -> str:
    """Return a text that may be a public id, and nothing for any other: the database refuses some, such as a NUL."""
    return text if text.isascii() and text.isalnum() else ""
