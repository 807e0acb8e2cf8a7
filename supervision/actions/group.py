"""What a supervisor sets for the group: introductions they offer, and milestones."""

import datetime as dt

from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.models import User
from companies.models import Company
from supervision.models import Introduction, Milestone
from tracker.lib.errors import DomainError


@transaction.atomic
def offer_introduction(*, company: Company, note: str, by: User, at: dt.datetime, person: str = "") -> Introduction:
    """Offer to introduce one's students to people at a company; said again, it says what was said last."""
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    most = settings.WAYMARK_INTRODUCTIONS_MOST
    mine = Introduction.objects.filter(by=by)
    if mine.count() >= most and not mine.filter(company=company).exists():
        raise DomainError(f"These are {most} already. Take one back first.", field="company")
    said = {"person": person, "note": note, "at": at}
    offered, _made = Introduction.objects.update_or_create(by=by, company=company, defaults=said)
    return offered


def take_back_introduction(*, introduction: Introduction, by: User) -> bool:
    """Offer it no more; return whether it was there."""
    return bool(Introduction.objects.filter(pk=introduction.pk, by=by).delete()[0])


@transaction.atomic
def add_milestone(*, title: str, starts_on: dt.date, ends_on: dt.date | None, by: User) -> Milestone:
    """Add a day or some days when the group needs its people; the same again is there already."""
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    same = {"by": by, "title": title, "starts_on": starts_on, "ends_on": ends_on}
    known = Milestone.objects.filter(**same).first()
    if known is not None:
        return known
    if Milestone.objects.filter(by=by).count() >= settings.WAYMARK_MILESTONES_MOST:
        raise DomainError(f"These are {settings.WAYMARK_MILESTONES_MOST} already. Delete old ones first.")
    return _written(Milestone(**same))


def edit_milestone(
    *, milestone: Milestone, title: str, starts_on: dt.date, ends_on: dt.date | None, by: User
) -> Milestone:
    """Change one of one's own."""
    own = Milestone.objects.visible_to(by).get(pk=milestone.pk)
    own.title, own.starts_on, own.ends_on = title, starts_on, ends_on
    return _written(own)


def delete_milestone(*, milestone: Milestone, by: User) -> bool:
    """Take one of one's own out; return whether it was there."""
    return bool(Milestone.objects.visible_to(by).filter(pk=milestone.pk).delete()[0])


def _written(milestone: Milestone) -> Milestone:
    try:
        with transaction.atomic():
            milestone.save()
    except IntegrityError:
        raise DomainError("The last day is before the first.", field="ends_on") from None
    return milestone
