"""How an import is told: its columns and words with what they mean so far, its plan, and what is still asked."""

from collections.abc import Mapping
from typing import Any

from accounts.models import User
from api.problems import Problem
from api.shapes.base import FieldProblem
from api.shapes.imports import (
    CellProblem,
    ColumnShape,
    ImportChange,
    ImportCounts,
    ImportRowShape,
    ImportShape,
    StageShape,
)
from imports.actions import progress_of
from imports.actions.correcting import StillWrongError
from imports.actions.matching import judge, words_in
from imports.actions.running import until
from imports.models import Import, ImportRow
from imports.planning.names import key_of
from imports.queries.matching import Guesses, guesses_for
from imports.queries.review import Line, page_of, summary_of
from imports.reading import FORMATS
from tracker.lib.errors import DomainError

State, Verdict = Import.State, ImportRow.Verdict


def told(file: Import, student: User) -> ImportShape:
    """Return an import as it is told: seven queries at most."""
    guesses = guesses_for(file, student)
    answers = answers_of(file, guesses)
    has_plan = file.state != State.MATCHING
    same = {name: getattr(file, name) for name in ("state", "made_at", "ended_at", "added", "changed", "problem")}
    return ImportShape(
        **same,
        id=file.public_id,
        name=file.file_name,
        format=FORMATS[file.format].label,
        sheet=file.sheet,
        undo_until=until(file) if file.state == State.DONE and (file.added or file.changed) else None,
        columns=_columns(file, guesses, answers["fields"]),
        stages=[StageShape(word=word, means=means) for word, means in answers["words"].items()],
        day_first=file.day_first,
        question=None if has_plan else _question(file, answers),
        counts=_counts(file),
        rows=_rows(file, student) if file.state == State.REVIEW else [],
        done=progress_of(file),
    )


def answers_of(file: Import, guesses: Guesses, said: ImportChange | None = None) -> dict[str, Any]:
    """Return what `match_columns` takes: what is said now, else what was said before, else what is guessed."""
    now = said.said("same") if said else {}
    stages = {key_of(word): means for word, means in (now.get("stages") or {}).items()}
    fields = now.get("fields") or file.fields or guesses.fields
    known = {word: file.words.get(key_of(word), "") or guesses.entry(word) for word in words_in(file, fields)}
    return {
        "fields": fields,
        "words": {word: stages.get(key_of(word), means) for word, means in known.items()},
        "day_first": now.get("day_first", file.day_first),
    }


def named(error: DomainError, file: Import, fields: list[str]) -> Exception:
    """Return a refusal of the form's fields as one of the fields of the API."""
    place = _place(error, file, fields)
    return Problem(422, error.sentence, errors={place: error.sentence}) if place else error


def places_of(file: Import, cells: Mapping[str, str]) -> dict[int, str]:
    """Return which column each name is; a Problem for one that the file does not have."""
    places = {name: place for place, name in reversed(list(enumerate(file.heads)))}
    unknown = [name for name in cells if name not in places]
    if unknown:
        errors = {f"cells.{name}": "There is no column of this name." for name in unknown}
        raise Problem(422, "There is no such column in this file.", errors=errors)
    return {places[name]: text for name, text in cells.items()}


def still_wrong(error: StillWrongError, file: Import) -> Problem:
    """Return what is wrong with the cells after a correction."""
    errors: dict[str, str] = {}
    for column, _field, sentence in error.problems:
        name = f"cells.{file.heads[column]}"
        errors[name] = f"{errors[name]} {sentence}" if name in errors else sentence
    return Problem(422, error.sentence, errors=errors)


def row_told(line: Line) -> ImportRowShape:
    """Return a row of the plan as it is told."""
    problems = [CellProblem(column=cell.head, text=cell.text, detail=" ".join(cell.errors)) for cell in line.cells]
    return ImportRowShape(
        number=line.number,
        company=line.company,
        role=line.title,
        verdict=line.verdict,  # type: ignore[arg-type]  # one of Verdict
        choice=line.choice if line.verdict == Verdict.SAME else "",
        stage=line.look.value if line.look else None,
        history=line.history,
        problems=problems,
        like=line.twin or (f"row {line.twin_row}" if line.twin_row else ""),
    )


def _columns(file: Import, guesses: Guesses, fields: list[str]) -> list[ColumnShape]:
    told = zip(file.columns, fields, guesses.fields, guesses.reasons, strict=True)
    return [
        ColumnShape(
            name=column["name"], field=field, reason=reason if field == guess else "", samples=column["samples"]
        )
        for column, field, guess, reason in told
    ]


def _counts(file: Import) -> ImportCounts:
    found = summary_of(file)
    return ImportCounts(
        rows=file.rows_read, ready=found.ready, wrong=found.wrong, same=found.same, adds=found.adds, changes=found.file
    )


def _rows(file: Import, student: User) -> list[ImportRowShape]:
    return [
        row_told(line) for verdict in (Verdict.WRONG, Verdict.SAME) for line in page_of(file, verdict, student).lines
    ]


def _question(file: Import, answers: dict[str, Any]) -> FieldProblem | None:
    try:
        judge(file, answers["fields"], answers["words"], answers["day_first"])
    except DomainError as error:
        return FieldProblem(field=_place(error, file, answers["fields"]) or "fields", detail=error.sentence)
    return None


def _place(error: DomainError, file: Import, fields: list[str]) -> str:
    """Return "fields.2", "stages.Sent", "day_first"; nothing for what is about the whole."""
    kind, _, number = (error.field or "").partition("-")
    if kind == "word":
        return f"stages.{words_in(file, fields)[int(number)]}"
    return f"fields.{number}" if kind == "column" else error.field or ""
