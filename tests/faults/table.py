"""What a program says in the end: one line of the table."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A promise, how it was tried, what was seen, and which parts held."""

    promise: str
    tried: str
    seen: str
    held: dict[str, bool]
    more: str = ""

    @property
    def holds(self) -> bool:
        """Whether all parts held."""
        return all(self.held.values())

    def __str__(self) -> str:
        """Show it as a line of a Markdown table; what did not hold is named."""
        broken = "; ".join(name for name, held in self.held.items() if not held)
        verdict = "holds" if self.holds else f"DOES NOT HOLD: {broken}"
        return f"| {self.promise} | {self.tried} | {self.seen} | {verdict} |" + (
            f"\n|  | {self.more} | | |" if self.more else ""
        )
