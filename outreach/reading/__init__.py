"""Reads papers and their authors out of what people paste: BibTeX, RIS, JSON of two indexes, plain lines."""

from outreach.reading.identifiers import arxiv_in, doi_in
from outreach.reading.indexes import read_works
from outreach.reading.pasted import NOTHING, read_papers
from outreach.reading.ris import as_ris
from outreach.reading.work import Author, Problem, Reading, Work

__all__ = [
    "NOTHING",
    "Author",
    "Problem",
    "Reading",
    "Work",
    "arxiv_in",
    "as_ris",
    "doi_in",
    "read_papers",
    "read_works",
]
