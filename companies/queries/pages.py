"""One page of a long list: its rows, and where the next one begins."""

from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery


@dataclass(frozen=True, slots=True)
class Page[Row]:
    """Rows, what one and many of them are called, and the public id after which the next page begins."""

    rows: list[Row]
    noun: tuple[str, str]
    after: str = ""

    @property
    def summary(self) -> str:
        """Say how many rows are shown; counting all the others would cost more than showing them."""
        count = len(self.rows)
        return f"{count} {self.noun[count != 1]}{', more below' if self.after else ''}"


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of what a search found: where it leads, and what tells it from others of its name."""

    title: str
    url: str
    more: str


def words(text: str) -> SearchQuery:
    """Read a search as people type it, with quotes, "or" and "-"; no text makes it an error."""
    return SearchQuery(text, config="english", search_type="websearch")
