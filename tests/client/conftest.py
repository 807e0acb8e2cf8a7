"""The program as people have it: built, installed into an environment of its own, started as a process.

It asks the real site (`live_server`), or a `gate` before it that can cut connections and answer as other sites do.
"""

import http.client
import os
import pty
import select
import shutil
import signal
import site
import subprocess
import sys
import time
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from accounts.actions import make_token
from tests.api.conftest import EVERY
from tests.serving import serving
from tracker.lib import clock
from tracker.stack.home import ROOT

PATIENCE = 60


@pytest.fixture(scope="session")
def installed(tmp_path_factory):
    """Build and install the client, and return the folder of its programs."""
    home = tmp_path_factory.mktemp("client")
    source = home / "source"
    shutil.copytree(ROOT / "client", source / "client", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home / "venv"], check=True)
    python = home / "venv" / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    alone = ["--no-deps", "--no-index"]
    subprocess.run([*pip, "wheel", *alone, "--no-build-isolation", "--wheel-dir", home, source], check=True)
    subprocess.run([*pip, "--python", python, "install", *alone, *home.glob("*.whl")], check=True)
    for name in ("click", "rich", "urllib3", "pygments", "markdown_it", "mdurl"):
        found = next(Path(place) / name for place in site.getsitepackages() if (Path(place) / name).is_dir())
        [folder] = (home / "venv" / "lib").glob("python*/site-packages")
        (folder / name).symlink_to(found)
    return python.parent


class Waymark:
    """Runs the program for one person, with a home of their own."""

    def __init__(self, programs, home):
        self.programs, self.home = programs, home
        self.environment = {
            "PATH": f"{programs}:{os.environ['PATH']}", "HOME": str(home), "LANG": "C.UTF-8", "COLUMNS": "200",
        }  # fmt: skip

    def __call__(self, *words, code=0, text="", **environment):
        """Run a command, and return what it printed; the exit code is checked, and that there is no traceback."""
        ran = self.run(*words, text=text, **environment)
        assert (ran.returncode, ran.stderr if ran.returncode != code else "") == (code, ""), ran.stdout
        return ran.stdout

    def run(self, *words, text="", **environment):
        ran = subprocess.run(
            ["waymark", *words], input=text, capture_output=True, text=True, check=False, cwd=self.home,
            timeout=PATIENCE, env={**self.environment, **environment},
        )  # fmt: skip
        assert "Traceback" not in ran.stderr
        return ran

    def refused(self, *words, code=1, **options):
        """Run a command that is refused, and return what it says."""
        ran = self.run(*words, **options)
        assert ran.returncode == code, ran.stdout + ran.stderr
        return ran.stderr

    def shell(self, line):
        """Run a line of bash."""
        told = {"cwd": self.home, "env": self.environment, "timeout": PATIENCE}
        return subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False, **told)

    def start(self, *words):
        return subprocess.Popen(
            ["waymark", *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            cwd=self.home, env=self.environment,
        )  # fmt: skip

    def on_terminal(self, *words, answers=()):
        """Run a command on a terminal, where each of (question, answer) is answered; return code and what was shown."""
        pid, terminal = pty.fork()
        if not pid:
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # who runs the tests may have it ignored
            os.chdir(self.home)
            os.execvpe("waymark", ["waymark", *words], self.environment)  # noqa: S606
        shown, ends, answers = "", time.monotonic() + PATIENCE, list(answers)
        while time.monotonic() < ends:
            if not select.select([terminal], [], [], 0.2)[0]:
                continue
            try:
                shown += os.read(terminal, 4096).decode()
            except OSError:
                break
            if answers and answers[0][0] in shown:
                os.write(terminal, f"{answers.pop(0)[1]}\n".encode())
        os.close(terminal)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown


@pytest.fixture
def waymark(installed, tmp_path):
    """The program of somebody who is not signed in."""
    return Waymark(installed, tmp_path)


@pytest.fixture
def token_of():
    """Return a function that makes a token of somebody's."""
    return lambda person, scopes=EVERY: make_token(person=person, name="cli", scopes=scopes, days=90, at=clock.now())[1]


@pytest.fixture
def adas(waymark, ada, season, live_server, token_of):
    """Ada's program, signed in."""
    waymark("login", live_server.url, text=f"{token_of(ada)}\n")
    return waymark


@pytest.fixture
def gate(live_server):
    """A server before the site. `gate.plan` says what it does with the next requests; then it lets all through."""

    class Gate(BaseHTTPRequestHandler):
        plan, seen = [], []

        def do_any(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            todo = Gate.plan.pop(0) if Gate.plan else "pass"
            Gate.seen.append((self.command, self.path, dict(self.headers)))
            if isinstance(todo, tuple):
                self._answer(*todo)
                return
            status, headers, content = self._passed(body)
            if todo == "cut":  # done, but nobody hears of it
                self.close_connection = True
            elif todo == "half":
                self._answer(status, headers, content[: len(content) // 2], length=len(content))
                self.close_connection = True
            else:
                self._answer(status, headers, content)

        do_GET = do_POST = do_PATCH = do_any  # noqa: N815 - as http.server calls them

        def _passed(self, body):
            site = urlsplit(live_server.url).netloc
            with closing(http.client.HTTPConnection(site, timeout=PATIENCE)) as there:
                there.request(
                    self.command, self.path, body, {**dict(self.headers), "Host": site, "Connection": "close"}
                )
                answer = there.getresponse()
                kept = {name: value for name, value in answer.getheaders() if name in {"Content-Type", "Retry-After"}}
                return answer.status, kept, answer.read()

        def _answer(self, status, headers, content, length=None):
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(length or len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Gate)
    with serving(server) as Gate.url:
        yield Gate


@pytest.fixture
def behind(waymark, ada, season, gate, token_of):
    """Ada's program, signed in at the gate."""
    waymark("login", gate.url, text=f"{token_of(ada)}\n")
    gate.seen.clear()
    return waymark
