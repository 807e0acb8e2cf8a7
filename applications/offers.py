"""Comparing offers by research terms: which rows there are, what to ask where one is open, and who leads on what. Pure.

There is no total and no number: a student says what matters, and how good each offer is there, both in words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

SOME, A_LOT = "some", "a_lot"
WEIGHTS = {"": "Not", SOME: "Some", A_LOT: "A lot"}

MARKS = {"": "Not judged", "good": "Good", "fair": "Fair", "weak": "Weak"}
_RANK = {"good": 3, "fair": 2, "weak": 1}


@dataclass(frozen=True, slots=True)
class Term:
    """One row of the comparison: its name, what it is called in a sentence, and what to ask while it is open."""

    label: str
    short: str
    question: str


TERMS: dict[str, Term] = {
    "project": Term("Project and mentor", "the project", "What would I work on, and who would be my mentor?"),
    "closeness": Term("Close to your thesis", "closeness to the thesis", "Which of my papers is this closest to?"),
    "publishing": Term("Publication", "publication", "May I publish the work, who decides, and how long does it take?"),
    "ip": Term("Who owns the work", "ownership", "May I use the work in my thesis, and who owns the code and patents?"),
    "could_become": Term("Could become", "what it could become", "What did earlier interns leave with: papers, code?"),
    "compute": Term("Compute and data", "compute", "Which machines and data would I have from the first week?"),
    "pay": Term("Pay", "pay", "What is the pay, and are travel and housing paid as well?"),
    "dates": Term("Length and dates", "dates", "Can the dates move, and can three months become six?"),
    "place": Term("Place", "the place", "Where would I sit, and is remote work possible?"),
    "visa": Term("Visa", "the visa", "Who arranges the visa, and how long did it take last time?"),
    "hours": Term("Hours", "hours", "Is it full time, and could some days stay with the PhD?"),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """An offer by its name, with the student's own marks: term -> good, fair or weak."""

    name: str
    marks: Mapping[str, str] = field(default_factory=dict)


def leading(offers: Sequence[Judged], weights: Mapping[str, str]) -> str:
    """Say in words which offer leads on what matters.

    "Helio leads on publication and pay; Veridian on dates." An offer leads on a term when it is judged better than
    each other one that is judged there. What matters a lot is named before what matters some.
    """
    if len(offers) < 2:  # noqa: PLR2004 - one is compared with nothing
        return ""
    weighed = [term for weight in (A_LOT, SOME) for term in TERMS if weights.get(term) == weight]
    if not weighed:
        return "Say what matters to you, and this line tells which offer leads on what."
    led = [(offer, _led(number, offers, weighed)) for number, offer in enumerate(offers)]
    parts = [(offer.name, _listed(terms)) for offer, terms in led if terms]
    if not parts:
        return "No offer leads on what matters to you. Judge a few more terms, or let one matter more."
    first, *others = parts
    sentence = "; ".join([f"{first[0]} leads on {first[1]}", *(f"{name} on {terms}" for name, terms in others)])
    return f"{sentence}."


def _led(number: int, offers: Sequence[Judged], terms: Sequence[str]) -> list[str]:
    others = [offer for place, offer in enumerate(offers) if place != number]
    return [TERMS[term].short for term in terms if _beats(offers[number], others, term)]


def _beats(offer: Judged, others: Sequence[Judged], term: str) -> bool:
    own = _RANK.get(offer.marks.get(term, ""), 0)
    rest = [rank for other in others if (rank := _RANK.get(other.marks.get(term, ""), 0))]
    return bool(own and rest) and own > max(rest)


def _listed(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
