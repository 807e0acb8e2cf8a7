"""The bookmark that adds: what the extension runs on a page, put into one line, which opens the form here."""

import json
import re
from functools import cache

from django.conf import settings

from tracker.env import BASE_DIR

LONGEST = 7_500
"""How long an address may be: gunicorn takes request lines of 8,190 characters, and proxies often fewer."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def bookmark() -> str:
    """Return what the bookmark for this site runs; the page that shows it writes the scheme before it.

    It is one line, and browsers decode what follows a percent sign in it, so that there is none.
    """
    opened = f'open(capture({json.dumps(settings.SITE_URL)}, {LONGEST}), "_blank", "noopener");'
    return f"(() => {{ {_source()} {opened} }})()"


@cache
def _source() -> str:
    text = _COMMENT.sub("", (BASE_DIR / "extension" / "page.js").read_text()).replace("export function", "function")
    return " ".join(line.strip() for line in text.splitlines() if line.strip())
