"""The formats in which postings come; each reads bytes into the same `Reading`."""

from dataclasses import dataclass
from typing import Protocol

from companies.formats import ashby, greenhouse, lever, listings, page, phd_board, table
from companies.formats.listing import Listing, Reading

__all__ = ["FORMATS", "Format", "Listing", "Reading"]


class Reader(Protocol):
    """Reads a file; UnreadableFileError for another format. company: whose rows they are that name nobody."""

    def __call__(self, data: bytes, *, most: int, company: str = "") -> Reading:
        """Return its postings and the rows that cannot be taken."""
        ...


@dataclass(frozen=True, slots=True)
class Format:
    """How one source writes: its name for people, its reader, and whether rows leave out whose posting each is."""

    label: str
    read: Reader
    is_of_one_company: bool = False


FORMATS: dict[str, Format] = {
    listings.ORIGIN: Format("listings.json of a community list", listings.read),
    phd_board.ORIGIN: Format("jobs.json of the PhD Intern Board", phd_board.read),
    greenhouse.ORIGIN: Format("A board of Greenhouse", greenhouse.read),
    lever.ORIGIN: Format("A board of Lever", lever.read, is_of_one_company=True),
    ashby.ORIGIN: Format("A board of Ashby", ashby.read, is_of_one_company=True),
    page.ORIGIN: Format("A web page with a JobPosting", page.read),
    table.ORIGIN: Format("A table in CSV", table.read),
}
"""The name of a format, which is also the origin of its postings."""
