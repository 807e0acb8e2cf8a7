"""A journal outside the database: what must still be known after an old backup was restored.

Lines of JSON, only ever added to, in JOURNAL_ROOT: what was sent and what was stopped, by public ids and keys; never
an address, a name or a text. Web and workers share the folder. Each process writes a file of its own for each day.
"""

import datetime as dt
import errno
import fcntl
import itertools
import json
import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction

log = structlog.get_logger(__name__)

_BLOCK = 1 << 20


class _Pen:
    """The file of the day that this process writes."""

    def __init__(self) -> None:
        """Open nothing yet."""
        self._lock = Lock()
        self._held: tuple[int, Path, dt.date] | None = None
        self._file = -1

    def write(self, line: bytes, day: dt.date) -> None:
        """Add a line, whole or not at all as far as a reader can tell."""
        held = (os.getpid(), Path(settings.JOURNAL_ROOT), day)
        with self._lock:
            if self._held != held:
                self._file, self._held = _own_file(held[1], day), held
            if os.write(self._file, line) < len(line):
                self._held = None  # the next line begins anew, in a file whose last one ends
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


_pen = _Pen()


def note(*, kind: str, at: dt.datetime, **more: object) -> bool:
    """Write down that something happened; False, and a line in the log, when the folder takes nothing."""
    line = json.dumps({"kind": kind, "at": at.isoformat(), **more}, separators=(",", ":"))
    try:
        _pen.write(f"{line}\n".encode(), at.date())
    except OSError as error:
        log.error("journal_not_written", kind=kind, error=type(error).__name__)  # noqa: TRY400 - the error names a path
        return False
    return True


def note_on_commit(*, kind: str, at: dt.datetime, **more: object) -> None:
    """Write down that something happened once the database keeps it; never raises."""
    transaction.on_commit(partial(note, kind=kind, at=at, **more), robust=True)


def _own_file(root: Path, day: dt.date) -> int:
    """Open the first of this machine's files of the day that no other process holds; a torn last line is ended."""
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    for number in itertools.count():
        path = root / f"{day.isoformat()}.{socket.gethostname()}.{number}.jsonl"
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            continue
        if os.fstat(file).st_size:
            os.write(file, b"\n")
        return file
    raise AssertionError  # numbers do not end


@dataclass(frozen=True, slots=True)
class Piece:
    """What one file has that was not read yet, or a part of it, and where the next begins."""

    name: str
    entries: list[dict[str, Any]]
    offset: int


def pieces(known: Mapping[str, int]) -> Iterator[Piece]:
    """Yield what was added after the offsets that are known; a file without news costs one look at its size."""
    with suppress(FileNotFoundError), os.scandir(settings.JOURNAL_ROOT) as folder:
        for found in folder:
            offset = known.get(found.name, 0)
            if found.name.endswith(".jsonl") and found.stat().st_size > offset:
                yield from _read(Path(found.path), offset)


def _read(path: Path, offset: int) -> Iterator[Piece]:
    with path.open("rb") as file:
        file.seek(offset)
        while block := file.read(_BLOCK):
            whole = block[: block.rfind(b"\n") + 1]
            if not whole:
                return
            offset += len(whole)
            file.seek(offset)
            yield Piece(path.name, [entry for line in whole.splitlines() if (entry := _entry(line))], offset)


def _entry(line: bytes) -> dict[str, Any] | None:
    """Return what a line says; nothing for one that was torn by a full disk."""
    try:
        said = json.loads(line) if line else None
    except ValueError:
        return None
    return said if isinstance(said, dict) and "kind" in said else None


def forget(before: dt.date) -> list[str]:
    """Remove files of days before this one; return their names."""
    gone = []
    for path in Path(settings.JOURNAL_ROOT).glob("*.jsonl"):
        if path.name[:10] < before.isoformat():
            path.unlink(missing_ok=True)
            gone.append(path.name)
    return gone
