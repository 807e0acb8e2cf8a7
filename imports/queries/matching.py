"""What the page of matching shows: the columns with samples, what each probably is, and why we think so."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from imports.models import Habit, Import
from imports.planning.fields import LEFT_OUT
from imports.planning.guessing import guess_entry, guess_fields
from imports.planning.names import key_of

GUESSED, REMEMBERED = "Guessed", "As last time"


@dataclass(frozen=True, slots=True)
class Guesses:
    """A field for each column with the reason, and an entry for each word of a stage."""

    fields: list[str]
    reasons: list[str]
    habits: dict[str, str]

    def entry(self, word: str) -> str:
        """Return what a word probably means."""
        return guess_entry(word, self.habits)


def guesses_for(file: Import, student: User) -> Guesses:
    """Guess, from what this person chose before and from names and samples: one query."""
    columns, words = _habits(student)
    samples: list[Sequence[str]] = [column["samples"] for column in file.columns]
    fields = guess_fields(file.format, file.heads, samples, columns)
    reasons = [
        "" if field == LEFT_OUT else REMEMBERED if columns.get(key_of(head)) == field else GUESSED
        for field, head in zip(fields, file.heads, strict=True)
    ]
    return Guesses(fields, reasons, words)


def _habits(student: User) -> tuple[dict[str, str], dict[str, str]]:
    found: dict[str, dict[str, str]] = {Habit.Kind.COLUMN: {}, Habit.Kind.WORD: {}}
    for kind, said, meant in Habit.objects.visible_to(student).values_list("kind", "said", "meant"):
        found[kind][said] = meant
    return found[Habit.Kind.COLUMN], found[Habit.Kind.WORD]
