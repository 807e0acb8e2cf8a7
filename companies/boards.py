"""Applicant systems: which address belongs to which company's board, told by host and path alone. Pure."""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, unquote

from companies.links import BadLinkError, split_link

_GREENHOUSE = (
    "boards.greenhouse.io", "job-boards.greenhouse.io", "boards.eu.greenhouse.io", "job-boards.eu.greenhouse.io",
)  # fmt: skip
_LEVER = ("jobs.lever.co", "jobs.eu.lever.co")

# The company is the first step of the path that is none of these; a tuple of hosts shares its boards.
_BY_STEP: dict[tuple[str, ...], frozenset[str]] = {
    _GREENHOUSE: frozenset({"embed", "api"}),
    _LEVER: frozenset({"embed", "api"}),
    ("jobs.ashbyhq.com",): frozenset({"embed", "api"}),
    ("jobs.smartrecruiters.com",): frozenset({"oneclick-ui", "company"}),
    ("careers.smartrecruiters.com",): frozenset(),
    ("apply.workable.com",): frozenset({"embed", "api", "j"}),
    ("jobs.jobvite.com",): frozenset({"careers"}),
    ("app.careerpuck.com",): frozenset({"job-board"}),
    ("ats.rippling.com",): frozenset(),
}
_STEPS = {host: (hosts, aside) for hosts, aside in _BY_STEP.items() for host in hosts}
_BEHIND_LANGUAGE = ("ats.rippling.com",)
_LANGUAGE = re.compile(r"[a-z]{2}([-_][A-Za-z]{2,4})?")

# Where a machine reads the board of a host, and in which of our formats.
FEEDS: dict[str, tuple[str, str]] = {
    "boards.greenhouse.io": ("greenhouse", "https://boards-api.greenhouse.io/v1/boards/{}/jobs?content=true"),
    "job-boards.greenhouse.io": ("greenhouse", "https://boards-api.greenhouse.io/v1/boards/{}/jobs?content=true"),
    "jobs.lever.co": ("lever", "https://api.lever.co/v0/postings/{}?mode=json"),
    "jobs.eu.lever.co": ("lever", "https://api.eu.lever.co/v0/postings/{}?mode=json"),
    "jobs.ashbyhq.com": ("ashby", "https://api.ashbyhq.com/posting-api/job-board/{}"),
}
_SLUG = re.compile(r"[\w-](?:[\w.-]|%20){0,80}", re.ASCII)

# The company is the first label of the host.
_BY_LABEL = (
    ".myworkdayjobs.com", ".icims.com", ".bamboohr.com", ".recruitee.com", ".breezy.hr", ".eightfold.ai",
    ".jobs.personio.de", ".jobs.personio.com", ".teamtailor.com", ".taleo.net", ".avature.net", ".applytojob.com",
    ".pinpointhq.com", ".gr8people.com", ".synchr-recruit.com", ".workable.com",
)  # fmt: skip
_SITE = re.compile(r"wd\d+\.myworkdaysite\.com")
_AROUND = re.compile(
    r"(?:careers?|jobs?|university|campus|students?|early-?careers?|external|internal|us|uk|eu|emea|apac|global)-"
)
_AFTER = re.compile(r"-(?:careers?|jobs?|university|campus)$")
_NOBODY = frozenset({"www", "careers", "jobs", "apply", "app", "help", "support", "go", "my"})
_CODE = re.compile(r"[a-z]{1,3}\d{2,4}")  # what Taleo calls a customer: "aa067"


@dataclass(frozen=True, slots=True)
class Board:
    """One company's board: what the system calls the company, and how the keys of its postings begin."""

    company: str
    keys: tuple[str, ...]


def read_board(text: str) -> Board | None:
    """Return the board that a link leads to; None for any other page."""
    try:
        parts = split_link(text)
    except BadLinkError:
        return None
    host = parts.hostname or ""
    if host in _STEPS:
        return _by_step(host, parts)
    if _SITE.fullmatch(host):
        return _of_site(host, parts)
    return _by_label(host) if host.endswith(_BY_LABEL) else None


def board_of(text: str) -> str:
    """Return what an applicant system calls the company whose board this is ("waymo"); else nothing."""
    board = read_board(text)
    return board.company if board else ""


def feed_address(host: str, slug: str) -> str:
    """Return where a machine reads the board that is called so; nothing for what is no board's name."""
    _system, address = FEEDS.get(host, ("", ""))
    if not address or slug in _STEPS[host][1] or not _SLUG.fullmatch(slug):
        return ""
    return address.format(slug)


def _by_step(host: str, parts: SplitResult) -> Board | None:
    hosts, aside = _STEPS[host]
    named = parse_qs(parts.query).get("for", [""])[0] if hosts is _GREENHOUSE else ""
    steps = [step for step in parts.path.split("/") if step]
    if host in _BEHIND_LANGUAGE and len(steps) > 1 and _LANGUAGE.fullmatch(steps[0]):
        steps = steps[1:]
    before = next((n for n, step in enumerate(steps) if step not in aside), len(steps))
    if named:
        return Board(named, tuple(f"{one}/{named}/" for one in hosts))
    if before == len(steps) or steps[0] in {"embed", "api", "j"}:
        return None
    path = "/".join(steps[: before + 1])
    return Board(unquote(steps[before], errors="ignore"), tuple(f"{one}/{path}/" for one in hosts))


def _of_site(host: str, parts: SplitResult) -> Board | None:
    """Workday's other address: wd1.myworkdaysite.com/[en-US/]recruiting/<tenant>/<site>/..."""
    _before, found, after = parts.path.partition("/recruiting/")
    tenant = after.partition("/")[0]
    return Board(tenant, (f"{host}{_before}{found}{tenant}/",)) if tenant else None


def _by_label(host: str) -> Board | None:
    label = host.partition(".")[0]
    while found := _AROUND.match(label):
        label = label[found.end() :]
    label = _AFTER.sub("", label)
    nobody = not label or label in _NOBODY or (host.endswith(".taleo.net") and _CODE.fullmatch(label))
    return None if nobody else Board(label, (f"{host}/",))
