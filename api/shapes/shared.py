"""The list that all share, the window, and oneself."""

import datetime as dt

from ninja import Schema

from accounts.models import Scope
from api.shapes.base import Id


class CompanyShape(Schema):
    """One company of the list, or one of one's own that no curator approved yet."""

    slug: str
    name: str
    kind: str
    website: str
    careers_url: str
    city: str
    country: str
    topics: list[str]
    checked_on: dt.date | None
    source_url: str
    is_own: bool


class PostingShape(Schema):
    """One posting."""

    id: Id
    company: str
    company_slug: str
    title: str
    kind: str
    url: str
    places: list[str]
    closes_on: dt.date | None
    is_open: bool
    is_research: bool
    checked_on: dt.date | None


class WindowShape(Schema):
    """The application window of the season that a student prepares for."""

    season: str
    opens_on: dt.date
    closes_on: dt.date
    goal: int | None
    weekly_target: int | None
    sent: int


class MeShape(Schema):
    """Whose token it is, and what it opens."""

    id: Id
    name: str
    time_zone: str
    is_student: bool
    is_supervisor: bool
    is_curator: bool
    scopes: list[Scope]
    expires_at: dt.datetime


class ArchiveShape(Schema):
    """An archive on its way out or in. `file` is where it can be downloaded, with the same token."""

    id: Id
    way: str
    state: str
    asked_at: dt.datetime
    ended_at: dt.datetime | None
    size: int
    problem: str
    counts: dict[str, int]
    file: str | None
