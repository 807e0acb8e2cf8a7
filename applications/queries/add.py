"""What quick add says while one types: whose link that is, and whether it is tracked already."""

import uuid
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from applications import link
from applications.models import ROLE_TO_ADD, Application
from applications.stage import look
from companies.links import BadLinkError, link_key
from companies.models import Company, Posting
from companies.queries import find_company, find_company_by_link, find_posting_by_url
from tracker.lib.dates import short_day
from tracker.lib.errors import DomainError


@dataclass(frozen=True, slots=True)
class Tracked:
    """An application of the student's at the same company."""

    public_id: str
    url: str
    title: str
    standing: str
    is_same: bool


@dataclass(frozen=True, slots=True)
class Lookup:
    """The company that is meant, the role of the posting if it is known, and what is tracked there."""

    company: str
    is_new: bool
    role: str = ""
    tracked: Tracked | None = None

    @property
    def same(self) -> Tracked | None:
        """The application of this very role, of which one is told before saving."""
        return self.tracked if self.tracked and self.tracked.is_same else None


def look_up(student: User, text: str, role: str, *, besides: uuid.UUID | None = None) -> Lookup | None:
    """Say what quick add would make of this text; None while it is neither link nor company.

    `besides` is the key of the request itself, so that its own application is no duplicate of it.
    """
    try:
        typed = link.read(text)
    except DomainError:
        return None
    posting, company, name = meant(student, typed)
    company = company or find_company(student, name)
    if company is None:
        return Lookup(name, is_new=True) if name else None
    title = role.strip() or (posting.title if posting else "")
    tracked = _tracked(student, company.pk, posting, typed.url, title, besides)
    return Lookup(company.name, is_new=False, role=posting.title if posting else "", tracked=tracked)


def meant(student: User, typed: link.Typed) -> tuple[Posting | None, Company | None, str]:
    """Return the posting behind a link, the company that the link shows, and the name that the text has for one.

    The preview and the adding itself ask this, so that what was announced is what happens.
    """
    posting = find_posting_by_url(student, typed.url) if typed.url else None
    company = posting.company if posting else None
    if company is None and typed.url and not typed.name:
        company = find_company_by_link(student, typed.url)
    return posting, company, typed.name or link.company_guess(typed.url)


def _tracked(  # noqa: PLR0917 - what makes two applications the same
    student: User, company: int, posting: Posting | None, url: str, title: str, besides: uuid.UUID | None
) -> Tracked | None:
    mine = Application.objects.visible_to(student).filter(company=company)
    if besides:
        mine = mine.exclude(request_key=besides)
    fields = ("public_id", "role", "stage", "outcome", "stage_since", "posting_id", "url")
    rows = list(mine.order_by("-created_at", "-pk").values_list(*fields)[:50])
    wanted, key = _plain(title), _key(url)

    def is_same(row: tuple[str, str, str, str, object, int | None, str]) -> bool:
        if posting and row[5] == posting.pk:
            return True
        return bool(key and key == _key(row[6])) or (_plain(row[1]) == wanted and not (key and row[6]))

    chosen = next(filter(is_same, rows), rows[0] if rows else None)
    if chosen is None:
        return None
    public_id, role, stage, outcome, since = chosen[:5]
    standing = f"{look(stage, outcome).label} {short_day(since)}"
    url = f"{reverse('applications:table')}{public_id}/"
    return Tracked(public_id, url, role or ROLE_TO_ADD, standing, is_same(chosen))


def _plain(role: str) -> str:
    return " ".join(role.casefold().split())


def _key(url: str) -> str:
    try:
        return link_key(url)
    except BadLinkError:
        return ""
