"""What is said about an application, and who can be written to or asked for an introduction: as each side reads it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from accounts.models import User
from applications.models import Application
from supervision.asking import FELLOW, Asked
from supervision.level import Level
from supervision.models import Comment, Supervision


@dataclass(frozen=True, slots=True)
class Said:
    """One comment; with the address that takes it back for whoever said it."""

    who: str
    at: dt.datetime
    text: str
    delete_url: str


@dataclass(frozen=True, slots=True)
class Talk:
    """What the student and one supervisor said about an application, and whether more can be said."""

    sharing: str
    who: str
    is_open: bool = False
    comments: list[Said] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CanIntroduce:
    """A supervisor or fellow student who can introduce people at the company, and the way to ask."""

    who: str
    note: str
    ask_url: str
    is_fellow: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """What supervision adds to the student's own page of an application."""

    talks: list[Talk]
    introductions: list[CanIntroduce]


_WHO = "coalesce(nullif(u.name, ''), u.email)"
_STANDS = "s.student_id = %(me)s AND s.ended_at IS NULL"
_SAID = "concat_ws('. ', nullif(i.person, ''), nullif(i.note, ''))"
_OFFERS = f"""
    SELECT s.public_id AS key, {_SAID} AS note, {_WHO} AS who, false AS is_fellow, s.accepted_at AS at, s.id
    FROM supervision_introduction i JOIN supervision_supervision s ON s.supervisor_id = i.by_id AND {_STANDS}
    JOIN accounts_user u ON u.id = s.supervisor_id AND u.is_active WHERE i.company_id = %(company)s
    UNION ALL
    SELECT i.public_id, {_SAID}, {_WHO}, true, i.at, i.id
    FROM supervision_introduction i JOIN accounts_user u ON u.id = i.by_id AND u.is_active AND u.is_student
    WHERE i.company_id = %(company)s AND i.by_id <> %(me)s AND EXISTS (
        SELECT FROM supervision_supervision s JOIN supervision_supervision f
            ON f.supervisor_id = s.supervisor_id AND f.student_id = i.by_id
        WHERE {_STANDS} AND s.accepted_at IS NOT NULL AND f.ended_at IS NULL AND f.accepted_at IS NOT NULL
    ) AND NOT EXISTS (SELECT FROM supervision_supervision s WHERE s.supervisor_id = i.by_id AND {_STANDS})
"""  # noqa: S608 - constants
"""The twin of `Introduction.visible_to` for one company, with how each is asked: supervisors, then fellow students."""
LISTS = {
    "open": (
        f"s.public_id, {_WHO}",
        f"""FROM supervision_supervision s JOIN accounts_user u ON u.id = s.supervisor_id AND u.is_active
        WHERE {_STANDS} AND s.level IN ('{Level.STAGES}', '{Level.DETAILS}') AND NOT EXISTS (
            SELECT FROM supervision_sharingexception x
            WHERE x.supervision_id = s.id AND x.application_id = %(id)s AND x.is_hidden
        )""",
        "s.accepted_at, s.id",
    ),
    "comments": (
        f"c.public_id, c.at, c.text, c.by_id, coalesce(nullif(b.name, ''), b.email), s.public_id, {_WHO}",
        """FROM supervision_comment c JOIN supervision_supervision s ON s.id = c.supervision_id
        JOIN accounts_user u ON u.id = s.supervisor_id LEFT JOIN accounts_user b ON b.id = c.by_id
        WHERE c.application_id = %(id)s""",
        "c.at, c.id",
    ),
    "introductions": ("t.key, t.note, t.who, t.is_fellow", f"FROM ({_OFFERS}) t", "t.is_fellow, t.at, t.id"),
}
"""What the page of an application reads of ours in its one statement; the application was found to be its student's."""


def beside(application: Application, more: Mapping[str, list[list[Any]]], *, reader: User) -> Beside:
    """Tell what was said about one's own application, and who can introduce one there, out of LISTS: no query."""
    talks = {sharing: Talk(sharing, who, is_open=True) for sharing, who in more["open"]}
    for key, at, text, by, by_name, sharing, who in more["comments"]:
        talk = talks.setdefault(sharing, Talk(sharing, who))
        talk.comments.append(_said(key, dt.datetime.fromisoformat(at), text, by=(by, by_name), reader=reader))
    offered = [_can(row, application) for row in more["introductions"]]
    return Beside(list(talks.values()), offered)


def talk_with(supervision: Supervision, application: Application, *, reader: User) -> Talk:
    """Return what the student and this supervisor said, for either of them: one query."""
    said = Comment.objects.visible_to(reader).filter(application=application, supervision=supervision)
    rows = said.select_related("by").order_by("at", "pk")
    comments = [
        _said(one.public_id, one.at, one.text, by=(one.by_id, str(one.by or "")), reader=reader) for one in rows
    ]
    return Talk(supervision.public_id, str(supervision.supervisor), is_open=True, comments=comments)


def _said(key: str, at: dt.datetime, text: str, *, by: tuple[int | None, str | None], reader: User) -> Said:
    own = by[0] == reader.pk
    return Said(
        who="You" if own else by[1] or "Somebody who left",
        at=at,
        text=text,
        delete_url=reverse("supervision:comment-delete", args=[key]) if own else "",
    )


def _can(row: list[Any], application: Application) -> CanIntroduce:
    key, note, who, is_fellow = row
    wish = {
        "kind": Asked.INTRODUCTION.value,
        "to": f"{FELLOW}{key}" if is_fellow else key,
        "application": application.public_id,
        "what": f"Introduction at {application.company.name}",
    }
    return CanIntroduce(who, note, f"{reverse('supervision:request-add')}?{urlencode(wish)}", is_fellow)
