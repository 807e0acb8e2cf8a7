"""docker-compose.yml without a container engine: read as data, and its commands run as plain processes."""

import os
import re
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.apps import apps
from django.conf import settings

from tracker.env import PUSH_SERVICES, REQUIRED, env
from tracker.stack import Postgres, Valkey, processes
from tracker.stack.home import ROOT

OURS = ("web", "worker", "jobs", "webhooks", "beat", "migrate")
WORKERS = ("worker", "jobs", "webhooks")
VALUES = {
    "SECRET_KEY": "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOP",
    "ALLOWED_HOSTS": "waymark.example",
    "SITE_URL": "https://waymark.example",
    "EMAIL_URL": "smtp://127.0.0.1:9",
    "DEFAULT_FROM_EMAIL": "Waymark <waymark@waymark.example>",
    "POSTGRES_PASSWORD": "letters1",
    "REDIS_PASSWORD": "letters2",
}
_ASKED = re.compile(r"\$\{(?P<name>[A-Z_]+)(?:(?P<kind>:[-?])(?P<more>[^}]*))?\}")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return loaded


def filled(text: str, values: dict[str, str]) -> str:
    """Put values in as docker compose does; a variable without one is an error or has a default."""

    def value(match: re.Match[str]) -> str:
        name, kind, more = match["name"], match["kind"], match["more"]
        if name in values:
            return values[name]
        if kind == ":-":
            return more
        raise LookupError(f"{name}: {more}")

    return _ASKED.sub(value, text).replace("$$", "$")


def test_there_are_web_worker_beat_one_migration_and_three_stores(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == {*OURS, "postgres", "redis", "cache"}


def test_every_service_is_checked_and_comes_back_but_the_migration_runs_once(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        once = name == "migrate"
        assert service["restart"] == ("no" if once else "unless-stopped"), name
        assert ("healthcheck" in service) is not once, name


def test_every_service_has_few_rights(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service.get("read_only", False) is (name != "postgres"), name


def test_only_the_web_is_reachable_and_only_from_this_machine(compose: dict[str, Any]) -> None:
    ports = {name: service["ports"] for name, service in compose["services"].items() if "ports" in service}
    assert ports == {"web": ["127.0.0.1:${PORT:-8000}:8000"]}
    assert compose["networks"]["inside"] == {"internal": True}
    assert [name for name, service in compose["services"].items() if "outside" in service["networks"]] == [
        "migrate",
        "web",
        "worker",
        "jobs",
        "webhooks",
        "beat",
    ]


def test_tasks_are_kept_and_never_evicted_apart_from_the_cache(compose: dict[str, Any]) -> None:
    tasks, cache = (compose["services"][name]["command"] for name in ("redis", "cache"))
    assert "--appendonly yes --appendfsync everysec --maxmemory-policy noeviction" in tasks
    assert "--appendonly no --maxmemory 128mb --maxmemory-policy allkeys-lru" in cache
    environment = compose["services"]["web"]["environment"]
    assert environment["REDIS_URL"].endswith("@redis:6379/0")
    assert environment["CACHE_URL"].endswith("@cache:6379/0")


def test_data_lies_in_volumes(compose: dict[str, Any]) -> None:
    volumes = {name: service.get("volumes", []) for name, service in compose["services"].items()}
    assert volumes["postgres"] == ["postgres:/var/lib/postgresql/data"]
    assert volumes["redis"] == ["redis:/data"]
    kept = ["media:/data/media", "journal:/data/journal"]
    assert [volumes[name] for name in ("web", *WORKERS)] == [kept] * 4
    assert set(compose["volumes"]) == {"media", "journal", "postgres", "redis"}


def test_every_queue_has_a_worker(compose: dict[str, Any]) -> None:
    queues = [re.findall(r"--queues (\S+)", compose["services"][name]["command"]) for name in WORKERS]
    assert [name for (names,) in queues for name in names.split(",")] == list(settings.CELERY_TASK_QUEUES)


def test_work_waits_for_the_migration_and_for_what_it_needs(compose: dict[str, Any]) -> None:
    for name in ("web", *WORKERS, "beat"):
        needs = {other: need["condition"] for other, need in compose["services"][name]["depends_on"].items()}
        assert needs.pop("migrate") == "service_completed_successfully"
        assert set(needs.values()) == {"service_healthy"}
    assert compose["services"]["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}


@pytest.mark.parametrize("missing", sorted(VALUES))
def test_no_secret_has_a_default_and_each_is_asked_for_with_a_sentence(missing: str) -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    with pytest.raises(LookupError, match=rf"{missing}: Set {missing} in .env to .+\."):
        filled(text, {name: value for name, value in VALUES.items() if name != missing})


def test_the_example_of_the_environment_names_every_setting_once() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    names = [line.split("=")[0] for line in lines if line and not line.startswith("#")]
    read_by_settings = {*REQUIRED, *env.scheme}
    compose_only = set(_names((ROOT / "docker-compose.yml").read_text()))
    gunicorns = set(re.findall(r'environ\.get\("([A-Z_]+)"', (ROOT / "tracker" / "gunicorn.py").read_text()))
    assert sorted(names) == sorted(read_by_settings | compose_only | gunicorns)


def test_each_setting_reaches_the_containers_and_has_the_usual_value_there(compose: dict[str, Any]) -> None:
    of_the_image, of_developers = {"MEDIA_ROOT", "JOURNAL_ROOT"}, {"DEBUG", "DEMO", "DEMO_MAIL_DIR"}
    assert {*REQUIRED, *env.scheme} - of_the_image - of_developers == set(compose["services"]["web"]["environment"])
    sent = yaml.safe_load(filled((ROOT / "docker-compose.yml").read_text(), VALUES))["services"]["web"]["environment"]
    assert sent["PUSH_SERVICES"].split(",") == PUSH_SERVICES
    for name in ("PAPER_INDEX", "LOG_LEVEL"):
        assert sent[name] == env.scheme[name][1]


def _names(text: str) -> list[str]:
    return [match["name"] for match in _ASKED.finditer(text)]


def test_the_image_runs_as_somebody_without_rights_and_without_tools() -> None:
    stages = re.split(r"(?m)^FROM ", (ROOT / "Dockerfile").read_text())[1:]
    last = stages[-1]
    assert [stage.split()[0] for stage in stages] == ["node:22-slim", "python:3.13-slim", "python:3.13-slim"]
    assert "\nUSER waymark\n" in last
    assert "apt-get" not in last
    assert "npm" not in last
    assert "pip uninstall" in last
    assert "rm -rf node_modules" in stages[1]


def test_what_the_image_copies_exists_and_no_app_is_forgotten() -> None:
    kept = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    assert [name for name in kept if not (ROOT / name).exists()] == []
    assert {one.name for one in apps.get_app_configs() if (ROOT / one.name).is_dir()} <= set(kept)


# The commands, for real.


@pytest.fixture(scope="module")
def running(
    compose: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[dict[str, str], dict[str, int]]]:
    """Start what the file starts, in its order, with its commands and environment; yield that and each one's pid."""
    logs = tmp_path_factory.mktemp("compose")
    stores = Postgres().start(), Valkey().start(), Valkey().start()
    children: dict[str, subprocess.Popen[bytes]] = {}
    try:
        environment = _environment(compose, *stores, logs)
        once = children["migrate"] = _start("migrate", compose, environment, logs)
        assert once.wait(timeout=120) == 0, (logs / "migrate").read_text()
        children |= {name: _start(name, compose, environment, logs) for name in ("web", "worker", "beat")}
        yield environment, {name: child.pid for name, child in children.items()}
    finally:
        processes.stop(*children.values())
        for store in stores:
            store.stop()


def _environment(
    compose: dict[str, Any], postgres: Postgres, redis: Valkey, cache: Valkey, folder: Path
) -> dict[str, str]:
    declared = compose["services"]["web"]["environment"]
    given = {name: filled(str(value), VALUES) for name, value in declared.items()}
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    here = {
        "DATABASE_URL": postgres.url,
        "REDIS_URL": redis.url,
        "CACHE_URL": cache.url,
        "BIND": f"127.0.0.1:{port}",
        "MEDIA_ROOT": str(folder),
        "JOURNAL_ROOT": str(folder / "journal"),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(folder),
    }
    assert set(here) & set(given) == {"DATABASE_URL", "REDIS_URL", "CACHE_URL"}
    return {**given, **here}


def _start(name: str, compose: dict[str, Any], env: dict[str, str], logs: Path) -> subprocess.Popen[bytes]:
    command = shlex.split(compose["services"][name]["command"])
    with (logs / name).open("wb") as log:
        return processes.start(command, log=log, env=env, cwd=ROOT)


def _healthy(test: list[str], environment: dict[str, str]) -> bool:
    """Run a health check of the file, as the engine would."""
    kind, *command = (part.replace("$$", "$").replace("web:8000", environment["BIND"]) for part in test)
    line = command if kind == "CMD" else ["sh", "-c", *command]
    ran = subprocess.run(line, env=environment, cwd=ROOT, capture_output=True, timeout=60, check=False)
    return ran.returncode == 0


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_its_commands_run_and_its_health_checks_say_so(
    name: str, compose: dict[str, Any], running: tuple[dict[str, str], dict[str, int]]
) -> None:
    test = compose["services"][name]["healthcheck"]["test"]
    environment, pids = running
    deadline = time.monotonic() + 60
    while not (well := _healthy(test, environment)) and time.monotonic() < deadline:
        time.sleep(0.5)
    assert well
    # The pages go before the mails, as processes of one machine and as containers.
    assert os.getpriority(os.PRIO_PROCESS, pids[name]) == (10 if name == "worker" else 0)
    assert compose["services"][name].get("cpu_shares") == (100 if name == "worker" else None)
