"""Changes to the preparation of a round: the student's own lines, copied from sets that curators keep.

A line remembers what it was copied from, so that adding a set again adds only what is missing. None of this is told in
the timeline, which is about what happens between the student and the company.
"""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db.models import Max

from accounts.models import User
from applications.actions.guarding import guarded, lock_application
from applications.interviews.preparing import days_left, is_weekend, spread
from applications.models import InterviewRound, PrepItem, PrepSet, PrepSetItem
from applications.queries.preparation import origin, suggested_items
from tracker.lib.errors import DomainError, StaleError

FIELDS = ("text", "minutes", "on", "url")


def make_plan(*, interview: InterviewRound, by: User, at: dt.datetime) -> list[PrepItem]:
    """Copy the suggested sets of the round into its plan, spread over the days left; return the new lines."""
    return _add(interview, suggested_items(interview.kind, interview.with_whom), by, at, fills_up=True)


def add_set(*, interview: InterviewRound, prep_set: PrepSet, by: User, at: dt.datetime) -> list[PrepItem]:
    """Copy one set into the plan, but nothing twice; return the new lines."""
    items = PrepSetItem.objects.filter(prep_set=prep_set).select_related("prep_set").order_by("position", "pk")
    return _add(interview, items, by, at)


def add_item(*, interview: InterviewRound, details: Mapping[str, object], by: User, at: dt.datetime) -> PrepItem:  # noqa: ARG001 - every action is told when
    """Add a line of the student's own; words that stand in the plan already are not written twice."""
    with guarded():
        lock_application(interview.application, by)
        known = PrepItem.objects.filter(round=interview, text=details["text"], done_at__isnull=True).first()
        if known:
            return known
        _room_for(interview, 1)
        return PrepItem.objects.create(round=interview, position=_next_position(interview), **details)


def edit_item(*, item: PrepItem, seen: PrepItem, details: Mapping[str, object], by: User, at: dt.datetime) -> PrepItem:  # noqa: ARG001 - every action is told when
    """Change words, minutes, day or link of a line; StaleError when it no longer reads as it was seen."""
    with guarded():
        fresh = _lock(item, by)
        if any(getattr(fresh, name) != getattr(seen, name) for name in FIELDS):
            raise StaleError("This line changed in another tab.")
        for name in FIELDS:
            setattr(fresh, name, details[name])
        fresh.save(update_fields=FIELDS)
    return fresh


def tick(*, item: PrepItem, done: bool, by: User, at: dt.datetime) -> PrepItem:
    """Note that a line is done, or that it is not; doing it twice is no mistake."""
    with guarded():
        fresh = _lock(item, by)
        if (fresh.done_at is not None) != done:
            fresh.done_at = at if done else None
            fresh.save(update_fields=["done_at"])
    return fresh


def delete_item(*, item: PrepItem, by: User, at: dt.datetime) -> None:  # noqa: ARG001 - every action is told when
    """Take a line out of the plan; doing it twice is no mistake."""
    with guarded():
        lock_application(item.round.application, by)
        PrepItem.objects.visible_to(by).filter(pk=item.pk).delete()


def spread_again(*, interview: InterviewRound, weekends: bool, by: User, at: dt.datetime) -> list[PrepItem]:
    """Give what is left a day anew, in its order; what is done stays as it is."""
    with guarded():
        lock_application(interview.application, by)
        left = list(PrepItem.objects.filter(round=interview, done_at__isnull=True).order_by("position", "pk"))
        _place(left, interview, weekends=weekends, today=at.astimezone(by.tz).date())
        PrepItem.objects.bulk_update(left, ["on"])
    return left


def follow_round(
    *, interview: InterviewRound, kind: str, with_whom: str, on: dt.date | None, by: User, at: dt.datetime
) -> None:
    """Let the plan follow a round that was of this kind, with whom and on this day before it changed.

    Another kind brings other lines: what the former one suggested, and is neither done nor reworded, goes. Another day
    spreads what is left anew.
    """
    if (interview.kind, interview.with_whom) != (kind, with_whom):
        new = suggested_items(interview.kind, interview.with_whom)
        _drop(interview, suggested_items(kind, with_whom), besides={origin(item) for item in new})
        _add(interview, new, by, at, fills_up=True)
    elif interview.on == on:
        return
    weekends = _uses_weekends(interview)
    spread_again(interview=interview, weekends=weekends, by=by, at=at)


def _drop(interview: InterviewRound, old: Iterable[PrepSetItem], *, besides: set[str]) -> None:
    words = {origin(item): item.text for item in old}
    lines = PrepItem.objects.filter(round=interview, done_at__isnull=True, came_from__in=words.keys() - besides)
    untouched = [line.pk for line in lines if line.text == words[line.came_from]]
    PrepItem.objects.filter(pk__in=untouched).delete()


def _add(
    interview: InterviewRound, items: Iterable[PrepSetItem], by: User, at: dt.datetime, *, fills_up: bool = False
) -> list[PrepItem]:
    """Copy what is not there yet; with `fills_up` as much as there is room for, else too much is refused."""
    with guarded():
        lock_application(interview.application, by)
        known = set(PrepItem.objects.filter(round=interview).values_list("came_from", flat=True))
        new = [item for item in items if origin(item) not in known]
        if fills_up:
            new = new[: max(0, _room(interview))]
        _room_for(interview, len(new))
        lines = [_copy(interview, item, place) for place, item in enumerate(new, start=_next_position(interview))]
        today = at.astimezone(by.tz).date()
        _place(lines, interview, weekends=_uses_weekends(interview), today=today)
        return PrepItem.objects.bulk_create(lines)


def _copy(interview: InterviewRound, item: PrepSetItem, position: int) -> PrepItem:
    return PrepItem(
        round=interview,
        text=item.text,
        minutes=item.minutes,
        url=item.url,
        position=position,
        came_from=origin(item),
    )


def _place(lines: list[PrepItem], interview: InterviewRound, *, weekends: bool, today: dt.date) -> None:
    days = days_left(today, interview.on, weekends=weekends)
    for line, on in zip(lines, spread([line.minutes for line in lines], days), strict=True):
        line.on = on


def _uses_weekends(interview: InterviewRound) -> bool:
    """Say whether the plan has something on a Saturday or a Sunday: then the student chose to work then."""
    days = PrepItem.objects.filter(round=interview, on__isnull=False).values_list("on", flat=True)
    return any(is_weekend(day) for day in days if day)


def _next_position(interview: InterviewRound) -> int:
    last = PrepItem.objects.filter(round=interview).aggregate(Max("position"))["position__max"]
    return 0 if last is None else last + 1


def _room(interview: InterviewRound) -> int:
    return settings.WAYMARK_PREP_LINES - PrepItem.objects.filter(round=interview).count()


def _room_for(interview: InterviewRound, more: int) -> None:
    if more > _room(interview):
        raise DomainError(f"A plan has at most {settings.WAYMARK_PREP_LINES} lines. Take some out first.")


def _lock(item: PrepItem, by: User) -> PrepItem:
    """Hold the application, so that its changes queue, and read the line as it is now."""
    lock_application(item.round.application, by)
    fresh = PrepItem.objects.visible_to(by).filter(pk=item.pk).first()
    if fresh is None:
        raise StaleError("This line was deleted in another tab.")
    return fresh
