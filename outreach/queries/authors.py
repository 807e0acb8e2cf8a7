"""Papers that were read, with their authors to tick."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from outreach.models import Contact
from outreach.reading import Author, Reading, Work


@dataclass(frozen=True, slots=True)
class AuthorLine:
    """One author: the name of the tick box, and who of one's own people may be them already."""

    key: str
    author: Author
    known: str
    ticked: bool
    place: str


@dataclass(frozen=True, slots=True)
class WorkLines:
    """One paper with its authors."""

    work: Work
    source: str
    authors: list[AuthorLine]


def lines_of(reading: Reading, student: User, *, most: int, typed: dict[str, str]) -> list[WorkLines]:
    """Return the first papers with their authors as they were ticked and typed: one query."""
    works = [work for work in reading.works if work.title][:most]
    keys = {author.key for work in works for author in work.authors}
    mine = Contact.objects.visible_to(student).filter(key__in=keys).order_by("-pk")
    known = dict(mine.values_list("key", "name"))
    return [_lines(place, work, known, typed) for place, work in enumerate(works)]


def ticked(works: Sequence[WorkLines]) -> list[tuple[Work, AuthorLine]]:
    """Return who was ticked."""
    return [(one.work, line) for one in works for line in one.authors if line.ticked]


def _lines(place: int, work: Work, known: dict[str, str], typed: dict[str, str]) -> WorkLines:
    source = " ".join(str(part) for part in (work.venue, work.year) if part)
    authors = []
    for number, author in enumerate(work.authors):
        key = f"{place}-{number}"
        said = typed.get(f"place-{key}", author.affiliation)
        authors.append(AuthorLine(key, author, known.get(author.key, ""), f"author-{key}" in typed, said))
    return WorkLines(work, source, authors)
