"""manage.py measure_list: says how good the list's own judgements are, with the numbers they rest on."""

import csv
import io
import json
from dataclasses import asdict
from importlib import resources

from django.core.management.base import BaseCommand, CommandParser

from companies.measuring import Judged, Title, judged


class Command(BaseCommand):
    """Measures against labels that lie beside the code, so that it prints the same on every machine."""

    help = "Print precision and recall of the research filter on titles labelled by hand."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the only choice."""
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object")

    def handle(self, *, as_json: bool, **_: object) -> None:
        """Measure and print."""
        titles = labelled_titles()
        found, sure = judged(titles), judged(row for row in titles if not row.doubt)
        if as_json:
            self.stdout.write(json.dumps({"research": asdict(found), "research_without_doubt": asdict(sure)}))
            return
        self.stdout.write(_sentence("Research filter", found))
        self.stdout.write(_sentence("  without titles on which people may differ", sure))
        for row in found.wrong:
            said = "research" if row.research else "no research"
            self.stdout.write(f"  judged otherwise than the label ({said}): {row.title}, {row.company}")


def labelled_titles() -> list[Title]:
    """Return the titles of companies/evidence/titles.csv: real ones, each labelled by hand."""
    text = (resources.files("companies") / "evidence" / "titles.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO(text))
    return [Title(row["company"], row["title"], row["research"] == "yes", row["doubt"] == "yes") for row in rows]


def _sentence(name: str, found: Judged) -> str:
    return (
        f"{name}: {found.n} titles, {found.research} of research; "
        f"precision {found.precision:.3f}, recall {found.recall:.3f}."
    )
