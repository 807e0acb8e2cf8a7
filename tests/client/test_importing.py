"""Spreadsheets from the command line: shown, asked about, added whole or not at all, taken back."""

import json

import pytest

from applications.models import Application
from imports.actions import run_due
from tests.factories import ApplicationFactory, CompanyFactory
from tests.imports.sheets import HEAD, as_csv, as_workbook, as_xlsx
from tracker.lib import clock

pytestmark = pytest.mark.django_db(transaction=True)

GOOD = [["Tidewater", "Intern", "Applied", "2026-11-03", "", ""], ["Northlight", "Intern", "Interested", "", "", ""]]
WRONG = [*GOOD, ["Ostrava", "Intern", "Applied", "soon", "", ""]]


@pytest.fixture
def put(adas):
    """Return a function that puts a file where the program is run, and gives its name."""

    def put(content, name="mine.csv"):
        (adas.home / name).write_bytes(content)
        return name

    return put


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_is_shown_added_and_taken_back(adas, put, kind):
    name = put(as_csv(GOOD) if kind == "csv" else as_xlsx(GOOD), f"mine.{kind}")
    said = adas("import", name, "--yes")
    assert "  Company -> company  (Tidewater, Northlight)" in said
    assert "  “Applied” -> applied" in said
    assert "2 will be added, 0 changed.\nAdded 2, changed 0. Within 7 days: waymark undo " in said
    assert Application.objects.count() == 2
    assert adas("undo", said.split()[-1]).startswith("Taken back.")
    assert Application.objects.count() == 0


def test_which_sheet_is_read_is_said_if_there_are_several(adas, put):
    name = put(as_workbook({"People": [["Name", "Mail"]], "Mine": [HEAD, *GOOD]}), "mine.xlsx")
    assert "mine.xlsx: 2 rows of the sheet “Mine”\n" in adas("import", name, "--yes")


def test_rows_that_are_wrong_are_told_and_nothing_is_added_without_a_word(adas, put):
    name = put(as_csv(WRONG))
    told = adas.refused("import", name, "--yes")
    assert "Row 4 (Ostrava): Applied on: " in told
    assert "1 row cannot be added. Nothing was added: correct them, or add the others with --skip-wrong." in told
    assert Application.objects.count() == 0
    assert "Nobody is here to be asked, and nothing was added. Say --yes." in adas.refused("import", name, code=2)
    done = json.loads(adas.run("import", name, "--yes", "--skip-wrong", "--json").stdout)
    assert (done["state"], done["added"], Application.objects.count()) == ("done", 2, 2)


def test_what_is_not_clear_is_asked_on_a_terminal_and_said_by_options_elsewhere(adas, put):
    name = put(
        as_csv(
            [["Tidewater", "Intern", "Flung", "3/4/2026", "", ""], ["Ostrava", "Intern", "Flung", "5/6/2026", "", ""]]
        )
    )
    told = adas.refused("import", name, "--yes")
    assert told == "Choose the stage that “Flung” means.\nSay it with: --stage 'Flung=applied'\n"
    told = adas.refused("import", name, "--yes", "--stage", "Flung=applied")
    assert told.endswith("Say it with: --day-first or --month-first\n")
    code, shown = adas.on_terminal(
        "import", name, answers=[("Flung", "applied"), ("Does the day come first?", "y"), ("Add them?", "n")]
    )
    assert (code, Application.objects.count()) == (130, 0), shown
    adas("import", name, "--yes", "--stage", "Flung=applied", "--month-first", "--field", "Link=")
    assert {str(day) for day in Application.objects.values_list("applied_on", flat=True)} == {
        "2026-03-04",
        "2026-05-06",
    }


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["--field", "Colour=role"], 2, "There is no column “colour”. There are: Company, Role"),
        (["--field", "Company"], 2, "--field is written with =, like --field 'Sent=applied'."),
        (["--field", "Company=role"], 1, "are matched with Role. Choose one of them."),
        (["--stage", "Applied=flown"], 1, "Choose the stage that “Applied” means."),
    ],
)
def test_options_that_do_not_fit_are_refused(adas, put, words, code, sentence):
    assert sentence in adas.refused("import", put(as_csv(GOOD)), "--yes", *words, code=code)
    assert Application.objects.count() == 0


def test_files_that_are_no_table_are_refused_with_the_sentence_of_the_site(adas, put):
    assert "This is a PDF" in adas.refused("import", put(b"%PDF-1.4\n"), "--yes")
    assert "larger than 5 MB" in adas.refused("import", put(b"a,b\n" * 1_400_000), "--yes")
    assert "The file is empty." in adas.refused("import", put(b""), "--yes")
    assert "PK" not in adas.refused("import", put(b"PK\x03\x04 no zip"), "--yes")


def test_what_one_has_already_is_kept_unless_told_otherwise(adas, ada, put):
    ApplicationFactory(student=ada, company=CompanyFactory(name="Tidewater"), role="Intern", stage="interested")
    name = put(as_csv(GOOD[:1]))
    assert "There is nothing to add." in adas.refused("import", name, "--yes")
    assert "Added 0, changed 1." in adas("import", name, "--yes", "--same", "file")
    assert Application.objects.get().stage == "applied"


def test_a_long_one_is_awaited(adas, ada, put):
    rows = [[f"Company {n}", "Intern", "Applied", "2026-11-03", "", ""] for n in range(250)]
    process = adas.start("import", put(as_csv(rows)), "--yes")
    while process.poll() is None:
        run_due(at=clock.now(), clock=clock.now)
    assert "Added 250, changed 0." in process.communicate()[0]
