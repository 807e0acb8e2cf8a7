"""What goes wrong: a sentence, an exit code, no traceback, the token nowhere else, nothing half done."""

import json
import subprocess
import sys
import time

import pytest

from applications.models import Application
from tests.client.conftest import ROOT
from tests.factories import ApplicationFactory, CompanyFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["add"], 2, "Missing argument 'COMPANY'"),
        (["add", "Tidewater", "Intern", "--closes", "1.12.2026"], 2, "Write the day like 2026-11-30."),
        (["add", "Tidewater", "Intern", "--closes", "1850-01-01"], 1, "Enter a day between 1990 and 2100."),
        (["add", "Tidewater", "x" * 300], 1, "role: "),
        (["move", "tidewater", "flown"], 2, "'flown' is not one of"),
        (["move", "tidewater", "closed"], 1, "Choose how it ended."),
        (["move", "nobody", "applied"], 2, "You have no application with “nobody” in company or role."),
        (["move", "", "applied"], 2, "You have no application with “”"),
        (["move", "intern", "applied"], 2, "“intern” is in 2 applications. Name one by its id:\n"),
        (
            ["rounds", "add", "tidewater", "coding", "--day", "2026-12-01", "--time", "25:00"],
            1,
            "Write the time like 15:00.",
        ),
        (["rounds", "add", "tidewater", "coding", "--zone", "Mars/Olympus"], 1, "zone: Choose a time zone"),
        (["rounds"], 2, "Usage: waymark rounds"),
        (["import", "nowhere.csv"], 2, "nowhere.csv cannot be read: No such file or directory."),
        (["import", "/"], 2, "/ cannot be read: Is a directory."),
        (["undo", "../me"], 2, "This is no id of an import."),
        (["undo", "zzzzzzzzzzzz"], 1, "You have no import of this id."),
        (["export", "-o", "there.csv"], 2, "there.csv is there already. Replace it with --force."),
        (["export", "-o", "no/folder/a.csv"], 2, "a.csv cannot be written: No such file or directory."),
        (["export", "-o", "/dev/full/x"], 2, "cannot be written: Not a directory."),
        (["login", "ftp://x"], 2, "Give the address of the site alone"),
        (["login", "https://ada:secret@waymark.example"], 2, "Give the address of the site alone"),
        (
            ["login", "http://waymark.example"],
            2,
            "Anybody on the way could read your token. Use https://waymark.example.",
        ),
        (["login", "http://[::1"], 2, "Give the address of the site alone"),
    ],
)
def test_each_has_its_sentence_and_its_code(adas, ada, words, code, sentence):
    for name in ("Tidewater", "Northlight"):
        ApplicationFactory(student=ada, company=CompanyFactory(name=name), role="Intern")
    (adas.home / "there.csv").write_text("mine")
    before = list(Application.objects.values_list("stage", "role"))
    assert sentence in adas.refused(*words, code=code)
    assert list(Application.objects.values_list("stage", "role")) == before
    assert (adas.home / "there.csv").read_text() == "mine"
    assert sorted(path.name for path in adas.home.iterdir() if not path.name.startswith(".c")) == ["there.csv"]


def test_a_token_that_opens_nothing_or_too_little_is_told(waymark, ada, live_server, token_of):
    assert "Send a token that is not over" in waymark.refused("login", live_server.url, text="waymark_wrong")
    assert "This is no token." in waymark.refused("login", live_server.url, text="", code=2)
    assert "This is no token." in waymark.refused("login", live_server.url, text="a\x01b", code=2)
    assert not (waymark.home / ".config").exists()
    waymark("login", live_server.url, text=token_of(ada, ["read"]))
    assert "This token lacks the scope write." in waymark.refused("add", "Tidewater", "Intern")
    (waymark.home / ".config" / "waymark" / "config.json").write_text("{")
    assert "Sign in again" in waymark.refused("me", code=2)


def test_a_token_goes_to_no_other_site(behind, gate):
    assert "There is no token for https://other.example." in behind.refused(
        "me", code=2, WAYMARK_URL="https://other.example"
    )
    gate.plan += [(302, {"Location": "http://127.0.0.1:9/elsewhere"}, b"")]
    told = behind.refused("me", code=3)
    assert "leads to http://127.0.0.1:9/elsewhere. Your token was not sent there" in told
    assert len(gate.seen) == 1


def test_a_site_that_is_gone_or_no_waymark_is_told(behind, gate, live_server):
    assert "Nothing answers there." in behind.refused("me", code=3, WAYMARK_URL="http://127.0.0.1:9", WAYMARK_TOKEN="x")
    port = live_server.url.rpartition(":")[2]
    unsafe = behind.refused("me", code=3, WAYMARK_URL=f"https://localhost:{port}", WAYMARK_TOKEN="x")
    assert "cannot be reached." in unsafe
    html = {"Content-Type": "text/html"}
    for answer, sentence in (
        ((200, html, b"<h1>Hello</h1>"), "does not answer as Waymark does (200)."),
        ((404, html, b"<h1>Gone</h1>"), "does not answer as Waymark does (404)."),
        ((503, html, b""), "is away (503). Try again later."),
        ((200, {}, b"[1, 2]"), "in a way that this program does not know (TypeError)"),
    ):
        gate.plan += [answer]
        assert sentence in behind.refused("me", code=3)
    gate.plan += [(413, html, b"<h1>nginx</h1>")]
    assert "This is larger than the site takes." in behind.refused("add", "Tidewater", "Intern")


def test_too_many_requests_wait_as_long_as_the_site_says(behind, gate):
    problem = json.dumps({"detail": "Wait.", "status": 429}).encode()
    gate.plan += [(429, {"Retry-After": "1", "Content-Type": "application/problem+json"}, problem)]
    began = time.monotonic()
    ran = behind.run("add", "Tidewater", "Intern")
    assert (ran.returncode, ran.stderr) == (0, "Too many requests: waiting 1 s.\n")
    assert time.monotonic() - began > 1
    assert Application.objects.count() == 1


def test_what_was_cut_is_sent_again_and_done_once(behind, gate):
    gate.plan += ["cut", "cut"]
    said = behind("add", "Tidewater", "Intern")
    one = Application.objects.get()
    assert said == f"Added Intern, Tidewater (interested): {one.public_id}\n"
    keys = {headers["Idempotency-Key"] for _method, _path, headers in gate.seen}
    assert (len(gate.seen), len(keys)) == (3, 1)
    behind("add", "Northlight", "Intern", "--key", "mine")
    behind("add", "Northlight", "Intern", "--key", "mine")
    assert Application.objects.count() == 2


def test_what_might_be_done_twice_is_not_sent_again(behind, gate, ada):
    ApplicationFactory(student=ada, role="Intern", stage="interested")
    gate.plan += ["pass", "cut"]
    told = behind.refused("move", "intern", "applied", code=3)
    assert "The connection was cut." in told
    assert "It is not known whether this was done: look before you repeat it." in told
    assert [method for method, _path, _headers in gate.seen] == ["GET", "POST"]


def test_half_a_file_is_no_file(behind, gate, ada):
    ApplicationFactory.create_batch(3, student=ada)
    gate.plan += ["half"]
    behind.refused("export", "-o", "a.csv", code=3)
    assert [path.name for path in behind.home.iterdir() if "a.csv" in path.name] == []
    (behind.home / "a.csv").write_text("old")
    gate.plan += ["half"]
    behind.refused("export", "-o", "a.csv", "--force", code=3)
    assert (behind.home / "a.csv").read_text() == "old"
    behind("export", "-o", "a.csv", "--force")
    assert (behind.home / "a.csv").read_text().startswith("Company,Role")


def test_a_full_disk_and_a_closed_pipe_end_quietly(adas, ada):
    ApplicationFactory(student=ada)
    full = adas.shell("waymark list > /dev/full")
    assert (full.returncode, full.stderr) == (2, "The output cannot be read or written: No space left on device.\n")
    closed = adas.shell("waymark export -o - | true; exit ${PIPESTATUS[0]}")
    assert (closed.returncode, closed.stderr) == (0, "")


def test_an_interruption_ends_it_quietly(behind, gate):
    gate.plan += [(429, {"Retry-After": "60"}, b"{}")]
    code, shown = behind.on_terminal("me", answers=[("waiting 60 s.", "\x03")])
    assert (code, shown.replace("^C", "").split()) == (130, "Too many requests: waiting 60 s.".split())


def test_the_client_brings_nothing_of_the_site(installed):
    code = "import client.main, sys; print([m for m in ('django', 'ninja', 'celery', 'rich') if m in sys.modules])"
    ran = subprocess.run([installed / "python", "-c", code], capture_output=True, text=True, check=True, cwd="/")
    assert ran.stdout == "[]\n"


def test_the_stages_that_it_offers_are_those_that_there_are():
    code = "import json; from client.options import *; print(json.dumps([STAGES, OUTCOMES, ROUNDS]))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    from applications.models import InterviewRound
    from applications.stage import Outcome, Stage

    assert json.loads(ran.stdout) == [list(Stage), list(Outcome), InterviewRound.Kind.values]
