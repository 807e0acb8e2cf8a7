"""Spreadsheets in: what was recognised, what is asked, what is wrong, then all of the plan or nothing."""

import io
import sys
import zipfile
from pathlib import Path
from typing import Any

import click

from client.commands.files import bring_archive, read_file, wait
from client.options import OUTCOMES, STAGES, as_json, said, site
from client.printing import note, one_line, say, show_json
from client.site import Site, new_key
from client.trouble import Misused, Refused

_ENTRIES = (*STAGES[:-1], "offer:accepted", *(f"closed:{outcome}" for outcome in OUTCOMES[1:]))
_WORKBOOK = "[Content_Types].xml"
_ASKED = 20


@click.command("import")
@click.argument("file", type=click.Path())
@click.option(
    "--field", "fields", multiple=True, metavar="COLUMN=FIELD", help="What a column is; nothing leaves it out."
)
@click.option("--stage", "stages", multiple=True, metavar="WORD=STAGE", help="What a word for a stage means.")
@click.option("--day-first/--month-first", default=None, help="Whether 3/4/2026 is in April or in March.")
@click.option("--same", type=click.Choice(["mine", "file", "both"]), help="What to do with rows that you have already.")
@click.option("--skip-wrong", is_flag=True, help="Add the other rows where some are wrong.")
@click.option("--yes", is_flag=True, help="Add without asking.")
@as_json
def import_(
    file: str,
    *,
    fields: tuple[str, ...],
    stages: tuple[str, ...],
    skip_wrong: bool,
    yes: bool,
    wants_json: bool,
    **more: Any,  # noqa: ANN401 - options
) -> None:
    """Add the applications of a spreadsheet, CSV or XLSX: all that is planned, or nothing.

    An archive of Waymark, a .zip, is read into an account that is still empty.
    """
    here, content, name = site(), read_file(file), Path(file).name
    words, chosen = _pairs(stages, "--stage"), _pairs(fields, "--field")
    if _is_archive(content):
        _bring(here, name, content, yes=yes, wants_json=wants_json)
        return
    told = here.upload("/imports", name, content, key=new_key())
    answers = said(stages=words, fields=_fields(told, chosen), **more)
    told = _settled(here, told, answers)
    wrong = _wrong(here, told)
    if not wants_json:
        _describe(told)
    for line in wrong:
        note(line)
    _decide(told, wrong, skip_wrong=skip_wrong, yes=yes)
    _run(here, told, wants_json=wants_json)


@click.command()
@click.argument("id")
@as_json
def undo(id: str, *, wants_json: bool) -> None:  # noqa: A002 - as it is called
    """Take back the import with this ID, within 7 days."""
    here = site()
    told = here.post(f"/imports/{_id(id)}/undo")
    told = wait(here, f"/imports/{told['id']}", told, _how_far)
    if told["state"] != "undone":
        raise Refused(0, told["problem"] or "It was not taken back.")
    if wants_json:
        show_json(told)
    else:
        say("Taken back. What was added is gone, what was changed is as it was before.")


def _bring(here: Site, name: str, content: bytes, *, yes: bool, wants_json: bool) -> None:
    _confirm("Read this archive into your account?", yes=yes)
    told = bring_archive(here, name, content)
    if wants_json:
        show_json(told)
    else:
        say(f"Brought in: {', '.join(f'{count} {table}' for table, count in told['counts'].items() if count)}.")


def _settled(here: Site, told: dict[str, Any], answers: dict[str, Any]) -> dict[str, Any]:
    """Send the answers; on a terminal, ask for what is missing. Refused with what must still be said."""
    for _ in range(_ASKED):
        if not answers and not told["question"]:
            return told
        try:
            if answers:
                return dict(here.patch(f"/imports/{told['id']}", answers))
            question = told["question"]
            place, sentence = question["field"], question["detail"]
        except Refused as refused:
            place, sentence = next(iter(refused.errors.items()), ("", ""))
            if not place:
                raise
        _ask(place, sentence, answers)
    raise Misused("Too much is asked. Say it with --stage and --field.")


def _ask(place: str, sentence: str, answers: dict[str, Any]) -> None:
    kind, _, word = place.partition(".")
    hints = {"stages": f"--stage '{word}=applied'", "day_first": "--day-first or --month-first"}
    if kind not in hints or not sys.stdin.isatty():
        raise Refused(0, sentence, {"Say it with": hints.get(kind, "--field 'Column=company'")})
    note(sentence)
    if kind == "stages":
        known = answers.setdefault("stages", {})
        known[word] = click.prompt(one_line(word), type=click.Choice(_ENTRIES), err=True)
    else:
        answers["day_first"] = click.confirm("Does the day come first?", err=True)


def _describe(told: dict[str, Any]) -> None:
    form = f", as {told['format']} writes them" if told["format"] else ""
    sheet = f" of the sheet “{one_line(told['sheet'])}”" if told["sheet"] else ""
    say(f"{one_line(told['name'])}: {told['counts']['rows']} rows{sheet}{form}")
    for column in told["columns"]:
        samples = ", ".join(one_line(sample) for sample in column["samples"][:2])
        say(f"  {one_line(column['name'])} -> {column['field'] or 'left out'}{f'  ({samples})' if samples else ''}")
    for one in told["stages"]:
        say(f"  “{one_line(one['word'])}” -> {one['means']}")
    counts = told["counts"]
    if counts["same"]:
        say(f"{counts['same']} look like ones you have; say what to do with them with --same.")
    say(f"{counts['adds']} will be added, {counts['changes']} changed.")


def _wrong(here: Site, told: dict[str, Any]) -> list[str]:
    if not told["counts"]["wrong"]:
        return []
    parts = here.pages(f"/imports/{told['id']}/rows", verdict="wrong")
    return [
        f"Row {row['number']}{f' ({row["company"]})' if row['company'] else ''}: {problem['detail']}"
        for part in parts
        for row in part["items"]
        for problem in row["problems"]
    ]


def _decide(told: dict[str, Any], wrong: list[str], *, skip_wrong: bool, yes: bool) -> None:
    """Go on only with what was agreed to."""
    number = told["counts"]["wrong"]
    left = f"{number} row{'s' * (number != 1)} cannot be added."
    if wrong and yes and not skip_wrong:
        raise Refused(0, f"{left} Nothing was added: correct them, or add the others with --skip-wrong.")
    _confirm(f"{left} Add the others?" if wrong else "Add them?", yes=yes)


def _confirm(question: str, *, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise Misused("Nobody is here to be asked, and nothing was added. Say --yes.")
    if not click.confirm(question, err=True):
        raise click.Abort


def _run(here: Site, told: dict[str, Any], *, wants_json: bool) -> None:
    path = f"/imports/{told['id']}"
    done = wait(here, path, here.post(f"{path}/run"), _how_far)
    if done["state"] != "done":
        raise Refused(0, done["problem"] or "Nothing was added.")
    if wants_json:
        show_json(done)
        return
    say(f"Added {done['added']}, changed {done['changed']}. Within 7 days: waymark undo {done['id']}")


def _how_far(told: dict[str, Any]) -> tuple[int, int]:
    whole = told["counts"]["adds"] + told["counts"]["changes"]
    return min(told["done"], whole), whole


def _is_archive(content: bytes) -> bool:
    """Say whether this is a zip that is no workbook."""
    if not content.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            return _WORKBOOK not in file.namelist()
    except zipfile.BadZipFile:
        return False


def _pairs(texts: tuple[str, ...], option: str) -> dict[str, str]:
    found = {}
    for text in texts:
        name, sign, value = text.rpartition("=")
        if not sign:
            raise Misused(f"{option} is written with =, like {option} 'Sent=applied'.")
        found[name] = value
    return found


def _fields(told: dict[str, Any], chosen: dict[str, str]) -> list[str]:
    """Return the field of each column, as guessed or as chosen; nothing when nothing was chosen."""
    names = {column["name"].casefold(): one_line(column["name"]) for column in told["columns"]}
    known = {name.casefold(): field for name, field in chosen.items()}
    for name in known.keys() - names.keys():
        raise Misused(f"There is no column “{name}”. There are: {', '.join(names.values())}.")
    return [known.get(column["name"].casefold(), column["field"]) for column in told["columns"]] if known else []


def _id(text: str) -> str:
    if not text.isalnum():
        raise Misused("This is no id of an import.")
    return text
