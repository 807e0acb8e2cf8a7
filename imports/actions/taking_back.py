"""Takes an import back: what it added goes, what it changed is as before; where anything changed since, nothing is.

The plan says what every added application was: it is compared with what there is now, as any undo does it (decision
0014).
"""

from collections.abc import Mapping
from itertools import batched
from typing import Any

from django.conf import settings

from accounts.models import User
from applications.actions.undoing import take_back
from applications.models import Application, Event
from applications.taking_back import Difference, stale
from companies.actions import forget_companies
from imports.actions.writing import Progress, to_add
from imports.models import Change, Import

_APPLICATIONS, _EVENTS = Application._meta.db_table, Event._meta.db_table


def undo_rows(file: Import, *, by: User, tell: Progress) -> None:
    """Put everything back as it was before; StaleError where something was changed since."""
    for change in Change.objects.filter(file=file).order_by("-pk"):
        take_back(changes=change.changes, applications=change.applications, by=by)
    planned = to_add(file).order_by("number").values_list("public_id", "facts", "events")
    done = 0
    for rows in batched(planned.iterator(), settings.WAYMARK_SHEET_CHANGES):
        _remove({public_id: (facts, events) for public_id, facts, events in rows}, file.base, by)
        done += len(rows)
        tell(done)
    forget_companies(companies=file.companies_made, by=by)


def _remove(planned: Mapping[str, tuple[dict[str, Any], list[dict[str, Any]]]], base: dict[str, Any], by: User) -> None:
    mine = Application.objects.visible_to(by).filter(public_id__in=planned)
    ids = dict(mine.values_list("public_id", "pk"))
    if len(ids) < len(planned):
        raise stale()
    events = _events_of(by, list(ids.values()))
    added: list[Difference] = []
    told: list[Difference] = []
    for public_id, (facts, entries) in planned.items():
        added.append((None, {**base, **facts, "id": ids[public_id]}))
        for entry in entries:
            if entry["public_id"] not in events:
                raise stale()
            told.append((None, {**entry, "id": events[entry["public_id"]]}))
    take_back(changes={_APPLICATIONS: added, _EVENTS: told}, applications=list(ids.values()), by=by)


def _events_of(by: User, applications: list[int]) -> dict[str, int]:
    mine = Event.objects.visible_to(by).filter(application__in=applications)
    return dict(mine.values_list("public_id", "pk"))
