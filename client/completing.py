"""What the shell offers: names from the site where it answers at once, else those that it told last."""

import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from client.place import Place, cache_folder, place, write_private
from client.printing import one_line
from client.site import Site
from client.trouble import Trouble

_SECONDS = 2
_FRESH = 60  # seconds for which the site is not asked again
_MOST = 200
_MARKS = re.compile(r"([^\w@%+=:,./-])")

type Names = list[dict[str, str]]


def applications(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Offer applications: by the company's part of an address where they have one there, else by id."""
    known = _known("applications", _applications)
    companies = [one["slug"] for one in known]
    items = []
    for one in known:
        value = one["slug"] if companies.count(one["slug"]) == 1 else one["id"]
        if any(
            part.casefold().startswith(typed.casefold()) for part in (value, one["id"], one["company"], one["role"])
        ):
            items.append(CompletionItem(value, help=f"{one['company']}, {one['role']}"))
    return items


def companies(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Offer companies of one's applications and of the shared list."""
    names = {one["company"] for one in _known("applications", _applications)}
    names |= {one["company"] for one in _known("companies", _companies)}
    fitting = sorted(name for name in names if name.casefold().startswith(typed.casefold()))
    return [CompletionItem(_for_shell(name)) for name in fitting]


def forget() -> None:
    """Drop what is kept: it is private."""
    shutil.rmtree(cache_folder(), ignore_errors=True)


def _known(what: str, ask: Callable[[Site], Names]) -> Names:
    """Return names; nothing at all where something is wrong, for a shell has no place for a sentence."""
    try:
        here = place()
        path = cache_folder() / f"{what}-{_owner(here)}.json"
        kept, age = _read(path)
        if kept is not None and age < _FRESH:
            return kept
        try:
            found = ask(Site(here, seconds=_SECONDS, is_patient=False))
        except Trouble:
            return kept or []
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(path, json.dumps(found).encode())
    except (Trouble, OSError, ValueError, KeyError, TypeError):
        return []
    return found


def _read(path: Path) -> tuple[Names | None, float]:
    try:
        return json.loads(path.read_bytes()), time.time() - path.stat().st_mtime
    except (OSError, ValueError):
        return None, 0


def _applications(site: Site) -> Names:
    def told(one: dict[str, Any]) -> dict[str, str]:
        slug, company, role = (one_line(one[name]) for name in ("company_slug", "company", "role"))
        return {"id": one_line(one["id"]), "slug": slug, "company": company, "role": role}

    return [told(one) for one in site.get("/applications", limit=_MOST)["items"]]


def _companies(site: Site) -> Names:
    return [{"company": one_line(one["name"])} for one in site.get("/companies", limit=_MOST)["items"]]


def _owner(here: Place) -> str:
    """Return a name that tells sites and accounts apart, and nothing about either."""
    return hashlib.sha256(f"{here.url}\n{here.token}".encode()).hexdigest()[:16]


def _for_shell(name: str) -> str:
    """Return a name as bash takes it, whose script reads backslashes once; the other shells quote by themselves."""
    return _MARKS.sub(r"\\\\\1", name) if os.environ.get("_WAYMARK_COMPLETE", "").startswith("bash") else name
