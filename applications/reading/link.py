"""Reads what a student types or pastes first: a link, a company, or both in one line. Pure; nothing is fetched."""

import re
from dataclasses import dataclass

from companies.boards import board_of
from companies.links import LONGEST, BadLinkError, host_of, read_link
from tracker.lib.errors import DomainError

FIELD = "company_or_link"
ASK = "Enter a link or a company."
LONGEST_NAME = 160

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?=\S)|(?:javascript|vbscript|data|file|blob):", re.IGNORECASE)
_BARE = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?::\d+)?[/?#]\S*|www\.\S+", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

_BETWEEN = " -:,|\N{EN DASH}\N{EM DASH}"

# Sites that show the roles of many companies, or name a company by a code: their links do not tell whose the role is.
_MANY_COMPANIES = (
    "linkedin.com", "lnkd.in", "indeed.com", "glassdoor.com", "glassdoor.co.uk", "google.com", "joinhandshake.com",
    "wellfound.com", "github.com", "notion.site", "notion.so", "forms.gle", "jobs.ac.uk", "findaphd.com",
    "simplify.jobs", "x.com", "twitter.com", "bsky.app", "europa.eu", "academicpositions.com", "aijobs.net",
    "ycombinator.com", "ripplematch.com", "jobs.workable.com", "oraclecloud.com", "ultipro.com", "adp.com",
    "paycomonline.net", "paylocity.com", "dayforcehcm.com", "brassring.com", "successfactors.com",
    "successfactors.eu", "stepstone.de", "xing.com", "monster.com", "ziprecruiter.com", "builtin.com", "otta.com",
    "welcometothejungle.com", "levels.fyi", "mail.google.com", "bit.ly", "t.co", "tinyurl.com", "taleo.net",
)  # fmt: skip
# What such sites have of their own.
_THEIR_OWN = re.compile(
    r"(?:(?:careers|research)\.google\.com|(?:www\.)?google\.com/about/careers|careers\.linkedin\.com"
    r"|(?:www\.)?joinhandshake\.com/(?:careers|about))(?:/|$)"
)
_JOBS_PAGES = (
    "www", "careers", "career", "jobs", "job", "apply", "work", "people", "research", "hiring", "join", "students",
    "campus", "university", "boards", "recruiting", "talent", "early-careers", "usa", "us", "uk", "eu",
)  # fmt: skip
# A board whose company cannot be told is no company either.
_BOARDS = (
    "greenhouse.io", "lever.co", "ashbyhq.com", "smartrecruiters.com", "workable.com", "jobvite.com", "careerpuck.com",
    "myworkdayjobs.com", "myworkdaysite.com", "icims.com", "bamboohr.com", "recruitee.com", "breezy.hr", "eightfold.ai",
    "personio.de", "personio.com", "teamtailor.com", "avature.net", "applytojob.com", "pinpointhq.com",
    "gr8people.com", "synchr-recruit.com", "rippling.com",
)  # fmt: skip
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
    at = next((n for n, word in enumerate(words) if is_link(word)), None)
    if at is None:
        return Typed(name=_name(" ".join(words)))
    url = _url(words[at])
    name = " ".join(words[:at] + words[at + 1 :]).strip(_BETWEEN)
    return Typed(url=url, name=_name(name) if name else "")


def is_link(word: str) -> bool:
    """Say whether a word is meant as a link, be it one we take or not."""
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


def lists_many(url: str) -> bool:
    """Say whether this site shows the roles of many companies, so that its own name says nothing.

    >>> lists_many("https://www.linkedin.com/jobs/view/1"), lists_many("https://careers.google.com/jobs/1")
    (True, False)
    """
    return (
        host_is(url, *_MANY_COMPANIES) and not _THEIR_OWN.match(url.partition("://")[2].lower()) and not board_of(url)
    )


def company_guess(url: str) -> str:
    """Return how the company of this link is probably called; nothing when the link does not tell.

    >>> company_guess("https://jobs.lever.co/acme-labs/1234")
    'Acme Labs'
    >>> company_guess("https://careers.tidewater.co.uk/roles/7")
    'Tidewater'
    """
    board = board_of(url)
    if board:
        return _spelt(board)
    host = host_of(url)
    if not host or host.replace(".", "").isdigit() or host.endswith(_BOARDS) or lists_many(url):
        return ""
    labels = host.split(".")
    while len(labels) > 2 and labels[0] in _JOBS_PAGES:  # noqa: PLR2004 - a name and its ending stay
        labels = labels[1:]
    ending = 2 if len(labels) > 2 and labels[-2] in _SECOND_LEVELS and len(labels[-1]) == 2 else 1  # noqa: PLR2004
    return _spelt(labels[-1 - ending])


def host_is(url: str, *sites: str) -> bool:
    """Say whether a link leads to one of these sites or to a part of one (uk.linkedin.com)."""
    host = host_of(url)
    return any(host == site or host.endswith(f".{site}") for site in sites)


def _spelt(slug: str) -> str:
    words = [word for word in re.split(r"[\W_]+", slug[: 2 * LONGEST_NAME]) if word]
    return " ".join(word.capitalize() if word.islower() else word for word in words)[:LONGEST_NAME]
