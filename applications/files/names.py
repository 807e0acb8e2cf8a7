"""Names of files as people send them: kept as text, never as a path; odd ones are refused."""

import unicodedata

from applications.files.kinds import refusal
from tracker.lib.filenames import MARK

LONGEST = 120

_KEPT_BY_WINDOWS = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(10))}


def usable_name(name: str) -> str:
    """Return the name to keep, or refuse it with a sentence that says what to change."""
    name = unicodedata.normalize("NFC", name).strip()
    if any(letter in "/\\" or letter == MARK or not letter.isprintable() for letter in name):
        raise refusal("The file name holds a path or hidden characters. Rename the file, then upload it again.")
    if len(name) > LONGEST:
        raise refusal(f"The file name is longer than {LONGEST} characters. Give it a shorter one.")
    if name.startswith("-"):
        raise refusal("The file name begins with a dash, which programs may take for an order. Rename the file.")
    stem = name.split(".")[0].strip()
    if not stem:
        raise refusal("The file name begins with a dot. Rename the file.")
    if stem.upper() in _KEPT_BY_WINDOWS:
        raise refusal(f"“{stem}” is a name that Windows keeps for itself. Rename the file.")
    return name


def ending_of(name: str) -> str:
    """Return what follows the last dot, in small letters."""
    return name.rpartition(".")[2].lower() if "." in name else ""
