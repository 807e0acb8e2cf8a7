"""The matrix of who may ask what, and how a world deviates from it: for `test_authz.py` and `test_guards.py`."""

from pathlib import Path

import yaml
from django.core.cache import cache

from tests.authz_world import KNOWN_TO_FEW, PRIVATE, SAFE

MATRIX = yaml.safe_load((Path(__file__).parent / "authz_matrix.yml").read_text())
ROLES, GROUPS, URLS, MORE = MATRIX["roles"], MATRIX["groups"], MATRIX["urls"], MATRIX["more"]
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
LOGIN = "/accounts/login/"


def expected(row, method, role):
    """Return what the matrix says: a status, or the way to the sign-in page for whoever is not signed in."""
    if role in GROUPS["out"] and not row.get("open"):
        return LOGIN
    named = "GET" if method == "HEAD" and method not in row else method
    said = row.get(named, row.get("others", 405))
    if isinstance(said, int):
        return said
    meant = [status for group, status in said.items() if role == group or role in GROUPS.get(group, [])]
    return meant[0] if meant else said["rest"]


def found(response):
    """Return the status, or the sign-in page for a redirect there; the raw tables' own way leads on to the same."""
    ways = (f"{LOGIN}?next=", "/manage/login/?next=")
    return LOGIN if response.headers.get("Location", "").startswith(ways) else response.status_code


def text_of(response):
    """Return what an answer says, be it a page or a file."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="replace")


def deviations(world, pattern, row):
    """Yield a sentence for each cell that is not as the matrix says."""
    path = world.path(pattern, row.get("with", {}))
    for method in METHODS:
        cache.clear()  # sign-in limits: twelve roles are one address
        for role in ROLES:
            response, written = world.ask(role, method, path)
            status, right = found(response), expected(row, method, role)
            if status != right:
                yield f"{method} as {role}: {status}, not {right}"
            if written and (method in SAFE or status == LOGIN or response.status_code >= 400):
                yield f"{method} as {role} is answered {status} and writes: {written}"
            shown = text_of(response) + str(response.headers)
            if (PRIVATE in shown and role != "owner") or (
                KNOWN_TO_FEW in shown and role not in {"owner", *GROUPS["desk"]}
            ):
                yield f"{method} as {role} shows what is not theirs"
