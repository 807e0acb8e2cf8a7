"""Tells in which form papers were pasted, and reads them. Pure: any text gives an answer, within two seconds."""

import json
import re

from outreach.reading.bibtex import read_bibtex
from outreach.reading.identifiers import arxiv_in, doi_in
from outreach.reading.indexes import read_works
from outreach.reading.names import listed_names
from outreach.reading.ris import read_ris
from outreach.reading.work import LONGEST_TITLE, Reading, Work, kept

MOST_WORKS = 5_000
LONGEST = 4_000_000
"""Characters: 5,000 entries with abstracts are about three million."""

_BIBTEX = re.compile(r"@[ \t]*[A-Za-z]+\s*[{(]")
_RIS = re.compile(r"^\ufeff?TY {1,2}- ", re.MULTILINE)
NOTHING = "No authors found in that text. Type the names."


def read_papers(text: str) -> Reading:
    """Read BibTeX, RIS, JSON of OpenAlex or Semantic Scholar, or a title with its authors on the line below.

    A DOI or an arXiv id alone gives a work without title and authors: they are known only to who may look them up.
    """
    if len(text) > LONGEST:
        reading = Reading()
        reading.refuse(1, f"This is too long: paste at most {LONGEST:,} characters at a time.")
        return reading
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    start = text.lstrip()[:1]
    if start in {"{", "["}:
        return _json(text)
    if _RIS.search(text):
        return read_ris(text, most=MOST_WORKS)
    if _BIBTEX.search(text):
        return read_bibtex(text, most=MOST_WORKS)
    return _typed(text)


def _json(text: str) -> Reading:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        reading = Reading()
        reading.refuse(error.lineno, f"This is not complete JSON: reading stopped at column {error.colno:,}.")
        return reading
    except (ValueError, RecursionError):
        reading = Reading()
        reading.refuse(1, "This JSON has a number or a nesting that is too large to read.")
        return reading
    return read_works(content, most=MOST_WORKS)


def _typed(text: str) -> Reading:
    reading = Reading()
    lines = [kept(line, LONGEST_TITLE) for line in text.splitlines()[:50]]
    lines = [line for line in lines if line]
    doi, arxiv = doi_in(text[:LONGEST_TITLE]), arxiv_in(text[:LONGEST_TITLE])
    if len(lines) == 1 and (doi or arxiv):
        reading.works.append(Work("", doi=doi, arxiv=arxiv))
    elif len(lines) > 1 and (authors := listed_names(lines[1])):
        reading.works.append(Work(lines[0], authors, doi=doi, arxiv=arxiv))
    else:
        reading.refuse(1, NOTHING)
    return reading
