"""What is printed: tables on a terminal, lines with tabs into a pipe, never a character that steers the terminal."""

import json
import re
import sys
from collections.abc import Iterable, Sequence

import click

_STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def harmless(text: object) -> str:
    r"""Return a text with control characters, and those that turn its direction, shown as \x1b; lines stay."""
    return _STEERS.sub(lambda found: ascii(found[0])[1:-1], "" if text is None else str(text))


def one_line(text: object) -> str:
    """Return the same in one line, without tabs."""
    return " ".join(harmless(text).split())


def say(text: str) -> None:
    """Print a sentence."""
    click.echo(harmless(text))


def note(text: str) -> None:
    """Print a sentence beside the output, for the person alone."""
    click.echo(harmless(text), err=True)


def show_json(told: object) -> None:
    """Print what the API told; JSON as we write it has no character that steers a terminal."""
    click.echo(json.dumps(told))


def show_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table; into a pipe, lines with tabs and no head."""
    if not sys.stdout.isatty():
        for row in rows:
            click.echo("\t".join(one_line(cell) for cell in row))
        return
    from rich import box  # noqa: PLC0415 - a pipe need not wait for it
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in head:
        table.add_column(name, no_wrap=name == "Id")
    for row in rows:
        table.add_row(*(Text(one_line(cell)) for cell in row))
    Console(highlight=False).print(table)


def show_facts(facts: Iterable[tuple[str, object]]) -> None:
    """Print labels and values, one a line; what is empty is left out."""
    known = [(label, harmless(value).strip()) for label, value in facts if value not in (None, "")]
    width = max((len(label) for label, _ in known), default=0)
    for label, value in known:
        click.echo(f"{label:<{width}}  " + value.replace("\n", "\n" + " " * (width + 2)))
