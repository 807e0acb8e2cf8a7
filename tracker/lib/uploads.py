"""What stands before every form with a file: a limit for the whole request, and names that hide nothing."""

import codecs
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
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
        if _length(request) > settings.WAYMARK_REQUEST_BYTES:
            raise RequestDataTooBig("The request is larger than WAYMARK_REQUEST_BYTES.")
        if request.encoding and codecs.lookup(request.encoding).name != "utf-8":
            raise BadRequest("The request says that it is written in something else than UTF-8.")
        request.multipart_parser_class = HonestParser  # type: ignore[assignment]  # the stubs want an instance
        return get_response(request)

    return middleware


def _length(request: HttpRequest) -> int:
    try:
        return int(request.headers.get("content-length") or 0)
    except ValueError:  # Django reads nothing of such a request
        return 0
