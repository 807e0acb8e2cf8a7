"""Reads what bookmark, extension, share sheet or an Add button brings, and what a page says of itself. Pure."""

import re
from dataclasses import dataclass, field

from applications.reading import link
from applications.reading.job import Job, read_job
from applications.reading.slugs import LONGEST_ROLE, is_page, names_role

LONG = 200
"""From so many characters on a shared text is kept as the text of the posting; a shorter one only brings its link."""
LONGEST_TEXT = 50_000

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BEFORE = re.compile(r"(?:job application for|application for|apply (?:for|to)|job:|vacancy:)\s+", re.IGNORECASE)
_PARTS = re.compile(r"\s+[|\u00b7\u2022\u2013\u2014-]\s+")
_THERE = re.compile(r"\s+(?:at|@)\s+")
_PLACE = re.compile(r"\s+in\s+")
_ASIDE = re.compile(r"[:()\[\]]")
_AROUND = " .,;:()<>[]\"'"


@dataclass(frozen=True, slots=True)
class Shared:
    """What goes into the first field, the role and the text of the posting; and what its page says of it."""

    line: str
    role: str
    text: str
    job: Job = field(default_factory=Job)


def read_shared(*, url: str, title: str, text: str, job: str = "") -> Shared:
    """Find link, role and text of the posting in what was shared, wherever the other app has put them.

    What the page says of the posting counts more than its title, and a selected text more than its description.
    """
    read = _from_page(url=url, title=title, text=text)
    said = read_job(job)
    return Shared(read.line, said.role or read.role, read.text or kept_text(said.text), said)


def _from_page(*, url: str, title: str, text: str) -> Shared:
    title, text = _plain(title), kept_text(text)
    found = url.strip() or _link_in(text) or _link_in(title)
    rest = " ".join(text.replace(found, " ").split()) if found else ""
    if not found:
        is_name = len(text) <= link.LONGEST_NAME and "\n" not in text
        found, rest = (text, "") if is_name else ("", text)
    company, role = _hiring(title) if link.lists_many(found) else ("", "")
    role = role or role_in(title) or (_role_in_text(rest) if len(rest) < LONG else "")
    line = f"{found} {company}" if company else found
    return Shared(line, role, text if len(rest) >= LONG else "")


def kept_text(text: str) -> str:
    """Return a text as the text of a posting is kept: one kind of line end, no control characters, not endless."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", text).strip()[:LONGEST_TEXT]


def role_in(title: str) -> str:
    """Return the role in the title of a page, which also names the company and the site.

    >>> role_in("Job Application for Research Intern, Speech at Tidewater")
    'Research Intern, Speech'
    >>> role_in("Tidewater - Research Intern | Lever")
    'Research Intern'
    """
    title = _plain(title)
    before = _BEFORE.match(title)
    title = title[before.end() :] if before else title
    if link.is_link(title):
        return ""
    _company, role = _hiring(title)
    parts = [_THERE.split(part)[0] for part in _PARTS.split(role or title)]
    role = next(filter(names_role, parts), parts[0] if len(parts) == 1 else "")
    return "" if is_page(role) else role[:LONGEST_ROLE].strip()


def _role_in_text(text: str) -> str:
    """Return the role that stands in what somebody wrote around a link: "Look at this: Research Intern"."""
    parts = (part.strip(_AROUND) for part in _ASIDE.split(text))
    return role_in(next(filter(names_role, parts), ""))


def _hiring(title: str) -> tuple[str, str]:
    """LinkedIn's titles read "Tidewater hiring Research Intern in Zurich | LinkedIn"."""
    company, found, role = _PARTS.split(title)[0].partition(" hiring ")
    return (company.strip()[: link.LONGEST_NAME], _PLACE.split(role)[0].strip()) if found else ("", "")


def _link_in(text: str) -> str:
    words = (word.strip(_AROUND) for word in text.split())
    return next((word for word in words if word.lower().startswith(("https://", "http://"))), "")


def _plain(text: str) -> str:
    """Return one line of printable characters."""
    words = " ".join(text.split())[: 2 * LONGEST_ROLE]
    return "".join(filter(str.isprintable, words)).strip()
