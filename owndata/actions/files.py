"""The files of an archive that is read in: judged as every upload, and taken away if the import does not hold."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from applications.actions import keeping
from applications.files import judge
from owndata.archive import BadArchiveError, Reader, file_place
from tracker.lib.errors import DomainError


class BroughtFiles:
    """What was written to the disk so far."""

    def __init__(self, reader: Reader) -> None:
        """Begin with nothing written."""
        self._reader, self._written, self._size = reader, list[str](), 0

    def put(self, row: Mapping[str, Any]) -> dict[str, object]:
        """Keep the file of a version, and return what is known of it now."""
        content = self._reader.file(file_place(str(row.get("id"))))
        self._make_sure_of_room(len(content))
        try:
            name, kind = judge(str(row.get("file_name")), content, most=settings.WAYMARK_FILE_BYTES)
        except DomainError as error:
            raise BadArchiveError(error.sentence.removesuffix(".")) from None
        stored_as = keeping.put(content)
        self._written.append(stored_as)
        return {
            "stored_as": stored_as,
            "file_name": name,
            "media_type": kind.media_type,
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }

    def take_away(self) -> None:
        """Remove all of them."""
        for stored_as in self._written:
            keeping.take_away(stored_as)
        self._written.clear()

    def _make_sure_of_room(self, size: int) -> None:
        self._size += size
        if len(self._written) >= settings.WAYMARK_FILES or self._size > settings.WAYMARK_FILES_BYTES:
            megabytes = settings.WAYMARK_FILES_BYTES // 1024**2
            raise BadArchiveError(f"an account keeps {settings.WAYMARK_FILES} files of {megabytes} MB together at most")
