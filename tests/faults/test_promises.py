"""The promises of delivery at a tenth of their size; `make gate` runs them whole. Each is a program of its own."""

import os
import subprocess
import sys

import pytest

from tests.faults.__main__ import SMALL
from tracker.stack.home import ROOT

# The herd of R3 measures how quick pages are: whatever ran beside it would be measured too.
_TIMED = {"r3-herd"}


@pytest.mark.long
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.alone] if name in _TIMED else []) for name in SMALL]
)
def test_a_promise_is_kept(name):
    # Servers, settings and processes of its own: nothing of the suite's.
    env = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "REDIS_URL"}}
    command = [sys.executable, "-m", "tests.faults", "--here", name]
    ran = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert ran.returncode == 0, f"{ran.stdout[-3000:]}\n{ran.stderr[-3000:]}"
