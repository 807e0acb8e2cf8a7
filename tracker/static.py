"""Files for the browser: ours from assets/, others' out of node_modules through a white list, hashed for ever."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, overload

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

NPM_ASSETS = {
    "vendor/htmx/htmx.min.js": "htmx.org/dist/htmx.min.js",
    "vendor/inter/latin.woff2": "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
    "vendor/inter/latin-ext.woff2": "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2",
    "vendor/source-serif-4/latin-600.woff2": "@fontsource/source-serif-4/files/source-serif-4-latin-600-normal.woff2",
    "vendor/source-serif-4/latin-ext-600.woff2": (
        "@fontsource/source-serif-4/files/source-serif-4-latin-ext-600-normal.woff2"
    ),
}
"""What the site serves of other people's work: path under /static/ -> path in node_modules."""


type Paths = list[str]


class ManifestStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # WhiteNoise has no types
    """Hashed names for everything, the imports between our JavaScript modules included."""

    support_js_module_import_aggregation = True


def collected() -> bool:
    """Say whether all files lie in STATIC_ROOT already, as in the image, which has no node_modules."""
    return (
        not (Path(settings.BASE_DIR) / "node_modules").exists() and (settings.STATIC_ROOT / "staticfiles.json").exists()
    )


class NpmFinder(BaseFinder):
    """Finds the files of NPM_ASSETS and no others; there is no build step and no other server."""

    def __init__(self, *_args: object, **_kwargs: object) -> None:
        """Look in the project's own node_modules."""
        self.root = Path(settings.BASE_DIR) / "node_modules"

    def check(self, **_kwargs: object) -> list[CheckMessage]:
        """Say which files are not there, before a page misses them."""
        missing = [path for path in settings.NPM_ASSETS.values() if not (self.root / path).is_file()]
        if not missing or collected():
            return []
        return [Error(f"{len(missing)} front-end files are missing, such as {missing[0]}.", hint="Run: make setup")]

    @overload
    def find(self, path: str, find_all: Literal[False] = False) -> str | None: ...  # noqa: FBT002 - Django calls it so
    @overload
    def find(self, path: str, find_all: Literal[True]) -> Paths: ...
    def find(self, path: str, find_all: bool = False) -> Paths | str | None:  # noqa: FBT001, FBT002 - the same
        """Return where a served path lies, or nothing."""
        inside = settings.NPM_ASSETS.get(path)
        found = [str(self.root / inside)] if inside and (self.root / inside).is_file() else []
        return found if find_all else next(iter(found), [])

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:  # noqa: ARG002
        """Yield every served path with a storage that reads it from its place in node_modules."""
        for served, inside in settings.NPM_ASSETS.items():
            yield served, _Renamed(self.root, inside)


class _Renamed(FileSystemStorage):
    """Reads one file under another name."""

    def __init__(self, root: Path, inside: str) -> None:
        super().__init__(location=root)
        self.inside = inside

    def path(self, name: str) -> str:  # noqa: ARG002 - whatever the name, this storage holds one file
        return super().path(self.inside)
