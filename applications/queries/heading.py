"""What stands above board and table alike: views, filters that are set, orders, and what a student has arranged."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from applications.queries import saved_views
from applications.queries.asked import SORTS, Asked, all_views, words
from applications.queries.sql import fetch


@dataclass(frozen=True, slots=True)
class Tab:
    """A link that chooses a view, an order, or on phones a column; or one that takes a filter out."""

    name: str
    label: str
    count: int | None
    url: str
    current: bool = False
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """The row above the list, with the addresses of the same list elsewhere."""

    here: str
    query: str
    chips: list[Tab]
    filters: list[Tab]
    sorts: list[Tab]
    chosen_sort: str
    own: str
    can_keep: bool
    columns: list[str]

    @property
    def elsewhere(self) -> str:
        """The query string with its question mark, or nothing."""
        return f"?{self.query}" if self.query else ""


def heading(known: Mapping[str, Any], asked: Asked, counts: Mapping[str, int], *, here: str) -> Heading:
    """Put it together in one query; `here` is "board" or "table", `known` the parameters of the list."""
    ((columns, views, season),) = fetch(_ARRANGED, known)
    base, query = reverse(f"applications:{here}"), asked.query(sort="")
    own = [Tab(public_id, name, None, f"{base}?{kept}", kept == query) for public_id, name, kept in views or []]
    chosen = next((tab.name for tab in own if tab.current), "")
    sort = asked.sort or USUAL_SORT[here]
    return Heading(
        here=here,
        query=asked.query(),
        chips=chips(counts, asked, base) + own,
        filters=_filters(asked, season or "", base),
        sorts=[
            Tab(name, label, None, base + asked.address(sort="" if name == USUAL_SORT[here] else name), name == sort)
            for name, label in SORTS.items()
            if (here, name) != ("board", "stage")
        ],
        chosen_sort=SORTS[sort],
        own=chosen,
        can_keep=asked.is_set and not chosen and len(own) < settings.WAYMARK_OWN_VIEWS,
        columns=columns or [],
    )


USUAL_SORT = {"board": "next", "table": "updated"}
_ARRANGED = """
    SELECT (SELECT d.columns FROM applications_desk d WHERE d.student_id = %(me)s),
    (SELECT json_agg(json_build_array(v.public_id, v.name, v.query) ORDER BY lower(v.name), v.id)
    FROM applications_savedview v WHERE v.student_id = %(me)s),
    (SELECT s.name FROM companies_season s WHERE s.slug = %(wanted_season)s)
"""


def chips(counts: Mapping[str, int], asked: Asked, base: str) -> list[Tab]:
    """Return the views that come with Waymark; Closed is a list, so it lies on the table."""
    table, view = reverse("applications:table"), "" if asked.is_set else asked.view
    return [
        Tab(name, label, counts[name], f"{table if name == 'closed' else base}?view={name}", name == view)
        for name, label in saved_views.LABELS.items()
    ]


def _filters(asked: Asked, season: str, base: str) -> list[Tab]:
    set_ones = [Tab(name, said, None, base + asked.without(name)) for name, said in words(asked, season).items()]
    if all_views(asked):
        set_ones.append(Tab("view", "Closed ones too", None, base + asked.address(view="active")))
    return set_ones
