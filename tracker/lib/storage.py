"""Files on disk: written whole or not at all, and never reachable by an address of their own."""

import os
import secrets
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

PART = ".part"


class WholeFileStorage(FileSystemStorage):
    """Writes beside the final name, then renames: whoever is interrupted leaves a .part file and no half file."""

    def _save(self, name: str, content: "File[bytes]") -> str:
        path = Path(self.path(name))
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}{PART}")
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as whole:
                for chunk in content.chunks():
                    whole.write(chunk)
                whole.flush()
                os.fsync(whole.fileno())
            draft.rename(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        return name

    def url(self, name: str | None) -> str:
        """Refuse: a view that asks who is asking is the only road to a file."""
        message = f"{name} has no address; a view serves it."
        raise ValueError(message)
