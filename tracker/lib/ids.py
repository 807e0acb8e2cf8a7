"""Random public ids: what stands in URLs instead of a counter."""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 12


def new_public_id() -> str:
    """Return 12 letters and digits (about 59 bits), without look-alikes such as 0 and o."""
    number = secrets.randbelow(len(ALPHABET) ** LENGTH)  # one call: an import makes ids by the ten thousand
    letters = []
    for _ in range(LENGTH):
        number, letter = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(letters)


def read_public_id(text: str) -> str:
    """Return a text that may be a public id, and nothing for any other: the database refuses some, such as a NUL."""
    return text if text.isascii() and text.isalnum() else ""
