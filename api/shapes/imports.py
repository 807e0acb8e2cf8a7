"""Spreadsheets on their way in: what was recognised, the plan, and what became of it."""

import datetime as dt
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from api.shapes.base import FieldProblem, Given, Id, Inline, Text
from imports.models import Import, ImportRow

Name = Annotated[Text, Field(max_length=20)]
Word = Annotated[Text, Field(max_length=80)]


class ImportChange(Given):
    """Answers about the file. Only what is sent is changed; the plan is made anew."""

    fields: Annotated[list[Name], Field(max_length=60)] | None = Field(
        None,
        description="The field of each column, in their order; an empty text leaves a column out.",
        examples=[["company", "role", "stage", ""]],
    )
    stages: Annotated[dict[Word, Annotated[Text, Field(max_length=30)]], Field(max_length=60)] | None = Field(
        None, description="Word of the column of stages -> what it means.", examples=[{"Sent": "applied"}]
    )
    day_first: bool | None = Field(None, description="Whether 3/4/2026 is the third of April.")
    same: Annotated[ImportRow.Choice, Inline()] | None = Field(
        None, description="What to do with every row that looks like an application of yours."
    )


class ImportRowChange(Given):
    """Other texts for cells of a row, or what to do with it; only what is sent is changed."""

    cells: Annotated[dict[Word, Annotated[Text, Field(max_length=50_000)]], Field(max_length=60)] | None = Field(
        None, description="Name of a column -> what stands there now.", examples=[{"Applied on": "2026-11-03"}]
    )
    choice: Annotated[ImportRow.Choice, Inline()] | None = Field(
        None, description="What to do with it if it looks like another one."
    )


class ColumnShape(Schema):
    """One column: what it is called, what it holds, and the field that it is."""

    name: str
    field: str = Field(examples=["company"])
    reason: str = Field(examples=["Guessed"])
    samples: list[str]


class StageShape(Schema):
    """A word of the column of stages, and what it means; empty while that is asked."""

    word: str = Field(examples=["Sent"])
    means: str = Field(examples=["applied", "closed:no_reply"])


class CellProblem(Schema):
    """What is wrong with a cell: the name of its column, what stands there, and a sentence."""

    column: str
    text: str
    detail: str


class ImportRowShape(Schema):
    """What becomes of one row; `number` is as a spreadsheet counts, `like` what it looks like."""

    number: int
    company: str
    role: str
    verdict: Literal["ready", "wrong", "same"]
    choice: str
    stage: str | None
    history: str
    problems: list[CellProblem]
    like: str


class ImportCounts(Schema):
    """How many rows are what; `adds` become applications, `changes` change ones that are there."""

    rows: int
    ready: int
    wrong: int
    same: int
    adds: int
    changes: int


class ImportShape(Schema):
    """One file. `question` is what must be said before there is a plan; `rows` begins with those to look at."""

    id: Id
    name: str
    format: str
    sheet: str = Field(description="Which one was read, if a workbook has several.")
    state: Annotated[Import.State, Inline()]
    made_at: dt.datetime
    ended_at: dt.datetime | None
    undo_until: dt.datetime | None
    columns: list[ColumnShape]
    stages: list[StageShape]
    day_first: bool | None
    question: FieldProblem | None
    counts: ImportCounts
    rows: list[ImportRowShape]
    added: int
    changed: int
    done: int = Field(description="Rows that a worker has done so far.")
    problem: str
