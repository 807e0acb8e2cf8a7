"""Makes two teams, programmes or postings of a company one, and takes that back.

Unlike a company, which stays for its address, the row that is taken goes: it is kept in the merge, with what could not
move because the keeper has the like (a window of the same season, a follower of both), and comes back as it was.
"""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.contrib.admin.utils import NestedObjects
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DEFAULT_DB_ALIAS, IntegrityError, models, transaction

from accounts.models import User
from companies.actions.companies import refresh_search
from companies.actions.noting import note
from companies.actions.turns import rearrange
from companies.models import PartMerge, Posting, Programme, Team
from companies.queries.joining import FIELDS, ROWS
from companies.queries.merging import pointing_at
from tracker.lib.errors import DomainError, StaleError

type Part = Team | Programme | Posting

_GONE = "One of the two is not there any more. Look at the list again."


def merge_parts(*, keeper: Part, taken: Part, values: Mapping[str, Any], by: User, at: dt.datetime) -> PartMerge:
    """Take one row into another of its kind and company: what points at it points at the keeper.

    values: fields of FIELDS as the keeper shall have them.
    """
    subject = keeper._meta.model_name or ""
    with transaction.atomic():
        rearrange()
        keeper, taken = _locked(keeper, taken)
        before = {name: getattr(keeper, name) for name in FIELDS[subject]}
        merge = PartMerge(
            subject=subject, keeper_key=keeper.pk, company=keeper.company, title=str(taken)[:300], by=by, at=at
        )
        merge.address = taken.public_id if isinstance(taken, Posting) else taken.slug
        merge.moved = _move(taken, keeper)
        merge.taken = _take_away(taken)
        for name, value in values.items():
            setattr(keeper, name, value)
        _save(keeper)
        merge.before = _plain({"before": before, "set": {name: getattr(keeper, name) for name in FIELDS[subject]}})
        merge.save()
        note(keeper, f"{taken} became this one.", by=by, at=at)
        refresh_search(company=keeper.company)
    return merge


def undo_part_merge(*, merge: PartMerge, by: User, at: dt.datetime) -> None:
    """Take a merge apart within 30 days; a field that somebody changed since stays as they left it."""
    with transaction.atomic():
        rearrange()
        fresh = PartMerge.objects.select_for_update().get(pk=merge.pk)
        if fresh.undone_at:
            raise StaleError("Somebody took this merge back already.")
        if at > fresh.at + settings.WAYMARK_MERGE_UNDO:
            raise DomainError(f"A merge can be taken back for {settings.WAYMARK_MERGE_UNDO.days} days.")
        keeper = ROWS[fresh.subject]._default_manager.select_for_update().filter(pk=fresh.keeper_key).first()
        if keeper is None:
            raise StaleError("The row that stayed is gone. Take the later merge back first.")
        _bring_back(keeper, fresh)
        fresh.undone_at, fresh.undone_by = at, by
        fresh.save(update_fields=["undone_at", "undone_by"])
        note(keeper, f"{fresh.title} was taken out again.", by=by, at=at)
        refresh_search(company=keeper.company)


def _bring_back(keeper: Part, merge: PartMerge) -> None:
    """Give the keeper what it had, then put back what was taken away, and what moved."""
    now = _plain({name: getattr(keeper, name) for name in FIELDS[merge.subject]})
    for name, value in merge.before["before"].items():
        if now[name] == merge.before["set"][name]:
            setattr(keeper, name, _field(keeper, name).to_python(value))
    _save(keeper)
    try:
        with transaction.atomic():
            for one in serializers.deserialize("json", json.dumps(merge.taken)):
                one.save()
    except IntegrityError:
        raise StaleError("Something else has its name or its link by now. Change that first.") from None
    own = next(row["pk"] for row in merge.taken if row["model"] == keeper._meta.label_lower)
    fields = {f"{model._meta.label}.{field}": (model, field) for model, field in pointing_at(type(keeper))}
    for name, keys in merge.moved.items():
        model, field = fields[name]
        model._default_manager.filter(pk__in=keys, **{field: keeper.pk}).update(**{field: own})


def _locked(keeper: Part, taken: Part) -> tuple[Any, Any]:
    """Lock both; refuse what is no pair of one company any more."""
    model = type(keeper)
    rows = {
        row.pk: row
        for row in model._default_manager.select_for_update(of=("self",))
        .select_related("company")
        .filter(pk__in=[keeper.pk, taken.pk])
        .order_by("pk")
    }
    if len(rows) < 2 or type(taken) is not model:  # noqa: PLR2004 - a pair
        raise StaleError(_GONE)
    if rows[keeper.pk].company_id != rows[taken.pk].company_id:
        raise DomainError("They are of two companies. Make the companies one first.")
    return rows[keeper.pk], rows[taken.pk]


def _move(taken: Part, keeper: Part) -> dict[str, list[int]]:
    """Point at the keeper whatever may; return what moved. What the keeper has the like of stays, and goes along."""
    moved: dict[str, list[int]] = {}
    for model, field in pointing_at(type(taken)):
        for key in model._default_manager.filter(**{field: taken.pk}).order_by("pk").values_list("pk", flat=True):
            try:
                with transaction.atomic():
                    model._default_manager.filter(pk=key).update(**{field: keeper.pk})
            except IntegrityError:
                continue
            moved.setdefault(f"{model._meta.label}.{field}", []).append(key)
    return moved


def _take_away(taken: Part) -> list[dict[str, Any]]:
    """Delete a row with what still hangs on it; return all of it, so that each comes after what it points at."""
    collector = NestedObjects(using=DEFAULT_DB_ALIAS)
    collector.collect([taken])
    collector.sort()
    rows: Iterable[models.Model] = [row for found in reversed(list(collector.data.values())) for row in found]
    kept: list[dict[str, Any]] = json.loads(serializers.serialize("json", rows))
    own = [row for row in kept if row["model"] == taken._meta.label_lower]
    taken.delete()
    return own + [row for row in kept if row["model"] != taken._meta.label_lower]


def _save(keeper: Part) -> None:
    try:
        with transaction.atomic():
            keeper.save()
    except IntegrityError:
        raise DomainError("The company has another one of this name.", field="name") from None


def _field(row: Part, name: str) -> "models.Field[Any, Any]":
    return next(field for field in row._meta.concrete_fields if field.name == name)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Return values as JSON holds them."""
    found: dict[str, Any] = json.loads(json.dumps(values, cls=DjangoJSONEncoder))
    return found
