"""Tells research and PhD roles from others by their title. Pure; a curator corrects it where it errs."""

import re

_PHD = re.compile(r"\bph\.?\s?d\b|\bdoctora(?:l|te)\b", re.IGNORECASE)
_RESEARCH = re.compile(
    r"\bresearch(?:er|ers)?\b"
    r"|\b(?:applied|ml|ai|machine learning|deep learning|vision|nlp|robotics) scien(?:ce|tist)s?\b",
    re.IGNORECASE,
)
# What the word means elsewhere: asking customers, reading balance sheets, a place, a department's name.
_OTHER = re.compile(
    r"\b(?:market(?:ing)?|product|user|ux|customer|consumer|design|equity|investment|clinical|legal) "
    r"(?:& |and |analytics & )?research(?:er)?\b|\bresearch (?:park|triangle|associate program|coordinator)\b"
    r"|\bresearch (?:&|and) (?:development|insights)\b|\banalytics (?:&|and) research\b",
    re.IGNORECASE,
)


def is_research(title: str) -> bool:
    """Say whether a title names a research role or one for doctoral students."""
    return bool(_PHD.search(title) or _RESEARCH.search(_OTHER.sub(" ", title)))
