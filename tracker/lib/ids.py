"""Random public ids: what stands in URLs instead of a counter."""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 12


def new_public_id() -> str:
    """Return 12 letters and digits (about 59 bits), without look-alikes such as 0 and o."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
