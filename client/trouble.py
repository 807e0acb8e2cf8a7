"""What goes wrong, as sentences for whoever typed the command, each kind with its exit code."""

from collections.abc import Sequence


class Trouble(Exception):  # noqa: N818 - it is told, not raised at a programmer
    """Ends the command; `lines` go to the standard error."""

    code = 1

    def __init__(self, *lines: str) -> None:
        """Keep what is said."""
        super().__init__(*lines)
        self.lines: Sequence[str] = lines


class Refused(Trouble):
    """The site says no. `errors` maps a field to what is wrong with it."""

    def __init__(self, status: int, sentence: str, errors: dict[str, str] | None = None) -> None:
        """Say the sentence, and of each field what the sentence does not."""
        self.status, self.errors = status, errors or {}
        more = [f"{field}: {words}" for field, words in self.errors.items() if words != sentence]
        super().__init__(sentence, *more)


class Misused(Trouble):
    """Something typed, or a file of one's own, cannot be used."""

    code = 2


class Unreachable(Trouble):
    """The site cannot be reached, or what answers there is not Waymark."""

    code = 3
