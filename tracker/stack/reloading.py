"""Notices changed code, for `make dev`."""

from pathlib import Path

_FOLDERS = ("tracker", "accounts", "companies", "applications", "supervision", "reminders", "templates")
_ENDINGS = {".py", ".html", ".txt"}


class Sources:
    """The times of all source files; a look costs some milliseconds."""

    def __init__(self, root: Path) -> None:
        """Take the present state as the old one."""
        self.root = root
        self._seen = self._look()

    def changed(self) -> str:
        """Return one file that changed, came or went since the last look, or nothing."""
        seen, self._seen = self._seen, self._look()
        for path in sorted(seen.items() ^ self._seen.items()):
            return str(path[0].relative_to(self.root))
        return ""

    def _look(self) -> dict[Path, int]:
        times = {}
        for folder in _FOLDERS:
            for path in (self.root / folder).rglob("*"):
                if path.suffix in _ENDINGS:
                    try:
                        times[path] = path.stat().st_mtime_ns
                    except FileNotFoundError:
                        continue
        return times
