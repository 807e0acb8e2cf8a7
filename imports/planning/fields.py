"""What a column of a file can be: the fields of an application, and the days of its history. Pure."""

from collections.abc import Sequence

LEFT_OUT, LINE = "", "line"

GROUPS: dict[str, dict[str, str]] = {
    "The role": {
        "company": "Company", "role": "Role", "url": "Link", "place": "Place", "kind": "Kind", "season": "Season",
    },
    "How it stands": {
        "stage": "Stage", "outcome": "Outcome", "since": "In this stage since", "applied_on": "Applied on",
        "added_on": "Noted on", "closes_on": "Closes on", "next_step": "Next step", "next_step_on": "Next step by",
    },
    "Way in": {
        "way_in": "Way in", "referrer": "Referred by", "on_hold": "On hold", "hold_until": "Wait until",
        "source": "Source", "closeness": "Team's work",
    },
    "When you would be there": {
        "starts_from": "Start from", "starts_until": "Start until", "weeks": "Weeks", "hours": "Hours",
    },
    "To keep": {
        "tags": "Tags", "notes": "Notes", LINE: "A line of the notes", "posting_text": "Text of the posting",
    },
}  # fmt: skip
FIELDS: dict[str, str] = {name: label for group in GROUPS.values() for name, label in group.items()}
DAYS = ("since", "applied_on", "added_on", "closes_on", "next_step_on", "hold_until", "starts_from", "starts_until")
PAST = {"since", "applied_on", "added_on"}
"""Days of what has happened: none of them is still to come."""


def doubled(fields: Sequence[str], heads: Sequence[str]) -> dict[str, list[str]]:
    """Return field -> the columns that are all matched with it, where there are two or more; lines may be many."""
    found: dict[str, list[str]] = {}
    for field, head in zip(fields, heads, strict=True):
        if field not in {LEFT_OUT, LINE}:
            found.setdefault(field, []).append(head)
    return {field: named for field, named in found.items() if len(named) > 1}


def missing(fields: Sequence[str]) -> str:
    """Return what one must match before rows can be told apart; nothing when all is there."""
    if "company" in fields or "url" in fields:
        return ""
    return "Match a column with Company or with Link: without either, nobody knows where you apply."
