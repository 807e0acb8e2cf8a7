"""Tries one promise or all of them, and prints the table: `python -m tests.faults --full`, `... r1 r9`."""

import argparse
import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.faults import r1, r2, r3, r4, r6, r7, r8, r9, season
from tests.faults.table import Row
from tests.servers import SHELF
from tracker.stack.private import PrivateFolder

_SMALL_SEASON = dt.date(2026, 10, 20)

SMALL: dict[str, Callable[[], Row | Iterable[Row]]] = {
    "r1": lambda: r1.run(mails=1_000, faults=15, seed=1),
    "r2": lambda: r2.run(rounds=20, students=50),
    "r3-herd": lambda: r3.run_herd(herd=1_500, rate=150),
    "r3-steady": lambda: r3.run_steady(rate=150, steady=60, seconds=12),
    "r4": lambda: r4.run(examples=5_000),
    "r6": lambda: r6.run(races=100),
    "r7": lambda: r7.run(examples=6, steps=20),
    "r8": r8.run,
    "r9": lambda: r9.run(restarts=1),
    "season": lambda: season.run(students=5, last=_SMALL_SEASON),
}
FULL: dict[str, Callable[[], Row | Iterable[Row]]] = {
    # First those that measure time, when whoever started the gate still leaves the machine alone.
    "r3": lambda: r3.run(herd=15_000, rate=150, steady=300, seconds=300),
    "r9": lambda: r9.run(restarts=10),
    **{f"r1-{seed}": lambda seed=seed: r1.run(mails=10_000, faults=36, seed=seed) for seed in range(1, 6)},
    "r2": lambda: r2.run(rounds=200, students=500),
    "r4": lambda: r4.run(examples=50_000),
    "r6": lambda: r6.run(races=1_000),
    "r7": lambda: r7.run(examples=200, steps=50),
    "r8": r8.run,
    "season": lambda: season.run(students=50, write=Path("docs/season.txt")),
}


def main() -> None:
    """Run each program in a process of its own, so that none inherits another's settings or connections."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("names", nargs="*", help="r1, r2 ...; all without")
    parser.add_argument("--full", action="store_true", help="the sizes of `make gate`")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    known = FULL if options.full else SMALL
    wanted = [name for name in known if not options.names or name in options.names or name[:2] in options.names]
    if not wanted:
        parser.error(f"Choose from: {', '.join(known)}.")
    if options.here:
        _run_here(known[wanted[0]])
    command = [sys.executable, "-m", "tests.faults", "--here", *(["--full"] if options.full else [])]
    print("| Promise | Tried | Seen | |\n|---|---|---|---|", flush=True)
    shelf = PrivateFolder("shelf")
    try:
        env = {**os.environ, SHELF: str(shelf.path)}
        codes = [subprocess.run([*command, name], env=env, check=False).returncode for name in wanted]
    finally:
        shelf.remove()
    sys.exit(max(codes))


def _run_here(program: Callable[[], Row | Iterable[Row]]) -> None:
    found = program()
    rows = [found] if isinstance(found, Row) else list(found)
    for row in rows:
        print(row, flush=True)
    sys.exit(0 if all(row.holds for row in rows) else 1)


if __name__ == "__main__":
    main()
