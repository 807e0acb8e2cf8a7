"""Starts programs that do not outlive us, and ends them with everything they started."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from tracker.stack.programs import Account

_PR_SET_PDEATHSIG = 1
_POLL = 0.02


def tied_to_parent(last_word: signal.Signals) -> Callable[[], None]:
    """Return what a new child runs first, so that the kernel signals it when we die, however we die.

    The tie is to the thread that starts the child: start children from the main thread. Linux only; elsewhere
    the child outlives a SIGKILL of its parent.
    """
    parent = os.getpid()
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def tie() -> None:
        if libc is not None:
            libc.prctl(_PR_SET_PDEATHSIG, last_word)
            if os.getppid() != parent:
                os.kill(os.getpid(), last_word)

    return tie


def follow_parent() -> None:
    """Ask the kernel to end this process, too, when the one that started it dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def start(
    command: Sequence[str | Path],
    *,
    log: IO[bytes] | int,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    account: Account | None = None,
    pass_fds: Sequence[int] = (),
    last_word: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a program in a process group of its own, tied to our life."""
    return subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        env=env,
        cwd=cwd,
        pass_fds=pass_fds,
        start_new_session=True,
        preexec_fn=tied_to_parent(last_word),  # noqa: PLW1509 - we start children from one thread only
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )


def stop(
    *processes: subprocess.Popen[bytes], by: signal.Signals = signal.SIGTERM, patience: float = 10, group: bool = False
) -> None:
    """Ask processes to end, wait, then kill whatever is left of their groups.

    by: the signal that asks; patience: seconds for all of them together; group: ask their children as well.
    """
    for process in processes:
        if process.poll() is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                (os.killpg if group else os.kill)(process.pid, by)
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and any(process.poll() is None for process in processes):
        time.sleep(_POLL)
    for process in processes:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
