"""Your data on its way out and in: tables and archives."""

import os
import stat as modes
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from client.options import site, today
from client.printing import say
from client.site import Site
from client.trouble import Misused, Refused

LARGEST = 300 * 1024**2
_PAUSE, _LONGEST_PAUSE = 0.5, 3.0
_HELD = {"waiting", "running", "undoing"}
_LABELS = {"csv": "applications", "xlsx": "applications", "zip": "waymark"}

type HowFar = Callable[[dict[str, Any]], tuple[int, int]]
"""An answer -> done, of how many; 0 where that is not known."""


@click.command()
@click.option("--csv", "kind", flag_value="csv", help="Your applications, for any program; the usual one.")
@click.option("--xlsx", "kind", flag_value="xlsx", help="Your applications, for Excel.")
@click.option("--zip", "kind", flag_value="zip", help="All that is yours, with documents.")
@click.option("-o", "--output", type=click.Path(allow_dash=True), help="Where to; - is the standard output.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def export(kind: str | None, output: str | None, *, force: bool) -> None:
    """Download your data. A file is there whole, or not at all."""
    here, kind = site(), kind or "csv"
    if output == "-":
        if sys.stdout.isatty() and kind != "csv":
            raise Misused("This is no text for a terminal. Name a file with -o.")
        for piece, _size in _pieces(here, kind):
            sys.stdout.buffer.write(piece)
        return
    target = Path(output or f"{_LABELS[kind]}-{today().isoformat()}.{kind}")
    _make_sure(target, force=force)
    _write(target, _shown(_pieces(here, kind), kind), force=force)
    say(f"Written to {target}.")


def read_file(path: str) -> bytes:
    """Return the content of a file; Misused with what is wrong with it."""
    try:
        with Path(path).open("rb") as file:
            if not modes.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise Misused(f"{path} is no file.")
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise Misused(f"{path} cannot be read: {error.strerror}.") from None
    if len(content) > LARGEST:
        raise Misused(f"{path} is larger than {LARGEST // 1024**2} MB.")
    return content


def wait(here: Site, path: str, told: dict[str, Any], how_far: HowFar) -> dict[str, Any]:
    """Ask until a worker has done it, with a bar on a terminal."""
    pause = _PAUSE
    with _bar() as advance:
        while told["state"] in _HELD:
            advance(*how_far(told))
            time.sleep(pause)
            pause = min(pause * 1.5, _LONGEST_PAUSE)
            told = here.get(path)
    return told


def bring_archive(here: Site, name: str, content: bytes) -> dict[str, Any]:
    """Bring an archive into an empty account, and wait for it; Refused with what is wrong with it."""
    told = here.upload("/archives", name, content)
    told = wait(here, f"/archives/{told['id']}", told, lambda _: (0, 0))
    return _unless_problem(told)


def _pieces(here: Site, kind: str) -> Iterator[tuple[bytes, int]]:
    if kind != "zip":
        return here.download(f"/exports/applications.{kind}")
    told = here.post("/exports")
    told = _unless_problem(wait(here, f"/archives/{told['id']}", told, lambda _: (0, 0)))
    return here.download(f"/archives/{told['id']}/file")


def _unless_problem(told: dict[str, Any]) -> dict[str, Any]:
    if told["state"] == "problem":
        raise Refused(0, told["problem"])
    return told


def _make_sure(target: Path, *, force: bool) -> None:
    """Refuse before anything is asked for."""
    if target.is_dir():
        raise Misused(f"{target} is a folder.")
    if target.exists() and not force:
        raise Misused(f"{target} is there already. Replace it with --force.")


def _write(target: Path, pieces: Iterable[bytes], *, force: bool) -> None:
    """Write a file for its owner alone, under its name only once it is whole."""
    draft = ""
    try:
        handle, draft = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(handle, "wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        _name(Path(draft), target, force=force)
    except FileExistsError:
        raise Misused(f"{target} is there already. Replace it with --force.") from None
    except OSError as error:
        raise Misused(f"{target} cannot be written: {error.strerror}.") from None
    finally:
        if draft:
            Path(draft).unlink(missing_ok=True)


def _name(draft: Path, target: Path, *, force: bool) -> None:
    """Give a file its name; FileExistsError where another one got it meanwhile."""
    if not force:
        try:
            os.link(draft, target)
        except FileExistsError:
            raise
        except OSError:  # a disk without hard links
            if target.exists():
                raise FileExistsError from None
        else:
            return
    draft.replace(target)


def _shown(pieces: Iterator[tuple[bytes, int]], kind: str) -> Iterator[bytes]:
    done = 0
    with _bar(kind) as advance:
        for piece, size in pieces:
            done += len(piece)
            advance(done, size)
            yield piece


@contextmanager
def _bar(label: str = "Working") -> Iterator[Callable[[int, int], None]]:
    """Show a bar on the standard error, where that is a terminal; gives a function of done and of how many."""
    if not sys.stderr.isatty():
        yield lambda _done, _of: None
        return
    from rich.console import Console  # noqa: PLC0415 - who pipes need not wait for it
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of or None)
