"""Adds many companies of a student's own at once, and takes away those that nobody uses."""

import datetime as dt
from collections.abc import Collection, Mapping

from django.conf import settings
from django.db import transaction
from django.db.models import F

from accounts.models import User
from companies.actions.companies import own_slug
from companies.models import Company, Proposal
from companies.queries.known import AnyOf, usable_companies
from companies.queries.merging import pointing


@transaction.atomic
def propose_companies(*, names: Mapping[str, str], by: User, at: dt.datetime) -> tuple[dict[str, int], list[int]]:
    """Make companies that are this person's alone out of key -> name, and propose them, as `propose_company` does.

    Return key -> company, with those that the person sees already, and the keys of those that were made.
    """
    known = usable_companies(by, set(names)) if names else {}
    size = settings.WAYMARK_IMPORT_BATCH
    new = (
        Company(name=name, slug=own_slug(name), match_key=key, proposed_by=by, search_text=name)
        for key, name in names.items()
        if key not in known
    )
    made = Company.objects.bulk_create(new, batch_size=size)
    about = {"subject": Proposal.Subject.COMPANY, "is_new": True, "proposed_by": by, "proposed_at": at}
    Proposal.objects.bulk_create((Proposal(company=company, **about) for company in made), batch_size=size)
    return known | {one.match_key: one.pk for one in made}, [one.pk for one in made]


@transaction.atomic
def forget_companies(*, companies: Collection[int], by: User) -> int:
    """Take away those of these companies that are this person's alone still and that nothing names; return how many."""
    mine = Company.objects.select_for_update(of=("self",)).filter(AnyOf(F("pk"), companies), proposed_by=by)
    keys = set(mine.filter(approved_at=None, merged_into=None).order_by("pk").values_list("pk", flat=True))
    for model, field in pointing():
        rows = model._default_manager.filter(AnyOf(F(f"{field}_id"), keys))
        if model is Proposal:
            rows = rows.exclude(state=Proposal.State.WAITING, is_new=True)
        keys -= set(rows.values_list(f"{field}_id", flat=True))
    Company.objects.filter(AnyOf(F("pk"), keys)).delete()
    return len(keys)
