"""Company names as people spell them, reduced to one key: "Mosaic ML", "MosaicML Inc." -> "mosaicml"."""

import re
import unicodedata
from functools import lru_cache

# Legal forms at the end of a name say nothing about who it is. Words that can be the name itself ("Group",
# "Labs", "Research") stay: "Google" and "Google Research" are told apart by a curator's aliases, not by code.
LEGAL_FORMS = frozenset(
    "ab ag as asa bv co company corp corporation gmbh inc incorporated kg kk limited llc llp lp ltd nv oy oyj plc "
    "pte pty pvt sa sarl sas se spa srl".split()
)

_APART = re.compile(r"[^\w]+|_+")


@lru_cache(maxsize=10_000)
def match_key(name: str) -> str:
    """Return letters and digits of the name in lower case, without accents, legal forms and a leading "the".

    Empty only when the name has no letter or digit at all.
    """
    plain = unicodedata.normalize("NFKD", name.replace("&", " and ")).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace("'", "").replace("\u2019", "")
    plain = re.sub(r"\b(\w)\.(?=\w\b)", r"\1", plain)  # "b.v." and "s.a." are one word
    words = [word for word in _APART.split(plain) if word]
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    return "".join(words)[:160]


def search_text(*parts: str | list[str]) -> str:
    """Join names, places and topics into the one text that full-text search looks through."""
    flat = (text for part in parts for text in ([part] if isinstance(part, str) else part))
    return " ".join(filter(None, flat))
