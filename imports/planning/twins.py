"""Which rows look like an application that is there, or like an earlier row of the same file. Pure."""

from collections.abc import Mapping
from typing import NamedTuple

_APART = "|"


class Twin(NamedTuple):
    """What a row looks like: an application, by its key, or a row, by its number; neither for one that is new."""

    application: int | None = None
    row: int | None = None


class Twins:
    """Goes through the rows in their order: the same link, or the same company and role, is the same."""

    def __init__(self, links: Mapping[str, int], names: Mapping[str, int]) -> None:
        """Know the applications there are, by the keys of their links and by `name_key`."""
        self._links, self._names = links, names
        self._rows: dict[str, int] = {}
        self._claimed: dict[int, int] = {}

    def of(self, number: int, url_key: str, name: str) -> Twin:
        """Return what this row looks like, and remember it for the next ones."""
        keys = [key for key in (f"u{_APART}{url_key}" if url_key else "", f"n{_APART}{name}" if name else "") if key]
        row = next((self._rows[key] for key in keys if key in self._rows), None)
        for key in keys:
            self._rows.setdefault(key, number)
        if row is not None:
            return Twin(row=row)
        application = self._links.get(url_key) if url_key else None
        application = application or (self._names.get(name) if name else None)
        if application is None:
            return Twin()
        first = self._claimed.setdefault(application, number)
        return Twin(application=application) if first == number else Twin(row=first)


def name_key(company: int | None, company_key: str, role: str) -> str:
    """Return what two rows of the same role share: the company, by its key or by its name's, and the plain role."""
    return f"{company or company_key}{_APART}{' '.join(role.casefold().split())}"
