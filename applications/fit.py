"""How well a student meets what a posting asks for, told in words and never as a score. Pure."""

from collections import Counter
from collections.abc import Iterable

from applications.stage import UNSENT

ADVICE = "If you meet most of them and the team's work is close to yours, apply."
YES, PARTLY, UNKNOWN = "yes", "partly", ""


def coverage(meets: Iterable[str]) -> str:
    """Return "You meet 5 of 7, and 1 in part: most of them. 1 is not looked at yet."; nothing when nothing is asked.

    Two that are met in part weigh as much as one that is met. More than half of them are "most".
    """
    counts = Counter(meets)
    asked, unknown = counts.total(), counts[UNKNOWN]
    if not asked:
        return ""
    if unknown == asked:
        return "Say for each whether you meet it: yes, partly or not yet."
    in_part = f", and {counts[PARTLY]} in part" if counts[PARTLY] else ""
    left = f" {unknown} {'is' if unknown == 1 else 'are'} not looked at yet." if unknown else ""
    return f"You meet {counts[YES]} of {asked}{in_part}: {share(2 * counts[YES] + counts[PARTLY], 2 * asked)}.{left}"


def share(part: int, whole: int) -> str:
    """Return which share of them it is, in words."""
    if part == whole:
        return "all of them"
    if 2 * part > whole:
        return "most of them"
    if 2 * part == whole:
        return "half of them"
    return "some of them" if part else "none of them yet"


def advice(stage: str) -> str:
    """Return the advice while it can still help: before the application is sent."""
    return ADVICE if stage in UNSENT else ""
