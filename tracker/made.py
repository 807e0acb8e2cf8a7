"""Three files put together out of others when static files are collected: one style sheet, one script, one icon sprite.

The sources stay small and plain; a page then needs few requests. There is no build step: the finder makes the file.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage

from tracker.icons import NAMES
from tracker.static import collected

STYLES = (
    "tokens",
    "base",
    "frame",
    "shared",
    "toast",
    "forms",
    "dialog",
    "add",
    "today",
    "board",
    "table",
    "application",
    "offers",
    "round",
    "window",
    "pages",
    "curation",
    "insights",
    "supervision",
    "imports",
    "help",
    "sheet",
    "print",
)
SCRIPTS = ("htmx-config", "base", "toast", "dialog", "theme", "keys", "drafts", "copy", "quickadd")

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SHAPES = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def styles(base: Path) -> str:
    """Join the style sheets in the order of STYLES, without their comments."""
    texts = ((base / "assets" / "css" / f"{name}.css").read_text() for name in STYLES)
    return _COMMENT.sub("", "\n".join(texts))


def scripts(base: Path) -> str:
    """Join the scripts of every page; each keeps its names to itself in a block of its own."""
    texts = ((base / "assets" / "js" / f"{name}.js").read_text() for name in SCRIPTS)
    return "\n".join(f"{{\n{text}}}" for text in texts)


def icons(base: Path) -> str:
    """Make the sprite: one symbol for each name, drawn by bootstrap-icons."""
    symbols = (f'<symbol id="{name}" viewBox="0 0 16 16">{_shapes(base, name)}</symbol>' for name in sorted(NAMES))
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>'


def _shapes(base: Path, name: str) -> str:
    drawing = (base / "node_modules" / "bootstrap-icons" / "icons" / f"{name}.svg").read_text()
    found = _SHAPES.search(drawing)
    return " ".join(found[1].split()) if found else ""


MADE: dict[str, Callable[[Path], str]] = {"css/site.css": styles, "js/site.js": scripts, "icons.svg": icons}
"""Path under /static/ -> what makes its text."""


class MadeFinder(BaseFinder):
    """Finds the files of MADE, writing each to var/made/ first."""

    def __init__(self, *_args: object, **_kwargs: object) -> None:
        """Read from the project and write to its var/made/."""
        self.base = Path(settings.BASE_DIR)
        self.storage = FileSystemStorage(location=self.base / "var" / "made")

    def check(self, **_kwargs: object) -> list[CheckMessage]:
        """Say which icons do not exist, before a page shows a gap."""
        folder = self.base / "node_modules" / "bootstrap-icons" / "icons"
        missing = [name for name in sorted(NAMES) if not (folder / f"{name}.svg").is_file()]
        if not missing or collected():
            return []
        return [Error(f"These icons are missing: {', '.join(missing)}.", hint="Run: make setup")]

    def find(self, path: str, find_all: bool = False, **_kwargs: object) -> Any:  # noqa: ANN401, FBT001, FBT002 - Django's
        """Return where a made file lies, or nothing."""
        found = [self._make(path)] if path in MADE else []
        return found if find_all else next(iter(found), [])

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:  # noqa: ARG002
        """Yield every made file, fresh."""
        for path in MADE:
            self._make(path)
            yield path, self.storage

    def _make(self, path: str) -> str:
        text, target = MADE[path](self.base), Path(self.storage.path(path))
        if not target.is_file() or target.read_text() != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            draft = target.with_name(f"{target.name}.{os.getpid()}")
            draft.write_text(text)
            draft.replace(target)
        return str(target)
