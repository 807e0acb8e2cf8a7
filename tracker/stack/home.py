"""The folder var/: who holds the data now, the secret key, and the environment that the product's processes get."""

import contextlib
import fcntl
import json
import os
import secrets
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tracker.stack.programs import StackError

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("WAYMARK_VAR") or ROOT / "var").resolve()
_STATE = "stack.json"
_LOCK = "stack.lock"


class Home:
    """One folder of data. Whoever runs its servers holds its lock; the kernel lets go of it when they die."""

    def __init__(self, var: Path = VAR) -> None:
        """Use this folder, making it where there is none."""
        self.var = var
        self.logs = var / "log"
        self.logs.mkdir(parents=True, exist_ok=True)

    @contextlib.contextmanager
    def held(self) -> Iterator[bool]:
        """Yield True while this process alone holds the data, or False when another holds it."""
        with (self.var / _LOCK).open("a+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            (self.var / _STATE).unlink(missing_ok=True)
            try:
                yield True
            finally:
                (self.var / _STATE).unlink(missing_ok=True)

    def announce(self, kind: str, env: Mapping[str, str], address: str = "") -> None:
        """Tell other processes who holds the data (kind: demo or command) and how to reach the servers."""
        state = {"kind": kind, "pid": os.getpid(), "address": address, "env": dict(env)}
        draft = self.var / f"{_STATE}.new"
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(state))
        draft.replace(self.var / _STATE)

    def state(self) -> dict[str, Any]:
        """Return what the holder announced; empty while it has not."""
        try:
            state: dict[str, Any] = json.loads((self.var / _STATE).read_text())
        except (FileNotFoundError, json.JSONDecodeError):
            return {}
        return state

    def secret_key(self) -> str:
        """Return this folder's own key, made at the first call and readable by us alone."""
        return self._kept("secret-key", 50)

    def _kept(self, name: str, length: int) -> str:
        path = self.var / name
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(length))
        return path.read_text()

    def environment(self, *, database: str, broker: str, mail: str, port: int) -> dict[str, str]:
        """Return the settings of the demo; names as in .env.example, whatever is set already wins."""
        ours = {
            "DATABASE_URL": database,
            "REDIS_URL": broker,
            "SECRET_KEY": self.secret_key(),
            "VAPID_PRIVATE_KEY": self._kept("push-key", 32),
            "ALLOWED_HOSTS": "127.0.0.1,localhost",
            "SITE_URL": f"http://127.0.0.1:{port}",
            "EMAIL_URL": mail,
            "DEFAULT_FROM_EMAIL": "Waymark <waymark@waymark.example>",
            "MEDIA_ROOT": str(self.var / "media"),
            "JOURNAL_ROOT": str(self.var / "journal"),
            "DEMO": "1",
            "WEBHOOKS": "1",
            "WEBHOOKS_INSIDE": "http://127.0.0.1:9000",  # a program of whoever tries it, see docs/api.md
            "DEMO_MAIL_DIR": str(self.var / "mail"),
        }
        return {name: os.environ.get(name) or value for name, value in ours.items()}

    def wait_for_state(self, seconds: float) -> dict[str, Any]:
        """Return what the holder announces within so many seconds, or nothing."""
        deadline = time.monotonic() + seconds
        while not (state := self.state()) and time.monotonic() < deadline:
            time.sleep(0.1)
        return state

    def must_be_free(self) -> StackError:
        """Return the refusal for whoever wants the data while another holds it."""
        state = self.wait_for_state(2)
        where = f" at {state['address']}" if state.get("address") else ""
        who = f" (process {state['pid']})" if state else ""
        return StackError(f"Waymark is already running here{where}{who}. Open that one, or stop it first.")
