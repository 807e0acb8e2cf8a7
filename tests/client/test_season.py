"""A season from the command line: the installed program and the real site."""

import json
import stat
import zipfile

import pytest

from applications.models import Application, InterviewRound
from companies.models import Company
from owndata.actions.running import run_due
from tests.factories import ApplicationFactory, CompanyFactory
from tracker.lib import clock

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_login_to_export(adas, ada, season):
    assert "Ada Whitlock" in adas("me")
    said = adas(
        "add", "Tidewater", "Research Intern", "--closes", "2026-12-24", "--link", "https://tidewater.example/1"
    )
    one = Application.objects.get()
    assert said == f"Added Research Intern, Tidewater (interested): {one.public_id}\n"
    assert (one.season, str(one.closes_on), one.url) == (season, "2026-12-24", "https://tidewater.example/1")
    assert adas("move", "tidewater", "applied", "--on", "2026-11-20") == (
        "Research Intern, Tidewater: interested -> applied\n"
    )
    adas("move", "tidewater", "interviewing")
    added = adas(
        "rounds", "add", "tidewater", "research", "--day", "2026-12-12", "--time", "15:00", "--zone", "Asia/Tokyo"
    )
    assert added.startswith("Added a round (research, 2026-12-12 15:00 Asia/Tokyo) to Research Intern, Tidewater: ")
    assert InterviewRound.objects.get().starts_at.isoformat() == "2026-12-12T06:00:00+00:00"
    assert adas("rounds", "tidewater").split("\t")[1:6] == [
        "research",
        "2026-12-12",
        "15:00",
        "Asia/Tokyo",
        "scheduled",
    ]
    shown = adas("show", "research intern")
    assert "Applied on" in shown
    assert "research 2026-12-12 15:00 scheduled" in shown
    adas("move", one.public_id, "closed", "--outcome", "not_this_time", "--reason", "Robots")
    one.refresh_from_db()
    assert (one.stage, one.outcome, one.closing_reason) == ("closed", "not_this_time", "Robots")
    assert adas("window").splitlines()[0].split() == ["Season", "Summer", "2027"]
    assert adas("export", "-o", "mine.csv") == "Written to mine.csv.\n"
    assert "Research Intern" in (adas.home / "mine.csv").read_text()
    assert stat.S_IMODE((adas.home / "mine.csv").stat().st_mode) == 0o600


def test_everything_goes_out_as_an_archive_and_comes_back(adas, ada, mallory, live_server, token_of):
    ApplicationFactory(student=ada, role="Research Intern")
    process = adas.start("export", "--zip", "-o", "all.zip")
    while process.poll() is None:
        run_due(at=clock.now(), clock=clock.now)
    assert process.communicate() == ("Written to all.zip.\n", "")
    assert zipfile.ZipFile(adas.home / "all.zip").testzip() is None
    adas("login", live_server.url, text=token_of(mallory))
    process = adas.start("import", "all.zip", "--yes")
    while process.poll() is None:
        run_due(at=clock.now(), clock=clock.now)
    assert process.communicate()[0].startswith("Brought in: ")
    assert Application.objects.visible_to(mallory).get().role == "Research Intern"
    assert "An archive is read into an empty account." in adas.refused("import", "all.zip", "--yes")


def test_lists_are_narrowed_and_go_into_pipes(adas, ada, season):
    def one(company, role, **facts):
        return ApplicationFactory(student=ada, company=CompanyFactory(name=company), role=role, **facts)

    one("Tidewater", "Speech", stage="preparing", closes_on=clock.today(ada))
    one("Northlight", "Graphs", stage="applied", closes_on=clock.today(ada))
    one("Ostrava", "Vision", stage="closed", outcome="no_reply")

    def roles(*words):
        return [line.split("\t")[2] for line in adas("list", *words).splitlines()]

    assert roles() == ["Graphs", "Speech"]
    assert roles("--closed") == ["Vision", "Graphs", "Speech"]
    assert roles("--stage", "closed") == ["Vision"]
    assert roles("--due") == ["Speech"]
    assert roles("--company", "tide") == ["Speech"]
    assert roles("--limit", "1") == ["Graphs"]
    first = adas.shell("waymark list | head -n 1")
    assert (first.stdout.count("\n"), first.stderr) == (1, "")


def test_json_is_what_the_api_tells(adas, ada, live_server, client, token_of):
    made = json.loads(adas("add", "Tidewater", "Intern", "--json"))
    bearer = {"HTTP_AUTHORIZATION": f"Bearer {token_of(ada)}"}
    told = client.get(f"/api/v1/applications/{made['id']}", **bearer)
    assert made == told.json()
    assert adas("show", "tidewater", "--json") == f"{told.text}\n"
    assert json.loads(adas("list", "--json")) == {"items": [told.json()], "next": None}
    assert json.loads(adas("me", "--json"))["name"] == "Ada Whitlock"
    assert json.loads(adas("move", "tidewater", "applied", "--json"))["stage"] == "applied"
    added = json.loads(adas("rounds", "add", "tidewater", "coding", "--json"))
    assert json.loads(adas("rounds", "tidewater", "--json")) == {"items": [added], "next": None}
    assert json.loads(adas("window", "--json"))["season"] == "Summer 2027"


def test_what_is_printed_steers_no_terminal(adas, ada):
    name = "Tide\x1b[31mwater\x9b2J\u202egnp"
    ApplicationFactory(student=ada, company=CompanyFactory(name=name), role="a\tb", notes="one\ntwo\x07")
    for words in (["list"], ["show", "tide"], ["list", "--json"], ["show", "tide", "--json"]):
        printed = adas(*words)
        assert not {"\x1b", "\x9b", "\u202e", "\x07"} & set(printed), words
    assert len(adas("list").rstrip("\n").split("\t")) == 8
    _, shown = adas.on_terminal("list")
    assert ("\\x1b[31mwater" in shown, "\x1b[31mwater" in shown, "Company" in shown) == (True, False, True)


def test_the_token_is_typed_without_echo_and_kept_for_its_owner_alone(waymark, ada, live_server, token_of):
    token = token_of(ada)
    code, shown = waymark.on_terminal("login", live_server.url, answers=[("Token", token)])
    assert (code, token in shown, "Signed in at" in shown) == (0, False, True)
    config = waymark.home / ".config" / "waymark" / "config.json"
    assert json.loads(config.read_text()) == {"url": live_server.url, "token": token}
    assert stat.S_IMODE(config.stat().st_mode) == 0o600
    assert waymark("me")
    waymark("list", "--json")
    assert "forgotten" in waymark("logout")
    assert not config.exists()
    assert "waymark login" in waymark.refused("me", code=2)
    assert "Ada" in waymark("me", WAYMARK_URL=live_server.url, WAYMARK_TOKEN=token)


def test_a_company_that_is_new_stays_ones_own(adas, ada):
    adas("add", "Tidewater Labs", "Intern")
    assert Company.objects.get().proposed_by == ada
