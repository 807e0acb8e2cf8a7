"""Tables as people bring them, and the bad ones, made in code."""

import csv
import io
import zipfile

from openpyxl import Workbook

from tests.files import HTML, LAUGHS, XML, XXE, archive
from tests.files import SHEET as SHEET_TYPE

HEAD = ["Company", "Role", "Status", "Applied on", "Link", "Notes"]
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def as_csv(rows, head=HEAD, delimiter=","):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([head, *rows])
    return out.getvalue().encode()


def as_xlsx(rows, head=HEAD):
    book = Workbook()
    for row in [head, *rows]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_workbook(sheets, hidden=()):
    """Return a workbook of several sheets: name -> rows."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        one = book.create_sheet(name)
        one.sheet_state = "hidden" if name in hidden else "visible"
        for row in rows:
            one.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(sheet, *more, shared=b""):
    """Return a workbook put together by hand; `more` are further parts."""
    book = (
        XML
        + b'<workbook xmlns="%s" xmlns:r="%s"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
        % (_MAIN.encode(), _OFFICE.encode())
    )
    links = (
        XML + b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="r1" Type="x" Target="worksheets/sheet1.xml"/></Relationships>'
    )
    parts = [
        ("[Content_Types].xml", XML + b"<Types><Override ContentType='%s'/></Types>" % SHEET_TYPE.encode()),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", links),
        ("xl/worksheets/sheet1.xml", sheet),
        *([("xl/sharedStrings.xml", shared)] if shared else []),
        *more,
    ]
    return archive(parts)


def sheet(rows, dimension=b"A1:B2"):
    """Return the XML of a sheet; rows are bytes of cells by number."""
    body = b"".join(b'<row r="%d">%s</row>' % (number, cells) for number, cells in rows)
    start = XML + b'<worksheet xmlns="%s"><dimension ref="%s"/>' % (_MAIN.encode(), dimension)
    return start + b"<sheetData>" + body + b"</sheetData></worksheet>"


def text(place, words):
    return b'<c r="%s" t="inlineStr"><is><t>%s</t></is></c>' % (place, words)


_HEADS = (1, text(b"A1", b"Company") + text(b"B1", b"Role"))


def bad_tables():
    """Return what it is -> (file name, content, part of the sentence)."""
    good = sheet([_HEADS, (2, text(b"A2", b"Tidewater"))])
    many = zipfile_of([(f"xl/media/{n}.xml", b"") for n in range(1_200)])
    wide = [_HEADS, (2, text(b"XFD2", b"far"))]
    return {
        "empty": ("a.csv", b"", "The file is empty."),
        "blank": ("a.csv", b" \r\n\r\n", "The file is empty."),
        "a head alone": ("a.csv", b"Company,Role\r\n", "no row under it"),
        "html as csv": ("a.csv", HTML, "This is a web page or a drawing, and no table."),
        "html in utf-16": ("a.csv", HTML.decode().encode("utf-16"), "This is a web page"),
        "pdf as csv": ("a.csv", b"%PDF-1.4\n", "This is a PDF"),
        "an old workbook": ("a.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "an old Excel"),
        "nul": ("a.csv", b"Company,Role\r\nTide\0water,Intern\r\n", "Line 2 holds an empty character"),
        "mixed encodings": (
            "a.csv",
            "Company\nZürich\n".encode() + "Genève\n".encode("latin-1"),
            "Line 3 is written in",
        ),
        "half of utf-16": ("a.csv", "Company\nTide".encode("utf-16") + b"\x00\xd8x", "cut off or damaged"),
        "data": ("a.csv", bytes(range(1, 32)) * 40, "no text"),
        "a cell of 4 MB": ("a.csv", b"Company,Role\nTidewater," + b"x" * 4 * 1024**2, "a cell that is far too long"),
        "a cell of 60,000": (
            "a.csv",
            b"Company,Role\nTidewater," + b"x" * 60_000,
            "a cell of more than 50,000 characters",
        ),
        "a million rows": ("a.csv", b"A,A\n" + b"1,2\n" * 1_000_000, "more than 20,000 rows"),
        "too many columns": ("a.csv", b",".join(b"c%d" % n for n in range(99)) + b"\n", "has 99 columns"),
        "an open quotation mark": (
            "a.csv",
            b'Company,Role\n"Tidewater,Intern\n',
            "a quotation mark that is not closed",
        ),
        "too large": ("a.csv", b"a,b\n" * 1_400_000, "larger than 5 MB"),
        "broken json": ("a.json", b'{"items": [{"company": "Tide', "This is not complete JSON"),
        "json of nothing": ("a.json", b"[1, 2, 3]", "no list of applications"),
        "deep json": ("a.json", b"[" * 100_000 + b"]" * 100_000, "too large to read"),
        "half a character": ("a.json", b'[{"company": "\\ud800"}]', "half a character"),
        "184 MiB unpacked": ("a.xlsx", workbook(good, ("xl/worksheets/sheet2.xml", 184)), "far more than its size"),
        "a zip bomb": ("a.xlsx", workbook(184), "far more than its size"),
        "thousands of parts": ("a.xlsx", many, "thousands of parts"),
        "billion laughs": ("a.xlsx", workbook(LAUGHS), "definitions of entities"),
        "laughs in its texts": ("a.xlsx", workbook(good, shared=LAUGHS), "definitions of entities"),
        "xxe": ("a.xlsx", workbook(XXE), "definitions of entities"),
        "an external link": (
            "a.xlsx",
            workbook(good, ("xl/externalLinks/externalLink1.xml", XML)),
            "from another file",
        ),
        "macros": ("a.xlsx", workbook(good, ("xl/vbaProject.bin", b"x")), "There are macros"),
        "maximal dimension": ("a.xlsx", workbook(sheet(wide, b"A1:XFD1048576")), "more than 60 columns"),
        "no workbook": ("a.xlsx", archive([("word/document.xml", XML)]), "no Excel workbook"),
        "cut off": ("a.xlsx", workbook(good)[:-30], "This file is cut off"),
        "broken xml": ("a.xlsx", workbook(good[:-30]), "This file is damaged"),
        "a text that is not there": (
            "a.xlsx",
            workbook(sheet([(1, b'<c t="s"><v>9</v></c>')])),
            "This file is damaged",
        ),
        "an empty sheet": ("a.xlsx", workbook(sheet([])), "nothing in this table"),
    }


def zipfile_of(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as whole:
        for name, content in parts:
            whole.writestr(name, content)
    return out.getvalue()
