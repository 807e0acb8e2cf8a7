"""What the list's own judgements are worth."""

import json

from django.core.management import call_command

from companies.measuring import Title, judged


def test_the_filter_is_measured_on_hundreds_of_real_titles(capsys):
    call_command("measure_list", "--json")
    found = json.loads(capsys.readouterr().out)["research"]
    assert found["n"] >= 300
    assert found["research"] >= 60
    assert found["precision"] >= 0.95
    assert found["recall"] >= 0.95


def test_the_command_names_what_it_judges_otherwise(capsys):
    call_command("measure_list")
    said = capsys.readouterr().out
    assert "Research filter: 467 titles" in said
    assert "judged otherwise than the label (no research): Research Intern - Data, The Block" in said


def test_precision_and_recall_are_those_of_the_textbook():
    titles = [("Research Intern", True), ("PhD Intern", True), ("Research Lab Manager", False), ("Statistician", True)]
    found = judged(Title("x", title, research, doubt=False) for title, research in titles)
    assert (found.n, found.research, found.precision, found.recall) == (4, 3, 2 / 3, 2 / 3)
    assert [row.title for row in found.wrong] == ["Research Lab Manager", "Statistician"]
    assert judged([]).precision == judged([]).recall == 1


def test_the_command_says_what_was_found_and_how_much_it_rests_on(capsys):
    call_command("measure_list")
    said = capsys.readouterr().out
    assert "Duplicates: 297 companies, 4 pairs found, of which 1 are one company." in said
    assert "3 of 3: AQR Capital Management | AQR Capital Management, LLC" in said
    assert "1 of 3: Lucid | Lucid Motors" in said
    assert "the last year of 21 companies left out; middle error 63 days" in said
