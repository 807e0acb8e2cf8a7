"""Reads works as OpenAlex and Semantic Scholar give them, one or a list. Pure: any JSON gives an answer."""

from collections.abc import Iterator
from typing import Any

from outreach.reading.identifiers import arxiv_in, doi_in
from outreach.reading.names import one_name
from outreach.reading.work import (
    LONGEST_NAME,
    LONGEST_TITLE,
    LONGEST_URL,
    LONGEST_VENUE,
    Author,
    Reading,
    Work,
    distinct,
    kept,
)

_OTHER_SHAPE = "This is neither a work of OpenAlex nor one of Semantic Scholar: it has no title with authors."


def read_works(content: Any, *, most: int) -> Reading:  # noqa: ANN401 - any JSON
    """Read one work, a list of them, or an answer that holds such a list; problems name the place in the list."""
    reading = Reading()
    for number, one in enumerate(_items(content), start=1):
        if len(reading.works) >= most:
            reading.refuse(number, f"Only the first {most:,} entries were read.")
            break
        work = _work(one, number)
        if work is None:
            reading.refuse(number, _OTHER_SHAPE)
        else:
            reading.works.append(work)
    return reading


def _items(content: Any) -> list[Any]:  # noqa: ANN401
    if isinstance(content, dict):
        inside = next((content[key] for key in ("results", "data") if isinstance(content.get(key), list)), None)
        content = [content] if inside is None else inside
    return content if isinstance(content, list) else [content]


def _work(one: Any, number: int) -> Work | None:  # noqa: ANN401
    if not isinstance(one, dict):
        return None
    title = kept(_text(one, "title") or _text(one, "display_name"), LONGEST_TITLE)
    people = one.get("authorships") if isinstance(one.get("authorships"), list) else one.get("authors")
    if not title or not isinstance(people, list):
        return None
    ids = {key.lower(): value for key, value in _inside(one, "externalIds").items() if isinstance(value, str)}
    source = _inside(_inside(one, "primary_location"), "source")
    place = _text(one, "venue") or _text(source, "display_name") or _text(_inside(one, "journal"), "name")
    year = one.get("publication_year", one.get("year"))
    address = _text(one, "url") or _text(_inside(one, "primary_location"), "landing_page_url")
    return Work(
        title=title,
        authors=distinct(list(_people(people))),
        venue=kept(place, LONGEST_VENUE),
        year=year if isinstance(year, int) and 1800 <= year < 2100 else None,  # noqa: PLR2004 - as in other formats
        doi=doi_in(_text(one, "doi") or ids.get("doi", "")),
        arxiv=arxiv_in(ids.get("arxiv", "")) or arxiv_in(address),
        url=kept(address, LONGEST_URL),
        line=number,
    )


def _people(people: list[Any]) -> Iterator[Author]:
    for one in people:
        if not isinstance(one, dict):
            continue
        name = _text(_inside(one, "author"), "display_name") or _text(one, "name") or _text(one, "raw_author_name")
        if name:
            author = one_name(name)
            yield Author(author.family, author.given, kept(_affiliation(one), LONGEST_NAME))


def _affiliation(one: dict[str, Any]) -> str:
    for key in ("institutions", "affiliations", "raw_affiliation_strings"):
        listed = one.get(key)
        first = listed[0] if isinstance(listed, list) and listed else None
        said = _text(first, "display_name") or _text(first, "name") if isinstance(first, dict) else first
        if isinstance(said, str) and said:
            return said
    return ""


def _inside(one: Any, key: str) -> dict[str, Any]:  # noqa: ANN401
    value = one.get(key) if isinstance(one, dict) else None
    return value if isinstance(value, dict) else {}


def _text(one: Any, key: str) -> str:  # noqa: ANN401
    value = one.get(key) if isinstance(one, dict) else None
    return value if isinstance(value, str) else ""
