"""Reads papers and their authors out of what people paste: BibTeX, RIS, JSON of two indexes, plain lines."""

from outreach.reading.identifiers import arxiv_in, doi_in
from outreach.reading.pasted import read_papers
from outreach.reading.work import Author, Problem, Reading, Work

__all__ = ["Author", "Problem", "Reading", "Work", "arxiv_in", "doi_in", "read_papers"]
