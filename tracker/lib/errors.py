"""Refusals that people can act on."""


class DomainError(Exception):
    """A change that may not happen; the message is a sentence for people, shown by forms with status 422."""

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        """Keep the sentence, and the form field to show it at (None: above the form)."""
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class StaleError(DomainError):
    """Somebody, perhaps the same person in another tab, changed the row first; answered with status 409."""
