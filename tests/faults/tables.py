"""A database with all its tables, made once and copied for each program that starts a server of its own."""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.servers import ENVIRONMENT, SHELF
from tracker.stack import Postgres
from tracker.stack.home import ROOT


def lay_out(postgres: Postgres) -> None:
    """Give a server that has not started yet a migrated database, if whoever runs the programs keeps one for them."""
    if SHELF not in os.environ:
        return
    shelf = Path(os.environ[SHELF])
    with (shelf / "lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shelf / "data").exists():
            _make(shelf)
    shutil.copytree(shelf / "data", postgres.data)
    if postgres.account:
        for path in (postgres.data, *postgres.data.rglob("*")):
            os.chown(path, postgres.account.uid, postgres.account.gid)


def _make(shelf: Path) -> None:
    draft = shelf / "draft"
    shutil.rmtree(draft, ignore_errors=True)
    postgres = Postgres(draft)
    try:
        postgres.start()
        env = {**os.environ, **ENVIRONMENT, "DATABASE_URL": postgres.url, "REDIS_URL": "redis://nowhere/0"}
        subprocess.run([sys.executable, ROOT / "manage.py", "migrate", "--verbosity", "0"], env=env, check=True)
    finally:
        postgres.stop()
    draft.rename(shelf / "data")
