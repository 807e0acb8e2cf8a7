"""The forms of an import: the file, and what its columns and words mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict

from applications.forms.acting import ActingForm
from applications.forms.file import FileForm
from applications.forms.plain import PlainForm
from applications.stage import ENTRY_CHOICES
from imports.actions.matching import asks_for_order, words_in
from imports.models import Import
from imports.planning.fields import FIELDS, LEFT_OUT
from imports.planning.names import key_of
from imports.queries.matching import Guesses
from imports.reading import TooLargeError

_LOOK = "See what your words for stages mean, then go on."
_COLUMN = "Choose from the list what each column is."


class UploadForm(FileForm):
    """The file."""

    refusal = TooLargeError
    file = forms.FileField(
        allow_empty_file=True,
        label="Spreadsheet",
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.json,.md"}),
        error_messages={"required": "Choose the file", "empty": "The file is empty."},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Say how much is taken."""
        super().__init__(*args, **kwargs)
        most, rows = settings.WAYMARK_SHEET_BYTES // 1024**2, settings.WAYMARK_SHEET_ROWS
        self.fields["file"].help_text = f"CSV, XLSX, JSON or a Markdown table, up to {most} MB and {rows:,} rows."


class _Choice(forms.ChoiceField):
    """One of a list, or nothing: the action says what must be said."""

    def __init__(self, choices: Sequence[tuple[str, str]], label: str) -> None:
        """Offer these."""
        super().__init__(choices=choices, label=label, required=False, error_messages={"invalid_choice": _COLUMN})


@dataclass(frozen=True, slots=True)
class Shown:
    """A column, or a word, with the field to choose what it is."""

    field: forms.BoundField
    name: str
    value: str
    samples: Sequence[str] = ()
    reason: str = ""


class MatchForm(PlainForm, ActingForm):
    """A choice for each column; for each word of the stage's column; and the order of days where it is unclear."""

    def __init__(self, data: QueryDict | None, *, file: Import, guesses: Guesses) -> None:
        """Ask about this file."""
        super().__init__(data)
        self.file, self.guesses = file, guesses
        known = file.fields or guesses.fields
        for place, column in enumerate(file.columns):
            self.fields[f"column-{place}"] = _Choice([(LEFT_OUT, "Leave out"), *FIELDS.items()], column["name"])
            self.fields[f"column-{place}"].initial = known[place]
        self.chosen = [str(self[f"column-{place}"].value() or "") for place in range(len(file.columns))]
        self.words = words_in(file, self.chosen)
        for place, word in enumerate(self.words):
            self.fields[f"word-{place}"] = _Choice([("", "Choose"), *ENTRY_CHOICES], word)
        self.asks_for_order = asks_for_order(file, self.chosen)
        self.fields["day_first"] = _Choice([("day", "Day first"), ("month", "Month first")], "Order of days")

    @property
    def stage_column(self) -> str:
        """The column whose words are asked about."""
        return str(self.chosen.index("stage")) if "stage" in self.chosen else ""

    @property
    def columns_shown(self) -> list[Shown]:
        """The columns as the page shows them."""
        guessed = zip(self.file.columns, self.chosen, self.guesses.fields, self.guesses.reasons, strict=True)
        return [
            Shown(self[f"column-{place}"], column["name"], value, column["samples"], reason if value == guess else "")
            for place, (column, value, guess, reason) in enumerate(guessed)
        ]

    @property
    def words_shown(self) -> list[Shown]:
        """The words as the page shows them."""
        return [Shown(self[f"word-{place}"], word, self._entry(place, word)) for place, word in enumerate(self.words)]

    @property
    def order(self) -> str:
        """What was chosen of the order of days."""
        if self.is_bound:
            return str(self.data.get("day_first", ""))
        return "" if self.file.day_first is None else "day" if self.file.day_first else "month"

    @property
    def has_seen_words(self) -> bool:
        """Whether what was answered about words is about those of the column that is the stage now."""
        return str(self.data.get("words_of", "")) == self.stage_column

    def clean(self) -> None:
        """Ask for each word, and for those of another column than before once more."""
        if self.words and not self.has_seen_words:
            self.add_error("word-0", _LOOK)
            return
        for place, word in enumerate(self.words):
            if not self.data.get(f"word-{place}"):
                self.add_error(f"word-{place}", f"Choose the stage that “{word}” means.")

    def answers(self) -> dict[str, Any]:
        """Return what the action takes."""
        words = {word: str(self.data.get(f"word-{place}", "")) for place, word in enumerate(self.words)}
        day_first = {"day": True, "month": False}.get(self.order)
        return {"fields": self.chosen, "words": words, "day_first": day_first}

    def _entry(self, place: int, word: str) -> str:
        if self.is_bound and self.has_seen_words:
            return str(self.data.get(f"word-{place}", ""))
        known = self.file.words.get(key_of(word), "") if not self.is_bound else ""
        return known or self.guesses.entry(word)
