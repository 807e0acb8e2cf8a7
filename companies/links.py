"""Web addresses of postings, reduced to one key: the same job pasted twice is one job. Pure."""

import re
from dataclasses import dataclass
from functools import lru_cache
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
_PLAIN = re.compile(r"(https?)://([a-zA-Z0-9.:-]+)(/[!\x22$->@-~]*)?(?:\?([!\x22$-~]*))?(?:#([!-~]*))?")
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
    if plain := _PLAIN.fullmatch(url):  # as urlsplit would, in a third of the time
        scheme, netloc, path, query, fragment = plain.groups("")
        parts: SplitResult | None = SplitResult(scheme, netloc, path, query, fragment)
    else:
        try:
            parts = None if _NOT_IN_A_LINK.search(url) else urlsplit(url)
        except ValueError:
            parts = None
    if parts is None or parts.scheme not in _DEFAULT_PORTS or not _place(parts.netloc):
        raise BadLinkError("Enter a full web address, like https://example.org/jobs/1.")
    return parts


@lru_cache(maxsize=10_000)
def _place(netloc: str) -> tuple[str, int | None] | None:
    """Return host and port, and None where no page can be; remembered, for many links of a list share one."""
    parts = SplitResult("", netloc, "", "", "")
    try:
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    return (host, port) if host and parts.username is None and _HOST.fullmatch(host) else None


def _key(parts: SplitResult) -> str:
    host, number = _place(parts.netloc) or ("", None)
    port = "" if number in {None, _DEFAULT_PORTS[parts.scheme]} else f":{number}"
    path = parts.path.rstrip("/")
    path = path.removesuffix(_STEPS[host]) if host in _STEPS else path
    asked = sorted({part for part in parts.query.split("&") if part and not _tracks(part)}) if parts.query else ()
    route = parts.fragment if parts.fragment and _ROUTE.match(parts.fragment) else ""
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
