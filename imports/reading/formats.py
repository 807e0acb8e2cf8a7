"""Whose table it is, told by its head: what such a program calls its columns, and what it writes for nothing. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from imports.planning.names import key_of
from imports.reading.table import Table


@dataclass(frozen=True, slots=True)
class Format:
    """How one program writes: its name, what tells it, the fields of its columns, what is dropped, what is empty."""

    label: str
    telling: frozenset[str] = frozenset()
    fields: Mapping[str, str] = field(default_factory=dict)
    dropped: frozenset[str] = frozenset()
    nothing: frozenset[str] = frozenset()


# Columns whose field is "" are left out; those that are not named are guessed like anybody's.
FORMATS: dict[str, Format] = {
    "huntr": Format(
        "Huntr",
        frozenset({"listname", "companyname", "boardname"}),
        {
            "id": "", "createdat": "added_on", "title": "role", "salary": "line", "location": "place", "url": "url",
            "rootdomain": "", "deadline": "closes_on", "color": "", "lastmovedat": "since", "boardid": "",
            "boardname": "", "listid": "", "listname": "stage", "companyid": "", "companyname": "company",
            "companydomain": "",
        },
        dropped=frozenset(
            {"creatoruserid", "creatoruserfirstname", "creatoruserlastname", "creatoruseremail", "htmldescription"}
        ),
        nothing=frozenset({"-"}),
    ),
    "jobsync": Format(
        "JobSync",
        frozenset({"jobtitle", "jobsource", "status"}),
        {
            "index": "", "createdat": "added_on", "applied": "", "applieddate": "applied_on", "company": "company",
            "jobtitle": "role", "jobtype": "line", "workplacetype": "line", "location": "place",
            "jobsource": "source", "status": "stage",
        },
        nothing=frozenset({"n/a"}),
    ),
    "reactive-resume": Format(
        "Reactive Resume",
        frozenset({"company", "role", "stageenteredat"}),
        {
            "followupat": "next_step_on", "followupnote": "next_step", "contacts": "line", "salary": "line",
            "jobdescription": "posting_text", "stageenteredat": "since", "sourceurl": "url", "source": "source",
            "id": "", "createdat": "added_on", "updatedat": "",
        },
    ),
    "career-ops": Format(
        "career-ops",
        frozenset({"company", "role", "score", "report"}),
        {"#": "", "": "", "date": "added_on", "score": "line", "pdf": "", "report": "", "notes": "notes"},
    ),
    "waymark": Format(
        "Waymark",
        frozenset({"inthisstagesince", "lastactivity", "wayin"}),
        {"lastactivity": ""},
    ),
    "markdown": Format(""),
    "table": Format(""),
}  # fmt: skip


def recognised(table: Table) -> Table:
    """Return the table as one of its program, without the columns that are nobody's business here."""
    keys = {key_of(name) for name in table.head}
    form = next((name for name, one in FORMATS.items() if one.telling and one.telling <= keys), table.format)
    dropped = {place for place, name in enumerate(table.head) if key_of(name) in FORMATS[form].dropped}
    if not dropped:
        return replace(table, format=form)
    rows = ((number, _without(row, dropped)) for number, row in table.rows)
    return replace(table, format=form, head=_without(table.head, dropped), rows=rows)


def _without(row: Sequence[str], dropped: set[int]) -> list[str]:
    return [cell for place, cell in enumerate(row) if place not in dropped]
