"""Folders in /tmp that only we can enter, gone when we are."""

import contextlib
import fcntl
import os
import shutil
import tempfile
import time
from pathlib import Path

_PLACE = Path("/tmp")  # noqa: S108 - the path of a socket must be short; the folders are made private
_PREFIX = "waymark-"
_LOCK = ".lock"
_YOUNG = 60
"""Seconds in which a folder may have no lock yet."""


class PrivateFolder:
    """A folder with mode 700. Those whose makers were killed are swept away by whoever makes the next one."""

    def __init__(self, kind: str) -> None:
        """Make a folder; kind becomes a part of its name."""
        sweep()
        self.path = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{kind}-", dir=_PLACE))
        self._lock = (self.path / _LOCK).open("w")
        fcntl.flock(self._lock, fcntl.LOCK_EX)

    def remove(self) -> None:
        """Delete the folder with all that is in it."""
        self._lock.close()
        shutil.rmtree(self.path, ignore_errors=True)


def sweep(place: Path = _PLACE) -> None:
    """Delete our folders whose makers are gone."""
    for folder in place.glob(f"{_PREFIX}*-*"):
        with contextlib.suppress(OSError):
            if time.time() - folder.stat().st_mtime > _YOUNG and not _held(folder / _LOCK):
                shutil.rmtree(folder, ignore_errors=True)


def _held(path: Path) -> bool:
    """Say whether the maker of a folder lives; the kernel lets go of its lock when it dies."""
    if not path.exists():
        return False
    descriptor = os.open(path, os.O_WRONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False
