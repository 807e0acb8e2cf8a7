"""What one person finds by a few words: their own applications, the shared list, and pages."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from applications.models import MINE, Application, ApplicationQuerySet
from applications.queries.sql import fetch
from companies.queries.pages import Hit
from companies.queries.search import companies_like, company_meant, parts_like, postings_like

_MOST_WORDS = 8
_OF_STUDENTS = (
    ("Today", "applications:today", "what to do next"),
    ("Board", "applications:board", "applications by stage"),
    ("Table", "applications:table", "applications as a list"),
    ("Window", "applications:window", "application window calendar target"),
    ("Plan", "applications:window-plan", "plan worked back from the start"),
    ("Offers", "applications:offers", "compare offers"),
    ("Insights", "applications:insights", "figures funnel reply times statistics"),
    ("Documents", "applications:documents", "cv files versions"),
    ("Question bank", "applications:questions", "interview questions"),
    ("Add an application", "applications:add", "add new"),
    ("Sharing", "supervision:sharing", "supervisor share"),
    ("People", "outreach:people", "people contacts authors outreach referral"),
    ("Calendar", "reminders:calendar-settings", "calendar feed subscribe"),
)
_OF_ALL = (
    ("Companies", "companies:list", "companies list"),
    ("Postings", "companies:postings", "postings jobs roles"),
    ("Notifications", "reminders:preferences", "notifications reminders e-mail quiet week pause"),
    ("Profile", "accounts:profile", "profile name time zone"),
    ("Appearance", "accounts:appearance", "appearance dark light theme shortcuts"),
    ("Help", "help", "help guide advice"),
)


type Row = list[str]
MORE: dict[str, tuple[str, Callable[[Row], Hit]]] = {}
"""What apps above this one find of one's own, by the name of its group: SQL for `row`, a JSON array, of `me`, `words`
as LIKE takes them and `most`; and how to tell such a row."""
_APPLICATIONS = f"""
    SELECT json_build_array(a.public_id, a.role, a.stage, a.outcome, c.name) AS row
    FROM applications_application a JOIN companies_company c ON c.id = a.company_id
    WHERE {MINE} AND concat_ws(' ', a.role, c.name, array_to_string(a.tags, ' ')) ILIKE ALL(%(words)s)
    ORDER BY a.updated_at DESC, a.id DESC LIMIT %(most)s"""  # noqa: S608 - constants
_LIKE = re.compile(r"[\\%_]")


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one sort, and where all of them are."""

    name: str
    hits: list[Hit]
    all_url: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found; `meant` is a company of nearly this name where nothing is called so."""

    groups: list[Group]
    meant: Hit | None = None

    @property
    def summary(self) -> str:
        """How many lines there are, for who cannot see them."""
        count = sum(len(group.hits) for group in self.groups)
        return f"{count} found" if count else "Nothing found"


def search(user: User, text: str) -> Found:
    """Search everything that this person sees: the same number of queries however much there is."""
    most = settings.WAYMARK_SEARCH_EACH
    asked = urlencode({"q": text})
    parts = parts_like(user, text, most)
    found = [
        *_own(user, text, most),
        Group("Companies", companies_like(user, text, most), f"{reverse('companies:list')}?{asked}"),
        Group("Teams", parts["team"]),
        Group("Programmes", parts["programme"]),
        Group("Papers", parts["paper"]),
        Group("Open postings", postings_like(user, text, most), f"{reverse('companies:postings')}?{asked}"),
        Group("Pages", _pages(user, text, most)),
    ]
    groups = [group for group in found if group.hits]
    named = any(group.name == "Companies" for group in groups)
    return Found(groups, None if named else company_meant(user, text))


def lately(user: User) -> Found:
    """Return what the person worked on last, for a search that has no words yet."""
    rows = _rows(Application.objects.visible_to(user).order_by("-updated_at", "-pk"), settings.WAYMARK_SEARCH_EACH)
    return Found([Group("Lately", rows)] if rows else [])


def _own(user: User, text: str, most: int) -> list[Group]:
    """Return what is this person's alone, by all of the words: one statement, with what apps above add."""
    words = [f"%{_LIKE.sub(_escaped, word)}%" for word in text.split()[:_MOST_WORDS]]
    known = {"Your applications": (_APPLICATIONS, _application), **MORE}
    parts = [f"SELECT '{name}', found.row::text FROM ({sql}) found" for name, (sql, _) in known.items()]  # noqa: S608 - constants
    rows = fetch(" UNION ALL ".join(parts), {"me": user.pk, "words": words, "most": most})
    hits: dict[str, list[Hit]] = {name: [] for name in known}
    for name, row in rows:
        hits[name].append(known[name][1](json.loads(row)))
    return [Group(name, found) for name, found in hits.items()]


def _application(row: list[str]) -> Hit:
    public_id, role, stage, outcome, company = row
    one = Application(role=role, stage=stage, outcome=outcome)
    return Hit(one.title, reverse("applications:detail", args=[public_id]), f"{company} · {one.look.label}")


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found[0]}"


def _rows(found: ApplicationQuerySet, most: int) -> list[Hit]:
    rows = found.select_related("company").only("public_id", "role", "stage", "outcome", "company__name")[:most]
    return [
        Hit(one.title, reverse("applications:detail", args=[one.public_id]), f"{one.company.name} · {one.look.label}")
        for one in rows
    ]


def _pages(user: User, text: str, most: int) -> list[Hit]:
    words = text.casefold().split()
    known = (_OF_STUDENTS if user.is_student else ()) + _OF_ALL
    fitting = [
        (name, url)
        for name, url, about in known
        if words and all(any(part.startswith(word) for part in f"{name} {about}".casefold().split()) for word in words)
    ]
    return [Hit(name, reverse(url), "") for name, url in fitting[:most]]
