"""Ada's documents, and how to make small PDF files of them."""

from tracker.demo_data.shapes import Paper

_HEAD = ("Ada Whitlock", "PhD student, machine learning on graphs", "ada@waymark.example")

PAPERS = (
    Paper("CV for research labs", "cv", "Whitlock CV.pdf", (
        (-62, (*_HEAD, "", "Education", "Publications", "Teaching", "Skills"), ""),
        (-47, (*_HEAD, "", "Publications", "ICLR: Paths that know their cost", "Education", "Teaching", "Skills"),
         "Publications first"),
        (-34, (*_HEAD, "", "ICLR: Paths that know their cost", "Placement: Thistle Genomics", "Education"),
         "One page; the placement of the summer is in"),
    )),
    Paper("CV for product teams", "cv", "Whitlock CV engineering.pdf", (
        (-17, (*_HEAD, "", "Software: pathcost, 340 users", "Placement: Thistle Genomics"), "Software first"),
    )),
    Paper("Research summary", "summary", "Whitlock research summary.pdf", (
        (-52, (*_HEAD, "", "What I did: paths with constraints", "What comes next: graphs that change"), ""),
        (-21, (*_HEAD, "", "What I did: paths with constraints", "What comes next: graphs that change", "Why"),
         "Two pages, with the picture that Grace liked"),
    )),
    Paper("Statement, Tidewater", "statement", "Whitlock statement Tidewater.pdf", (
        (-6, (*_HEAD, "", "Why speech: a lattice is a graph"), ""),
        (-2, (*_HEAD, "", "Why speech: a lattice is a graph"), "One paragraph shorter"),
    )),
    Paper("Five-minute talk", "slides", "Whitlock five minutes.pdf", (
        (-5, ("Paths that know their cost", "Five slides: problem, idea, result, doubt, next"), ""),
    )),
    Paper("Transcript", "transcript", "Transcript.pdf", ((-60, ("Transcript of records", "Ada Whitlock"), ""),)),
)  # fmt: skip

RESEARCH, PRODUCT = PAPERS[0].name, PAPERS[1].name
SENT_ALONG = {
    "Tidewater": ("Statement, Tidewater",),
    "Northlight Labs": ("Research summary", "Transcript"),
    "Veridian": ("Research summary",),
    "Halden Maps": ("Research summary",),
}
TO_PRODUCT = {"Fennel Systems", "Alder & Finch"}
"""Which companies got more than the CV for research labs, and which got the other CV where there was one."""

_PAGE = "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <</Font <</F1 5 0 R>>>>>>"


def pdf(lines: tuple[str, ...]) -> bytes:
    """Return a PDF of one page with these lines on it."""
    shown = " ".join(f"({_escaped(line)}) Tj T*" for line in lines)
    text = f"BT /F1 13 Tf 20 TL 72 770 Td {shown} ET".encode("latin-1", "replace")
    parts = [
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        _PAGE.encode(),
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(text), text),
        b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    end = b"trailer\n<</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(body))
    return body + head + table + end


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
