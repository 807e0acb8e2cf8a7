"""What quick add says while one types: whose link that is, and whether it is tracked already."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from applications.choices import Source, WayIn
from applications.models import ROLE_TO_ADD, Application
from applications.reading import link
from applications.reading.slugs import LONGEST_PLACE, LONGEST_ROLE, place_guess, role_guess
from applications.stage import SENT, Stage, look
from companies.links import BadLinkError, link_key
from companies.models import Company, Posting, Team
from companies.queries import find_company, find_company_by_link, find_posting_by_url, names_beginning
from tracker.lib.dates import short_day
from tracker.lib.errors import DomainError

_SHORTEST_BEGINNING = 3
_LOOKED_AT = 50
_FIELDS = (
    "public_id", "role", "stage", "outcome", "stage_since", "posting_id", "url", "way_in", "on_hold", "hold_until",
    "referrer",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tracked:
    """An application of the student's at the same company."""

    public_id: str
    url: str
    title: str
    standing: str
    is_same: bool
    referrer: str = ""


@dataclass(frozen=True, slots=True)
class Lookup:
    """The company that is meant, the role that the link leads to, and what is tracked there."""

    company: str
    company_id: int | None = None
    is_guess: bool = False
    role: str = ""
    names: list[str] = field(default_factory=list)
    facts: dict[str, object] = field(default_factory=dict)
    tracked: Tracked | None = None
    held: Tracked | None = None

    @property
    def is_new(self) -> bool:
        """Nobody has entered the company yet."""
        return self.company_id is None

    @property
    def same(self) -> Tracked | None:
        """The application of this very role, of which one is told before saving."""
        return self.tracked if self.tracked and self.tracked.is_same else None

    @property
    def told(self) -> list[str]:
        """The applications of which one is told before saving, once."""
        return [one.public_id for one in (self.same, self.held) if one]


@dataclass(frozen=True, slots=True)
class Meant:
    """The posting behind a link, and the company: one of ours, or the name that the text has for a new one.

    `is_guess` when the company was told by a name in the link, which another company may have as well.
    """

    posting: Posting | None
    company: Company | None
    name: str
    is_guess: bool
    role: str
    place: str
    source: str

    def facts(self) -> dict[str, object]:
        """Return what is known of the role, by field of an application."""
        posting = self.posting
        if posting is None:
            return {"role": self.role, "place": self.place, "source": self.source}
        return {
            "role": posting.title[:LONGEST_ROLE],
            "team_id": posting.team_id,
            "kind": posting.kind,
            "hours": posting.hours,
            "closes_on": posting.closes_on,
            "zone": posting.zone,
            "starts_from": posting.starts_on,
            "weeks": posting.max_weeks,
            "place": " · ".join(posting.places)[:LONGEST_PLACE],
            "source": Source.LIST,
        }


def look_up(
    student: User, text: str, role: str, *, on: dt.date, stage: str = "", besides: uuid.UUID | None = None
) -> Lookup | None:
    """Say what quick add would make of this text on this day; None while it is neither link nor company.

    `besides` is the key of the request itself, so that its own application is no duplicate of it.
    """
    try:
        typed = link.read(text)
    except DomainError:
        return None
    it = meant(student, typed)
    if it.company is None:
        names = [] if typed.url else _beginning(student, it.name)
        new = Lookup(it.name, is_guess=it.is_guess, role=it.role, facts=it.facts(), names=names)
        return new if it.name else None
    found = Lookup(it.company.name, it.company.pk, is_guess=it.is_guess, role=it.role, facts=it.facts())
    rows, title = _there(student, it.company, besides), role.strip() or it.role
    same = next((row for row in rows if _is_same(row, it.posting, typed.url, title)), None)
    held = next((row for row in rows if _is_held(row, on)), None) if stage == Stage.APPLIED else None
    latest = same or next(iter(rows), None)
    return replace(
        found,
        tracked=_shown(latest, is_same=bool(same)) if latest else None,
        held=_shown(held, is_same=False) if held else None,
    )


def teams_of(found: Lookup | None) -> list[tuple[int, str]]:
    """Return number and name of each team of the company that was found."""
    company = found.company_id if found else None
    return (
        list(Team.objects.filter(company=company).order_by("name", "pk").values_list("pk", "name")) if company else []
    )


def meant(student: User, typed: link.Typed) -> Meant:
    """Return what a line means; the preview and the adding itself ask this, so that what was announced happens."""
    posting = find_posting_by_url(student, typed.url) if typed.url else None
    company, name, is_guess = posting.company if posting else None, typed.name, False
    if company is None and not name and not link.lists_many(typed.url):
        company = find_company_by_link(student, typed.url)
    if company is None and not name:
        name, is_guess = link.company_guess(typed.url), True
    company = company or find_company(student, name)
    role = posting.title[:LONGEST_ROLE] if posting else role_guess(typed.url)
    source = Source.LINKEDIN if link.host_is(typed.url, "linkedin.com", "lnkd.in") else Source.UNKNOWN
    return Meant(posting, company, name, is_guess, role, place_guess(typed.url), source)


def _beginning(student: User, name: str) -> list[str]:
    """Return companies that the person may be about to type."""
    return names_beginning(student, name, settings.WAYMARK_ADD_NAMES) if len(name) >= _SHORTEST_BEGINNING else []


def _there(student: User, company: Company, besides: uuid.UUID | None) -> list[Application]:
    """Return the student's applications at the company, the latest first."""
    mine = Application.objects.visible_to(student).filter(company=company)
    if besides:
        mine = mine.exclude(request_key=besides)
    return list(mine.order_by("-created_at", "-pk").only(*_FIELDS)[:_LOOKED_AT])


def _is_same(row: Application, posting: Posting | None, url: str, title: str) -> bool:
    if posting and row.posting_id == posting.pk:
        return True
    key = _key(url)
    return bool(key and key == _key(row.url)) or (_plain(row.role) == _plain(title) and not (key and row.url))


def _is_held(row: Application, on: dt.date) -> bool:
    """Say whether a referral was asked for and nothing sent: some companies want no other application meanwhile."""
    return row.way_in == WayIn.ASKED and row.referral.waits(on) and row.stage not in {*SENT, Stage.CLOSED}


def _shown(row: Application, *, is_same: bool) -> Tracked:
    standing = f"{look(row.stage, row.outcome).label} {short_day(row.stage_since)}"
    url = f"{reverse('applications:table')}{row.public_id}/"
    return Tracked(row.public_id, url, row.role or ROLE_TO_ADD, standing, is_same, row.referrer)


def is_first(application: Application) -> bool:
    """Say whether the student has no other application: the board was empty, and has no columns to put it into."""
    others = Application.objects.visible_to(application.student).exclude(pk=application.pk)
    return not others.exists()


def untold(found: Lookup | None, told: Iterable[str]) -> bool:
    """Say whether there is something to point out that was not pointed out before."""
    return found is not None and not set(found.told) <= set(told)


def _plain(role: str) -> str:
    return " ".join(role.casefold().split())


def _key(url: str) -> str:
    try:
        return link_key(url)
    except BadLinkError:
        return ""
