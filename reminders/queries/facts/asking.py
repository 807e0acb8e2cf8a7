"""Requests and comments: what is asked, what came of it, what was said."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reminders.models import Delivery
from reminders.plan import Rule
from supervision.models import Comment, Request


@dataclass(frozen=True, slots=True)
class Asked:
    """One request."""

    request: Request

    def standing(self, row: Delivery, at: dt.datetime) -> str:  # noqa: ARG002 - its day is in the row
        """Say whether it still waits, for whoever is asked; whether the answer is still this one, for who asked."""
        asked = self.request
        if row.rule == Rule.REQUEST_DUE:
            sharing = asked.supervision
            holds = sharing is not None and sharing.ended_at is None and sharing.supervisor_id == row.person_id
            if not (holds and asked.is_waiting and asked.due_on):
                return Delivery.State.CANCELLED
            same = asked.due_on.isoformat() == row.revision
        else:
            told = asked.answered_at or asked.promised_at
            same = told is not None and f"{told.astimezone(dt.UTC):%Y%m%d%H%M%S}" == row.revision
        return Delivery.State.PENDING if same else Delivery.State.SUPERSEDED


@dataclass(frozen=True, slots=True)
class Said:
    """One comment."""

    comment: Comment
    reaches: bool

    def standing(self, row: Delivery, at: dt.datetime) -> str:  # noqa: ARG002 - it was said
        """Say whether its reader may still read it: the student always, the supervisor while it is shared."""
        is_own = self.comment.application.student_id == row.person_id
        return Delivery.State.PENDING if is_own or self.reaches else Delivery.State.CANCELLED


def load(rows: Sequence[Delivery], at: dt.datetime) -> Mapping[int, Asked | Said]:  # noqa: ARG001 - as the others
    """Return row -> what it is about: three queries at most, none without such rows."""
    asked = {row.request_id for row in rows if row.request_id}
    said = {row.comment_id for row in rows if row.comment_id}
    requests = Request.objects.select_related("student", "supervision__supervisor").in_bulk(asked) if asked else {}
    whole = Comment.objects.select_related("by", "application__company", "application__student")
    comments = whole.in_bulk(said) if said else {}
    reach = set(Comment.objects.within_reach().filter(pk__in=said).values_list("pk", flat=True)) if said else set()
    found: dict[int, Asked | Said] = {}
    for row in rows:
        if row.request_id in requests:
            found[row.pk] = Asked(requests[row.request_id])
        elif row.comment_id in comments:
            comment = comments[row.comment_id]
            found[row.pk] = Said(comment, reaches=row.comment_id in reach)
    return found
