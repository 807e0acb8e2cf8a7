"""Tells research and PhD roles from others, and says by which words. Pure; curators correct it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

# All of them know small letters only: texts are made small once, which takes half the time.
_PHD = re.compile(r"\bph\.?\s?d\b\.?|\bdoctora(?:l|te)\b|\bphd candidates?\b")
_RESEARCH = re.compile(
    r"\b(?:\w+ )?research(?:er|ers)?\b(?: (?:scientist|engineer|intern(?:ship)?)\b)?"
    r"|\b(?:applied|ml|ai|machine learning|deep learning|vision|nlp|robotics) scien(?:ce|tist)s?\b",
)
# What the word means elsewhere: asking customers, reading balance sheets, a place, a department, a school subject.
_OTHER = re.compile(
    r"\b(?:market(?:ing)?|product|customer|consumer|design|equity|investment|clinical|legal|business development"
    r"|operations|proprietary|prospect|donor) (?:& |and |analytics & )?research(?:er)?\b"
    r"|\bresearch (?:park|triangle|associate program|coordinator|informatics|development|administration)\b"
    r"|(?<!quant )(?<!quantitative )(?<!quantatative )\bresearch analyst\b"
    r"|\bresearch (?:&|and) (?:development|insights)\b|\banalytics (?:&|and) research\b",
)
# Without one of these words beside it there is nothing to look for, and most titles have none.
_AROUND = re.compile(
    "market|product|customer|consumer|design|equity|investment|clinical|legal|business|operations|proprietary"
    "|prospect|donor|park|triangle|associate|coordinator|informatics|development|administration|analyst|insights"
    "|analytics"
)
# A text asks for doctoral students only where it says so of the reader, not of the team or as one of several.
_ASKS = re.compile(
    r"\b(?:pursuing|enrolled in|working towards?|completing|candidates? (?:in|for)|currently in) "
    r"(?:an? |your )?(?:accredited |full[- ]time )?(?:ph\.?\s?d|doctora(?:l|te))\b"
    r"|\b(?:for|seeking|hiring|inviting|open to|looking for|are an?|current) "
    r"(?:current |outstanding )?(?:ph\.?\s?d\.?|doctoral) (?:students?|candidates?)\b(?! or)"
    r"|\b(?:first[- ]author|peer[- ]reviewed) publications?\b",
)
_LESSER = re.compile(r"\b(?:bachelor'?s?|undergraduate|b\.?sc?\.?|master'?s?|m\.?sc?)(?:,| or|/| and)")
_LONGEST_WHY = 60
_DOCTORATE, _LONGEST_TEXT = "phd", 20_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether it is a role for research or doctoral students, and by which words: title: “research intern”."""

    is_research: bool
    why: str = ""


def judge(title: str, degrees: Iterable[str] = (), description: str = "") -> Verdict:
    """Judge a posting; of a long description only the first 20,000 characters are read.

    The title counts most; degrees decide where they name the doctorate alone; a text where it asks for doctoral
    students and for nobody else.
    """
    title = title.lower()
    found = _PHD.search(title) or _RESEARCH.search(title)
    if found and found.re is _RESEARCH and _AROUND.search(title):
        found = _RESEARCH.search(_OTHER.sub(" | ", title))
    if found:
        return Verdict(is_research=True, why=f"title: “{_quoted(found)}”")
    wanted = {_degree(one) for one in degrees if one.strip()}
    if wanted == {_DOCTORATE}:
        return Verdict(is_research=True, why="degrees: PhD alone")
    if wanted - {_DOCTORATE}:
        return Verdict(is_research=False)
    description = " ".join(description[:_LONGEST_TEXT].lower().split())
    asked = _ASKS.search(description)
    if asked and not _near(_LESSER, description, asked):
        return Verdict(is_research=True, why=f"text: “{_quoted(asked)}”")
    return Verdict(is_research=False)


def is_research(title: str) -> bool:
    """Judge by the title alone."""
    return judge(title).is_research


def _quoted(found: re.Match[str]) -> str:
    return " ".join(found[0].split())[:_LONGEST_WHY]


def _degree(name: str) -> str:
    name = name.strip().lower()
    return _DOCTORATE if _PHD.search(name) else name


def _near(pattern: re.Pattern[str], text: str, found: re.Match[str], reach: int = 60) -> bool:
    """Say whether another pattern stands within so many characters of what was found."""
    return bool(pattern.search(text, max(0, found.start() - reach), found.end() + reach))
