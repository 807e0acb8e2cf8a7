"""Changes to how a student has arranged board and table: views of their own, and the columns they see."""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction

from accounts.models import User
from applications.actions.guarding import guarded
from applications.models import Desk, SavedView
from applications.queries import saved_views
from applications.queries.asked import read_query
from applications.queries.columns import COLUMNS, USUAL
from tracker.lib.errors import DomainError

LONGEST_NAME = 40
LONGEST_QUERY = 500


def keep_view(*, student: User, name: str, query: str, at: dt.datetime) -> SavedView:
    """Keep what a query string asks for under a name; the same under the same name is the second half of a click."""
    name, query = " ".join(name.split()), read_query(query).query(sort="")
    if not name or len(name) > LONGEST_NAME or "\0" in name:
        raise DomainError(f"Enter a name of 1 to {LONGEST_NAME} characters.", field="name")
    if name.casefold() in {label.casefold() for label in saved_views.LABELS.values()}:
        raise DomainError("This name is one of Waymark's views. Choose another one.", field="name")
    if not query or len(query) > LONGEST_QUERY:
        raise DomainError("Set a filter first, with short texts; then keep it as a view.", field="name")
    with guarded():
        mine = SavedView.objects.visible_to(student)
        known = mine.filter(name__iexact=name).first()
        if known and known.query == query:
            return known
        if known:
            raise DomainError("You have a view of this name. Choose another one.", field="name")
        if mine.count() >= settings.WAYMARK_OWN_VIEWS:
            raise DomainError(f"There are {settings.WAYMARK_OWN_VIEWS} views. Delete one first.", field="name")
        return SavedView.objects.create(student=student, name=name, query=query, created_at=at)


def delete_view(*, view: SavedView, by: User, at: dt.datetime) -> None:  # noqa: ARG001 - every action is told when
    """Delete a view; doing it twice is no mistake."""
    SavedView.objects.visible_to(by).filter(pk=view.pk).delete()


@transaction.atomic
def choose_columns(*, student: User, names: Sequence[str], at: dt.datetime) -> list[str]:
    """Show these columns of the table, in their own order; without any, or with the usual ones, as it comes."""
    known = [name for name in COLUMNS if name in names]
    columns = [] if known == list(USUAL) else known
    Desk.objects.update_or_create(student=student, defaults={"columns": columns, "updated_at": at})
    return known or list(USUAL)
