"""Writes a workbook (XLSX) of one sheet piece by piece: however many rows there are, few are held at a time. Pure.

Rows come as XML, put together by the database (`queries.export`) or by `row_of`. Each text says of itself that it is
text, so that none is a formula.
"""

import datetime as dt
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from xml.sax.saxutils import escape

from tracker.lib.pieces import Outlet

LONGEST_CELL = 32_767
DAY_ZERO = dt.date(1899, 12, 30)
"""The day from which XLSX counts days."""

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f"""<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>
<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>""",
    "_rels/.rels": f"""<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>""",
    "xl/_rels/workbook.xml.rels": f"""<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="r2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>""",
    "xl/styles.xml": f"""<styleSheet xmlns="{_MAIN}">
<numFmts count="1"><numFmt numFmtId="164" formatCode="d\\ mmm\\ yyyy"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>
<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>""",
}
_BOOK = f"""<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">
<sheets><sheet name="{{}}" sheetId="1" r:id="r1"/></sheets></workbook>"""
_SHEET = f"""<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">
<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>
<cols><col min="1" max="{{}}" width="18" customWidth="1"/></cols><sheetData>"""
# What XML cannot hold, or would change, is written as Excel does, so that it comes back: _x000D_.
_ODD = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_AT_ONCE = 1 << 16


def workbook(title: str, head: Sequence[str], rows: Iterable[str]) -> Iterator[bytes]:
    """Yield the pieces of the file; its head stays in sight."""
    outlet = Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, text in {**_PARTS, "xl/workbook.xml": _BOOK.format(escape(title, {'"': "&quot;"}))}.items():
            book.writestr(name, _HEAD + text)
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write((_HEAD + _SHEET.format(len(head)) + row_of(head, style=2)).encode())
            for row in rows:
                sheet.write(plain(row).encode())
                if outlet.waiting > _AT_ONCE:
                    yield outlet.take()
            sheet.write(b"</sheetData></worksheet>")
    yield outlet.take()


def row_of(values: Sequence[str | int | dt.date | None], *, style: int = 0) -> str:
    """Return a row as XML; days as days, numbers as numbers, all else as text."""
    return f"<row>{''.join(_cell(value, style) for value in values)}</row>"


def plain(row: str) -> str:
    """Return the row with what XML cannot hold written as Excel does; markup holds nothing of it."""
    return _ODD.sub(_escaped, row) if _ODD.search(row) else row


def _cell(value: str | int | dt.date | None, style: int) -> str:
    if isinstance(value, dt.date):
        return f'<c s="1"><v>{(value - DAY_ZERO).days}</v></c>'
    if isinstance(value, int):
        return f"<c><v>{value}</v></c>"
    if not value:
        return "<c/>"
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(value[:LONGEST_CELL])}</t></is></c>'


def _escaped(match: re.Match[str]) -> str:
    return f"_x{ord(match[0]):04X}_"


def whole(title: str, head: Sequence[str], rows: Iterable[Sequence[str | int | dt.date | None]]) -> bytes:
    """Return the whole file of rows of values, for tables that are small."""
    file = BytesIO()
    for piece in workbook(title, head, map(row_of, rows)):
        file.write(piece)
    return file.getvalue()
