"""Links and forms of the templates that name an address by itself lead to a page of ours."""

import re
from pathlib import Path

import pytest
from django.urls import resolve

FOLDER = Path(__file__).parents[2] / "templates"
WRITTEN = re.compile(r'(?:href|action|formaction|hx-get|hx-post|url)="(/[^"{%]*)')
PAGES = sorted(path for path in FOLDER.rglob("*.html") if "letters" not in path.parts)
NAMED = [(path.relative_to(FOLDER).as_posix(), link) for path in PAGES for link in WRITTEN.findall(path.read_text())]


@pytest.mark.parametrize(("template", "link"), NAMED)
def test_an_address_in_a_template_is_a_page(template, link):
    path = re.split(r"[?#]", link)[0]
    assert resolve(path).func is not None


def test_addresses_were_found_at_all():
    assert ("_parts/header.html", "/today/") in NAMED
