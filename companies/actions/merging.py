"""Makes two companies one, and takes that back: what moves is written down row by row, whichever app it belongs to."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction

from accounts.models import User
from companies.actions.companies import refresh_search
from companies.actions.noting import note
from companies.actions.turns import rearrange, stay
from companies.models import Alias, Company, Merge, Proposal
from companies.naming import match_key
from companies.queries.merging import FIELDS, links_to, pointing
from tracker.lib.errors import DomainError, StaleError

_GONE = "One of these companies is another one by now. Look at the list again."


def merge_companies(*, keeper: Company, taken: Company, values: Mapping[str, str], by: User, at: dt.datetime) -> Merge:
    """Take one company into another: all that points at it points at the keeper, its name becomes another name.

    values: fields of FIELDS as the keeper shall have them. Whoever adds an application at this moment comes first, and
    theirs moves too, or finds the keeper.
    """
    with transaction.atomic():
        rearrange()
        keeper, taken = _locked(keeper, taken)
        before: dict[str, Any] = {"keeper": {name: getattr(keeper, name) for name in (*FIELDS, "match_key", "topics")}}
        before["taken"] = {"approved_at": _text(taken.approved_at), "proposed_by": taken.proposed_by_id}
        merge = Merge(keeper=keeper, taken=taken, by=by, at=at, before=before)
        Company.objects.filter(pk=taken.pk).update(merged_into=keeper, approved_at=None, proposed_by=None)
        before["proposals"] = settle_proposals(
            company=taken, by=by, at=at, answer=f"It is in the list as {keeper.name}."
        )
        merge.moved, before["slugs"] = _move(taken, keeper)
        _fill(keeper, values, taken)
        before["set"] = {name: getattr(keeper, name) for name in (*FIELDS, "match_key", "topics")}
        before["alias"] = _named(keeper, taken.name, *([before["keeper"]["name"]] if values.get("name") else []))
        merge.save()
        note(keeper, f"{taken.name} became this one.", by=by, at=at)
        refresh_search(company=keeper)
    return merge


def undo_merge(*, merge: Merge, by: User, at: dt.datetime) -> None:
    """Take a merge apart within 30 days: what moved and is still there goes back, and each has what it had.

    A field that somebody changed since stays as they left it.
    """
    with transaction.atomic():
        rearrange()
        fresh = Merge.objects.select_for_update().get(pk=merge.pk)
        if fresh.undone_at:
            raise StaleError("Somebody took this merge back already.")
        if at > fresh.at + settings.WAYMARK_MERGE_UNDO:
            raise DomainError(f"A merge can be taken back for {settings.WAYMARK_MERGE_UNDO.days} days.")
        keeper, taken = _both(fresh)
        before: dict[str, Any] = fresh.before
        Alias.objects.filter(pk__in=before["alias"], company=keeper).delete()
        for name, value in before["keeper"].items():
            if getattr(keeper, name) == before["set"][name]:
                setattr(keeper, name, value)
        taken.merged_into, taken.proposed_by_id = None, before["taken"]["proposed_by"]
        taken.approved_at = before["taken"]["approved_at"] and dt.datetime.fromisoformat(before["taken"]["approved_at"])
        _save(keeper, taken)
        _move_back(fresh.moved, before["slugs"], keeper, taken)
        _reopen(before.get("proposals", []))
        note(taken, f"Taken out of {keeper.name} again.", by=by, at=at)
        fresh.undone_at, fresh.undone_by = at, by
        fresh.save(update_fields=["undone_at", "undone_by"])
        refresh_search(company=keeper)
        refresh_search(company=taken)


def settle_proposals(*, company: Company, by: User, at: dt.datetime, answer: str = "") -> list[dict[str, Any]]:
    """Tell those who proposed this company that it is in the list; return what their proposals were before."""
    open_ones = Proposal.objects.filter(company=company, subject=Proposal.Subject.COMPANY, is_new=True)
    open_ones = open_ones.filter(state__in=[Proposal.State.WAITING, Proposal.State.ASKED]).select_for_update()
    before = []
    for proposal in open_ones.order_by("pk"):
        was = {name: getattr(proposal, name) for name in ("pk", "state", "answer", "decided_by_id")}
        before.append({**was, "decided_at": _text(proposal.decided_at)})
        proposal.state, proposal.answer = Proposal.State.APPROVED, answer
        proposal.decided_by, proposal.decided_at = by, at
        proposal.save()
    return before


def _reopen(before: list[dict[str, Any]]) -> None:
    for was in before:
        at = was["decided_at"] and dt.datetime.fromisoformat(was["decided_at"])
        same = {name: was[name] for name in ("state", "answer", "decided_by_id")}
        Proposal.objects.filter(pk=was["pk"], state=Proposal.State.APPROVED).update(**same, decided_at=at)


def settled(company: Company) -> Company:
    """Return the company that a new row shall point at, held against merges until the transaction ends.

    Within a transaction, and before any row is locked.
    """
    stay()
    while merged := Company.objects.filter(pk=company.pk).values_list("merged_into", flat=True).first():
        company = Company.objects.get(pk=merged)
    return company


def _move(taken: Company, keeper: Company) -> tuple[dict[str, list[int]], dict[str, str]]:
    """Point everything at the keeper; return what moved, and the slugs that had to change: "app.Model:key" -> old."""
    moved: dict[str, list[int]] = {}
    slugs: dict[str, str] = {}
    for name, rows in links_to(taken):
        field = name.rpartition(".")[2]
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        if not keys:
            continue
        moved[name] = keys
        if any(one.name == "slug" for one in rows.model._meta.fields) and rows.model is not Company:
            slugs |= _free_slugs(rows, keeper)
        rows.model._default_manager.filter(pk__in=keys).update(**{field: keeper.pk})
    return moved, slugs


def _free_slugs(rows: "models.QuerySet[Any]", keeper: Company) -> dict[str, str]:
    """Give teams and programmes another slug where the keeper has one of that name."""
    used = set(rows.model._default_manager.filter(company=keeper).values_list("slug", flat=True))
    changed = {}
    for row in rows.order_by("pk"):
        if row.slug in used:
            changed[f"{row._meta.label}:{row.pk}"] = row.slug
            free = next(slug for n in range(2, len(used) + 3) if (slug := f"{row.slug[:70]}-{n}") not in used)
            type(row)._default_manager.filter(pk=row.pk).update(slug=free)
            row.slug = free
        used.add(row.slug)
    return changed


def _move_back(moved: Mapping[str, list[int]], slugs: Mapping[str, str], keeper: Company, taken: Company) -> None:
    models_of = {f"{model._meta.label}.{field}": model for model, field in pointing()}
    for name, keys in moved.items():
        label, _, field = name.rpartition(".")
        model: Any = models_of[name]
        going = model._default_manager.filter(pk__in=keys, **{field: keeper.pk})
        for key in [key for key in going.values_list("pk", flat=True) if f"{label}:{key}" in slugs]:
            model._default_manager.filter(pk=key).update(slug=slugs[f"{label}:{key}"], **{field: taken.pk})
        going.update(**{field: taken.pk})


def _locked(keeper: Company, taken: Company) -> tuple[Company, Company]:
    """Lock both; refuse what is no pair any more."""
    rows = _rows(keeper.pk, taken.pk)
    if len(rows) < 2 or any(row.merged_into_id for row in rows.values()):  # noqa: PLR2004 - a pair
        raise StaleError(_GONE)
    return rows[keeper.pk], rows[taken.pk]


def _both(merge: Merge) -> tuple[Company, Company]:
    """Lock both; refuse to take a merge back whose keeper was merged on."""
    rows = _rows(merge.keeper_id, merge.taken_id)
    if rows[merge.taken_id].merged_into_id != merge.keeper_id:
        raise StaleError("The company was merged on. Take the later merge back first.")
    return rows[merge.keeper_id], rows[merge.taken_id]


def _rows(*keys: int) -> dict[int, Company]:
    """Lock companies, in one order whoever asks."""
    return {row.pk: row for row in Company.objects.select_for_update().filter(pk__in=keys).order_by("pk")}


def _fill(keeper: Company, values: Mapping[str, str], taken: Company) -> None:
    for name in FIELDS:
        if name in values:
            setattr(keeper, name, values[name])
    keeper.match_key = match_key(keeper.name)
    keeper.topics = list(dict.fromkeys([*keeper.topics, *taken.topics]))
    _save(keeper)


def _save(*companies: Company) -> None:
    try:
        with transaction.atomic():
            for company in companies:
                company.save()
    except IntegrityError:
        raise DomainError("The list has another company of this name.", field="name") from None


def _named(keeper: Company, *names: str) -> list[int]:
    """Make other names of these, but for the keeper's own and for those that somebody has; return their keys."""
    made = []
    for name in dict.fromkeys(names):
        key = match_key(name)
        if key and key != keeper.match_key:
            alias, is_new = Alias.objects.get_or_create(match_key=key, defaults={"company": keeper, "name": name})
            made += [alias.pk] if is_new else []
    return made


def _text(moment: dt.datetime | None) -> str | None:
    return moment.isoformat() if moment else None
