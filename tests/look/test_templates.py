"""What no template may hold: words we do not say, and markup that the content security policy forbids."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "templates"
PAGES = sorted(path for path in FOLDER.rglob("*.html") if "letters" not in path.parts)
TEXTS = sorted([*FOLDER.rglob("*.html"), *FOLDER.rglob("*.txt")])
FORBIDDEN = re.compile(
    r"\sstyle\s*=|<style|\son[a-z]+\s*=|javascript:|hx-on|hx-vals\s*=\s*['\"]js:|<script(?![^>]*\bsrc=)", re.IGNORECASE
)
UNSAID = re.compile(
    r"\b(invalid|oops|please|successfully|failed|rejected|ghosted|sorry|crm|leads?)\b(?!\s*=)|\w!(?=[\s<]|$)",
    re.IGNORECASE,
)
TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<[^>]*>", re.DOTALL)
MAY_SAY_SORRY = {"500.html"}


def name(path):
    return path.relative_to(FOLDER).as_posix()


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_template_has_nothing_that_the_policy_forbids(path):
    assert FORBIDDEN.findall(path.read_text()) == []


@pytest.mark.parametrize("path", [path for path in TEXTS if name(path) not in MAY_SAY_SORRY], ids=name)
def test_a_template_says_nothing_we_do_not_say(path):
    assert [found[0] for found in UNSAID.finditer(TAGS.sub(" ", path.read_text()))] == []


@pytest.mark.parametrize("path", TEXTS, ids=name)
def test_a_template_can_be_read_in_one_go(path):
    get_template(name(path))
    assert path.read_text().count("\n") <= 100
