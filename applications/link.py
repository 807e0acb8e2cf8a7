"""Reads what a student types or pastes first: a link, a company, or both in one line. Pure; nothing is fetched."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from companies.links import LONGEST, BadLinkError, board_of, host_of, read_link
from tracker.lib.errors import DomainError

FIELD = "company_or_link"
ASK = "Enter a link or a company."
LONGEST_NAME = 160

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?=\S)|(?:javascript|vbscript|data|file|blob):", re.IGNORECASE)
_BARE = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?::\d+)?[/?#]\S*|www\.\S+", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

_BETWEEN = " -:,|\N{EN DASH}\N{EM DASH}"

# Sites that show the roles of many companies: their links do not name the company.
MANY_COMPANIES = (
    "linkedin.com", "lnkd.in", "indeed.com", "glassdoor.com", "glassdoor.co.uk", "google.com", "joinhandshake.com",
    "wellfound.com", "github.com", "notion.site", "forms.gle", "jobs.ac.uk", "findaphd.com", "simplify.jobs", "x.com",
    "europa.eu", "academicpositions.com", "aijobs.net", "ycombinator.com",
)  # fmt: skip
_JOBS_PAGES = ("www", "careers", "career", "jobs", "job", "apply", "work", "people", "research", "hiring", "join")
_SECOND_LEVELS = {"ac", "co", "com", "edu", "gov", "net", "org"}


@dataclass(frozen=True, slots=True)
class Typed:
    """The link and the company's name in a line; at least one of the two is there."""

    url: str = ""
    name: str = ""


def read(text: str) -> Typed:
    """Tell link and company apart; refuse, with a sentence, what is neither."""
    if _CONTROL.search(text):
        raise DomainError(ASK, field=FIELD)
    words = text.split()
    at = next((n for n, word in enumerate(words) if _is_link(word)), None)
    if at is None:
        return Typed(name=_name(" ".join(words)))
    url = _url(words[at])
    name = " ".join(words[:at] + words[at + 1 :]).strip(_BETWEEN)
    return Typed(url=url, name=_name(name) if name else "")


def _is_link(word: str) -> bool:
    return bool(_SCHEME.match(word) or _BARE.fullmatch(word))


def _url(word: str) -> str:
    if _BARE.fullmatch(word):
        word = f"https://{word}"
    try:
        return read_link(word).url
    except BadLinkError as error:
        sentence = str(error) if len(word) > LONGEST else "Enter a link that starts with https://, or a company."
        raise DomainError(sentence, field=FIELD) from None


def _name(name: str) -> str:
    if not any(c.isalnum() for c in name):
        raise DomainError(ASK, field=FIELD)
    if len(name) > LONGEST_NAME:
        raise DomainError(f"Use at most {LONGEST_NAME} characters for the company.", field=FIELD)
    return name


def company_guess(url: str) -> str:
    """Return how the company of this link is probably called; nothing when the link does not tell.

    >>> company_guess("https://jobs.lever.co/acme-labs/1234")
    'Acme Labs'
    >>> company_guess("https://careers.tidewater.co.uk/roles/7")
    'Tidewater'
    """
    board = board_of(url) or _embedded(url)
    if board:
        return _spelt(board)
    host = host_of(url)
    if not host or host.replace(".", "").isdigit() or host_is(url, *MANY_COMPANIES):
        return ""
    labels = host.split(".")
    while len(labels) > 2 and labels[0] in _JOBS_PAGES:  # noqa: PLR2004 - a name and its ending stay
        labels = labels[1:]
    ending = 2 if len(labels) > 2 and labels[-2] in _SECOND_LEVELS and len(labels[-1]) == 2 else 1  # noqa: PLR2004
    return _spelt(labels[-1 - ending])


def _embedded(url: str) -> str:
    """Greenhouse's embedded form names the company in ?for=."""
    parts = urlsplit(url)
    if not (parts.hostname or "").endswith("greenhouse.io"):
        return ""
    return parse_qs(parts.query).get("for", [""])[0]


def host_is(url: str, *sites: str) -> bool:
    """Say whether a link leads to one of these sites or to a part of one (uk.linkedin.com)."""
    host = host_of(url)
    return any(host == site or host.endswith(f".{site}") for site in sites)


def _spelt(slug: str) -> str:
    words = [word for word in re.split(r"[\W_]+", slug) if word]
    return " ".join(word.capitalize() if word.islower() else word for word in words)[:LONGEST_NAME]
