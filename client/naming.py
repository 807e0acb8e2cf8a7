"""Which application is meant: by its id, or by parts of company and role that only one of them has."""

import re
from typing import Any

from client.printing import one_line
from client.site import Site
from client.trouble import Misused, Refused

_ID = re.compile(r"[2-9a-z]{12}")
_MOST = 20
_NOT_THERE = 404


def find(site: Site, words: str) -> dict[str, Any]:
    """Return the application that is meant; Misused, with all that could be, where it is none or more than one."""
    if _ID.fullmatch(words):
        try:
            return dict(site.get(f"/applications/{words}"))
        except Refused as refused:
            if refused.status != _NOT_THERE:
                raise
    found = site.get("/applications", q=words, limit=_MOST)["items"] if words.strip() else []
    same = [one for one in found if words.casefold() in {one["company"].casefold(), one["company_slug"], one["id"]}]
    if len(found) == 1 or len(same) == 1:
        return dict(found[0] if len(found) == 1 else same[0])
    if not found:
        raise Misused(f"You have no application with “{one_line(words)}” in company or role.")
    number = f"{_MOST} or more" if len(found) == _MOST else str(len(found))
    raise Misused(f"“{one_line(words)}” is in {number} applications. Name one by its id:", *map(_line, found))


def title(application: dict[str, Any]) -> str:
    """Return "Research Intern, Tidewater"."""
    return one_line(f"{application['role'] or 'Role to add'}, {application['company']}")


def stage(application: dict[str, Any]) -> str:
    """Return "applied", "closed: no reply"."""
    outcome = (application["outcome"] or "").replace("_", " ")
    return f"{application['stage']}: {outcome}" if outcome else str(application["stage"])


def _line(one: dict[str, Any]) -> str:
    return f"  {one['id']}  {title(one)} ({stage(one)})"
