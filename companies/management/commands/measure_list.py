"""manage.py measure_list: says how good the list's own judgements are, with the numbers they rest on."""

import csv
import datetime as dt
import io
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from importlib import resources

from django.core.management.base import BaseCommand, CommandParser

from companies.measuring import Doubles, Foresight, Judged, Title, doubles, foresight, judged

_SAME = (frozenset({"AQR Capital Management", "AQR Capital Management, LLC"}),)
"""The companies of the evidence that are one, as somebody found who read all of their names."""


class Command(BaseCommand):
    """Measures against evidence that lies beside the code, so that it prints the same on every machine."""

    help = "Print how good the research filter, the search for duplicates and the expected windows are."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the only choice."""
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object")

    def handle(self, *, as_json: bool, **_: object) -> None:
        """Measure and print."""
        titles = labelled_titles()
        found, sure = judged(titles), judged(row for row in titles if not row.doubt)
        pairs, ahead = doubles(_companies(), _SAME), foresight(_histories())
        if as_json:
            said = {"research": asdict(found), "research_without_doubt": asdict(sure), "duplicates": asdict(pairs)}
            self.stdout.write(json.dumps({**said, "windows": asdict(ahead) if ahead else None}))
            return
        for line in (*_filter(found, sure), *_doubles(pairs), *_ahead(ahead)):
            self.stdout.write(line)


def labelled_titles() -> list[Title]:
    """Return the titles of companies/evidence/titles.csv: real ones, each labelled by hand."""
    return [
        Title(row["company"], row["title"], row["research"] == "yes", row["doubt"] == "yes") for row in _rows("titles")
    ]


def _companies() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in _rows("companies"):
        found[row["company"]] += filter(None, [row["posting"]])
    return found


def _histories() -> list[dict[int, dt.date]]:
    found: dict[str, dict[int, dt.date]] = defaultdict(dict)
    for row in _rows("openings"):
        found[row["company"]][int(row["summer"])] = dt.date.fromisoformat(row["first_seen"])
    return list(found.values())


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = (resources.files("companies") / "evidence" / f"{name}.csv").read_text(encoding="utf-8")
    yield from csv.DictReader(io.StringIO(text))


def _filter(found: Judged, sure: Judged) -> Iterator[str]:
    yield _shares("Research filter", found)
    yield _shares("  without titles on which people may differ", sure)
    for row in found.wrong:
        said = "research" if row.research else "no research"
        yield f"  judged otherwise than the label ({said}): {row.title}, {row.company}"


def _shares(name: str, found: Judged) -> str:
    return (
        f"{name}: {found.n} titles, {found.research} of research; "
        f"precision {found.precision:.3f}, recall {found.recall:.3f}."
    )


def _doubles(found: Doubles) -> Iterator[str]:
    yield f"Duplicates: {found.n} companies, {len(found.pairs)} pairs found, of which {found.same} are one company."
    for one, other, pair in found.pairs:
        yield f"  {pair.weight} of 3: {one} | {other} ({'; '.join(pair.reasons)})"


def _ahead(found: Foresight | None) -> Iterator[str]:
    if found:
        yield (
            f"Expected windows: the last year of {found.n} companies left out; middle error {found.error:g} days, "
            f"{found.within_month} within a month; {found.error_of_usual:g} days if all are expected on 1 October."
        )
