"""One change of many applications: each in a constant number of statements, and what does not fit is left and counted.

The caller holds the applications (`undoable`), so that all are changed, or none.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import F, Func, Value

from accounts.models import User
from applications.actions.stages import UNKNOWN_STAGE, move_many
from applications.history import Step
from applications.models import Application, Event, InterviewRound
from applications.reading.typed import LONGEST_TAG, read_tags
from applications.stage import ACTIVE, SENT, UNSENT, Outcome, Stage
from tracker.lib.errors import DomainError

LONGEST_STEP = 200
_WAITING = (Stage.APPLIED, Stage.INTERVIEWING)


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it: the sentence to say, and how many wait for a referral."""

    text: str
    held: int = 0


def named(keys: Sequence[int]) -> list[Application]:
    """Return applications that are nothing but their keys: enough to hold them."""
    return [Application(pk=key) for key in keys]


def own(*, keys: Sequence[int], by: User) -> list[Application]:
    """Return the person's own of these, as they are now, without their long texts."""
    mine = Application.objects.visible_to(by).filter(pk__in=keys).order_by("pk")
    return list(mine.defer("notes", "posting_text", "closing_reason"))


def move_all(*, applications: Sequence[Application], to: str, by: User, at: dt.datetime, on: dt.date) -> Done:
    """Move to an open stage; what is on hold for a referral is not sent this way."""
    if to not in ACTIVE:
        raise DomainError(UNKNOWN_STAGE)
    held = [one for one in applications if one.referral.waits(on) and one.stage in UNSENT and to in SENT]
    ready = [one for one in applications if one not in held]
    moved = len(move_many(applications=ready, step=Step(on, to), by=by, at=at))
    there = len(ready) - moved
    parts = [f"Moved {moved}."] if moved else []
    parts += [f"{there} {'was' if there == 1 else 'were'} there already."] if there else []
    parts += [f"{len(held)} {'is' if len(held) == 1 else 'are'} on hold for a referral."] if held else []
    return Done(" ".join(parts), len(held))


def close_all(*, applications: Sequence[Application], by: User, at: dt.datetime, on: dt.date) -> Done:
    """Close what waits for a reply as "no reply"; nothing else can end that way."""
    waiting = [one for one in applications if one.stage in _WAITING]
    step = Step(on, Stage.CLOSED, Outcome.NO_REPLY)
    closed, left = len(move_many(applications=waiting, step=step, by=by, at=at)), len(applications) - len(waiting)
    parts = [f"Closed {closed} as no reply."] if closed else []
    parts += [f"{left} {'was' if left == 1 else 'were'} not waiting for a reply."] if left else []
    return Done(" ".join(parts))


@transaction.atomic
def set_next_step(
    *, applications: Sequence[Application], text: str, day: dt.date | None, by: User, at: dt.datetime, on: dt.date
) -> Done:
    """Give all the same next step."""
    text = " ".join(text.split())
    if not text or len(text) > LONGEST_STEP or "\0" in text:
        raise DomainError(f"Enter the next step, in at most {LONGEST_STEP} characters.", field="next_step")
    changed = [one for one in applications if (one.next_step, one.next_step_on) != (text, day)]
    _write(changed, "Edited: next step, by", by=by, at=at, on=on, next_step=text, next_step_on=day)
    return Done(_count("Set the next step of", len(changed)))


@transaction.atomic
def add_tags(*, applications: Sequence[Application], typed: str, by: User, at: dt.datetime, on: dt.date) -> Done:
    """Add tags, typed with commas between; one that is there in other capitals counts as there."""
    tags, most = read_tags(typed), settings.WAYMARK_TAGS_MOST
    if not tags or len(tags) > most or any(len(tag) > LONGEST_TAG or "\0" in tag for tag in tags):
        raise DomainError(f"Enter a tag of at most {LONGEST_TAG} characters.", field="tag")
    full, tagged = set(), set()
    for tag in tags:
        without = [one for one in applications if tag.casefold() not in {known.casefold() for known in one.tags}]
        full |= {one.pk for one in without if len(one.tags) >= most}
        ready = [one for one in without if len(one.tags) < most]
        _append(ready, tag)
        tagged |= {one.pk for one in ready}
    _write([one for one in applications if one.pk in tagged], "Edited: tags", by=by, at=at, on=on)
    left = f" {len(full)} {'has' if len(full) == 1 else 'have'} {most} tags already." if full else ""
    return Done(_count("Tagged", len(tagged)) + left)


@transaction.atomic
def delete_all(*, applications: Sequence[Application], by: User) -> Done:
    """Delete them with their timelines and rounds."""
    Application.objects.visible_to(by).filter(pk__in=[one.pk for one in applications]).delete()
    return Done(_count("Deleted", len(applications)))


def with_rounds(*, keys: Sequence[int], by: User) -> int:
    """Count those that have interview rounds: deleting them asks first."""
    rounds = InterviewRound.objects.visible_to(by).filter(application__in=keys)
    return rounds.values("application").distinct().count()


def _count(did: str, number: int) -> str:
    return f"{did} {number}." if number else "Nothing to change."


def _append(applications: Sequence[Application], tag: str) -> None:
    longer = Func(F("tags"), Value(tag), function="array_append", template="%(function)s(%(expressions)s::varchar)")
    Application.objects.filter(pk__in=[one.pk for one in applications]).update(tags=longer)
    for one in applications:
        one.tags.append(tag)


def _write(
    applications: Sequence[Application], text: str, *, by: User, at: dt.datetime, on: dt.date, **values: object
) -> None:
    """Set what they have in common, if anything, and record that they were edited."""
    keys = [one.pk for one in applications]
    Application.objects.filter(pk__in=keys).update(version=F("version") + 1, updated_at=at, **values)
    kind = Event.Kind.EDIT
    Event.objects.bulk_create([Event(application_id=key, kind=kind, on=on, text=text, by=by) for key in keys])
