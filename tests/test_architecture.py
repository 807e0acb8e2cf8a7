"""The house rules that no linter knows: sizes, names, clean templates."""

import ast
import re
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.words import words
from tracker.stack.home import ROOT

APPS = (
    "accounts",
    "companies",
    "applications",
    "outreach",
    "imports",
    "supervision",
    "reminders",
    "webhooks",
    "owndata",
    "api",
)
CODE = ("tracker", *APPS, "client")
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "services", "service", "managers", "misc"}
BANNED_WORDS = re.compile(
    r"\b(ghosted|rejected|failed|invalid|oops|please|successfully|leads?|crm)\b|(?<![=!<>])!(?![=\[-])", re.IGNORECASE
)
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|\shx-on|javascript:", re.IGNORECASE)


def modules() -> list[Path]:
    return [path for folder in CODE for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts]


def functions() -> Iterator[tuple[str, int]]:
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                name = f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
                yield name, node.end_lineno - node.body[0].lineno + 1


def templates() -> list[Path]:
    return sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".txt"})


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_no_module_is_long() -> None:
    assert {str(path.relative_to(ROOT)): lines(path) for path in modules() if lines(path) > 300} == {}


def test_no_function_is_long() -> None:
    sizes = dict(functions())
    assert {name: size for name, size in sizes.items() if size > 30} == {}
    assert statistics.median(sizes.values()) <= 8


def test_no_template_is_long() -> None:
    assert {str(path.relative_to(ROOT)): lines(path) for path in templates() if lines(path) > 100} == {}


def test_no_file_has_a_name_that_says_nothing() -> None:
    named = [path for folder in (*CODE, "tests", "bench", "assets") for path in (ROOT / folder).rglob("*")]
    assert [str(path.relative_to(ROOT)) for path in named if path.stem in NAMES_THAT_SAY_NOTHING] == []


def test_every_module_begins_with_a_sentence() -> None:
    silent = [
        path for path in modules() if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert [str(path.relative_to(ROOT)) for path in silent] == []


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_a_template_has_no_inline_script_style_or_handler(path: Path) -> None:
    if "letters" in path.parts or "email" in path.parts:
        return  # mails have no other place for their styles
    assert INLINE.findall(path.read_text()) == []


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_a_template_uses_the_words_of_the_house(path: Path) -> None:
    assert [match[0] for match in BANNED_WORDS.finditer(words(path.read_text()))] == []


def test_imports_point_down() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    ran = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


def test_no_model_orders_itself_overrides_save_or_points_anywhere() -> None:
    from django.apps import apps

    ours = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    assert [model.__name__ for model in ours if model._meta.ordering] == []
    assert [model.__name__ for model in ours if "save" in vars(model) or "delete" in vars(model)] == []
    assert [model.__name__ for model in ours if model._meta.private_fields] == []


def test_no_code_listens_to_signals_of_models() -> None:
    signals = re.compile(r"\b(pre_save|post_save|pre_delete|post_delete|m2m_changed)\b")
    assert [str(path.relative_to(ROOT)) for path in modules() if signals.search(path.read_text())] == []


def test_the_project_names_the_same_dependencies_as_what_is_installed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    lines = (line.partition("#")[0].strip() for line in (ROOT / "requirements/base.in").read_text().splitlines())
    assert sorted(project) == sorted(filter(None, lines))


def test_no_file_is_left_unfinished() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError|[Ll]orem ipsum|[Cc]oming soon)\b")
    assert [str(path.relative_to(ROOT)) for path in [*modules(), *templates()] if marks.search(path.read_text())] == []


def test_what_one_block_of_a_template_names_is_used_in_no_other():
    # A name set in a block is gone at its end: a link made of it elsewhere leads nowhere, and says nothing.
    lost = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        blocks = re.findall(r"{% block (\w+) %}(.*?){% endblock", path.read_text(), re.DOTALL)
        for _, body in blocks:
            for known in re.findall(r" as (\w+) %}", body):
                used = [other for other, text in blocks if re.search(rf"(?:{{{{ |=){known}\b", text)]
                lost += [(path.name, known, block) for block in used if f" as {known} " not in dict(blocks)[block]]
    assert lost == []
