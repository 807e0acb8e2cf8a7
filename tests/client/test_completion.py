"""Completion in a real bash, and what the page about the client says."""

import re
import shutil
import stat
import subprocess

import pytest

from tests.factories import ApplicationFactory, CompanyFactory
from tracker.stack.home import ROOT

pytestmark = pytest.mark.django_db(transaction=True)

_ASK = """
source script.sh
COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
_waymark_completion waymark
((${{#COMPREPLY[@]}})) && printf '%s\\n' "${{COMPREPLY[@]}}" || true
"""


@pytest.fixture
def completed(adas):
    """Return a function that gives what bash would offer for what is typed."""
    (adas.home / "script.sh").write_text(adas("completion", "bash"))

    def completed(*words, **environment):
        typed = " ".join(f"'{word}'" for word in ("waymark", *words))
        ran = subprocess.run(
            ["bash", "-c", _ASK.format(words=typed)], cwd=adas.home, capture_output=True, text=True, check=True,
            env={**adas.environment, **environment},
        )  # fmt: skip
        assert ran.stderr == ""
        return ran.stdout.split("\n")[:-1]

    return completed


def test_bash_offers_commands_applications_stages_and_companies(adas, completed, ada):
    one = ApplicationFactory(student=ada, company=CompanyFactory(name="Tidewater", slug="tidewater"), role="Intern")
    two = ApplicationFactory(student=ada, company=CompanyFactory(name="North Light", slug="north-light"), role="Graphs")
    three = ApplicationFactory(student=ada, company=two.company, role="Vision")
    assert completed("ro") == ["rounds"]
    assert completed("move", "tide") == ["tidewater"]
    assert completed("move", "north") == [three.public_id, two.public_id]
    assert completed("move", "tidewater", "app") == ["applied"]
    assert completed("show", one.public_id[:6]) == ["tidewater"]
    assert completed("list", "--stage", "int") == ["interested", "interviewing"]
    assert completed("add", "nor") == ["North\\ Light"]
    assert adas("move", "tidewater", "applied")


def test_names_are_kept_for_the_owner_alone_used_while_the_site_is_gone_and_forgotten(adas, completed, ada, gate):
    ApplicationFactory(student=ada, company=CompanyFactory(name="Tidewater", slug="tidewater"), role="Intern")
    token = (adas.home / ".config/waymark/config.json").read_text().split('"')[7]
    at_gate = {"WAYMARK_URL": gate.url, "WAYMARK_TOKEN": token}
    assert completed("show", "t", **at_gate) == ["tidewater"]
    assert completed("show", "t", **at_gate) == ["tidewater"]
    assert len(gate.seen) == 1, "asked once a minute"
    [kept] = (adas.home / ".cache/waymark").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert token not in kept.name + kept.read_text()
    shutil.copystat("/etc/hostname", kept)
    gate.plan += [(503, {}, b"")]
    assert completed("show", "t", **at_gate) == ["tidewater"]
    adas("logout")
    assert not kept.exists()
    assert completed("show", "t") == []


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_the_other_shells_have_their_scripts(waymark, shell):
    script = waymark("completion", shell)
    assert f"_WAYMARK_COMPLETE={shell}_complete" in script
    if program := shutil.which(shell):
        subprocess.run([program, "-n"], input=script, text=True, check=True)


def test_the_page_tells_of_every_command_and_each_explains_itself(waymark):
    page = (ROOT / "docs" / "client.md").read_text()
    told = set(re.findall(r"^### `waymark ([a-z]+)", page, re.MULTILINE))
    listed = set(re.findall(r"^  ([a-z]+)  ", waymark("--help").partition("Commands:")[2], re.MULTILINE))
    assert told == listed
    for command in sorted(told):
        shown = waymark(command, "--help")
        assert f"Usage: waymark {command}" in shown
        section = page.partition(f"### `waymark {command}")[2].partition("\n### ")[0]
        options = set(re.findall(r"(--[a-z][a-z-]+)", shown)) - {"--help"}
        if command != "rounds":
            assert options - set(re.findall(r"(--[a-z][a-z-]+)", section)) == set(), command
