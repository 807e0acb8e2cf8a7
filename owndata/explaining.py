"""The README of an archive: each table and each field, from the words that stand beside them in the code. Pure."""

from collections.abc import Iterable, Mapping

from owndata.archive import place_of
from tracker.lib.portable import Table

_INTRO = """\
All that Waymark keeps about you
================================

data/        what is yours to take elsewhere; Waymark reads it in again, into an account that is still empty
records/     what is kept as well, but cannot be brought: what you shared with whom, who looked, what you were told
csv/         both again, one file per table, for spreadsheets (UTF-8; a text that looks like a formula has a ' in front)
documents/   your files as you uploaded them, named by the id of their version

Each JSON file is a list of rows. "id" is a name within this archive: other rows refer to it. "me" is you. What stands
in the list that all share (companies, teams, postings, seasons, programmes) is told by its names and addresses.
Days are written 2026-11-30, instants 2026-11-30T09:30:00+00:00 (UTC), wall times 09:30:00, money as text.

"""


def readme(tables: Iterable[Table], counts: Mapping[str, int], left_out: Mapping[str, str]) -> str:
    """Return the text of README.txt."""
    parts = [_INTRO, *(_table(table, counts.get(table.name, 0)) for table in tables)]
    parts += ["Not in here\n-----------\n\n", *(f"{name}: {why}\n" for name, why in left_out.items())]
    return "".join(parts)


def _table(table: Table, count: int) -> str:
    head = f"{place_of(table.name, comes_back=table.comes_back)} ({count:,} row{'s' * (count != 1)})"
    about = (table.model.__doc__ or "").strip().partition("\n")[0]
    fields = [f"  {'id' if one.name == 'public_id' else one.name}: {one.verbose_name}\n" for one in table.fields()]
    fields += [f"  {one.name}: ids of rows\n" for one in table.lists()]
    without = [f"  ({name} is left out. {why})\n" for name, why in table.leaves_out.items()]
    return "".join([head, "\n", "-" * len(head), f"\n{about}\n", *fields, *without, "\n"])
