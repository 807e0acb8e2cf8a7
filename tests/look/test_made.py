"""The style sheet, the script and the sprite that are joined from small files."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tracker.icons import NAMES
from tracker.made import MADE, SCRIPTS, STYLES, MadeFinder

ROOT = Path(__file__).parents[2]
APPS = ("tracker", "accounts", "companies", "applications", "supervision", "reminders")


@pytest.mark.parametrize("path", sorted(MADE))
def test_a_made_file_is_found_under_its_name_and_fresh(path):
    assert Path(finders.find(path)).read_text() == MADE[path](ROOT)


def test_the_finder_knows_no_other_file():
    assert (MadeFinder().find("css/other.css"), MadeFinder().find("css/other.css", find_all=True)) == ([], [])
    assert sorted(path for path, _ in MadeFinder().list(None)) == sorted(MADE)
    assert MadeFinder().check() == []


def test_every_sheet_and_every_shared_script_is_joined():
    assert {path.stem for path in (ROOT / "assets/css").glob("*.css")} == set(STYLES)
    assert set(SCRIPTS) <= {path.stem for path in (ROOT / "assets/js").glob("*.js")}


def test_shared_scripts_stand_alone():
    joined = MADE["js/site.js"](ROOT)
    assert re.findall(r"^\s*(?:import|export)\b.*$", joined, re.MULTILINE) == []


def test_the_sprite_draws_every_icon_once():
    drawn = re.findall(r'<symbol id="([\w-]+)" viewBox="0 0 16 16"><', MADE["icons.svg"](ROOT))
    assert drawn == sorted(NAMES)


def test_no_icon_is_carried_that_nobody_uses():
    sources = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "assets/js").glob("*.js")]
    sources += [path for app in APPS for path in (ROOT / app).rglob("*.py") if path.name != "icons.py"]
    text = "\n".join(path.read_text() for path in sources)
    assert sorted(name for name in NAMES if f'"{name}"' not in text and f"'{name}'" not in text) == []


def test_no_sheet_is_longer_than_can_be_read():
    assert [path.name for path in (ROOT / "assets/css").glob("*.css") if path.read_text().count("\n") >= 700] == []
