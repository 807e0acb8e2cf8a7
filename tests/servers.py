"""Pytest plugin: real PostgreSQL and Valkey for the tests, started before Django reads its settings.

With DATABASE_URL and REDIS_URL set, those servers are used. Each xdist worker has its own database of both:
pytest-django numbers the databases of PostgreSQL, this plugin those of Redis.
"""

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from tracker.stack import Postgres, StackError, Valkey
from tracker.stack.private import PrivateFolder

ENVIRONMENT = {
    "SECRET_KEY": "tests-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG",
    "ALLOWED_HOSTS": "testserver,127.0.0.1,localhost",
    "SITE_URL": "http://testserver",
    "EMAIL_URL": "memorymail://",
    "DEFAULT_FROM_EMAIL": "Waymark <waymark@waymark.example>",
    "LOG_LEVEL": "WARNING",
    "DEBUG": "0",
    "DEMO": "0",
    "CACHE_URL": "",
    "WEBHOOKS": "1",
    "VAPID_PRIVATE_KEY": "tests-only-0123456789-abcdefghijklmnopqrstu",
}
SHELF = "WAYMARK_SHELF"
"""The environment's name for the folder where the programs of tests/faults keep a database that all of them copy."""
_DATABASES = 64
_servers: list[Postgres | Valkey] = []


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """A wrapper runs before every plain hook, and so before pytest-django reads the settings."""
    media = PrivateFolder("media")
    os.environ.update(ENVIRONMENT, MEDIA_ROOT=str(media.path), JOURNAL_ROOT=str(media.path / "journal"))
    early_config.add_cleanup(media.remove)
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        os.environ["REDIS_URL"] = numbered(os.environ["REDIS_URL"], 1 + int(worker.removeprefix("gw")))
    else:
        for name in ("WAYMARK_TURNS", SHELF):
            folder = PrivateFolder(name.rpartition("_")[2].lower())
            early_config.add_cleanup(folder.remove)
            os.environ[name] = str(folder.path)
        _start_missing()
    try:
        yield
    except BaseException:
        _stop()
        raise


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the long tests, and with those among them that nothing may run beside."""
    items.sort(key=lambda item: [item.get_closest_marker(name) is None for name in ("long", "alone")])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Let nothing run in the other xdist workers beside a test marked `alone`.

    Two locks, since one is not fair: who waits to be alone keeps the gate, so that no further test passes it.
    """
    folder = Path(os.environ["WAYMARK_TURNS"])
    with (folder / "gate").open("wb") as gate, (folder / "running").open("wb") as running:
        fcntl.flock(gate, fcntl.LOCK_EX)
        fcntl.flock(running, fcntl.LOCK_EX if item.get_closest_marker("alone") else fcntl.LOCK_SH)
        fcntl.flock(gate, fcntl.LOCK_UN)
        return (yield)


def _start_missing() -> None:
    try:
        if not os.environ.get("DATABASE_URL"):
            _servers.append(Postgres().start())
            os.environ["DATABASE_URL"] = _servers[-1].url
        if not os.environ.get("REDIS_URL"):
            _servers.append(Valkey(databases=_DATABASES).start())
            os.environ["REDIS_URL"] = _servers[-1].url
    except StackError as error:
        _stop()
        pytest.exit(str(error), returncode=3)


def numbered(url: str, number: int) -> str:
    """Return the address of another database of the same Redis."""
    if url.startswith("unix://"):
        return f"{url.partition('?')[0]}?db={number}"
    return urlunsplit(urlsplit(url)._replace(path=f"/{number}"))


def _stop() -> None:
    while _servers:
        _servers.pop().stop()


def pytest_unconfigure(config: pytest.Config) -> None:
    """End what was started, also after a failed run."""
    _stop()


def pytest_report_header(config: pytest.Config) -> str:
    """Say which servers the run uses."""
    own = {type(server).__name__: getattr(server, "programs", None) or server.program for server in _servers}
    return f"servers: {', '.join(f'{name} from {place}' for name, place in own.items()) or 'from the environment'}"


@pytest.fixture(scope="session", autouse=True)
def _plain_static_files() -> Iterator[None]:
    """Static files under their plain names: nothing needs to be collected before a test."""
    from django.conf import settings
    from django.test import override_settings

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of a folder that is not there
    storages = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(STORAGES=storages, WHITENOISE_AUTOREFRESH=True, WHITENOISE_USE_FINDERS=True):
        yield


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in the last lines what was skipped and why."""
    skipped = terminalreporter.stats.get("skipped", [])
    terminalreporter.write_line(f"skipped: {len(skipped)}" if skipped else "skipped: nothing")
    for report in skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        terminalreporter.write_line(f"  {report.nodeid}: {reason}")
