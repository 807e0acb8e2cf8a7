"""The second step: which field each column is, what the words for stages mean, whether days come first."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction

from accounts.models import User
from applications.stage import ENTRY_CHOICES
from imports.actions.planning import make_plan
from imports.models import Habit, Import
from imports.planning.days import told_by
from imports.planning.fields import DAYS, FIELDS, LEFT_OUT, doubled, missing
from imports.planning.names import key_of
from tracker.lib.errors import DomainError, StaleError

_NO_STAGES = "“{}” has too many different words to be the stage. Match it with something else, or leave it out."
_OPEN = (Import.State.MATCHING, Import.State.REVIEW)


def words_in(file: Import, fields: Sequence[str]) -> list[str]:
    """Return the different words in the column of the stage."""
    return [
        str(word) for one, name in zip(file.columns, fields, strict=False) if name == "stage" for word in one["words"]
    ]


def asks_for_order(file: Import, fields: Sequence[str]) -> bool:
    """Say whether the person must say if the day comes first: the days in the file do not tell."""
    return told_by(_clues(file, fields)) is None


def match_columns(
    *,
    file: Import,
    fields: Sequence[str],
    words: Mapping[str, str],
    day_first: bool | None,
    by: User,
    at: dt.datetime,
    remember: bool = True,
) -> None:
    """Take the answers, remember them for the next file, and make the plan. words: word -> one of ENTRY_CHOICES.

    remember: not where they are guesses that nobody has looked at.
    DomainError where two columns are one field, or something that must be said is not.
    """
    judge(file, fields, words, day_first)
    with transaction.atomic():
        fresh = lock_open(file, by)
        fresh.fields = list(fields)
        fresh.words = {key_of(word): entry for word, entry in words.items() if entry}
        fresh.day_first = day_first if asks_for_order(fresh, fields) else told_by(_clues(fresh, fields))
        fresh.save(update_fields=["fields", "words", "day_first"])
        if remember:
            _remember(fresh, by)
        make_plan(file=fresh, by=by, at=at)


def lock_open(file: Import, by: User) -> Import:
    """Return an import that nothing was done with yet, held until the transaction ends."""
    fresh = Import.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=file.pk).first()
    if fresh is None or fresh.state not in _OPEN:
        raise StaleError("This import went on meanwhile. Look at where it is now.")
    return fresh


def judge(file: Import, fields: Sequence[str], words: Mapping[str, str], day_first: bool | None) -> None:  # noqa: FBT001 - None is a third answer
    """Raise DomainError, with the field that it is about, for answers of which no plan can be made."""
    if len(fields) != len(file.columns) or any(name not in FIELDS and name != LEFT_OUT for name in fields):
        raise DomainError("Choose from the list what each column is.")
    for field, named in doubled(fields, file.heads).items():
        columns = " and ".join(f"“{name}”" for name in named)
        place = max(n for n, name in enumerate(fields) if name == field)
        raise DomainError(f"{columns} are matched with {FIELDS[field]}. Choose one of them.", field=f"column-{place}")
    if sentence := missing(fields):
        raise DomainError(sentence)
    for one, name in zip(file.columns, fields, strict=True):
        if name == "stage" and one["samples"] and not one["words"]:
            raise DomainError(_NO_STAGES.format(one["name"]), field=f"column-{file.columns.index(one)}")
    for place, word in enumerate(words_in(file, fields)):
        if words.get(word, "") not in dict(ENTRY_CHOICES):
            raise DomainError(f"Choose the stage that “{word}” means.", field=f"word-{place}")
    if day_first is None and asks_for_order(file, fields):
        raise DomainError("Choose whether the day or the month comes first.", field="day_first")


def _clues(file: Import, fields: Sequence[str]) -> set[str]:
    days = (one for one, name in zip(file.columns, fields, strict=False) if name in DAYS)
    return {clue for one in days for clue in one["clues"]}


def _remember(file: Import, by: User) -> None:
    chosen = {(Habit.Kind.COLUMN, key_of(head)): field for head, field in zip(file.heads, file.fields, strict=True)}
    chosen |= {(Habit.Kind.WORD, word): entry for word, entry in file.words.items()}
    Habit.objects.bulk_create(
        (Habit(student=by, kind=kind, said=said[:80], meant=meant) for (kind, said), meant in chosen.items() if said),
        update_conflicts=True,
        unique_fields=["student", "kind", "said"],
        update_fields=["meant"],
    )
