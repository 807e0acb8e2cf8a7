"""What is close to a student's research, as their pages show it."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from applications.models import Closeness, Desk


@dataclass(frozen=True, slots=True)
class Near:
    """One line: what it is, whose, and the words that made it close."""

    title: str
    url: str
    company: str
    words: str


@dataclass(frozen=True, slots=True)
class Close:
    """What is close, by kind; `is_waiting` while a worker has not looked at what was typed last."""

    teams: list[Near]
    postings: list[Near]
    programmes: list[Near]
    is_waiting: bool
    is_told: bool


def close_to(user: User) -> Close:
    """Return the closest teams, postings and programmes: four queries."""
    desk = Desk.objects.visible_to(user).first()
    changed = desk.research_changed_at if desk else None
    most = settings.WAYMARK_CLOSE_SHOWN
    return Close(
        teams=[_team(row) for row in _rows(user, "team")[:most]],
        postings=[_posting(row) for row in _rows(user, "posting")[:most]],
        programmes=[_programme(row) for row in _rows(user, "programme")[:most]],
        is_waiting=bool(desk and changed and (desk.ranked_at is None or desk.ranked_at < changed)),
        is_told=changed is not None,
    )


def _rows(user: User, what: str) -> "list[Closeness]":
    rows = Closeness.objects.visible_to(user).filter(**{f"{what}__isnull": False})
    if what == "posting":
        rows = rows.filter(posting__is_open=True, posting__is_visible=True)
    heavy = [f"{what}__company__{name}" for name in ("search", "search_text")]
    if what == "posting":
        heavy += ["posting__search", "posting__search_text"]
    return rows.select_related(f"{what}__company").defer(*heavy).order_by("place", "pk")  # type: ignore[return-value]


def _team(row: Closeness) -> Near:
    team = row.team
    assert team is not None  # noqa: S101 - asked for above
    url = reverse("companies:team", args=[team.company.slug, team.slug])
    return Near(team.name, url, team.company.name, ", ".join(row.words))


def _posting(row: Closeness) -> Near:
    posting = row.posting
    assert posting is not None  # noqa: S101 - asked for above
    url = reverse("companies:posting", args=[posting.public_id])
    return Near(posting.title, url, posting.company.name, ", ".join(row.words))


def _programme(row: Closeness) -> Near:
    programme = row.programme
    assert programme is not None  # noqa: S101 - asked for above
    url = reverse("companies:detail", args=[programme.company.slug])
    return Near(programme.name, f"{url}#programmes", programme.company.name, ", ".join(row.words))
