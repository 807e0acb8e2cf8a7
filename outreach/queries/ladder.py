"""The ladder of one application: who can help a student in, the most useful rung first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from outreach.choices import How, Standing


@dataclass(frozen=True, slots=True)
class Step:
    """One person on the ladder: which rung, how it stands, and where to go on."""

    name: str
    rung: str
    icon: str
    said: str
    url: str
    is_next: bool = False


# The rungs in order; a supervisor's offers to introduce stand on the second.
_NETWORK, _FELLOW = "Your supervisor's network", "A fellow student"
_RUNGS: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("Someone you know", "person-check", frozenset({How.FRIEND, How.ALUMNI, How.LINKEDIN, How.OTHER})),
    (_NETWORK, "person-plus", frozenset({How.NETWORK})),
    ("Author of a paper", "file-earmark-text", frozenset({How.PAPER})),
    ("Met at a conference or workshop", "people", frozenset({How.EVENT})),
)
_OVER = {Standing.NO_ANSWER.value}
LISTS = {
    "people": (
        "c.public_id, c.name, c.how, c.standing",
        """FROM outreach_contact c WHERE c.student_id = %(me)s AND (
            c.company_id = %(company)s OR EXISTS (
                SELECT FROM outreach_contact_applications h WHERE h.contact_id = c.id AND h.application_id = %(id)s
            )
        )""",
        "lower(c.name), c.id",
    )
}
"""What the page of an application reads of ours in its one statement: the twin of `Contact.visible_to`."""


def steps(people: Iterable[Sequence[str]], introductions: Iterable[Any], *, asks: bool) -> list[Step]:
    """Tell the people and a supervisor's introductions in the order of the rungs; who never answered comes last.

    asks: whether the student still looks for a way in, so that the first is the next step.
    """
    found: list[tuple[bool, int, Step]] = []
    for key, name, how, standing in people:
        place = next(number for number, (_, _, ways) in enumerate(_RUNGS) if how in ways)
        label, icon, _ = _RUNGS[place]
        step = Step(name, label, icon, str(Standing(standing).label), reverse("outreach:person", args=[key]))
        found.append((standing in _OVER, place, step))
    offered = [
        Step(f"Ask {one.who}", _FELLOW if one.is_fellow else _NETWORK, "person-plus", one.note, one.ask_url)
        for one in introductions
    ]
    found += [(False, 1, step) for step in offered]
    ordered = [step for _, _, step in sorted(found, key=lambda one: one[:2])]
    if asks and ordered:
        first = ordered[0]
        ordered[0] = Step(first.name, first.rung, first.icon, first.said, first.url, is_next=True)
    return ordered
