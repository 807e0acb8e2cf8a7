"""Web addresses of postings, reduced to one key: the same job pasted twice is one job. Pure."""

import re
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import SplitResult, urlsplit

LONGEST = 2000
LONGEST_KEY = 500

# What a link says about where it was clicked, not about what it leads to.
TRACKING = frozenset(
    "cid dclid fbclid gclid gh_src igshid lever-origin lever-source li_fat_id mc_cid mc_eid msclkid ref refid "
    "referer referrer source src trackingid trk".split()
)

# Steps behind a posting's own page, by applicant system.
_STEPS = {"jobs.lever.co": "/apply", "jobs.eu.lever.co": "/apply", "jobs.ashbyhq.com": "/application"}
_HOST = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+(?:[^\W\d_]{2,63}|xn--[a-z0-9-]{1,59})|\d{1,3}(?:\.\d{1,3}){3}")
_NOT_IN_A_LINK = re.compile(r"[\s\x00-\x1f\x7f\ud800-\udfff]")
_ROUTE = re.compile(r"[!/].*\w")
_DEFAULT_PORTS = {"http": 80, "https": 443}


class BadLinkError(ValueError):
    """A text that is no link to a posting; the message is a sentence for people."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it was given, and the key that all its spellings share."""

    url: str
    key: str


def read_link(text: str) -> Link:
    """Read a web address; raise BadLinkError for anything but http and https, and for more than 2,000 characters."""
    url = text.strip()
    if len(url) > LONGEST:
        raise BadLinkError(f"Use a link of at most {LONGEST:,} characters; this one has {len(url):,}.")
    parts = split_link(url)
    return Link(url, _key(parts))


def link_key(text: str) -> str:
    """Return host, path and telling parameters, so that links to the same page are equal.

    Scheme, letter case of the host, default port, tracking parameters, their order, a trailing slash and a
    fragment do not count; a fragment that is a route of the page ("#/job/7", "#!job") does. At most 500
    characters: what is longer ends in its SHA-256.
    """
    return read_link(text).key


def host_of(text: str) -> str:
    """Return the host of a link without a leading "www.", or nothing when it is no link."""
    try:
        parts = split_link(text)
    except BadLinkError:
        return ""
    return (parts.hostname or "").removeprefix("www.")


def split_link(text: str) -> SplitResult:
    """Return the parts of a web address; raise BadLinkError for anything else."""
    url = text.strip()
    wrong = BadLinkError("Enter a full web address, like https://example.org/jobs/1.")
    if not url or _NOT_IN_A_LINK.search(url):
        raise wrong
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise wrong from None
    if parts.scheme not in _DEFAULT_PORTS or parts.username is not None or not host or not _HOST.fullmatch(host):
        raise wrong
    return parts


def _key(parts: SplitResult) -> str:
    host = parts.hostname or ""
    port = "" if parts.port in {None, _DEFAULT_PORTS[parts.scheme]} else f":{parts.port}"
    path = parts.path.rstrip("/")
    path = path.removesuffix(_STEPS[host]) if host in _STEPS else path
    asked = sorted({part for part in parts.query.split("&") if part and not _tracks(part)})
    route = parts.fragment if _ROUTE.match(parts.fragment) else ""
    key = f"{host}{port}{path.rstrip('/')}"
    key += f"?{'&'.join(asked)}" if asked else ""
    key += f"#{route.rstrip('/')}" if route else ""
    if len(key) <= LONGEST_KEY:
        return key
    digest = sha256(key.encode()).hexdigest()
    return f"{key[: LONGEST_KEY - len(digest) - 1]}~{digest}"


def _tracks(parameter: str) -> bool:
    name = parameter.partition("=")[0].lower()
    return name in TRACKING or name.startswith("utm_")
