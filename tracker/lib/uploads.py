"""What stands before every form with a file: a limit for the whole request, and names that hide nothing."""

import codecs
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponseBase
from django.http.multipartparser import MultiPartParser

from tracker.lib.filenames import marked


class HonestParser(MultiPartParser):
    """Django's parser, which would quietly clean the name of a file; here each thing taken out leaves a mark.

    Whoever judges the file can so refuse "../../cv.pdf", or a name with a right-to-left override, instead of keeping
    something under a name that nobody gave it.
    """

    def sanitize_file_name(self, file_name: str) -> str | None:
        """Return the name in one part, with a mark where something was; None, which is no file, for no name."""
        return marked(file_name) or None


def bounded_uploads(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Refuse a request that says it is larger than any form of ours, or is no UTF-8, before a byte of it is read."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if _length(request) > _most(request):
            raise RequestDataTooBig("The request is larger than WAYMARK_REQUEST_BYTES.")
        if request.encoding and codecs.lookup(request.encoding).name != "utf-8":
            raise BadRequest("The request says that it is written in something else than UTF-8.")
        request.multipart_parser_class = HonestParser  # type: ignore[assignment]  # the stubs want an instance
        return get_response(request)

    return middleware


class NamelessFileHandler(FileUploadHandler):
    """Takes a file that is too large for memory: it lies on the disk without a name, so that nothing stays behind."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        """Begin one."""
        super().new_file(*args, **kwargs)
        root = Path(settings.MEDIA_ROOT)
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Whoever holds the upload closes it with the request.
        draft = tempfile.TemporaryFile(dir=root)  # noqa: SIM115
        self.file: UploadedFile[bytes] = UploadedFile(draft, self.file_name, self.content_type, 0, self.charset)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:  # noqa: ARG002 - Django's signature
        """Write a part of it."""
        self.file.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> "UploadedFile[bytes]":
        """Hand it over, ready to be read from its beginning."""
        self.file.seek(0)
        self.file.size = file_size
        return self.file


def _most(request: HttpRequest) -> int:
    """Return how large a request may be: few addresses take more than a form, and only from who is signed in."""
    large: int = settings.WAYMARK_LARGE_REQUESTS.get(request.path, 0)
    return large if large and request.user.is_authenticated else settings.WAYMARK_REQUEST_BYTES


def _length(request: HttpRequest) -> int:
    try:
        return int(request.headers.get("content-length") or 0)
    except ValueError:  # Django reads nothing of such a request
        return 0
