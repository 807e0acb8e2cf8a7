"""Which company and posting each row of a table means: asked for many rows at once, as quick add asks for one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from accounts.models import User
from applications.reading.link import company_guess, lists_many
from companies.boards import board_of
from companies.links import host_of
from companies.naming import match_key
from companies.queries import find_company_by_link
from imports.planning.row import Problem, Row, Ways
from imports.queries.known import Named, companies_named, postings_at

_ASK = "write the company: the link does not tell whose the role is."
_ASK_LINK = "write a link to the company's own page: this one does not tell whose the role is."


@dataclass(slots=True)
class Placed:
    """A row with its company: one of ours, or the name of a new one."""

    row: Row
    name: str = ""
    company: int | None = None
    key: str = ""
    posting: int | None = None


class Resolver:
    """Places rows; it remembers the sites that links lead to."""

    def __init__(self, student: User, ways: Ways) -> None:
        """Place rows of this student's file."""
        self._student, self._ways = student, ways
        self._sites: dict[str, Named | None] = {}

    def place(self, rows: Sequence[Row]) -> list[Placed]:
        """Return the rows with their companies; one that names none gets a problem."""
        keys = [row.link.key for row in rows if row.link and not row.problems]
        postings = postings_at(self._student, keys) if keys else {}
        placed = [Placed(row) for row in rows]
        for one in placed:
            self._of_link(one, postings)
        named = companies_named(self._student, {one.name for one in placed if one.name and one.company is None})
        for one in placed:
            self._of_name(one, named)
        return placed

    def _of_link(self, one: Placed, postings: dict[str, tuple[int, Named]]) -> None:
        row = one.row
        if row.problems:
            one.name = row.company
            return
        if row.link and row.link.key in postings:
            one.posting, (one.company, one.name) = postings[row.link.key]
        elif row.company:
            one.name = row.company
        elif row.link:
            site = self._site(row.link.url)
            one.company, one.name = site or (None, "" if lists_many(row.link.url) else company_guess(row.link.url))

    def _of_name(self, one: Placed, named: dict[str, Named]) -> None:
        one.key = match_key(one.name) if one.name else ""
        if one.row.problems or one.company is not None:
            return
        if one.key in named:
            one.company, one.name = named[one.key]
        elif not one.key:
            field, sentence = ("company", _ASK) if "company" in self._ways.fields else ("url", _ASK_LINK)
            one.row.problems.append(Problem(self._ways.place_of(field), field, sentence))

    def _site(self, url: str) -> Named | None:
        """Return whose site this is; of many sites only the first are asked for, the rest is told by their names."""
        site = f"{host_of(url)}/{board_of(url)}"
        if site not in self._sites:
            if len(self._sites) >= settings.WAYMARK_SHEET_SITES or lists_many(url):
                return None
            found = find_company_by_link(self._student, url)
            self._sites[site] = (found.pk, found.name) if found else None
        return self._sites[site]
