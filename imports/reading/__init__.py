"""Reads the files that people bring: a table in any of the usual forms, or a sentence that says why not. Pure."""

from applications.files.names import ending_of
from imports.reading.formats import FORMATS, recognised
from imports.reading.markdown import is_markdown, read_markdown
from imports.reading.objects import read_objects
from imports.reading.separated import read_separated
from imports.reading.table import Column, Limits, Numbered, Table, TooLargeError, UnreadableError
from imports.reading.texts import text_of
from imports.reading.workbook import read_workbook

__all__ = ["FORMATS", "Column", "Limits", "Numbered", "Table", "TooLargeError", "UnreadableError", "read_table"]

_OLD = b"\xd0\xcf\x11\xe0"


def read_table(name: str, content: bytes, limits: Limits) -> Table:
    """Read a file by what it holds; its rows are read on as one goes through them. UnreadableError for any other."""
    if len(content) > limits.bytes:
        raise TooLargeError(f"The file is larger than {limits.bytes // 1024**2} MB.")
    if not content.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
        raise UnreadableError("The file is empty.")
    if content.startswith(b"PK"):
        return recognised(read_workbook(content, "table", limits))
    if content.startswith(_OLD):
        raise UnreadableError("This is a workbook of an old Excel. Save it as XLSX or CSV.")
    text = text_of(content)
    if text.lstrip().startswith(("{", "[")) and (ending_of(name) == "json" or text.rstrip().endswith(("}", "]"))):
        return recognised(read_objects(text, "table", limits))
    if is_markdown(text):
        return recognised(read_markdown(text, "markdown", limits))
    return recognised(read_separated(text, "table", limits))
