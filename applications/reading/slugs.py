"""What the path of a posting's link says of the role and its place: "Research-Intern--Speech_R12". Pure."""

import re
from urllib.parse import unquote

from companies.links import BadLinkError, split_link

LONGEST_ROLE = 200
LONGEST_PLACE = 160

# At least one of these is in every title of a role that a student applies for; "our-offices" has none.
_ROLE_WORDS = frozenset(
    "analyst apprentice associate co coop developer doctoral engineer engineering enrichment fellow fellowship fellows "
    "graduate intern interns internship internships industrial phd placement postdoc postdoctoral praktikum "
    "program programme research researcher resident residency scholar scholarship scientist scientists secondment "
    "stage student studentship thesis trainee visiting visitor".split()
)
_PAGES = frozenset(
    "about all-jobs apply application career careers details early-careers en en-us en-gb engineering graduate "
    "graduates internship internships intern interns job jobs login open-positions opportunities overview position "
    "positions programme programs research role roles search student students vacancies vacancy view".split()
)
_SPELT = {
    "ai": "AI", "ar": "AR", "cv": "CV", "eu": "EU", "hci": "HCI", "hpc": "HPC", "it": "IT", "llm": "LLM", "ml": "ML",
    "msc": "MSc", "nlp": "NLP", "nyc": "NYC", "phd": "PhD", "rl": "RL", "uk": "UK", "us": "US", "usa": "USA",
    "vr": "VR", "xr": "XR", "and": "and", "as": "as", "at": "at", "for": "for", "in": "in", "of": "of", "or": "or",
    "the": "the", "to": "to", "with": "with",
}  # fmt: skip
_XML_NAME = "XMLNAME-"  # Workday writes it before a title that begins with a digit
_CO_OP = re.compile(r"\bco-op\b", re.IGNORECASE)
_REQUISITION = re.compile(r"_[A-Za-z]{0,6}[-_]?\d[\w-]*$")
_BREAK = re.compile(r"\s*-{2,}\s*|\s+[-\u2013\u2014]\s+")
_GAP = re.compile(r"[\s_+-]+")
_NUMBER = re.compile(r"#?[a-z]{0,4}\d{4,}\w*|(?=[a-f-]*\d)[0-9a-f-]{8,}", re.IGNORECASE)
_YEAR = re.compile(r"20\d\d")
_WORKDAY = re.compile(r"\.myworkday(?:jobs|site)\.com")
_STATE = re.compile(r"[A-Z]{2,3}")


def role_guess(url: str) -> str:
    """Return the title of the role as the link spells it; nothing when no part of the path reads like one.

    >>> role_guess("https://kestrel.wd5.myworkdayjobs.com/en-US/Careers/job/Zurich/PhD-Research-Intern---Speech_R12")
    'PhD Research Intern, Speech'
    >>> role_guess("https://tidewater.example/careers/research-intern-robot-learning/apply")
    'Research Intern Robot Learning'
    """
    return next(filter(None, map(_role, reversed(_steps(url)[-4:]))), "")


def place_guess(url: str) -> str:
    """Return the place that a Workday link names before the title.

    >>> place_guess("https://kestrel.wd5.myworkdayjobs.com/Careers/job/US-WA-Seattle/Research-Intern_R12")
    'US, WA, Seattle'
    """
    steps = _steps(url)
    if not _WORKDAY.search(url.partition("://")[2].partition("/")[0]) or "job" not in steps:
        return ""
    after = steps[len(steps) - steps[::-1].index("job") :]
    if len(after) != 2:  # noqa: PLR2004 - place and title
        return ""
    pieces = [piece for piece in _BREAK.sub(", ", after[0]).split(", ") if piece]
    return _printable(", ".join(map(_place, pieces)), LONGEST_PLACE)


def names_role(text: str) -> bool:
    """Say whether a title reads like a role."""
    return not _ROLE_WORDS.isdisjoint(re.split(r"[\W_]+", text[: 2 * LONGEST_ROLE].casefold()))


def is_page(text: str) -> bool:
    """Say whether a word is the name of a page about roles, such as "Careers", and not a role."""
    return text.casefold().replace(" ", "-") in _PAGES


def _steps(url: str) -> list[str]:
    try:
        path = split_link(url).path
    except BadLinkError:
        return []
    return [step for step in unquote(path, errors="ignore").split("/") if step]


def _role(step: str) -> str:
    """Read one step of the path as a title; nothing when it is the name of a page, a number, or one word."""
    if is_page(step) or len(step) > 2 * LONGEST_ROLE:
        return ""
    title = _CO_OP.sub("Co\N{NON-BREAKING HYPHEN}op", _REQUISITION.sub("", step.removeprefix(_XML_NAME)))
    title = _BREAK.sub(", ", title.removesuffix(".html"))
    parts = [_words(part) for part in title.split(", ")]
    words = ", ".join(filter(None, parts))
    enough = len(words.split()) > 1 and names_role(words)
    return _printable(words, LONGEST_ROLE) if enough else ""


def _words(part: str) -> str:
    words = [word for word in _GAP.split(part) if word and (_YEAR.fullmatch(word) or not _NUMBER.fullmatch(word))]
    as_is = any(word != word.lower() for word in words)
    return " ".join(word if as_is else _SPELT.get(word, word[:1].upper() + word[1:]) for word in words)


def _place(piece: str) -> str:
    """US-CA-San-Diego: the codes in front are parts of their own."""
    words, codes = piece.split("-"), []
    while len(words) > 1 and _STATE.fullmatch(words[0]):
        codes.append(words.pop(0))
    return ", ".join([*codes, " ".join(words)])


def _printable(text: str, longest: int) -> str:
    text = " ".join(text.replace("\N{NON-BREAKING HYPHEN}", "-").split())[:longest].strip(" ,-")
    return text if text.isprintable() else ""
